// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/app.h"
#include "app/paths.h"
#include "app/said.h"
#include "base/files.h"

namespace sealtone::app {
namespace {

using test::sealtone;

TEST(CommandLine, AnUnknownCommandCouldNotBeDone) {
  EXPECT_EQ(sealtone({"dance"}).code, kCouldNot);
  EXPECT_EQ(sealtone({}).code, kCouldNot);
}

TEST(CommandLine, AMissingCommandIsAnsweredWithThoseThereAre) {
  EXPECT_EQ(sealtone({"trust"}).err,
            "sealtone: sealtone trust is followed by one of: list add remove\n"
            "sealtone trust --help shows examples.\n");
  EXPECT_NE(sealtone({}).err.find("sealtone is followed by one of: phone check"),
            std::string::npos);
}

TEST(CommandLine, AMissingFileIsNotTakenForAMissingCommand) {
  EXPECT_EQ(sealtone({"trust", "add"}).err.find("one of"), std::string::npos);
}

TEST(CommandLine, HelpSaysWhatEachExitStatusMeans) {
  for (const auto& command :
       {std::vector<const char*>{"--help"}, {"check", "--help"}, {"provision", "try", "--help"}}) {
    auto help = sealtone(command).out;
    std::ranges::replace(help, '\n', ' ');
    EXPECT_NE(help.find("2 nothing answered, or the command could not be done, or was mistyped"),
              std::string::npos)
        << help;
  }
}

TEST(CommandLine, HelpOfTraceEndsInLinesThatFitAScreen) {
  const auto help = sealtone({"trace", "--help"}).out;
  auto at = help.find("Exit: ");
  ASSERT_NE(at, std::string::npos) << help;
  constexpr std::size_t most = 100;
  while (at < help.size()) {
    const auto end = std::min(help.find('\n', at), help.size());
    EXPECT_LE(end - at, most) << help.substr(at, end - at);
    at = end + 1;
  }
}

TEST(CommandLine, HelpIsDone) { EXPECT_EQ(sealtone({"--help"}).code, kDone); }

TEST(CommandLine, CheckSaysWhatAWrongTargetShouldLookLike) {
  const auto said = sealtone({"check", "http://prov.example.com/"});
  EXPECT_EQ(said.code, kCouldNot);
  EXPECT_NE(said.err.find("only https shows a certificate"), std::string::npos);
}

TEST(CommandLine, CheckOfSipAsksTheServerItselfAndNoUser) {
  for (const char* target : {"sips:127.0.0.1:1", "sips:1001@127.0.0.1:1;transport=tls"}) {
    const auto said = sealtone({"check", target, "--trusted", "default"});
    EXPECT_EQ(said.code, kCouldNot) << target;
    EXPECT_NE(said.err.find("127.0.0.1:1"), std::string::npos) << said.err;
  }
  const auto named = sealtone({"check", "sips:127.0.0.1:1", "--user", "u"});
  EXPECT_EQ(named.code, kCouldNot);
  EXPECT_NE(named.err.find("--user"), std::string::npos) << named.err;
}

TEST(CommandLine, CheckRefusesANameThatIsNone) {
  const auto said =
      sealtone({"check", "127.0.0.1:1", "--trusted", "default", "--name", "xn--bcher-kv.example"});
  EXPECT_EQ(said.code, kCouldNot);
  EXPECT_NE(said.err.find("internationalised"), std::string::npos) << said.err;
}

// Before the capture is looked for.
TEST(CommandLine, TraceExpectsAHostNameOrAnAddress) {
  for (const char* name :
       {"https://prov.example.com/", "prov.example.com:443", "a b", "*.example"}) {
    const auto said = sealtone({"trace", "none.pcap", "--trusted", "default", "--expect", name});
    EXPECT_EQ(said.code, kCouldNot) << name;
    EXPECT_NE(said.err.find(std::string("--expect ") + name), std::string::npos) << said.err;
    EXPECT_NE(said.err.find("write the name alone"), std::string::npos) << said.err;
  }
  for (const char* name : {"prov.example.com", "192.0.2.7", "2001:db8::1"}) {
    const auto said = sealtone({"trace", "none.pcap", "--trusted", "default", "--expect", name});
    EXPECT_EQ(said.err.find("--expect"), std::string::npos) << said.err;
  }
}

TEST(CommandLine, CheckRefusesVersionsThatMakeNoRange) {
  for (const char* range : {"1.3..1.2", "1.4", "ssl3", "1.0.."}) {
    const auto said = sealtone({"check", "127.0.0.1:1", "--tls", range, "--trusted", "default"});
    EXPECT_EQ(said.code, kCouldNot) << range;
    EXPECT_NE(said.err.find("--tls"), std::string::npos) << range << said.err;
  }
}

TEST(CommandLine, CheckOfACustomListAsksWhose) {
  const auto said = sealtone({"check", "127.0.0.1:1", "--trusted", "custom"});
  EXPECT_EQ(said.code, kCouldNot);
  EXPECT_NE(said.err.find("--state DIR"), std::string::npos);
}

TEST(CommandLine, PageListensOnAnAddressAndNotOnAName) {
  const auto folder = make_temporary_folder().value();
  const auto nowhere = (folder / "state").string();
  const auto said = sealtone({"phone", "--listen", "localhost", "--state", nowhere.c_str()});
  EXPECT_EQ(said.code, kCouldNot);
  EXPECT_NE(said.err.find("such as 127.0.0.1"), std::string::npos) << said.err;
  EXPECT_FALSE(std::filesystem::exists(nowhere));
  std::filesystem::remove_all(folder);
}

TEST(CommandLine, SecretIsNeverTakenAsAnArgument) {
  const auto folder = make_temporary_folder().value();
  const auto said = sealtone({"set", "--state", folder.c_str(),
                              "static.auto_provision.server.password", "made-for-the-test"});
  EXPECT_EQ(said.code, kCouldNot);
  EXPECT_NE(said.err.find("--value-file"), std::string::npos);
  EXPECT_EQ(said.err.find("made-for-the-test"), std::string::npos);
  std::filesystem::remove_all(folder);
}

TEST(CommandLine, PasswordInAUrlIsNoArgumentEither) {
  const auto folder = make_temporary_folder().value();
  const auto said = sealtone({"set", "--state", folder.c_str(), "static.auto_provision.server.url",
                              "https://u:made-for-the-test@127.0.0.1/"});
  EXPECT_EQ(said.code, kCouldNot);
  EXPECT_NE(said.err.find("--value-file"), std::string::npos);
  EXPECT_EQ(said.err.find("made-for-the-test"), std::string::npos);
  std::filesystem::remove_all(folder);
}

TEST(CommandLine, PasswordInTheAddressOfAServerIsRefused) {
  const auto folder = make_temporary_folder().value();
  const auto state = (folder / "state").string();
  const char* const url = "https://u:made-for-the-test@127.0.0.1:1/";
  for (const auto& command :
       {std::vector<const char*>{"check", url, "--trusted", "default"},
        std::vector<const char*>{"phone", "--state", state.c_str(), "--provision-url", url},
        std::vector<const char*>{"provision", "try", url, "--mac", "00:15:65:00:00:01"}}) {
    const auto said = sealtone(command);
    EXPECT_EQ(said.code, kCouldNot);
    EXPECT_NE(said.err.find("--password-file FILE"), std::string::npos) << said.err;
    EXPECT_EQ(said.err.find("made-for-the-test"), std::string::npos);
  }
  EXPECT_FALSE(std::filesystem::exists(state));
  std::filesystem::remove_all(folder);
}

TEST(CommandLine, CheckNamesNoUserWhereNothingIsAsked) {
  const auto said =
      sealtone({"check", "127.0.0.1:1", "--trusted", "default", "--user", "somebody"});
  EXPECT_EQ(said.code, kCouldNot);
  EXPECT_NE(said.err.find("write https://"), std::string::npos) << said.err;
}

TEST(CommandLine, LookingMakesNoStateFolder) {
  const auto folder = make_temporary_folder().value();
  const auto nowhere = (folder / "mistyped").string();
  const auto said = sealtone({"trust", "list", "--state", nowhere.c_str()});
  EXPECT_EQ(said.code, kCouldNot);
  EXPECT_NE(said.err.find("no phone keeps its state there"), std::string::npos) << said.err;
  EXPECT_FALSE(std::filesystem::exists(nowhere));
  std::filesystem::remove_all(folder);
}

TEST(CommandLine, TrustListMarksWhatIsNotValidToday) {
  const auto folder = make_temporary_folder().value();
  for (const char* name : {"root.cer", "root_expired.cer", "root_future.cer"}) {
    const auto file = std::string(SEALTONE_TEST_DATA) + "/x509/path/" + name;
    const auto added = sealtone({"trust", "add", "--state", folder.c_str(), file.c_str()});
    EXPECT_EQ(added.code, kDone) << added.err;
  }
  const auto list = sealtone({"trust", "list", "--state", folder.c_str()});
  for (const char* words : {"days left)", " (expired ", " (not valid yet, but in "}) {
    EXPECT_NE(list.out.find(words), std::string::npos) << words << "\n" << list.out;
  }
  const auto json = sealtone({"trust", "list", "--state", folder.c_str(), "--json"});
  EXPECT_NE(json.out.find("\"expired\": true"), std::string::npos) << json.out;
  EXPECT_NE(json.out.find("\"not_yet_valid\": true"), std::string::npos) << json.out;
  std::filesystem::remove_all(folder);
}

TEST(CommandLine, ValueThatIsNoTextIsRefusedInWords) {
  const auto folder = make_temporary_folder().value();
  const auto said = sealtone(
      {"set", "--state", folder.c_str(), "static.auto_provision.server.username", "caf\xE9"});
  EXPECT_EQ(said.code, kCouldNot);
  EXPECT_NE(said.err.find("not text in UTF-8"), std::string::npos) << said.err;
  std::filesystem::remove_all(folder);
}

TEST(CommandLine, SettingIsKeptAndShownUnderItsNewestName) {
  const auto folder = make_temporary_folder().value();
  const auto set = sealtone({"set", "--state", folder.c_str(), "security.trust_certificates", "0"});
  EXPECT_EQ(set.code, kDone) << set.err;
  const auto get = sealtone({"get", "--state", folder.c_str(), "security.trust_certificates"});
  EXPECT_EQ(get.out, "static.security.trust_certificates = 0\n");
  std::filesystem::remove_all(folder);
}

TEST(CommandLine, SaysInWordsWhatIsMissingOrTooMuch) {
  const auto first_line = [](std::vector<const char*> words) {
    const auto said = sealtone(std::move(words));
    EXPECT_EQ(said.code, kCouldNot);
    return said.err.substr(0, said.err.find('\n'));
  };
  const std::string file = "sealtone: the file is missing: add it to the command";
  for (const auto& command : {std::vector<const char*>{"doctor"},
                              {"trace"},
                              {"trust", "add"},
                              {"crl", "add"},
                              {"cert", "show"}}) {
    EXPECT_EQ(first_line(command), file) << command.front();
  }
  const std::string save = "sealtone: connections save: give ID and FILE, or --all and FILE";
  EXPECT_EQ(first_line({"connections", "save"}), save);
  EXPECT_EQ(first_line({"connections", "save", "7"}), save);
  EXPECT_EQ(first_line({"connections", "save", "--all"}), save);
  EXPECT_EQ(first_line({"check", "a", "b"}),
            "sealtone: \"b\" is more than the command takes: leave it out");
  for (const auto& command : {std::vector<const char*>{"phone"}, {"lab", "run"}}) {
    for (const char* port : {"65536", "99999", "-1", "x"}) {
      auto words = command;
      const auto typed = "--https-port=" + std::string(port);
      words.push_back(typed.c_str());
      EXPECT_EQ(first_line(words), "sealtone: --https-port: " + std::string(port) +
                                       " is no port: those go from 0 to 65535");
    }
  }
}

TEST(CommandLine, WordsThatNobodyKnowsAreNamed) {
  EXPECT_NE(sealtone({"chekc"}).err.find("there is no command \"sealtone chekc\"; did you mean "
                                         "check? sealtone is followed by one of: phone check"),
            std::string::npos);
  EXPECT_NE(sealtone({"trust", "remoev"})
                .err.find("there is no command \"sealtone trust remoev\"; did you mean remove?"),
            std::string::npos);
  EXPECT_NE(sealtone({"check", "h:1", "--turst=x.pem"})
                .err.find("has no option --turst; did you "
                          "mean --trust?"),
            std::string::npos);
  const auto option = sealtone({"check", "--chain", "x.pem", "--frob", "x", "--name", "localhost"});
  EXPECT_EQ(option.code, kCouldNot);
  EXPECT_NE(option.err.find("sealtone check has no option --frob"), std::string::npos)
      << option.err;
  EXPECT_EQ(sealtone({"https://u:secret@h/"}).err.find("secret"), std::string::npos);
}

// As a variable that nobody set leaves it: what was to be checked would not be.
TEST(CommandLine, AnOptionWithoutAValueIsNotPassedOver) {
  for (const auto& arguments :
       std::vector<std::vector<const char*>>{{"check", "127.0.0.1:1", "--as", ""},
                                             {"check", "127.0.0.1:1", "--trust", ""},
                                             {"check", "--chain", "", "--name", "localhost"},
                                             {"doctor", "x.pem", "--fix", ""},
                                             {"doctor", "x.pem", "--name", ""}}) {
    const auto said = sealtone(arguments);
    EXPECT_EQ(said.code, kCouldNot);
    EXPECT_NE(said.err.find("nothing is given with it"), std::string::npos)
        << arguments[2] << said.err;
  }
}

TEST(CommandLine, ThereIsOneListToJudgeBy) {
  const std::vector<std::vector<const char*>> commands{
      {"check", "127.0.0.1:1"},
      {"check", "--chain", "x.pem", "--name", "localhost"},
      {"check", "--list", "hosts.txt"},
      {"trace", "x.pcap"},
      {"provision", "try", "https://h/", "--mac", "001565000001"}};
  for (const auto& command : commands) {
    for (const auto& other :
         std::vector<std::vector<const char*>>{{"--trusted", "all"}, {"--state", "/nowhere"}}) {
      auto arguments = command;
      arguments.insert(arguments.end(), {"--trust", "/nowhere/at-all.pem"});
      arguments.insert(arguments.end(), other.begin(), other.end());
      const auto said = sealtone(arguments);
      EXPECT_EQ(said.code, kCouldNot);
      EXPECT_NE(said.err.find("do not go together"), std::string::npos)
          << command.front() << said.err;
    }
  }
}

// A program reads what came of it, whatever that is.
TEST(CommandLine, WhereJsonIsAskedForThereIsJson) {
  const auto file = std::string(SEALTONE_TEST_DATA) + "/tls/root.pem";
  const auto folder = make_temporary_folder().value();
  const auto state = (folder / "state").string();
  const std::vector<std::vector<const char*>> commands{
      {"check"},
      {"check", "127.0.0.1:1", "--frob"},
      {"check", "127.0.0.1:1", "--trust", ""},
      {"check", "127.0.0.1:1", "--trust", "/nowhere/at-all.pem"},
      {"check", "127.0.0.1:1", "--tls", "9.9", "--trust", file.c_str()},
      {"check", "127.0.0.1:1", "--as", "v99", "--trust", file.c_str()},
      {"check", "--chain", "/nowhere/at-all.pem", "--name", "localhost"},
      {"check", "--chain", file.c_str(), "--name", "localhost", "--key", "/nowhere/key.pem"},
      {"check", "--chain", file.c_str()},
      {"check", "--list", "/nowhere/hosts.txt"},
      {"check", "--list", file.c_str(), "--trust", file.c_str()},
      {"cert", "show", "/nowhere/at-all.pem"},
      {"doctor", "/nowhere/at-all.pem"},
      {"trace", "/nowhere/at-all.pcap"},
      {"profile", "show", "v99"},
      {"provision", "try", "ftp://h/", "--mac", "001565000001"},
      {"trust", "list", "--state", state.c_str()},
      {"rejected", "show", "x", "--state", state.c_str()},
      {"crl", "add", "/nowhere/at-all.crl", "--state", state.c_str()},
      {"chekc"}};
  for (auto arguments : commands) {
    arguments.push_back("--json");
    const auto said = sealtone(arguments);
    EXPECT_EQ(said.code, kCouldNot) << arguments.front();
    const auto json = nlohmann::json::parse(said.out, nullptr, false);
    ASSERT_TRUE(json.is_object()) << arguments[1] << ": " << said.out << said.err;
    const auto& why = json.at("could_not");
    EXPECT_NE(why.at("says"), "") << arguments[1];
    EXPECT_NE(said.err, "") << arguments[1];
    EXPECT_TRUE(why.at("further").is_array()) << arguments[1];
  }
  EXPECT_EQ(sealtone({"check", "--json", "--help"}).code, kDone);
  std::filesystem::remove_all(folder);
}

TEST(CommandLine, ANameIsANameAndNothingElse) {
  const auto file = std::string(SEALTONE_TEST_DATA) + "/tls/root.pem";
  for (const char* name : {"https://localhost/", "localhost:5061", "loc alhost", "a..b", ".",
                           "\x1b[2Jlocalhost", "*.example.com", "1001@localhost", "[::1]"}) {
    for (const auto& said :
         {sealtone({"check", "--chain", file.c_str(), "--trust", file.c_str(), "--name", name}),
          sealtone({"doctor", file.c_str(), "--name", name})}) {
      EXPECT_EQ(said.code, kCouldNot) << name;
      EXPECT_NE(said.err.find("for example prov.example.com or 192.0.2.7"), std::string::npos)
          << name << said.err;
      EXPECT_EQ(said.err.find('\x1b'), std::string::npos);
    }
  }
  for (const char* name : {"localhost", "prov.example.com.", "my_phone.lan", "192.0.2.7", "::1",
                           "b\xC3\xBC"
                           "cher.example"}) {
    const auto said =
        sealtone({"check", "--chain", file.c_str(), "--trust", file.c_str(), "--name", name});
    EXPECT_NE(said.code, kCouldNot) << name << said.err;
  }
}

TEST(CommandLine, TheDoctorKnowsAClockThatWasNeverSet) {
  const auto file = std::string(SEALTONE_TEST_DATA) + "/tls/root.pem";
  const base::sys_seconds later{std::chrono::sys_days{std::chrono::year{2027} / 1 / 1}};
  const auto unset = sealtone({"doctor", file.c_str()}, later);
  EXPECT_EQ(unset.code, kFound);
  EXPECT_NE(unset.out.find("clock-unset\n  This clock says 2026-11-23"), std::string::npos)
      << unset.out;
  EXPECT_NE(unset.out.find("--at TIME"), std::string::npos);
  EXPECT_EQ(sealtone({"doctor", file.c_str(), "--at", "2026-11-23"}, later).out.find("clock"),
            std::string::npos);
}

}  // namespace
}  // namespace sealtone::app
