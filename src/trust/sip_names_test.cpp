// SPDX-License-Identifier: Apache-2.0
//
// trust/sip_names: RFC 5922 §7.1 and §7.2, sentence by sentence.
#include "trust/sip_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/conf.h>
#include <openssl/ec.h>
#include <openssl/x509v3.h>

#include <memory>

namespace sealtone::trust {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// Made by OpenSSL, with these names in its own notation ("URI:sip:example.com,DNS:example.com");
// empty: no subjectAltName.
x509::Certificate with_names(const std::string& names, const std::string& common_name = "") {
  const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), X509_free);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  X509_set_version(made.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
  ASN1_TIME_set_string_X509(X509_getm_notBefore(made.get()), "20260101000000Z");
  ASN1_TIME_set_string_X509(X509_getm_notAfter(made.get()), "20270101000000Z");
  if (!common_name.empty()) {
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1,
                               0);
  }
  X509_set_pubkey(made.get(), key.get());
  if (!names.empty()) {
    X509_EXTENSION* const extension =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str());
    X509_add_ext(made.get(), extension, -1);
    X509_EXTENSION_free(extension);
  }
  X509_sign(made.get(), key.get(), EVP_sha256());
  return x509::Certificate::from_native(made.get()).value();
}

bool speaks_for(const std::string& names, const std::string& domain, const Policy& policy = {},
                const std::string& common_name = "") {
  return matches_sip(ReferenceIdentifier::from_host(domain), with_names(names, common_name),
                     policy);
}

struct Row {
  const char* names;
  const char* domain;
  bool speaks;
};

TEST(SipNames, FollowsRfc5922SentenceBySentence) {
  const Row rows[] = {
      // "MUST accept the hostpart as a SIP domain identity"
      {"URI:sip:example.com", "example.com", true},
      // "URI scheme tokens are always case insensitive"; names are, too (§7.2)
      {"URI:SIP:Example.COM", "example.com", true},
      {"URI:sip:example.com", "EXAMPLE.com", true},
      // "If the scheme of the URI is not "sip" […] MUST NOT accept"
      {"URI:sips:example.com", "example.com", false},
      {"URI:https://example.com", "example.com", false},
      {"URI:im:example.com", "example.com", false},
      // "a value with a userpart identifies an individual user, not a domain"
      {"URI:sip:alice@example.com", "example.com", false},
      // "MUST NOT use any scheme or parameters in the comparison"
      {"URI:sip:example.com;transport=tls", "example.com", true},
      {"URI:sip:example.com:5061", "example.com", true},
      {"URI:sip:example.com?a=b", "example.com", true},
      // DNS "if and only if no other identity is found that matches the "sip" URI type"
      {"DNS:example.com", "example.com", true},
      {"URI:sip:example.com,DNS:example.net", "example.net", false},
      {"URI:sip:example.com,DNS:example.net", "example.com", true},
      {"URI:sip:alice@example.com,DNS:example.com", "example.com", true},
      {"URI:sips:example.net,DNS:example.com", "example.com", true},
      // several identities, each counts
      {"URI:sip:example.com,URI:sip:example.net", "example.net", true},
      // "MUST NOT match suffixes. For example, "foo.example.com" does not match "example.com"."
      {"URI:sip:example.com", "foo.example.com", false},
      {"URI:sip:foo.example.com", "example.com", false},
      {"DNS:foo.example.com", "example.com", false},
      // "MUST NOT match any form of wildcard, such as a leading "." or "*.""
      {"DNS:*.example.com", "foo.example.com", false},
      {"URI:sip:*.example.com", "foo.example.com", false},
      {"DNS:.example.com", "foo.example.com", false},
      // Internationalised names are compared as A-labels
      {"DNS:xn--bcher-kva.example", "xn--bcher-kva.example", true},
      // nothing, and what only looks like a name
      {"URI:sip:", "example.com", false},
      {"email:admin@example.com", "example.com", false},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(speaks_for(row.names, row.domain), row.speaks) << row.names << ' ' << row.domain;
  }
}

TEST(SipNames, TakesWildcardsOnlyWhereThePolicySaysSo) {
  Policy policy;
  policy.sip_wildcards = true;
  EXPECT_TRUE(speaks_for("DNS:*.example.com", "foo.example.com", policy));
  EXPECT_FALSE(speaks_for("DNS:*.example.com", "a.b.example.com", policy));
  EXPECT_FALSE(speaks_for("DNS:.example.com", "foo.example.com", policy));
}

TEST(SipNames, TakesTheCommonNameOnlyWithoutAnyAlternativeNameAndByThePolicy) {
  Policy policy;
  EXPECT_FALSE(speaks_for("", "example.com", policy, "example.com"));
  policy.allow_common_name = true;
  EXPECT_TRUE(speaks_for("", "example.com", policy, "Example.com"));
  EXPECT_FALSE(speaks_for("email:admin@example.com", "example.com", policy, "example.com"));
  EXPECT_FALSE(speaks_for("URI:sip:example.net", "example.com", policy, "example.com"));
}

TEST(SipNames, MatchesAnAddressBySettingAndNeverByAnotherKindOfName) {
  Policy policy;
  EXPECT_TRUE(speaks_for("IP:192.0.2.7", "192.0.2.7", policy));
  EXPECT_TRUE(speaks_for("IP:2001:db8::7", "2001:db8::7", policy));
  EXPECT_FALSE(speaks_for("IP:192.0.2.8", "192.0.2.7", policy));
  EXPECT_FALSE(speaks_for("DNS:192.0.2.7", "192.0.2.7", policy));
  EXPECT_FALSE(speaks_for("URI:sip:192.0.2.7", "192.0.2.7", policy));
  policy.sip_address_names = false;
  EXPECT_FALSE(speaks_for("IP:192.0.2.7", "192.0.2.7", policy));
}

TEST(SipNames, AreSaidAsTheyCount) {
  EXPECT_THAT(sip_identities(with_names("URI:sip:A.example,DNS:b.example"), {}),
              ElementsAre("a.example"));
  EXPECT_THAT(sip_identities(with_names("DNS:B.example,DNS:c.example"), {}),
              ElementsAre("b.example", "c.example"));
  EXPECT_THAT(sip_identities(with_names("IP:192.0.2.7"), {}), IsEmpty());
}

TEST(SipNames, AMismatchNamesTheRule) {
  const auto mismatch = [](const std::string& names, const std::string& domain) {
    return check_sip_name(ReferenceIdentifier::from_host(domain), with_names(names), {})
        .value()
        .evidence;
  };
  const auto both = mismatch("URI:sip:example.com,DNS:example.net", "example.net");
  EXPECT_EQ(both.wanted, "example.net");
  EXPECT_THAT(both.found, ElementsAre("sip:example.com", "example.net"));
  EXPECT_THAT(both.detail, HasSubstr("DNS names do not count"));
  EXPECT_THAT(mismatch("URI:sips:example.com", "example.com").detail,
              HasSubstr("of the scheme sip, without a user"));
  EXPECT_THAT(mismatch("DNS:*.example.com", "a.example.com").detail, HasSubstr("wildcards"));
  EXPECT_THAT(mismatch("IP:192.0.2.8", "192.0.2.7").detail,
              HasSubstr("RFC 5922 has no addresses as identities"));
  EXPECT_THAT(mismatch("", "example.com").detail, StartsWith(std::string(kSipRules)));
}

// RFC 5922 for SIP, RFC 9525 for HTTPS, of one and the same certificate.
TEST(SipNames, DecideAVerdictWhereTheServiceIsSip) {
  const auto leaf = with_names("URI:sip:example.com,DNS:*.example.com");
  const auto mismatch = [&](Service service, const std::string& host) {
    Policy policy;
    policy.service = service;
    policy.path.purpose = x509::Purpose::any;
    return judge({&leaf, 1}, x509::AnchorSet({leaf}), ReferenceIdentifier::from_host(host), policy,
                 std::chrono::sys_days{std::chrono::year{2026} / 6 / 1})
        .has(FindingCode::name_mismatch);
  };
  EXPECT_FALSE(mismatch(Service::sip, "example.com"));
  EXPECT_TRUE(mismatch(Service::https, "example.com"));
  EXPECT_TRUE(mismatch(Service::sip, "a.example.com"));
  EXPECT_FALSE(mismatch(Service::https, "a.example.com"));
}

}  // namespace
}  // namespace sealtone::trust
