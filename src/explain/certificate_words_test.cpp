// SPDX-License-Identifier: Apache-2.0
#include "explain/certificate_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "crypto/crypto.h"
#include "explain/wording.h"
#include "trust/fixtures.h"
#include "x509/issue.h"

namespace sealtone::explain {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using trust::testing::certificate;
using trust::testing::kNow;

x509::Certificate named(const std::string& common_name) {
  crypto::SystemRandom random;
  return x509::issue_self_signed({.common_name = common_name,
                                  .organization = "",
                                  .names = {{x509::SubjectAltName::Kind::dns, "a.example"}},
                                  .validity = {kNow, kNow + 24h},
                                  .ca = false,
                                  .extended_key_usage = {},
                                  .aia_issuers = ""},
                                 random)
      .value()
      .certificate;
}

TEST(CertificateText, IsATableOfWhatTheNoteShows) {
  const auto text = certificate_text(certificate("leaf"), kNow);
  EXPECT_THAT(text, HasSubstr("Issued To      CN=prov.example.com"));
  EXPECT_THAT(text, HasSubstr("Issued By      CN=Acme Issuing CA 2"));
  EXPECT_THAT(text, HasSubstr("\nSerial Number  4A:6F:00:"));
  EXPECT_THAT(text, HasSubstr("\nValid From     2026-01-01 00:00:00 UTC\n"));
  EXPECT_THAT(text, HasSubstr("\nValid Until    2027-01-01 00:00:00 UTC (214 days left)\n"));
  EXPECT_THAT(text, HasSubstr("\nNames          prov.example.com\n"
                              "               *.phones.example.com\n"));
  EXPECT_THAT(text, HasSubstr("\nPublic Key     EC P-256\n"));
  EXPECT_THAT(text, HasSubstr("\nUsages         digitalSignature, keyEncipherment\n"
                              "               serverAuth\n"));
  EXPECT_THAT(text, HasSubstr("\nCA             no\n"));
  EXPECT_THAT(text, HasSubstr("\nSHA-256        " + certificate("leaf").fingerprint()));
}

TEST(CertificateText, SaysThatACaIsOneAndThatItSignedItself) {
  const auto text = certificate_text(certificate("root"), kNow);
  EXPECT_THAT(text, HasSubstr("(signed by itself)"));
  EXPECT_THAT(text, HasSubstr("CA             yes"));
}

TEST(CertificateText, MakesVisibleWhatTheCertificateHides) {
  const auto text = certificate_text(named("evil\x1B[2J\xE2\x80\xAE"), kNow);
  EXPECT_EQ(text.find('\x1B'), std::string::npos);
  EXPECT_EQ(text.find("\xE2\x80\xAE"), std::string::npos);
  EXPECT_THAT(text, HasSubstr("\\u{202E}"));
}

TEST(CertificateText, SpeaksOfThePastAndOfTheFuture) {
  EXPECT_THAT(certificate_text(certificate("leaf-expired"), kNow),
              HasSubstr("(expired 151 days ago)"));
  EXPECT_THAT(certificate_text(certificate("leaf-future"), kNow), HasSubstr("(not valid yet, but"));
}

TEST(Remaining, CountsWholeDaysFromEachBound) {
  const auto leaf = certificate("leaf");
  const auto [from, until] = leaf.validity();
  EXPECT_EQ(remaining(leaf, from - 48h), "not valid yet, but in 2 days");
  EXPECT_EQ(remaining(leaf, from - 1s), "not valid yet, but in less than a day");
  EXPECT_EQ(remaining(leaf, until - 24h), "1 day left");
  EXPECT_EQ(remaining(leaf, until), "less than a day left");
  EXPECT_EQ(remaining(leaf, until + 1s), "expired less than a day ago");
  EXPECT_EQ(remaining(leaf, until + 24h), "expired 1 day ago");
}

TEST(DaysLeft, CountsWholeDaysAndGoesBelowZeroOneSecondBehindTheEnd) {
  const auto leaf = certificate("leaf");
  const auto end = leaf.validity().not_after;
  EXPECT_EQ(days_left(leaf, end - 24h), 1);
  EXPECT_EQ(days_left(leaf, end - 24h + 1s), 0);
  EXPECT_EQ(days_left(leaf, end), 0);
  EXPECT_EQ(days_left(leaf, end + 1s), -1);
}

TEST(FileNameFor, KeepsLettersDigitsAndHyphens) {
  EXPECT_EQ(file_name_for(certificate("root")), "acme-root-r1.pem");
  EXPECT_EQ(file_name_for(certificate("leaf")), "prov-example-com.pem");
  EXPECT_EQ(file_name_for(named("../../etc/passwd")), "etc-passwd.pem");
  EXPECT_EQ(file_name_for(named(std::string(64, 'a'))).size(), 64U);
}

TEST(FileNameFor, NamesACertificateWithoutSuchLettersByItsFingerprint) {
  const auto name = file_name_for(named("\xE9\x9B\xBB\xE8\xA9\xB1"));
  EXPECT_EQ(name.find("certificate-"), 0U);
  EXPECT_EQ(name.size(), std::string("certificate-01234567.pem").size());
}

TEST(CertificateJson, HoldsTheSameFactsAndDumpsWhateverTheNameIs) {
  const auto json = certificate_json(certificate("leaf"), kNow);
  EXPECT_EQ(json["subject"]["common_name"], "prov.example.com");
  EXPECT_EQ(json["issuer"]["organization"], "Acme");
  EXPECT_EQ(json["not_after"], "2027-01-01T00:00:00Z");
  EXPECT_EQ(json["days_left"], 214);
  EXPECT_EQ(json["names"][1]["value"], "*.phones.example.com");
  EXPECT_EQ(json["public_key"]["bits"], 256);
  EXPECT_THAT(json["public_key"]["pem"].get<std::string>(), HasSubstr("BEGIN PUBLIC KEY"));
  EXPECT_EQ(json["extended_key_usage"], nlohmann::json({"serverAuth"}));
  EXPECT_EQ(json["ca"], false);
  EXPECT_EQ(json["path_length"], nullptr);
  EXPECT_EQ(json["sha256"], certificate("leaf").fingerprint());
  EXPECT_NO_THROW((void)certificate_json(named("\xE9\x9B\xBB\x01"), kNow).dump());
}

}  // namespace
}  // namespace sealtone::explain
