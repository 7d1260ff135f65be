// SPDX-License-Identifier: Apache-2.0
//
// What `sealtone check` draws of its own connection, and what `sealtone trace` draws of the octets
// of that very connection: the same steps, in the clear or encrypted as they were on the wire.
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
    const auto file = folder_.path() / ("own" + std::to_string(++number_) + ".pcapng");
    Arguments check{"check",       "127.0.0.1:" + std::to_string(port),
                    "--trust",     trusted.certificate.string(),
                    "--json",      "--capture",
                    file.string(), "--with-keys"};
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
  // What comes behind the handshake (tickets, the goodbye) may be in the one and not yet in the
  // other.
  static void expect_the_same(const Seen& seen, std::size_t least) {
    auto live = lines(seen.live), captured = lines(seen.captured);
    EXPECT_GE(live.size(), least);
    const auto handshake = std::min(live.size(), captured.size());
    EXPECT_GE(handshake, least);
    live.resize(handshake);
    captured.resize(handshake);
    EXPECT_EQ(live, captured);
    EXPECT_EQ(seen.live.at("encrypted_from"), seen.captured.at("encrypted_from"));
    EXPECT_EQ(seen.live.at("version"), seen.captured.at("version"));
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
    EXPECT_EQ(seen.live.at("encrypted_from"), seen.captured.at("encrypted_from"));
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
  expect_the_same(seen, 9);
  EXPECT_THAT(found(seen.live, "ChangeCipherSpec"), HasSubstr("server ⑧ ChangeCipherSpec 1 clear"));
}

TEST_F(OneConnectionTwice, InTls13) {
  const OpensslServer server(server_, {"-tls1_3"});
  const auto seen = both(server.port(), root_);
  expect_the_same(seen, 9);
  EXPECT_THAT(found(seen.live, "ChangeCipherSpec"), HasSubstr("server  ChangeCipherSpec 1 clear"));
}

// RFC 8446 §4.1.2: the second ClientHello goes in the clear, too.
TEST_F(OneConnectionTwice, BehindAHelloRetryRequest) {
  const OpensslServer server(server_, {"-tls1_3", "-curves", "P-521"});
  const auto seen = both(server.port(), root_);
  expect_the_same(seen, 11);
  EXPECT_THAT(found(seen.live, "ClientHello"), Not(HasSubstr("encrypted")));
  EXPECT_EQ(seen.live.at("steps").at(seen.live.at("encrypted_from").get<std::size_t>()).at("name"),
            "EncryptedExtensions");
}

TEST_F(OneConnectionTwice, WhereThisSideRefuses) {
  for (const char* version : {"-tls1_2", "-tls1_3"}) {
    const OpensslServer server(server_, {version});
    const auto seen = both(server.port(), other_root_);
    expect_all_that_was_read(seen);
    EXPECT_THAT(found(seen.live, "Alert"), HasSubstr("client  Alert 2 clear"));
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

}  // namespace
}  // namespace sealtone::test
