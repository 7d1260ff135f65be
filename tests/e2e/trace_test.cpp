// SPDX-License-Identifier: Apache-2.0
//
// sealtone trace: the note's own case, files and pipes, options that would do nothing, STARTTLS.
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
