// SPDX-License-Identifier: Apache-2.0
//
// sealtone trace: the table, one connection by its number, filters, JSON, a pipe, keys, STARTTLS,
// the judge, and the note's own case.
#include <unistd.h>

#include <cstdlib>

#include "e2e/loopback_clients.h"
#include "e2e/trace_fixture.h"

namespace sealtone::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string example() {
  return std::string(std::getenv("SEALTONE_SOURCE")) + "/examples/T28-https.pcap";
}

TEST_F(Trace, DrawsTheNotesCaseWithExactlyItsNineSteps) {
  const auto shown = trace({example(), "1"});
  EXPECT_EQ(shown.status, 0) << shown.err;
  std::size_t at = 0;
  for (const char* number : {"①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨"}) {
    const auto found = shown.out.find(number);
    ASSERT_NE(found, std::string::npos) << number << "\n" << shown.out;
    EXPECT_GE(found, at) << number << "\n" << shown.out;
    EXPECT_EQ(shown.out.find(number, found + 1), std::string::npos) << number;
    at = found;
  }
  EXPECT_THAT(unwrapped(shown.out), HasSubstr("TLS 1.0"));
  EXPECT_THAT(unwrapped(shown.out),
              HasSubstr("RSA key transport, as in the figure; not forward secret"));

  const auto json = trace_json({example(), "1"}, 0);
  std::string numbers;
  for (const auto& step : json.at("connections").at(0).at("handshake").at("steps")) {
    numbers += step.at("number").get<std::string>();
  }
  EXPECT_EQ(numbers, "①②③④⑤⑥⑦⑧⑨");
}

TEST_F(Trace, TellsTheSameOfAFileAndOfAPipe) {
  StartOptions piped;
  piped.input = read_text(example());
  const auto from_pipe = trace({"-"}, piped);
  const auto from_file = trace({example()});
  EXPECT_EQ(from_pipe.status, 0) << from_pipe.err;
  const auto rows = [](const std::string& out) { return out.substr(0, out.find("\n\n")); };
  EXPECT_EQ(rows(from_pipe.out), rows(from_file.out));
  EXPECT_THAT(from_file.out, HasSubstr("    2  "));
}

// As a terminal has it: `script` gives the program one.
TEST_F(Trace, DrawsInAsciiWhereTheTerminalCanNoMore) {
  const auto on_terminal = [](const std::string& locale) {
    return run({"env", "LC_ALL=" + locale, "script", "-q", "-e", "-c",
                std::string(std::getenv("SEALTONE_BINARY")) + " trace " + example() + " 1",
                "/dev/null"})
        .out;
  };
  EXPECT_THAT(on_terminal("C"), HasSubstr("(1) ClientHello"));
  EXPECT_THAT(on_terminal("C"), Not(HasSubstr("①")));
  EXPECT_THAT(on_terminal("C.UTF-8"), HasSubstr("① ClientHello"));
}

// "< file": standard input that is a file ends where the file does.
TEST_F(Trace, EndsWithAFileOnStandardInput) {
  const auto shown = run({"sh", "-c", "exec timeout 20 \"$0\" trace - < \"$1\"",
                          std::getenv("SEALTONE_BINARY"), example()});
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("2 connections with TLS in "));
}

TEST_F(Trace, SaysWhatIsMissingWhereTheFileIsCut) {
  const auto whole = read_text(example());
  const auto cut = folder_.write("cut.pcap", whole.substr(0, whole.size() - 10));
  const auto shown = trace({cut.string()});
  EXPECT_THAT(unwrapped(shown.out), HasSubstr("The capture ends within a packet"));
  EXPECT_EQ(trace_json({cut.string()}, shown.status).at("totals").at("cut"), true);
}

// Of such a file nobody can say that no phone was refused.
TEST_F(Trace, RefusesAFileThatEndsWithinItsHeader) {
  const auto whole = read_text(example());
  for (const std::size_t size : {4U, 10U, 23U}) {
    const auto cut = folder_.write("cut.pcap", whole.substr(0, size)).string();
    for (const auto& form : {Arguments{cut}, {"--by", "phone", cut}, {cut, "--json"}}) {
      const auto shown = trace(form);
      EXPECT_EQ(shown.status, 2) << size;
      EXPECT_THAT(unwrapped(shown.err), HasSubstr(cut + ": it ends within its file header"));
    }
  }
  const auto header = folder_.write("none.pcap", whole.substr(0, 24)).string();
  EXPECT_EQ(trace({header}).status, 0) << "a capture without packets";
}

// A packet that says to be longer than any: what stands behind it cannot be found.
TEST_F(Trace, SaysThatADamagedFileWasNotReadToItsEnd) {
  auto octets = read_text(example());
  const auto whole = trace_json({"--by", "phone", example()}, 0);
  EXPECT_EQ(whole.at("totals").at("whole"), true);
  octets += std::string(8, '\0') + std::string(8, '\x7F') + std::string(100, 'x');
  const auto damaged = folder_.write("damaged.pcap", octets);
  for (const auto& form : {Arguments{damaged.string()}, {"--by", "phone", damaged.string()}}) {
    const auto totals = trace_json(form, 2).at("totals");
    EXPECT_EQ(totals.at("whole"), false);
    EXPECT_EQ(totals.at("cut"), false);
  }
}

TEST_F(Trace, NamesAFileThatIsNoCapture) {
  const auto shown = trace({server_.certificate.string()});
  EXPECT_EQ(shown.status, 2);
  EXPECT_THAT(shown.err, HasSubstr(server_.certificate.string()));
  EXPECT_EQ(trace({"/nowhere/at-all.pcap"}).status, 2);
  EXPECT_EQ(trace({example(), "3"}).status, 2);
  EXPECT_EQ(trace({example(), "--address", "nobody"}).status, 2);
  EXPECT_EQ(trace({example(), "1", "--by", "phone"}).status, 2);
}

// What was asked for and would change nothing is said, in words, before the capture is read.
TEST_F(Trace, RefusesOptionsThatWouldDoNothing) {
  const auto said = [](Arguments further) {
    const bool asked_for_json = std::ranges::find(further, "--json") != further.end();
    further.insert(further.begin(), example());
    const auto shown = trace(std::move(further));
    EXPECT_EQ(shown.status, 2) << shown.out;
    // With --json the same stands in JSON, and else nothing.
    if (asked_for_json) {
      const auto told = nlohmann::json::parse(shown.out);
      EXPECT_EQ(told.size(), 1U) << shown.out;
      EXPECT_EQ(told.at("could_not").at("code"), "bad-input");
    } else {
      EXPECT_EQ(shown.out, "");
    }
    return shown.err;
  };
  for (const auto& idle :
       {Arguments{"--at", "nonsense"}, {"--at", "2030-01-01"}, {"--expect", "x.org"}, {"--sip"}}) {
    EXPECT_THAT(said(idle), HasSubstr(idle.front()));
    EXPECT_THAT(said(idle), HasSubstr("--trust FILE"));
  }
  EXPECT_THAT(said({"--ascii"}), HasSubstr("number"));
  EXPECT_THAT(said({"--by", "phone", "--ascii"}), HasSubstr("number"));
  EXPECT_THAT(said({"1", "--ascii", "--json"}), HasSubstr("--json"));
  EXPECT_THAT(said({"1", "--ladder", "--json"}), HasSubstr("--json"));
  for (const char* filter : {"--address=127.0.0.1", "--port=1", "--name=a", "--failed"}) {
    EXPECT_THAT(said({"1", filter}), HasSubstr("number"));
  }
  EXPECT_THAT(said({"--trust", "a.pem", "--state", "b"}), HasSubstr("--trust"));
  for (const char* number : {"-1", "0", "00", "1.5", "one"}) {
    EXPECT_THAT(said({number}), HasSubstr("the table numbers them from 1")) << number;
  }
  EXPECT_THAT(said({"--port", "0"}), HasSubstr("--port"));
  EXPECT_THAT(said({"--port", "65536"}), HasSubstr("--port"));
  EXPECT_EQ(trace({example(), "--port", "65535"}).status, 0);
  EXPECT_THAT(said({"--port", "70000"}), HasSubstr("70000 is no port: those go from 1 to 65535"));
  EXPECT_THAT(said({"99999999999999999999"}), HasSubstr("the table numbers them from 1"));
  EXPECT_THAT(said({"--by", "phones"}), HasSubstr("--by knows no \"phones\", only: phone"));
  EXPECT_THAT(said({"--ladder"}), HasSubstr("--ladder says nothing without the number"));
  EXPECT_THAT(said({"1", "--failed"}), HasSubstr("do not go together"));
  for (const char* size : {"999999", "0", "-1", "101GB", "many", "999kB", "1XB", "", "100001MB"}) {
    const auto typed = *size == '\0' ? std::string("an empty size") : std::string(size);
    EXPECT_THAT(said({"--memory", size}),
                HasSubstr("--memory: " + typed +
                          " cannot be allowed: say a size from 1MB to 100GB, such as 256MB\n"));
  }
  for (const char* size : {"1MB", "1000000", "100GB"}) {
    EXPECT_EQ(trace({example(), "--memory", size}).status, 0) << size;
  }
  EXPECT_THAT(trace({}).err, HasSubstr("the file is missing"));
  EXPECT_THAT(trace({"--help"}).out, HasSubstr("--memory SIZE=256MB"));
}

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

TEST_F(Trace, FindsAKeyForWhichOldPhonesHaveNoCipher) {
  const auto source = std::string(std::getenv("SEALTONE_SOURCE")) + "/examples/office";
  const auto all =
      trace_json({source + ".pcap", "4", "--as", "v60", "--trust", source + "-root.pem"}, 1);
  const auto& verdict = all.at("connections").at(0).at("judged").at(0).at("verdict");
  EXPECT_EQ(verdict.at("decision"), "untrusted");
  EXPECT_EQ(codes(verdict), "key-type-not-supported");
}

TEST_F(Trace, TellsTheNextStepOfEachProfile) {
  const auto source = std::string(std::getenv("SEALTONE_SOURCE")) + "/examples/office";
  const auto all = trace_json({"--by", "phone", source + ".pcap", "--as", "v60,v84", "--trust",
                               source + "-root.pem", "--address", "127.0.0.46"},
                              1);
  const auto next = all.at("phones").at(0).at("outcome").at("next").get<std::string>();
  EXPECT_THAT(next, testing::StartsWith("As v60: "));
  EXPECT_THAT(next, HasSubstr(" As v84: "));
}

// What would be trusted and was refused: the phone lacks that list, and this is what to upload.
TEST_F(Trace, SaysWhatTheRefusingPhoneLacks) {
  const auto source = std::string(std::getenv("SEALTONE_SOURCE")) + "/examples/office";
  const auto root = source + "-root.pem";
  const std::string step =
      "The phone refused it all the same, so it does not have that list: upload \"Example Root\", "
      "one of the certificates in " +
      root + ", to it under Security > Trusted Certificates.";
  const Arguments phone{"--by", "phone", source + ".pcap", "--address", "127.0.0.46"};
  auto judged = phone;
  judged.insert(judged.end(), {"--trust", root});
  EXPECT_THAT(unwrapped(trace(judged).out), HasSubstr(step));
  EXPECT_THAT(trace_json(judged, 1).at("phones").at(0).at("outcome").at("next").get<std::string>(),
              HasSubstr(step));
  const auto one = unwrapped(trace({source + ".pcap", "2", "--trust", root}).out);
  EXPECT_THAT(one, HasSubstr(step));
  EXPECT_THAT(one, HasSubstr("Judged by the certificates in " + root));
  // The alert's own advice, which asks for what was given, is left to who gave none.
  const std::string general = "Upload the certificate of who issued it";
  EXPECT_THAT(one, Not(HasSubstr(general)));
  EXPECT_THAT(unwrapped(trace(judged).out), Not(HasSubstr(general)));
  EXPECT_THAT(unwrapped(trace(phone).out), HasSubstr(general));
  const auto by_another =
      trace({source + ".pcap", "2", "--trust", other_root_.certificate.string()});
  EXPECT_THAT(unwrapped(by_another.out), Not(HasSubstr("The phone refused it all the same")));
}

TEST_F(Trace, CallsThisComputersRootsByTheirName) {
  const auto source = std::string(std::getenv("SEALTONE_SOURCE")) + "/examples/office";
  EXPECT_THAT(unwrapped(trace({source + ".pcap", "2", "--trusted", "default"}).out),
              HasSubstr("Judged by this computer's roots, as of"));
}

// As `sealtone check --as` does, in the same words.
TEST_F(Trace, SaysWhatIsAssumedOfAPhone) {
  const auto source = std::string(std::getenv("SEALTONE_SOURCE")) + "/examples/office";
  const Arguments as{"--trust", source + "-root.pem", "--as", "v60,v84"};
  Arguments planned{"check", "--chain", source + "-root.pem", "--name", "prov.example.com"};
  planned.insert(planned.end(), as.begin(), as.end());
  Arguments captured{source + ".pcap", "4"};
  captured.insert(captured.end(), as.begin(), as.end());
  const auto lines = [](const std::string& out, const std::string& word) {
    std::vector<std::string> all;
    for (auto at = out.find(word); at != std::string::npos; at = out.find(word, at + 1)) {
      all.push_back(out.substr(at, out.find(". ", at) - at));
    }
    return all;
  };
  const auto check = unwrapped(sealtone(planned).out), traced = unwrapped(trace(captured).out);
  for (const char* word : {"Assumed: ", "Built-in certificates: "}) {
    EXPECT_FALSE(lines(check, word).empty()) << check;
    EXPECT_EQ(lines(traced, word).size(), lines(check, word).size()) << traced;
  }
  const auto judged = trace_json(captured, 1).at("connections").at(0).at("judged").at(0);
  planned.emplace_back("--json");
  const auto profile = nlohmann::json::parse(sealtone(planned).out).at(0).at("profile");
  EXPECT_EQ(judged.at("assumed"), profile.at("assumed"));
  EXPECT_EQ(judged.at("built_in"), profile.at("built_in"));
  EXPECT_FALSE(judged.at("assumed").empty());
}

// Nobody has to wait for the next packet to be told of the last refusal.
TEST_F(Trace, TellsOfAPipeThatIsQuietWhatItSaidLast) {
  StartOptions piped;
  piped.keep_input_open = true;
  Process live({std::getenv("SEALTONE_BINARY"), "trace", "-"}, piped);
  live.send(read_text(std::string(std::getenv("SEALTONE_SOURCE")) + "/examples/office.pcap"));
  EXPECT_TRUE(live.said("the reason is encrypted")) << live.out();
  EXPECT_TRUE(live.running());
  live.close_input();
  EXPECT_EQ(live.wait(), 1) << live.err();
}

// SMTP in the clear up to STARTTLS, then whatever the server behind it says.
void smtp_in_front_of(std::uint16_t server, int client) {
  transmit(client, "220 mail.example.com ESMTP\r\n");
  (void)receive(client);
  transmit(client, "250-mail.example.com\r\n250 STARTTLS\r\n");
  (void)receive(client);
  transmit(client, "220 go ahead\r\n");
  const int onward = dial_from("127.0.0.1", server);
  hand_on_both(client, onward);
  ::close(onward);
}

TEST_F(Trace, FindsTlsBehindStartTls) {
  const OpensslServer server(server_);
  const ScriptedServer mail([&](int client) { smtp_in_front_of(server.port(), client); });
  Capture capture(mail.port());
  (void)s_client(mail.port(), {"-tls1_2", "-starttls", "smtp"});
  capture.stop();
  const auto all = trace_json({capture.file().string()}, 0).at("connections");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].at("opened_in_clear"), "SMTP");
  EXPECT_EQ(all[0].at("version"), "TLS 1.2");
  EXPECT_EQ(all[0].at("certificates").size(), 1U);
}

}  // namespace
}  // namespace sealtone::test
