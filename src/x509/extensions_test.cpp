// SPDX-License-Identifier: Apache-2.0
//
// x509/extensions: what is read of them, and what is said of those that cannot be read.
#include "x509/extensions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "x509/made.h"

namespace sealtone::x509 {
namespace {

using test::made;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using Kind = GeneralName::Kind;

Certificate with(const std::string& extensions) {
  return made({.subject = "/CN=it", .extensions = extensions});
}

// A subjectAltName of these octets.
std::string names_of(const std::string& hex) { return "subjectAltName=DER:" + hex; }

TEST(ReadExtensions, TellsWhatIsCriticalAndUnknown) {
  const auto it = with(
      "basicConstraints=critical,CA:TRUE\n"
      "1.2.3.4=critical,ASN1:NULL\n"
      "1.2.3.5=ASN1:NULL\n");
  EXPECT_THAT(it.extensions().unknown_critical, ElementsAre("1.2.3.4"));
  EXPECT_THAT(it.extensions().unreadable, IsEmpty());
  EXPECT_THAT(it.extensions().present, ElementsAre(Extensions::Present{"basicConstraints", true},
                                                   Extensions::Present{"1.2.3.4", true},
                                                   Extensions::Present{"1.2.3.5", false}));
  EXPECT_EQ(it.extensions().find("keyUsage"), nullptr);
}

TEST(ReadExtensions, ProcessesWhatRfc5280HasCriticalAndNoMore) {
  struct Case {
    const char* extension;
    bool processed;
  };
  const Case cases[] = {
      {"basicConstraints=critical,CA:TRUE", true},
      {"keyUsage=critical,keyCertSign", true},
      {"extendedKeyUsage=critical,serverAuth", true},
      {"subjectAltName=critical,DNS:a.example", true},
      {"nameConstraints=critical,permitted;DNS:a.example", true},
      {"certificatePolicies=critical,1.2.3", true},
      {"policyMappings=critical,1.2.3:1.2.4", true},
      {"policyConstraints=critical,requireExplicitPolicy:0", true},
      {"inhibitAnyPolicy=critical,0", true},
      {"crlDistributionPoints=critical,URI:http://a.example/l", true},
      // These "MUST NOT" be critical (§4.2.1.1, §4.2.1.2, §4.2.2.1), or say nothing about a path.
      {"subjectKeyIdentifier=critical,hash", false},
      {"authorityInfoAccess=critical,OCSP;URI:http://a.example", false},
      {"issuerAltName=critical,DNS:a.example", false},
      {"nsComment=critical,x", false},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(with(one.extension).extensions().unknown_critical.empty(), one.processed)
        << one.extension;
  }
}

TEST(ReadExtensions, TellsWhatStandsThereTwice) {
  const auto it = with(
      "1.2.3.4=ASN1:NULL\n"
      "keyUsage=digitalSignature\n"
      "2.5.29.15=DER:03020780\n"
      "2.5.29.17=DER:3003820161\n"
      "subjectAltName=DNS:a.example\n");
  EXPECT_THAT(it.extensions().unreadable,
              ElementsAre("keyUsage stands there twice", "subjectAltName stands there twice"));
}

TEST(ReadExtensions, TellsWhatCannotBeRead) {
  const char* const names[] = {
      "basicConstraints",      "keyUsage",         "extendedKeyUsage",     "subjectAltName",
      "issuerAltName",         "nameConstraints",  "certificatePolicies",  "policyMappings",
      "policyConstraints",     "inhibitAnyPolicy", "subjectKeyIdentifier", "authorityKeyIdentifier",
      "crlDistributionPoints", "freshestCRL",      "authorityInfoAccess",
  };
  // An UTCTime, which none of them is; a SEQUENCE that is cut.
  for (const auto* const value : {"170130", "300502"}) {
    for (const std::string name : names) {
      EXPECT_THAT(with(name + "=DER:" + value).extensions().unreadable,
                  ElementsAre(name + " cannot be read"))
          << value;
    }
  }
}

TEST(ReadExtensions, TakesNothingBehindTheValue) {
  EXPECT_THAT(with("basicConstraints=DER:30030101FF").extensions().unreadable, IsEmpty());
  EXPECT_THAT(with("basicConstraints=DER:30030101FF00").extensions().unreadable,
              ElementsAre("basicConstraints cannot be read"));
  EXPECT_THAT(with("keyUsage=DER:030207800500").extensions().unreadable,
              ElementsAre("keyUsage cannot be read"));
  EXPECT_THAT(with(names_of("300382016100")).extensions().unreadable,
              ElementsAre("subjectAltName cannot be read"));
}

TEST(ReadExtensions, ReadsEveryKindOfName) {
  const auto it = with(
      "subjectAltName=DNS:a.example,email:x@a.example,URI:sip:a.example,IP:192.0.2.1,"
      "IP:2001:db8::1,RID:1.2.3,otherName:1.2.4;UTF8:x,dirName:there\n"
      "[there]\nCN=x\n");
  std::vector<std::pair<Kind, std::string>> read;
  for (const auto& name : it.extensions().names) read.emplace_back(name.kind, name.text);
  EXPECT_THAT(read, ElementsAre(Pair(Kind::dns, "a.example"), Pair(Kind::email, "x@a.example"),
                                Pair(Kind::uri, "sip:a.example"), Pair(Kind::ip, ""),
                                Pair(Kind::ip, ""), Pair(Kind::registered_id, "1.2.3"),
                                Pair(Kind::other_name, "1.2.4"), Pair(Kind::directory, "")));
  EXPECT_EQ(address_text(it.extensions().names[3].octets), "192.0.2.1");
  EXPECT_EQ(address_text(it.extensions().names[4].octets), "2001:db8::1");
  EXPECT_EQ(it.extensions().names[7].directory.text, "CN=x");
  EXPECT_TRUE(it.extensions().has_name_of(Kind::ip));
  EXPECT_FALSE(it.extensions().has_name_of(Kind::x400));
}

TEST(ReadExtensions, KeepsNamesThatAreNone) {
  struct Case {
    const char* octets;
    Kind kind;
    const char* text;
  };
  const Case cases[] = {
      {"3003890161", Kind::unknown, "a name of the unknown kind 9"},     // [9]
      {"30049F210161", Kind::unknown, "a name of the unknown kind 33"},  // a tag of two octets
      {"3003160161", Kind::unknown, "a name of the unknown kind 22"},    // no tag of a GeneralName
      {"30028200", Kind::dns, ""},
  };
  for (const auto& one : cases) {
    const auto it = with(names_of(one.octets));
    EXPECT_THAT(it.extensions().unreadable, IsEmpty()) << one.octets;
    ASSERT_EQ(it.extensions().names.size(), 1U) << one.octets;
    EXPECT_EQ(it.extensions().names[0].kind, one.kind) << one.octets;
    EXPECT_EQ(it.extensions().names[0].text, one.text);
  }
  // A zero within a name stays there: it is not the end of it.
  EXPECT_EQ(with(names_of("30058203610062")).extensions().names[0].text, std::string("a\0b", 3));
  EXPECT_EQ(address_text(with(names_of("30058703010203")).extensions().names[0].octets), "010203");
}

TEST(ReadExtensions, ReadsPolicies) {
  const auto it = with(
      "certificatePolicies=1.2.3,2.5.29.32.0\n"
      "policyMappings=1.2.3:1.2.4,1.2.5:1.2.6\n"
      "policyConstraints=requireExplicitPolicy:0,inhibitPolicyMapping:3\n"
      "inhibitAnyPolicy=2\n");
  EXPECT_THAT(*it.extensions().policies, ElementsAre("1.2.3", kAnyPolicy));
  EXPECT_THAT(it.extensions().policy_mappings,
              ElementsAre(Pair("1.2.3", "1.2.4"), Pair("1.2.5", "1.2.6")));
  EXPECT_EQ(it.extensions().require_explicit_policy, 0U);
  EXPECT_EQ(it.extensions().inhibit_policy_mapping, 3U);
  EXPECT_EQ(it.extensions().inhibit_any_policy, 2U);
  EXPECT_EQ(with("").extensions().policies, std::nullopt);
  EXPECT_EQ(with("").extensions().inhibit_any_policy, std::nullopt);
}

TEST(ReadExtensions, LetsNoNumberOfCertificatesBeBelowZeroOrWrapAround) {
  EXPECT_EQ(with("inhibitAnyPolicy=-1").extensions().inhibit_any_policy, 0U);
  EXPECT_EQ(with("policyConstraints=DER:30038001FF").extensions().require_explicit_policy, 0U);
  constexpr auto largest = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(with("inhibitAnyPolicy=0xFFFFFFFFFFFFFFFF").extensions().inhibit_any_policy, largest);
  EXPECT_EQ(with("inhibitAnyPolicy=0x10000000000000000").extensions().inhibit_any_policy, largest);
}

TEST(ReadExtensions, ReadsBoundsAndKindsOfNameConstraints) {
  const auto constraints = [](const std::string& value) {
    return with("nameConstraints=" + value).extensions().name_constraints;
  };
  const auto both =
      constraints("critical,permitted;DNS:a.example,excluded;IP:192.0.2.0/255.255.255.0");
  ASSERT_TRUE(both);
  EXPECT_TRUE(both->critical);
  EXPECT_FALSE(both->has_bounds);
  EXPECT_EQ(both->permitted[0].text, "a.example");
  EXPECT_EQ(both->excluded[0].octets.size(), 8U);
  // permitted { base [2] "a", minimum [0] 0 }: the default, spelled out.
  EXPECT_FALSE(constraints("DER:300AA0083006820161800100")->has_bounds);
  EXPECT_TRUE(constraints("DER:300AA0083006820161800101")->has_bounds);
  EXPECT_TRUE(constraints("DER:300AA0083006820161810100")->has_bounds);  // maximum [1] 0
  EXPECT_TRUE(constraints("DER:3000")->permitted.empty());
  EXPECT_FALSE(constraints("DER:3002A200"));      // [2] is neither permitted nor excluded
  EXPECT_FALSE(constraints("DER:3004A0023000"));  // a subtree without a base
  EXPECT_FALSE(constraints("DER:3003A0013000"));  // cut
}

TEST(ReadExtensions, TellsWhatTheSubjectSays) {
  const auto it = made({.subject = "/O=x/emailAddress=a@b.example/CN=one/CN=two"});
  EXPECT_THAT(it.extensions().subject_emails, ElementsAre("a@b.example"));
  EXPECT_THAT(it.extensions().common_names, ElementsAre("one", "two"));
  EXPECT_EQ(it.extensions().subject_attributes, 4U);
}

}  // namespace
}  // namespace sealtone::x509
