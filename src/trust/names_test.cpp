// SPDX-License-Identifier: Apache-2.0
#include "trust/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "trust/fixtures.h"

namespace sealtone::trust {
namespace {

using testing::certificate;
using ::testing::ElementsAre;
using Kind = ReferenceIdentifier::Kind;

// The undisputed cases of Mozilla's and Go's own tests.
TEST(Matches, AgreesWithTheTablesOfOtherPeople) {
  std::ifstream file(SEALTONE_TEST_DATA "/trust/names.tsv");
  int cases = 0;
  for (std::string line; std::getline(file, line); ++cases) {
    std::istringstream fields(line);
    std::string id, kind, value, expected, der;
    std::getline(fields, id, '\t');
    std::getline(fields, kind, '\t');
    std::getline(fields, value, '\t');
    std::getline(fields, expected, '\t');
    std::getline(fields, der, '\t');
    const auto parsed = x509::Certificate::from_der(crypto::from_base64(der).value());
    ASSERT_TRUE(parsed) << id << ": " << parsed.error().detail;
    const auto reference = ReferenceIdentifier::from_host(value);
    EXPECT_EQ(reference.kind == Kind::ip, kind == "IP") << id;
    EXPECT_EQ(matches(reference, *parsed, false), expected == "match") << id << ' ' << value;
  }
  EXPECT_EQ(cases, 124);
}

TEST(Matches, TakesTheCommonNameOnlyWhereAPolicySaysSo) {
  const auto cn_only = certificate("leaf-cn-only");
  const auto reference = ReferenceIdentifier::from_host("PROV.example.com.");
  EXPECT_FALSE(matches(reference, cn_only, false));
  EXPECT_TRUE(matches(reference, cn_only, true));
  EXPECT_FALSE(matches(ReferenceIdentifier::from_host("example.com"), cn_only, true));
}

TEST(Matches, IgnoresTheCommonNameOnceThereAreDnsNames) {
  const auto other = ReferenceIdentifier::from_host("a.b.phones.example.com");
  EXPECT_FALSE(matches(other, certificate("leaf"), true));
}

TEST(Matches, TakesAWildcardForExactlyOneLabel) {
  const auto leaf = certificate("leaf");
  EXPECT_TRUE(matches(ReferenceIdentifier::from_host("t46.phones.example.com"), leaf, false));
  EXPECT_FALSE(matches(ReferenceIdentifier::from_host("phones.example.com"), leaf, false));
  EXPECT_FALSE(matches(ReferenceIdentifier::from_host(".phones.example.com"), leaf, false));
}

TEST(FromHost, TellsAnAddressFromAName) {
  EXPECT_EQ(ReferenceIdentifier::from_host("192.0.2.7").kind, Kind::ip);
  EXPECT_EQ(ReferenceIdentifier::from_host("[2001:DB8:0::7]").value, "2001:db8::7");
  EXPECT_EQ(ReferenceIdentifier::from_host("192.0.2.256").kind, Kind::dns);
  EXPECT_EQ(ReferenceIdentifier::from_host("192.0.2").kind, Kind::dns);
}

TEST(FromHost, LowersTheLettersAndDropsOneFinalDot) {
  EXPECT_EQ(ReferenceIdentifier::from_host("Prov.Example.COM.").value, "prov.example.com");
  EXPECT_EQ(ReferenceIdentifier::from_host("a..").value, "a.");
}

TEST(CheckName, SaysWhatWasAskedForAndWhatWasPresented) {
  const auto finding =
      check_name(ReferenceIdentifier::from_host("sip.example.com"), certificate("leaf"), false);
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->certificate, 0U);
  EXPECT_EQ(finding->evidence.wanted, "sip.example.com");
  EXPECT_THAT(finding->evidence.found, ElementsAre("prov.example.com", "*.phones.example.com"));
}

TEST(CheckName, NamesTheCommonNameThatDoesNotCount) {
  const auto finding = check_name(ReferenceIdentifier::from_host("prov.example.com"),
                                  certificate("leaf-cn-only"), false);
  ASSERT_TRUE(finding);
  EXPECT_TRUE(finding->evidence.found.empty());
  EXPECT_EQ(finding->evidence.detail, "prov.example.com");
}

}  // namespace
}  // namespace sealtone::trust
