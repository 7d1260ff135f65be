// SPDX-License-Identifier: Apache-2.0
//
// sealtone check --list: one line a server, soonest expiry first, and an exit status for cron.
#include <gmock/gmock.h>

#include <cstdlib>
#include <sstream>

#include "e2e/check_fixture.h"

namespace sealtone::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class CheckList : public Check {
 protected:
  Finished list(const std::string& text, Arguments further = {}) {
    const auto file = folder_.write("hosts.txt", text);
    Arguments arguments{"check", "--list", file.string(), "--trust", root_.certificate.string(),
                        "--at",  kDay};
    arguments.insert(arguments.end(), further.begin(), further.end());
    return sealtone(arguments);
  }
  static std::string at(std::uint16_t port) { return "127.0.0.1:" + std::to_string(port); }
  static constexpr const char* kDay = "2030-01-01T00:00:00Z";

  Identity until(const std::string& name, const std::string& not_after, const Identity& issuer) {
    auto wish = server_wish();
    wish.not_after = not_after;
    return certificates_.issue(name, wish, issuer);
  }
  Identity authority_until(const std::string& not_after) {
    Wish wish;
    wish.common_name = "Issuing CA";
    wish.ca = true;
    wish.not_after = not_after;
    return certificates_.issue("issuing", wish, root_);
  }

  Identity long_ = until("long", "20400101000000Z", root_);
  OpensslServer lasting_{long_};
};

TEST_F(CheckList, NamesTheCertificateOfTheChainThatRunsOutFirst) {
  const auto issuing = authority_until("20300111000000Z");  // in ten days, before the leaf
  const OpensslServer soon(until("leaf", "20350101000000Z", issuing),
                           {"-cert_chain", issuing.certificate.string()});
  const auto text =
      "# all of them\n" + at(lasting_.port()) + "\n" + at(soon.port()) + " name=localhost\n";
  const auto found = list(text);
  EXPECT_EQ(found.status, 1) << found.err;
  const auto first = found.out.substr(0, found.out.find('\n'));
  EXPECT_EQ(first, "   10 days  " + at(soon.port()) +
                       " (localhost)  trusted; \"Issuing CA\" runs out first on 2030-01-11 "
                       "00:00:00 UTC");
  EXPECT_THAT(unwrapped(found.out), HasSubstr("2 servers: 1 in order, 1 with a certificate that"));
  // At the bound, and one past it.
  EXPECT_EQ(list(text, {"--warn-days", "10"}).status, 1);
  EXPECT_EQ(list(text, {"--warn-days", "9"}).status, 0);
}

// On a terminal no line is wider than it is, and none is cut; a file has a line a server.
TEST_F(CheckList, FitsATerminalOf80Columns) {
  const auto issuing = authority_until("20300111000000Z");
  const OpensslServer soon(until("leaf", "20350101000000Z", issuing),
                           {"-cert_chain", issuing.certificate.string()});
  const auto file = folder_.write("hosts.txt", at(soon.port()) + " name=localhost\n");
  const auto shown = run({"script", "-qec",
                          std::string("stty cols 80 rows 24; exec ") +
                              std::getenv("SEALTONE_BINARY") + " check --list " + file.string() +
                              " --trust " + root_.certificate.string() + " --at " + kDay,
                          "/dev/null"});
  std::string row;
  std::istringstream lines(shown.out);
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with('\r')) line.pop_back();
    EXPECT_LE(line.size(), 80U) << line;
    row += line + "\n";
  }
  EXPECT_THAT(unwrapped(row), HasSubstr("10 days " + at(soon.port()) +
                                        " (localhost) trusted; \"Issuing CA\" runs out first on "
                                        "2030-01-11 00:00:00 UTC"));
}

TEST_F(CheckList, SortsByWhatIsLeftAndTellsWhoDidNotAnswer) {
  const OpensslServer expired(until("expired", "20291231000000Z", root_));
  const OpensslServer foreign(certificates_.issue("foreign", server_wish(), other_root_));
  const auto silent = at(free_port());
  const auto text = silent + "\n" + at(lasting_.port()) + "\n" + at(foreign.port()) + "\n" +
                    at(expired.port()) + "\n";
  const auto found = list(text);
  EXPECT_EQ(found.status, 2);
  const auto place = [&](const std::string& words) { return found.out.find(words); };
  EXPECT_LT(place(at(expired.port())), place(at(lasting_.port())));
  EXPECT_LT(place(at(lasting_.port())), place(at(foreign.port())));
  EXPECT_LT(place(at(foreign.port())), place(silent));
  EXPECT_THAT(unwrapped(found.out), HasSubstr("untrusted: expired;"));
  EXPECT_THAT(unwrapped(found.out), HasSubstr("untrusted: issuer-unknown, chain-incomplete;"));
  EXPECT_THAT(unwrapped(found.out), HasSubstr("did not answer: "));
  EXPECT_THAT(unwrapped(found.out), HasSubstr("4 servers: 1 in order"));

  const auto json = nlohmann::json::parse(list(text, {"--json"}).out);
  ASSERT_EQ(json.size(), 4U);
  EXPECT_EQ(json[0]["days_left"], -1);
  EXPECT_EQ(json[0]["runs_out_first"]["subject"]["common_name"], "localhost");
  EXPECT_EQ(codes(json[0]["verdict"]), "expired");
  EXPECT_EQ(json[1]["in_order"], true);
  EXPECT_TRUE(json[1]["unreachable"].is_null());
  EXPECT_FALSE(json[3]["unreachable"].is_null());
  EXPECT_TRUE(json[3]["days_left"].is_null());
  EXPECT_FALSE(json[3].contains("verdict"));
}

TEST_F(CheckList, AllInOrderEndsWithZeroHoweverManyThereAre) {
  std::string text;
  constexpr int many = 40;
  for (int i = 0; i < many; ++i) text += at(lasting_.port()) + "\n";
  const auto found = list(text);
  EXPECT_EQ(found.status, 0) << found.out << found.err;
  EXPECT_THAT(found.out, HasSubstr("40 servers: 40 in order.\n"));
  EXPECT_THAT(unwrapped(found.out), Not(HasSubstr("What to do")));
}

// A server that never answers holds nobody else up: eight are met at once.
TEST_F(CheckList, SilentServersAreWaitedForTogether) {
  std::vector<std::unique_ptr<ScriptedServer>> mute;
  std::string text;
  for (int i = 0; i < 4; ++i) {
    mute.push_back(std::make_unique<ScriptedServer>([](int descriptor) {
      while (!receive(descriptor).empty()) {
      }
    }));
    text += at(mute.back()->port()) + "\n";
  }
  const auto start = std::chrono::steady_clock::now();
  const auto found = list(text + at(lasting_.port()) + "\n");
  EXPECT_EQ(found.status, 1);
  EXPECT_THAT(unwrapped(found.out), HasSubstr("not-established: handshake-timeout"));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(25));
}

TEST_F(CheckList, WrongLineIsNamedBeforeAnybodyIsMet) {
  std::atomic<int> met = 0;
  const ScriptedServer server([&](int) { ++met; });
  const auto found =
      list(at(server.port()) + "\nhttp://127.0.0.1/\n" + at(server.port()) + " nickname=x\n");
  EXPECT_EQ(found.status, 2);
  EXPECT_EQ(found.out, "");
  EXPECT_THAT(found.err, HasSubstr("hosts.txt:2: "));
  EXPECT_THAT(found.err, HasSubstr("hosts.txt:3: "));
  EXPECT_EQ(met, 0);
}

TEST_F(CheckList, FileThatIsNoListIsRefused) {
  EXPECT_EQ(list("").status, 2);
  EXPECT_EQ(list(std::string(1'000'001, '#')).status, 2);
  EXPECT_EQ(list(root_.pem()).status, 2);
  EXPECT_EQ(sealtone({"check", "--list", (folder_.path() / "none.txt").string()}).status, 2);
  for (const auto& also : {Arguments{"127.0.0.1:1"},
                           {"--name", "x"},
                           {"--as", "v84"},
                           {"--save-missing", "x.pem"},
                           {"--warn-days", "-1"}}) {
    EXPECT_EQ(list("127.0.0.1:1\n", also).status, 2) << also.front();
  }
}

}  // namespace
}  // namespace sealtone::test
