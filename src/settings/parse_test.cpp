// SPDX-License-Identifier: Apache-2.0
//
// The dialect, its limits, and hostile files.
#include <string>

#include <gmock/gmock.h>

#include "settings/settings.h"

namespace sealtone::settings {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

ConfigFile good(std::string_view text) {
  auto parsed = parse(text);
  if (parsed) return *std::move(parsed);
  for (const auto& mistake : parsed.error()) {
    ADD_FAILURE() << mistake.line << ": " << mistake.text;
  }
  return {};
}

std::vector<std::string> lines_of(const auto& remarks_or_mistakes) {
  std::vector<std::string> lines;
  for (const auto& [line, text] : remarks_or_mistakes) {
    lines.push_back(std::to_string(line) + ": " + text);
  }
  return lines;
}
std::vector<std::string> mistakes(std::string_view text) {
  const auto parsed = parse(text);
  return parsed ? std::vector<std::string>{} : lines_of(parsed.error());
}
std::vector<std::string> remarks(std::string_view text) { return lines_of(good(text).remarks); }

// "LINE canonical=value" of each assignment.
std::vector<std::string> assigned(std::string_view text) {
  std::vector<std::string> all;
  for (const auto& one : good(text).assignments) {
    all.push_back(std::to_string(one.line) + " " + one.canonical + "=" +
                  (one.restore ? "(factory)" : one.value));
  }
  return all;
}

constexpr auto kHeader = "#!version:1.0.0.1\n";

TEST(Parse, TakesKeysAndValuesWithAndWithoutSpaces) {
  EXPECT_THAT(
      assigned("#!version:1.0.0.1\nsecurity.ca_cert=0\nsecurity.cn_validation =0\n"
               "security.dev_cert= 0\n\t static.security.trust_certificates  =\t0 \t\n"),
      ElementsAre("2 static.security.ca_cert=0", "3 static.security.cn_validation=0",
                  "4 static.security.dev_cert=0", "5 static.security.trust_certificates=0"));
}

TEST(Parse, TakesEveryLineEnd) {
  for (const std::string_view end : {"\n", "\r\n", "\r"}) {
    for (const std::string_view last : {end, std::string_view()}) {
      std::string text = "#!version:1.0.0.1";
      text.append(end).append(end).append("security.ca_cert = 0").append(end);
      text.append("account.1.label = a").append(last);
      EXPECT_THAT(assigned(text),
                  ElementsAre("3 static.security.ca_cert=0", "4 account.1.label=a"));
      EXPECT_THAT(remarks(text), IsEmpty());
    }
  }
}

TEST(Parse, TakesAByteOrderMarkAndBrokenComments) {
  EXPECT_THAT(assigned("\xEF\xBB\xBF#!version:1.0.0.1\n# caf\xE9 \xE4\xB8\xAD\nsecurity.ca_cert=0"),
              ElementsAre("3 static.security.ca_cert=0"));
  EXPECT_THAT(remarks("\xEF\xBB\xBF#!version:1.0.0.1\n"), IsEmpty());
}

TEST(Parse, AValueRunsToTheEndOfItsLine) {
  EXPECT_THAT(assigned("account.1.password = a#b=c & d;e \"f\"\n"),
              ElementsAre("1 account.1.password=a#b=c & d;e \"f\""));
  EXPECT_THAT(
      assigned("auto_provision.server.url = https://u:p@h.test/?file=a.xml&b=c#d\n"),
      ElementsAre("1 static.auto_provision.server.url=https://u:p@h.test/?file=a.xml&b=c#d"));
}

TEST(Parse, ACommentStandsAtTheStartOfItsLineOnly) {
  EXPECT_THAT(assigned("#account.1.label = a\n##account.1.label = a\n  # account.1.label = a\n"
                       "account.1.label = #a # b\n"),
              ElementsAre("4 account.1.label=#a # b"));
}

TEST(Parse, AnEmptyValueGivesNothing) {
  const auto file =
      good("#!version:1.0.0.1\nsecurity.ca_cert =\naccount.1.label=   \nlinekey.1.type =\n");
  EXPECT_THAT(file.assignments, IsEmpty());
  EXPECT_THAT(file.remarks, IsEmpty());
  EXPECT_EQ(file.unknown_keys, 0);
}

TEST(Parse, NullRestoresTheFactoryValue) {
  EXPECT_THAT(assigned("account.2.sip_server.1.port = %NULL%\nsecurity.ca_cert=%NULL%\r\n"),
              ElementsAre("1 account.2.sip_server.1.port=(factory)",
                          "2 static.security.ca_cert=(factory)"));
  EXPECT_THAT(mistakes("security.ca_cert = %null%\n"), SizeIs(1));
}

TEST(Parse, KeepsDuplicatesInOrderSoThatTheLastWins) {
  EXPECT_THAT(assigned("account.1.label = a\naccount.1.label = b\naccount.1.label =\n"),
              ElementsAre("1 account.1.label=a", "2 account.1.label=b"));
}

TEST(Parse, KeepsTheSpellingOfTheFile) {
  const auto file = good("account.1.transport = 2\n");
  ASSERT_THAT(file.assignments, SizeIs(1));
  EXPECT_EQ(file.assignments[0].spelled, "account.1.transport");
  EXPECT_EQ(file.assignments[0].canonical, "account.1.sip_server.1.transport_type");
}

TEST(Parse, EachCertificateLineIsOneDownload) {
  const auto file = good(
      "trusted_certificates.url = https://p.test/a.cer\n"
      "static.trusted_certificates.url = https://p.test/b.cer\n"
      "trusted_certificates.url = https://p.test/a.cer\n"
      "server_certificates.url = https://p.test/server.pem\n"
      "server_certificates.2.url = https://p.test/second.pem\n");
  EXPECT_THAT(file.trusted_certificate_urls,
              ElementsAre("https://p.test/a.cer", "https://p.test/b.cer", "https://p.test/a.cer"));
  EXPECT_THAT(file.server_certificate_urls,
              ElementsAre("https://p.test/server.pem", "https://p.test/second.pem"));
  EXPECT_THAT(file.assignments, SizeIs(5));
}

TEST(Parse, NullTakesBackTheCertificateLinesBeforeIt) {
  const auto file = good(
      "trusted_certificates.url = https://p.test/a.cer\n"
      "trusted_certificates.url = %NULL%\n"
      "trusted_certificates.url = https://p.test/b.cer\n");
  EXPECT_THAT(file.trusted_certificate_urls, ElementsAre("https://p.test/b.cer"));
}

TEST(Parse, CountsDistinctUnknownKeysThatCarryAValue) {
  const auto file = good(
      "#!version:1.0.0.1\nlinekey.1.type = 15\nlinekey.1.type = 16\nlinekey.2.type = %NULL%\n"
      "linekey.3.type =\nlang.gui\nsecurity.ca_cert = 0\n");
  EXPECT_EQ(file.unknown_keys, 2);
  EXPECT_THAT(lines_of(file.remarks),
              ElementsAre("2: linekey.1.type is skipped: Sealtone does not know this key",
                          "4: linekey.2.type is skipped: Sealtone does not know this key",
                          "6: this line is skipped: it has no \"=\""));
}

TEST(Parse, SkipsAccountsAndServersThatThisPhoneLacks) {
  const auto file = good(
      "#!version:1.0.0.1\naccount.16.label = a\naccount.17.label = a\n"
      "account.1.sip_server.3.address = sip.example.com\n");
  ASSERT_THAT(file.assignments, SizeIs(1));
  EXPECT_EQ(file.assignments[0].canonical, "account.16.label");
  EXPECT_THAT(lines_of(file.remarks),
              ElementsAre("3: account.17.label is skipped: this phone has the accounts 1 to 16",
                          "4: account.1.sip_server.3.address is skipped: an account has "
                          "sip_server.1 to sip_server.2"));
}

TEST(Parse, RemarksOnTheMissingHeader) {
  EXPECT_THAT(remarks("security.ca_cert = 0\n"),
              ElementsAre("1: the first line is not #!version:1.0.0.1; desk phones want it there"));
  EXPECT_THAT(remarks("#\n#!version:1.0.0.1\n"), SizeIs(1));
  EXPECT_THAT(remarks(kHeader), IsEmpty());
  EXPECT_THAT(remarks(""), IsEmpty());
}

TEST(Parse, IgnoresUserPasswordsAndSaysWhyOnce) {
  for (const std::string_view key : {"security.user_password", "static.security.user_password"}) {
    const auto file = good(kHeader + std::string(key) + " = user:hunter2\n" + std::string(key) +
                           " = admin:hunter3\n");
    EXPECT_THAT(file.assignments, IsEmpty());
    EXPECT_EQ(file.unknown_keys, 0);
    EXPECT_THAT(lines_of(file.remarks), ElementsAre("2: " + std::string(key) +
                                                    " is ignored in a file: the phone's page has "
                                                    "its own one-time password"));
  }
}

TEST(Parse, AFileCannotHaveThePhoneAskByPnp) {
  const auto file =
      good(kHeader + "sealtone.pnp.enable = 1\nsealtone.pnp.address = 192.0.2.1:5060\n"s);
  EXPECT_THAT(file.assignments, IsEmpty());
  EXPECT_THAT(file.remarks, SizeIs(2));
}

TEST(Parse, AFileCannotAllowItselfToRegisterOrToLockThePhoneOut) {
  const auto file = good(kHeader +
                         "sealtone.register = 1\nsealtone.mac = 001565000001\n"
                         "static.sealtone.provision_locks_out_own_server = 1\n"s);
  EXPECT_THAT(file.assignments, IsEmpty());
  EXPECT_THAT(file.remarks, SizeIs(3));
}

TEST(Parse, RefusesImpossibleValuesAndListsThemAll) {
  EXPECT_THAT(
      mistakes("#!version:1.0.0.1\nsecurity.trust_certificates = 7\naccount.1.label = fine\n"
               "account.1.sip_server.1.port = 70000\ntrusted_certificates.url = ca.cer\n"),
      ElementsAre("2: security.trust_certificates: 7 is not one of 0, 1",
                  "4: account.1.sip_server.1.port: 70000 is not a number from 0 to 65535",
                  "5: trusted_certificates.url: its value is not an http:// or https:// address; "
                  "Sealtone fetches by these two only"));
}

TEST(Parse, AnImpossibleValueStaysAMistakeWhenALaterLineIsRight) {
  EXPECT_THAT(mistakes("security.ca_cert = 9\nsecurity.ca_cert = 1\n"), SizeIs(1));
}

TEST(Parse, NeverRepeatsASecret) {
  const std::string secret = "hunter2";
  const auto told = [](std::string_view text) {
    std::string all;
    const auto parsed = parse(text);
    for (const auto& line : parsed ? lines_of(parsed->remarks) : lines_of(parsed.error())) {
      all += line + "\n";
    }
    EXPECT_FALSE(all.empty()) << text;
    return all;
  };
  for (const auto& text : {"account.1.password = " + secret + "\x01\n",
                           "account.1.sip_server.1.port = " + secret + "\n",
                           "auto_provision.server.url = tftp://u:" + secret + "@h/\n",
                           "https://u:" + secret + "@h.test/?a=b\n", secret + "\n",
                           "user_password = admin:" + secret + "\n", secret + " = x\n",
                           "security.user_password = admin:" + secret + "\n",
                           "ldap.password = " + secret + "\n", "MIIE" + secret + "==\n"}) {
    EXPECT_THAT(told(text), testing::Not(HasSubstr(secret))) << text;
  }
}

TEST(Parse, HoldsToTheLengthOfALine) {
  const std::string start = "account.1.label = ";
  const auto line = [&](std::size_t bytes) {
    return start + std::string(bytes - start.size(), 'a');
  };
  EXPECT_THAT(assigned(line(kMaxLineBytes - 1)), SizeIs(1));
  EXPECT_THAT(assigned(line(kMaxLineBytes)), SizeIs(1));
  EXPECT_THAT(assigned(line(kMaxLineBytes) + "\r\n"), SizeIs(1));
  EXPECT_THAT(mistakes("\n" + line(kMaxLineBytes + 1)),
              ElementsAre("2: this line has 8193 bytes; a line may have 8192"));
}

TEST(Parse, HoldsToTheNumberOfLines) {
  const auto lines = [](std::size_t count) {
    std::string text = kHeader;
    for (std::size_t at = 1; at < count; ++at) text += "#\n";
    return text;
  };
  EXPECT_THAT(mistakes(lines(kMaxLines - 1)), IsEmpty());
  EXPECT_THAT(mistakes(lines(kMaxLines)), IsEmpty());
  EXPECT_THAT(mistakes(lines(kMaxLines) + "#"),
              ElementsAre("100001: a configuration file may have 100000 lines"));
  EXPECT_THAT(mistakes(lines(kMaxLines + 50'000)), SizeIs(1));
}

TEST(Parse, HoldsToTheSizeOfAFile) {
  std::string text = kHeader;
  while (text.size() + kMaxLineBytes < kMaxFileBytes)
    text += std::string(kMaxLineBytes - 1, '#') + "\n";
  text += std::string(kMaxFileBytes - 1 - text.size(), '#');
  EXPECT_THAT(mistakes(text), IsEmpty());
  text += '#';
  ASSERT_EQ(text.size(), kMaxFileBytes);
  EXPECT_THAT(mistakes(text), IsEmpty());
  text += '#';
  EXPECT_THAT(mistakes(text),
              ElementsAre("0: this file has 5000001 bytes; a configuration file may have 5000000"));
}

TEST(Parse, AZeroByteIsAMistakeWithItsLine) {
  EXPECT_THAT(mistakes("#!version:1.0.0.1\naccount.1.label = a\0b\n"s),
              ElementsAre("2: this line holds a byte that is zero, so it is not text"));
  EXPECT_THAT(mistakes("#!version:1.0.0.1\n# a comment \0 with it\n"s), SizeIs(1));
  EXPECT_THAT(mistakes(std::string(1000, '\0')), SizeIs(1));
}

TEST(Parse, OneLineOfFiveMillionBytesIsOneMistake) {
  EXPECT_THAT(mistakes(std::string(kMaxFileBytes, 'a')), SizeIs(1));
  EXPECT_THAT(mistakes(std::string(kMaxFileBytes, '=')), SizeIs(1));
  EXPECT_THAT(mistakes(std::string(kMaxFileBytes, '.')), SizeIs(1));
}

TEST(Parse, AnotherKindOfFileIsOneMistakeThatNamesIt) {
  EXPECT_THAT(mistakes("[ HTTPS ]\npath = /config/Setting/Setting.cfg\nTrustCertificates = 7\n"),
              ElementsAre(HasSubstr("the INI dialect of V60 and V61")));
  EXPECT_THAT(mistakes("<html>\n"), ElementsAre(HasSubstr("an HTML page")));
}

TEST(Parse, TellsAHundredSkippedLinesAndThenHowManyMore) {
  const auto unknown = [](int count) {
    std::string text = kHeader;
    for (int at = 0; at < count; ++at) text += "made.up" + std::to_string(at) + " = 1\n";
    return text;
  };
  EXPECT_THAT(remarks(unknown(100)), SizeIs(100));
  const auto told = remarks(unknown(150));
  ASSERT_THAT(told, SizeIs(101));
  EXPECT_EQ(told.back(), "102: 50 more lines from here on are skipped for such reasons");
  EXPECT_EQ(good(unknown(150)).unknown_keys, 150);
}

// A quadratic reader would need minutes for each of these, more than a test is given.
TEST(Parse, ManyKeysTakeTimeInProportion) {
  std::string unknown = kHeader;
  std::string known = kHeader;
  std::string wrong = kHeader;
  for (int at = 1; at < 100'000; ++at) {
    unknown += "made.up.key." + std::to_string(at) + " = 1\n";
    known += "account." + std::to_string(at % 16 + 1) + ".label = " + std::to_string(at) + "\n";
    wrong += "account." + std::to_string(at % 16 + 1) + ".enable = 9\n";
  }
  EXPECT_EQ(good(unknown).unknown_keys, 99'999);
  const auto file = good(known);
  EXPECT_THAT(file.assignments, SizeIs(99'999));
  EXPECT_THAT(settings::apply({}, std::span(&file, 1)).stored(), SizeIs(16));
  EXPECT_THAT(mistakes(wrong), SizeIs(99'999));
}

}  // namespace
}  // namespace sealtone::settings
