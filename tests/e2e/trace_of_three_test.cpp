// SPDX-License-Identifier: Apache-2.0
//
// sealtone trace: a capture of three connections: rows, filters, key logs and the judge.
#include <cstdlib>

#include "e2e/trace_fixture.h"

namespace sealtone::test {
namespace {

using testing::HasSubstr;
using testing::Not;

// Three connections: one that came about in TLS 1.2, one in TLS 1.3 whose keys are known, and one
// whose client does not trust the server.
class TraceOfThree : public Trace {
 protected:
  void SetUp() override {
    const OpensslServer server(server_);
    port_ = server.port();
    Capture capture(port_);
    (void)s_client(port_, {"-tls1_2", "-servername", "prov.example.com", "-CAfile",
                           root_.certificate.string()});
    (void)s_client(port_, {"-tls1_3", "-servername", "pbx.example.com", "-keylogfile",
                           keys().string(), "-CAfile", root_.certificate.string()});
    (void)s_client(port_, {"-tls1_2", "-noservername", "-verify_return_error", "-CAfile",
                           other_root_.certificate.string()});
    capture.stop();
    std::filesystem::copy_file(capture.file(), file());
  }
  [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "three.pcap"; }
  [[nodiscard]] std::filesystem::path keys() const { return folder_.path() / "keys"; }
  nlohmann::json connections(Arguments further, int status) {
    further.insert(further.begin(), file().string());
    return trace_json(std::move(further), status).at("connections");
  }
  std::string fingerprint() {
    const auto shown = run_ok({"openssl", "x509", "-in", server_.certificate.string(), "-noout",
                               "-fingerprint", "-sha256"});
    return shown.substr(shown.find('=') + 1, 95);
  }

  std::uint16_t port_ = 0;
};

TEST_F(TraceOfThree, HasARowForEach) {
  const auto shown = trace({file().string()});
  EXPECT_EQ(shown.status, 1) << "the third was refused";
  EXPECT_THAT(shown.out, HasSubstr("    1  "));
  EXPECT_THAT(shown.out, HasSubstr("prov.example.com"));
  EXPECT_THAT(shown.out, HasSubstr("pbx.example.com"));
  EXPECT_THAT(unwrapped(shown.out), HasSubstr("refused by the client: unknown_ca"));
  EXPECT_THAT(unwrapped(shown.out), HasSubstr("3 connections with TLS in "));

  const auto all = connections({}, 1);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].at("version"), "TLS 1.2");
  EXPECT_EQ(all[0].at("sni"), "prov.example.com");
  EXPECT_EQ(all[0].at("server"), "127.0.0.1:" + std::to_string(port_));
  EXPECT_EQ(all[0].at("outcome").at("kind"), "established");
  EXPECT_EQ(all[0].at("certificates").at(0).at("sha256"), fingerprint());
  EXPECT_EQ(all[1].at("version"), "TLS 1.3");
  EXPECT_EQ(all[2].at("alerts").at(0).at("name"), "unknown_ca");
  EXPECT_EQ(all[2].at("alerts").at(0).at("from"), "client");
}

TEST_F(TraceOfThree, FiltersByAddressPortNameAndFailure) {
  const auto count = [&](Arguments further, int status) {
    return connections(std::move(further), status).size();
  };
  EXPECT_EQ(count({"--failed"}, 1), 1U);
  EXPECT_EQ(count({"--name", "example.com"}, 0), 2U);
  EXPECT_EQ(count({"--name", "p*v.example.com"}, 0), 1U);
  EXPECT_EQ(count({"--port", std::to_string(port_)}, 1), 3U);
  EXPECT_EQ(count({"--port", "1"}, 0), 0U);
  EXPECT_EQ(count({"--address", "127.0.0.0/8"}, 1), 3U);
  EXPECT_EQ(count({"--address", "192.0.2.1"}, 0), 0U);
  EXPECT_THAT(trace({file().string(), "--failed"}).out, HasSubstr("1 of them is shown."));
}

TEST_F(TraceOfThree, ShowsOneWithItsStepsAndTheNextStep) {
  const auto shown = trace({file().string(), "3", "--ascii"});
  EXPECT_EQ(shown.status, 1);
  EXPECT_THAT(unwrapped(shown.out), HasSubstr("by the alert unknown_ca"));
  EXPECT_THAT(unwrapped(shown.out), HasSubstr("Security > Trusted"));
  EXPECT_THAT(unwrapped(shown.out), HasSubstr("(1) ClientHello"));
  EXPECT_THAT(shown.out, HasSubstr(fingerprint()));
  EXPECT_THAT(unwrapped(shown.out), HasSubstr("Not judged: name the certificates"));
}

TEST_F(TraceOfThree, SeesWhatTls13HidesWithTheKeysAlone) {
  const auto without = connections({"--name", "pbx.example.com"}, 0).at(0);
  EXPECT_EQ(without.at("outcome").at("kind"), "established");
  EXPECT_TRUE(without.at("certificates").empty());
  EXPECT_THAT(without.at("handshake").at("remarks").dump(), HasSubstr("TLS 1.3 without its keys"));
  EXPECT_THAT(without.at("not_judged").get<std::string>(), HasSubstr("--keylog FILE"));
  const auto with =
      connections({"--name", "pbx.example.com", "--keylog", keys().string()}, 0).at(0);
  EXPECT_EQ(with.at("decrypted"), true);
  EXPECT_EQ(with.at("certificates").at(0).at("sha256"), fingerprint());
}

// As a client writes them while its connection is captured.
TEST_F(TraceOfThree, ReadsByKeysThatComeWhileItRuns) {
  const auto whole = read_text(file());
  const auto half = whole.size() - 200;
  const auto late = folder_.write("late-keys", "# none by now\n");
  StartOptions piped;
  piped.keep_input_open = true;
  Process live({std::getenv("SEALTONE_BINARY"), "trace", "-", "--name", "pbx.example.com", "--json",
                "--keylog", late.string()},
               piped);
  live.send(whole.substr(0, half));
  write_text(late, "# none by now\n" + read_text(keys()));
  live.send(whole.substr(half));
  live.close_input();
  EXPECT_EQ(live.wait(), 0) << live.err();
  const auto all = nlohmann::json::parse(live.out()).at("connections");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].at("decrypted"), true);
  EXPECT_EQ(all[0].at("certificates").at(0).at("sha256"), fingerprint());
}

// What is no key log is not taken for one that has not the keys.
TEST_F(TraceOfThree, RefusesAKeyLogWithoutAnySecret) {
  const auto said = [&](const std::string& key_log, bool piped = false) {
    StartOptions options;
    if (piped) options.input = read_text(file());
    const auto shown = trace({piped ? "-" : file().string(), "--keylog", key_log}, options);
    EXPECT_EQ(shown.status, piped && shown.err.empty() ? 1 : 2) << key_log;
    return unwrapped(shown.err);
  };
  const auto only_comments = folder_.write("comments", "# SSL/TLS secrets log file\n").string();
  const auto certificate = server_.certificate.string();
  for (const auto& none : {certificate, file().string(), std::string("/dev/null"), only_comments}) {
    EXPECT_THAT(said(none), HasSubstr(none + ": it holds no secret of a TLS connection"));
  }
  // Of a capture that grows the keys may come later; a certificate they will never be.
  EXPECT_THAT(said(certificate, true), HasSubstr("it holds no secret of a TLS connection"));
  EXPECT_EQ(said(only_comments, true), "");
  const auto told = trace({file().string(), "--json", "--keylog", "/dev/null"});
  EXPECT_EQ(nlohmann::json::parse(told.out).at("could_not").at("code"), "bad-input");
}

TEST_F(TraceOfThree, SaysThatAKeyLogIsOfOtherConnections) {
  const auto others =
      folder_.write("others", "CLIENT_RANDOM " + std::string(64, '0') + " " + std::string(96, '0'))
          .string();
  const std::string says = "the key log is of other connections than these";
  EXPECT_THAT(unwrapped(trace({file().string(), "--keylog", others}).out), HasSubstr(says));
  EXPECT_THAT(unwrapped(trace({file().string(), "--by", "phone", "--keylog", others}).out),
              HasSubstr(says));
  const auto remarks = [&](const std::string& key_log, Arguments further = {}) {
    further.insert(further.begin(), {file().string(), "--keylog", key_log});
    const bool one = further.size() > 3;
    return trace_json(std::move(further), one ? 0 : 1).at("totals").at("remarks").dump();
  };
  EXPECT_THAT(remarks(others), HasSubstr(says));
  EXPECT_EQ(remarks(keys().string()), "[]");
  EXPECT_THAT(remarks(others, {"2"}), HasSubstr("holds no secret that opens this connection"));
  EXPECT_EQ(remarks(keys().string(), {"2"}), "[]");
  EXPECT_THAT(unwrapped(trace({file().string(), "2", "--keylog", others}).out),
              HasSubstr(others + " holds no secret that opens this connection."));
}

// The capture opens its connections by itself, and the key log that was given has no part in it.
TEST_F(TraceOfThree, SaysSoOfACaptureThatHoldsItsOwnSecrets) {
  const auto others =
      folder_.write("others", "CLIENT_RANDOM " + std::string(64, '0') + " " + std::string(96, '0'))
          .string();
  const auto own = (folder_.path() / "own.pcapng").string();
  run_ok({"editcap", "--inject-secrets", "tls," + keys().string(), file().string(), own});
  const std::string says = "the key log is of other connections than these";
  EXPECT_THAT(unwrapped(trace({own, "--keylog", others}).out), HasSubstr(says));
  EXPECT_THAT(unwrapped(trace({own, "--keylog", keys().string()}).out), Not(HasSubstr(says)));
  EXPECT_THAT(unwrapped(trace({own}).out), Not(HasSubstr(says)));
  const auto one = trace_json({own, "2", "--keylog", others}, 0);
  EXPECT_EQ(one.at("connections").at(0).at("decrypted"), true);
  EXPECT_THAT(one.at("totals").at("remarks").dump(),
              HasSubstr("it was opened by those that the capture holds itself"));
  EXPECT_THAT(unwrapped(trace({own, "2", "--keylog", others}).out),
              HasSubstr(others + " holds no secret that opens this connection: it was opened by"));
  EXPECT_THAT(trace_json({own, "2", "--keylog", keys().string()}, 0).at("totals").at("remarks"),
              testing::IsEmpty());
}

// editcap puts them before the packets; a file may have them anywhere.
TEST_F(TraceOfThree, ReadsByKeysInAFileWhereverTheyStandInIt) {
  const auto first = (folder_.path() / "first.pcapng").string();
  run_ok({"editcap", "--inject-secrets", "tls," + keys().string(), file().string(), first});
  const auto octets = read_text(first);
  std::string packets, secrets;
  for (std::size_t at = 0; at < octets.size();) {
    const auto number = [&](std::size_t place) {
      return static_cast<unsigned char>(octets[at + place]);
    };
    const std::size_t size = number(4) | number(5) << 8U | number(6) << 16U;
    (number(0) == 10 && number(1) == 0 ? secrets : packets) += octets.substr(at, size);
    at += size;
  }
  ASSERT_FALSE(secrets.empty());
  const auto last = folder_.write("last.pcapng", packets + secrets).string();
  for (const auto& name : {first, last}) {
    const auto all = trace_json({name, "--name", "pbx.example.com"}, 0).at("connections");
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].at("decrypted"), true) << name;
  }
}

TEST_F(TraceOfThree, JudgesWhatWasCaptured) {
  const auto judged = [&](Arguments further, int status) {
    further.insert(further.end(), {"--name", "prov.example.com", "--expect", "localhost"});
    const auto all = connections(std::move(further), status);
    return all.at(0).at("judged").at(0);
  };
  const auto root = root_.certificate.string();
  EXPECT_EQ(judged({"--trust", root}, 0).at("verdict").at("decision"), "trusted");
  EXPECT_EQ(codes(judged({"--trust", other_root_.certificate.string()}, 1).at("verdict")),
            "issuer-unknown chain-incomplete");
  EXPECT_EQ(codes(judged({"--trust", root, "--at", "2150-01-01"}, 1).at("verdict")),
            "expired expired");
  const auto as = judged({"--trust", root, "--as", "v84"}, 0);
  EXPECT_EQ(as.at("profile"), "v84");
  EXPECT_EQ(as.at("verdict").at("decision"), "trusted");
  // By the name that was asked for, which the certificate has not.
  const auto asked = connections({"--name", "prov.example.com", "--trust", root}, 1);
  EXPECT_EQ(codes(asked.at(0).at("judged").at(0).at("verdict")), "name-mismatch");
}

// What a mirror port or a filter gives: one direction alone.
TEST_F(TraceOfThree, ClaimsNothingOfASideThatIsNotThere) {
  for (const bool client : {true, false}) {
    const auto half = (folder_.path() / (client ? "client.pcap" : "server.pcap")).string();
    run_ok({"tcpdump", "-r", file().string(), "-w", half,
            (client ? "dst port " : "src port ") + std::to_string(port_)});
    const std::string absent = client ? "server" : "client";
    const auto all = trace_json({half}, client ? 1 : 0).at("connections");
    ASSERT_EQ(all.size(), 3U);
    for (const auto& one : all) {
      EXPECT_EQ(one.at("missing").at("sides"), nlohmann::json::array({absent}));
      EXPECT_GT(one.at("missing").at(client ? "octets_received" : "octets_sent"), 0);
      EXPECT_TRUE(one.at("handshake").at("closed_by").is_null());
      EXPECT_EQ(one.at("sni").is_null(), !client);
    }
    EXPECT_EQ(all[1].at("outcome").at("kind"), "cannot-be-told");
    EXPECT_EQ(all[2].at("outcome").at("kind"), client ? "refused" : "cannot-be-told");
    const auto rows = trace({half, "--by", "phone"});
    EXPECT_EQ(rows.status, client ? 1 : 0) << "a refusal that can be read is one";
    EXPECT_THAT(trace({half}).out, HasSubstr("the " + absent + "'s side is not in the capture"));
  }
}

// Of one chain both commands say the same: what the phones offer, and whether they take the list.
TEST_F(TraceOfThree, JudgesAsPhonesLikeCheckDoes) {
  std::vector<Identity> eleven{root_};
  for (int i = 1; i <= 10; ++i) eleven.push_back(certificates_.root("more" + std::to_string(i)));
  const auto many = certificates_.bundle("eleven.pem", eleven);
  const auto said = [](const nlohmann::json& rows) {
    std::string all;
    for (const auto& row : rows) {
      const auto& verdict = row.at("verdict");
      all += verdict.at("decision").get<std::string>() + " " + codes(verdict) + "; ";
    }
    return all;
  };
  for (const auto& list : {root_.certificate, many}) {
    for (const char* profiles : {"v60,v84", "v84"}) {
      const auto planned =
          sealtone({"check", "--chain", server_.certificate.string(), "--name", "localhost",
                    "--trust", list.string(), "--as", profiles, "--json"});
      const auto captured = connections({"--name", "prov.example.com", "--expect", "localhost",
                                         "--trust", list.string(), "--as", profiles},
                                        planned.status);
      EXPECT_EQ(said(captured.at(0).at("judged")), said(nlohmann::json::parse(planned.out)))
          << profiles << " " << list;
      EXPECT_EQ(planned.status, list == many || std::string(profiles) != "v84" ? 1 : 0);
    }
  }
}

}  // namespace
}  // namespace sealtone::test
