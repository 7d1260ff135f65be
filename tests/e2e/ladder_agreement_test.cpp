// SPDX-License-Identifier: Apache-2.0
//
// What `sealtone check` draws of its own connection, and what `sealtone trace` draws of the octets
// of that very connection: the same steps to the last, in the clear or encrypted as they were on
// the wire, and the same end.
#include "e2e/trace_fixture.h"

namespace sealtone::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class OneConnectionTwice : public Trace {
 protected:
  struct Seen {
    nlohmann::json live, captured;
  };
  Seen both(std::uint16_t port, const Identity& trusted, Arguments further = {}) {
    return both_of("127.0.0.1:" + std::to_string(port), trusted, std::move(further));
  }
  Seen both_of(const std::string& server, const Identity& trusted, Arguments further = {}) {
    const auto file = folder_.path() / ("own" + std::to_string(++number_) + ".pcapng");
    Arguments check{"check",  server,      "--trust",     trusted.certificate.string(),
                    "--json", "--capture", file.string(), "--with-keys"};
    check.insert(check.end(), further.begin(), further.end());
    const auto live = sealtone(check);
    EXPECT_LE(live.status, 1) << live.err;
    const auto traced = sealtone({"trace", file.string(), "--json"});
    EXPECT_LE(traced.status, 1) << traced.err;
    return {nlohmann::json::parse(live.out).at("handshake"),
            nlohmann::json::parse(traced.out).at("connections").at(0).at("handshake")};
  }
  static std::string line(const nlohmann::json& step) {
    return step.at("from").get<std::string>() + " " + step.at("number").get<std::string>() + " " +
           step.at("name").get<std::string>() + " " + step.at("size").dump() +
           (step.at("encrypted").get<bool>() ? " encrypted" : " clear");
  }
  static std::vector<std::string> lines(const nlohmann::json& ladder) {
    std::vector<std::string> all;
    for (const auto& step : ladder.at("steps")) all.push_back(line(step));
    return all;
  }
  static void expect_the_same_end(const Seen& seen) {
    for (const char* key : {"closed_by", "reset", "closing", "encrypted_from"}) {
      EXPECT_EQ(seen.live.at(key), seen.captured.at(key)) << key;
    }
    EXPECT_TRUE(seen.live.at("closed_by").is_string());
  }
  static void expect_the_same(const Seen& seen, std::size_t least) {
    const auto live = lines(seen.live), captured = lines(seen.captured);
    EXPECT_GE(live.size(), least);
    EXPECT_EQ(live, captured);
    EXPECT_EQ(seen.live.at("version"), seen.captured.at("version"));
    expect_the_same_end(seen);
  }
  // And with this side's goodbye.
  static void expect_the_same_goodbye(const Seen& seen, std::size_t least) {
    expect_the_same(seen, least);
    EXPECT_EQ(seen.live.at("closed_by"), "client");
    EXPECT_EQ(lines(seen.live).back(), "client  Alert 2 encrypted");
    EXPECT_THAT(seen.live.at("steps").back().at("note").get<std::string>(),
                HasSubstr("close_notify"));
  }
  // Who refuses a certificate reads nothing of what the server sent behind it.
  static void expect_all_that_was_read(const Seen& seen) {
    const auto live = lines(seen.live), captured = lines(seen.captured);
    auto next = live.begin();
    for (const auto& step : captured) {
      if (next != live.end() && step == *next) {
        ++next;
      } else {
        EXPECT_THAT(step, testing::StartsWith("server "));
      }
    }
    EXPECT_EQ(next, live.end()) << testing::PrintToString(live) << testing::PrintToString(captured);
    expect_the_same_end(seen);
  }
  static std::string found(const nlohmann::json& ladder, const char* name) {
    std::string all;
    for (const auto& step : ladder.at("steps")) {
      if (step.at("name") == name) all += line(step) + "\n";
    }
    return all;
  }
  int number_ = 0;
};

TEST_F(OneConnectionTwice, InTls12) {
  const OpensslServer server(server_, {"-tls1_2"});
  const auto seen = both(server.port(), root_);
  expect_the_same_goodbye(seen, 10);
  EXPECT_THAT(found(seen.live, "ChangeCipherSpec"), HasSubstr("server ⑧ ChangeCipherSpec 1 clear"));
}

TEST_F(OneConnectionTwice, InTls13) {
  const OpensslServer server(server_, {"-tls1_3"});
  const auto seen = both(server.port(), root_);
  expect_the_same_goodbye(seen, 10);
  EXPECT_THAT(found(seen.live, "ChangeCipherSpec"), HasSubstr("server  ChangeCipherSpec 1 clear"));
}

// RFC 8446 §4.1.2: the second ClientHello goes in the clear, too.
TEST_F(OneConnectionTwice, BehindAHelloRetryRequest) {
  const OpensslServer server(server_, {"-tls1_3", "-curves", "P-521"});
  const auto seen = both(server.port(), root_);
  expect_the_same_goodbye(seen, 12);
  EXPECT_THAT(found(seen.live, "ClientHello"), Not(HasSubstr("encrypted")));
  EXPECT_EQ(seen.live.at("steps").at(seen.live.at("encrypted_from").get<std::size_t>()).at("name"),
            "EncryptedExtensions");
}

TEST_F(OneConnectionTwice, WithAnotherServer) {
  for (const char* version : {"TLSv1.2", "TLSv1.3"}) {
    Nginx::Options options;
    options.server =
        nginx_identity(server_) + " ssl_protocols " + version + "; location / { return 200 ok; }";
    const Nginx nginx(options);
    expect_the_same_goodbye(both(nginx.port(), root_), 10);
    const auto refused = both(nginx.port(), other_root_);
    expect_all_that_was_read(refused);
    EXPECT_EQ(refused.live.at("closed_by"), "client");
  }
}

TEST_F(OneConnectionTwice, BehindAPage) {
  Nginx::Options options;
  options.server = nginx_identity(server_) + " location / { return 200 ok; }";
  const Nginx nginx(options);
  const auto page = "https://127.0.0.1:" + std::to_string(nginx.port()) + "/";
  expect_the_same_end(both_of(page, root_));
  expect_the_same_end(both_of(page, other_root_));
}

TEST_F(OneConnectionTwice, WhereThisSideRefuses) {
  for (const char* version : {"-tls1_2", "-tls1_3"}) {
    const OpensslServer server(server_, {version});
    const auto seen = both(server.port(), other_root_);
    expect_all_that_was_read(seen);
    EXPECT_THAT(found(seen.live, "Alert"), HasSubstr("client  Alert 2 clear"));
    EXPECT_EQ(seen.live.at("closed_by"), "client");
  }
}

TEST_F(OneConnectionTwice, WhereTheServerRefuses) {
  {
    const OpensslServer server(server_, {"-tls1_3"});
    const auto seen = both(server.port(), root_, {"--tls", "1.2"});
    expect_the_same(seen, 2);
    EXPECT_THAT(found(seen.live, "Alert"), HasSubstr("server  Alert 2 clear"));
  }
  for (const char* version : {"-tls1_2", "-tls1_3"}) {
    const OpensslServer server(server_, {version, "-Verify", "1"});
    const auto seen = both(server.port(), root_);
    expect_the_same(seen, 9);
    EXPECT_THAT(found(seen.live, "Alert"), HasSubstr("server  Alert 2"));
    EXPECT_EQ(found(seen.live, "Alert"), found(seen.captured, "Alert"));
  }
}

// What somebody else captured has an end, too.
TEST_F(OneConnectionTwice, WhereTcpdumpSawIt) {
  for (const char* version : {"-tls1_2", "-tls1_3"}) {
    for (const auto& trusted : {root_, other_root_}) {
      const OpensslServer server(server_, {version});
      Capture capture(server.port());
      const auto live = sealtone({"check", "127.0.0.1:" + std::to_string(server.port()), "--trust",
                                  trusted.certificate.string(), "--json"});
      EXPECT_LE(live.status, 1) << live.err;
      capture.stop();
      const auto traced = sealtone({"trace", capture.file().string(), "--json"});
      const auto told = nlohmann::json::parse(live.out).at("handshake");
      const auto seen = nlohmann::json::parse(traced.out).at("connections").at(0).at("handshake");
      EXPECT_EQ(told.at("closed_by"), "client") << version;
      // s_server answers our last word by closing, which may be on the wire before our own end is.
      EXPECT_TRUE(seen.at("closed_by").is_string()) << version;
      EXPECT_EQ(seen.at("reset"), told.at("reset")) << version;
    }
  }
}

}  // namespace
}  // namespace sealtone::test
