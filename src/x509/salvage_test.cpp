// SPDX-License-Identifier: Apache-2.0
//
// x509/look: what is damaged is named with its place, and the rest is read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "x509/format_files.h"
#include "x509/look.h"

namespace sealtone::x509 {
namespace {

using base::ErrorCode;
using test::certificate;
using test::file;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

constexpr const char* kBroken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

std::string leaf_pem() { return certificate("leaf").pem(); }
std::string root_pem() { return certificate("root").pem(); }

base::Result<Salvaged> salvaged(const std::string& text) {
  return salvage(base::view(text), "up.pem");
}

TEST(Salvage, ReadsWhatStandsAroundABrokenBlock) {
  const auto read = salvaged(leaf_pem() + kBroken + root_pem()).value();
  EXPECT_THAT(read.contents.certificates, ElementsAre(certificate("leaf"), certificate("root")));
  EXPECT_THAT(read.numbers, ElementsAre(1U, 3U));
  EXPECT_EQ(read.form, "PEM");
  ASSERT_THAT(read.damaged, ElementsAre(StartsWith("PEM block 2 (CERTIFICATE, from line ")));
  EXPECT_THAT(read.damaged.front(), HasSubstr("is damaged"));
}

TEST(Salvage, FindsNothingDamagedInASoundFile) {
  const auto read = salvaged(leaf_pem() + root_pem()).value();
  EXPECT_THAT(read.damaged, IsEmpty());
  EXPECT_THAT(read.numbers, ElementsAre(1U, 2U));
}

TEST(Salvage, NamesABlockWithoutItsEndAndOneOfNoBase64) {
  const auto cut = leaf_pem().substr(0, 200);
  const auto read = salvaged(cut + "\n" + root_pem() +
                             "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n")
                        .value();
  EXPECT_THAT(read.contents.certificates, ElementsAre(certificate("root")));
  EXPECT_THAT(read.damaged, ElementsAre(HasSubstr("its END line is missing"),
                                        StartsWith("PEM block 3 (CERTIFICATE")));
}

TEST(Salvage, RefusesAFileInWhichNothingCanBeRead) {
  const auto read = salvaged(std::string(kBroken) + kBroken);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::bad_input);
  EXPECT_THAT(read.error().detail, StartsWith("PEM block 1 (CERTIFICATE, from line 1)"));
  EXPECT_EQ(salvaged("<html></html>").error().code, ErrorCode::wrong_kind);
  EXPECT_EQ(salvaged("").error().code, ErrorCode::bad_input);
}

TEST(Salvage, ReadsDerAroundABrokenCertificate) {
  auto broken = certificate("leaf").der();
  broken[broken.size() / 2] ^= 0xFF;  // its outer length still holds
  broken[6] = 0xFF;
  auto octets = certificate("root").der();
  octets.insert(octets.end(), broken.begin(), broken.end());
  const auto last = certificate("int").der();
  octets.insert(octets.end(), last.begin(), last.end());
  const auto read = salvage(octets, "up.der").value();
  EXPECT_THAT(read.contents.certificates, ElementsAre(certificate("root"), certificate("int")));
  EXPECT_THAT(read.numbers, ElementsAre(1U, 3U));
  EXPECT_EQ(read.form, "DER");
  EXPECT_EQ(read.damaged.size(), 1U);
  EXPECT_FALSE(parse(octets, "up.der"));
}

TEST(Salvage, NamesWhatStandsBehindTheLastCertificate) {
  auto octets = certificate("root").der();
  octets.insert(octets.end(), {0x01, 0x02, 0x03});
  const auto read = salvage(octets, "up.der").value();
  EXPECT_THAT(read.contents.certificates, ElementsAre(certificate("root")));
  EXPECT_THAT(read.damaged, ElementsAre(HasSubstr("behind certificate 1")));
  auto cut = certificate("root").der();
  const auto more = certificate("int").der();
  cut.insert(cut.end(), more.begin(), more.end() - 5);
  EXPECT_THAT(salvage(cut, "up.der")->damaged, ElementsAre(HasSubstr("5 bytes are missing")));
}

TEST(Salvage, TellsTheFormOfEachFile) {
  EXPECT_EQ(salvage(file("files/leaf.pem"), "x")->form, "PEM");
  EXPECT_EQ(salvage(file("files/bundle.p7b"), "x")->form, "PEM");  // a PKCS#7 block in PEM
  EXPECT_EQ(salvage(file("files/p7b.der"), "x")->form, "PKCS#7");
  const auto opened = salvage(test::format_file("openssl-aes.p12"), "x", test::kRight);
  EXPECT_EQ(opened->form, "PKCS#12");
  EXPECT_EQ(opened->numbers.size(), opened->contents.certificates.size());
}

TEST(Salvage, RefusesWhatAPassphraseClosesOrDoesNotOpen) {
  const auto octets = test::format_file("certificate-and-encrypted.pem");
  EXPECT_EQ(salvage(octets, "x").error().code, ErrorCode::not_allowed);
  EXPECT_EQ(salvage(octets, "x", "wrong").error().code, ErrorCode::mismatch);
  EXPECT_TRUE(salvage(octets, "x", test::kRight));
}

// Two octets make an element of DER, and 5 MB of them are no 2,500,000 pieces.
TEST(Salvage, LooksNoFurtherWhereNoCertificateIsInSight) {
  auto octets = certificate("root").der();
  constexpr std::size_t kElements = 200'000;
  for (std::size_t at = 0; at < kElements; ++at) octets.insert(octets.end(), {0x30, 0x00});
  const auto read = salvage(octets, "up.der").value();
  EXPECT_THAT(read.contents.certificates, ElementsAre(certificate("root")));
  ASSERT_EQ(read.damaged.size(), 1U);
  EXPECT_THAT(read.damaged.front(), HasSubstr("of the 399998 bytes behind it nothing was read"));
}

TEST(Salvage, FindsACertificateBehindWhatIsNone) {
  auto octets = certificate("root").der();
  const auto more = certificate("int").der();
  octets.insert(octets.end(), {0x30, 0x00});
  octets.insert(octets.end(), more.begin(), more.end());
  const auto read = salvage(octets, "up.der").value();
  EXPECT_THAT(read.contents.certificates, ElementsAre(certificate("root"), certificate("int")));
  EXPECT_EQ(read.damaged.size(), 1U);
}

TEST(Salvage, NamesAHundredDamagedPiecesAndNoMore) {
  auto der = certificate("root").der();
  const auto junk_and_more = [&] {
    const auto more = certificate("int").der();
    der.insert(der.end(), {0x30, 0x00});
    der.insert(der.end(), more.begin(), more.end());
  };
  auto pem = leaf_pem();
  for (std::size_t at = 0; at < kMaxDamaged; ++at) {
    pem += kBroken;
    junk_and_more();
  }
  EXPECT_EQ(salvaged(pem)->damaged.size(), kMaxDamaged);
  EXPECT_EQ(salvage(der, "up.der")->damaged.size(), kMaxDamaged);
  junk_and_more();
  for (const auto& read : {salvaged(pem + kBroken), salvage(der, "up.der")}) {
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::too_large);
    EXPECT_THAT(read.error().detail, HasSubstr("more than 100 pieces that cannot be read"));
  }
}

TEST(Salvage, HasTheLimitsOfEveryUpload) {
  std::string many;
  for (std::size_t at = 0; at <= 2 * kMaxCertificates; ++at) many += kBroken;
  EXPECT_EQ(salvaged(many).error().code, ErrorCode::too_large);
  EXPECT_EQ(salvaged(std::string(base::kMaxUploadBytes + 1, ' ')).error().code,
            ErrorCode::too_large);
}

}  // namespace
}  // namespace sealtone::x509
