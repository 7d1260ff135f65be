// SPDX-License-Identifier: Apache-2.0
//
// x509/strict_rules: each rule kept, broken, and broken where it does not count.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "x509/made.h"
#include "x509/path_rules.h"
#include "x509/slow_keys.h"

namespace sealtone::x509 {
namespace {

using test::ca;
using test::kNow;
using test::made;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kKeyIds = "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n";

struct Where {
  std::size_t index = 0;
  bool anchor = false;
  Purpose purpose = Purpose::server;
  Profile profile = Profile::strict;
};

// Everything said of the certificate in that place.
std::string words(const Certificate& it, const Where& where = {}) {
  const std::vector<const Certificate*> below(where.index, &it);
  const Place place{.certificate = it,
                    .below = below,
                    .anchor = where.anchor,
                    .self_signed = !where.anchor && it.self_signed()};
  std::string out;
  for (const auto& fault :
       place_faults(place, kNow, {.purpose = where.purpose, .profile = where.profile})) {
    EXPECT_EQ(fault.index, where.index);
    out += fault.detail + "; ";
  }
  return out;
}

const Certificate& root() {
  static const auto it =
      made({.subject = "/CN=root", .extensions = ca("subjectKeyIdentifier=hash\n")});
  return it;
}

Certificate leaf(const std::string& extensions, const std::string& subject = "/CN=a.example") {
  return made(
      {.subject = subject, .extensions = kKeyIds + extensions, .issuer = &root(), .key = "leaf"});
}

// An authority under the root.
Certificate sound_authority(const std::string& extensions, const std::string& subject = "/CN=int") {
  return made({.subject = subject, .extensions = extensions, .issuer = &root(), .key = "int"});
}

// Broken under strict, and under standard nothing that anybody asks for.
void expect_only_strict(const Certificate& it, const char* rule, Where where = {}) {
  EXPECT_THAT(words(it, where), HasSubstr(rule));
  where.profile = Profile::standard;
  EXPECT_THAT(words(it, where), IsEmpty()) << rule;
}

const std::string kNames = "subjectAltName=DNS:a.example,IP:192.0.2.1\n";

TEST(StrictRules, FindNothingWrongWithAGoodChain) {
  EXPECT_THAT(words(leaf(kNames)), IsEmpty());
  EXPECT_THAT(words(leaf(kNames + "extendedKeyUsage=serverAuth\nkeyUsage=digitalSignature\n")),
              IsEmpty());
  EXPECT_THAT(words(sound_authority(ca(kKeyIds)), {.index = 1}), IsEmpty());
  EXPECT_THAT(words(root(), {.index = 2, .anchor = true}), IsEmpty());
}

TEST(StrictRules, WantVersionThree) {
  expect_only_strict(made({.subject = "/CN=old", .version = 1}), "BR 7.1.1",
                     {.index = 1, .anchor = true});
}

TEST(StrictRules, WantRsaKeysOfWholeOctets) {
  const auto with_bits = [](int bits) {
    return test::with_key(leaf(kNames), test::rsa_public_key(bits, 17));
  };
  EXPECT_THAT(words(with_bits(2'048)), IsEmpty());
  expect_only_strict(with_bits(2'049), "2049 bits");
  expect_only_strict(with_bits(2'055), "BR 6.1.5");
  EXPECT_THAT(words(with_bits(2'056)), IsEmpty());
}

Certificate with_serial(const std::string& number, const Certificate& original) {
  const Owned<X509, X509_free> changed(X509_dup(original.native()));
  const Owned<ASN1_INTEGER, ASN1_INTEGER_free> serial(s2i_ASN1_INTEGER(nullptr, number.c_str()));
  X509_set_serialNumber(changed.get(), serial.get());
  return test::written_anew(*changed);
}

TEST(StrictRules, WantASerialNumberAboveZeroOfTwentyOctets) {
  const auto it = leaf(kNames);
  EXPECT_THAT(words(with_serial("1", it)), IsEmpty());
  expect_only_strict(with_serial("0", it), "not positive");
  expect_only_strict(with_serial("-1", it), "not positive");
  EXPECT_THAT(words(with_serial("0x7F" + std::string(38, 'F'), it)), IsEmpty());
  expect_only_strict(with_serial("0x01" + std::string(40, '0'), it), "20 octets");
  EXPECT_THAT(words(with_serial("0", root()), {.index = 1, .anchor = true}), IsEmpty());
}

TEST(StrictRules, WantNameConstraintsThatSaySomething) {
  EXPECT_THAT(words(sound_authority(ca(kKeyIds) + "nameConstraints=critical,permitted;DNS:a"),
                    {.index = 1}),
              IsEmpty());
  expect_only_strict(sound_authority(ca(kKeyIds) + "nameConstraints=critical,DER:3000"),
                     "are empty", {.index = 1});
}

TEST(StrictRules, WantNoAuthorityWhereAServerBelongs) {
  expect_only_strict(leaf(kNames + "basicConstraints=critical,CA:TRUE\n"), "BR 7.1.2.7.8");
  EXPECT_THAT(words(leaf(kNames + "basicConstraints=critical,CA:FALSE\n")), IsEmpty());
}

TEST(StrictRules, WantCriticalNamesJustWhereThereIsNoSubject) {
  EXPECT_THAT(words(leaf("subjectAltName=critical,DNS:a.example", "")), Not(HasSubstr("critical")));
  expect_only_strict(leaf(kNames, ""), "is not critical");
  expect_only_strict(leaf("subjectAltName=critical,DNS:a.example"), "is critical");
}

TEST(StrictRules, WantDnsNamesThatAreSome) {
  EXPECT_THAT(words(leaf("subjectAltName=DNS:a.example,DNS:*.A-1.example")), IsEmpty());
  const std::string also = "subjectAltName=DNS:a.example,DNS:";
  expect_only_strict(leaf(also + "a_b.example"), "no host name has");
  expect_only_strict(leaf(also + "a b.example"), "no host name has");
  expect_only_strict(leaf(also + "192.0.2.1"), "is an address");
}

TEST(StrictRules, WantTheCommonNameAmongTheNames) {
  EXPECT_THAT(words(leaf(kNames, "/CN=192.0.2.1")), IsEmpty());
  expect_only_strict(leaf(kNames, "/CN=b.example"), "BR 7.1.4.3");
  expect_only_strict(leaf(kNames, "/CN=A.example"), "BR 7.1.4.3");  // character for character
  expect_only_strict(leaf(kNames, "/CN=2001:db8::1"), "BR 7.1.4.3");
  EXPECT_THAT(words(leaf(kNames, "/CN=Acme Phone")), IsEmpty());  // nobody's host
  EXPECT_THAT(words(leaf(kNames, "/O=Acme")), IsEmpty());
  EXPECT_THAT(words(leaf(kNames, "/CN=b.example"), {.purpose = Purpose::client}), IsEmpty());
}

TEST(StrictRules, WantAUsageForServersAndNoMore) {
  expect_only_strict(leaf(kNames + "extendedKeyUsage=critical,serverAuth"), "BR 7.1.2.7.6");
  expect_only_strict(leaf(kNames + "extendedKeyUsage=serverAuth,anyExtendedKeyUsage"),
                     "BR 7.1.2.7.10");
  EXPECT_THAT(
      words(leaf(kNames + "extendedKeyUsage=anyExtendedKeyUsage"), {.purpose = Purpose::client}),
      IsEmpty());
}

TEST(StrictRules, WantAuthoritiesWithANameAKeyIdentifierAndCriticalConstraints) {
  const Where place{.index = 1};
  expect_only_strict(sound_authority(ca(kKeyIds), ""), "without a name", place);
  expect_only_strict(sound_authority(ca("authorityKeyIdentifier=keyid\n")),
                     "without a subject key identifier", place);
  expect_only_strict(
      sound_authority(std::string(kKeyIds) + "basicConstraints=CA:TRUE\nkeyUsage=keyCertSign\n"),
      "not critical", place);
}

TEST(StrictRules, WantRootsWithoutAUsage) {
  const auto usage = ca("subjectKeyIdentifier=hash\nextendedKeyUsage=serverAuth\n");
  const auto it = made({.subject = "/CN=root", .extensions = usage});
  expect_only_strict(it, "BR 7.1.2.1.2", {.index = 1, .anchor = true});
  expect_only_strict(it, "BR 7.1.2.1.2", {.index = 1});  // sent, not trusted
  EXPECT_THAT(words(sound_authority(usage + "authorityKeyIdentifier=keyid\n"), {.index = 1}),
              IsEmpty());
}

TEST(StrictRules, WantTheIssuersKeyNamed) {
  const auto without = made({.subject = "/CN=a.example", .extensions = kNames, .issuer = &root()});
  expect_only_strict(without, "issuer's key");
  expect_only_strict(sound_authority(ca("subjectKeyIdentifier=hash\n")), "issuer's key",
                     {.index = 1});
  // Whoever issued a trusted one is not looked for.
  EXPECT_THAT(
      words(sound_authority(ca("subjectKeyIdentifier=hash\n")), {.index = 1, .anchor = true}),
      IsEmpty());
}

TEST(StrictRules, WantARootToNameItsOwnKeyOrNone) {
  const auto root_with = [](const std::string& identifier) {
    return made(
        {.subject = "/CN=root",
         .extensions = ca("subjectKeyIdentifier=hash\nauthorityKeyIdentifier=" + identifier)});
  };
  const Where trusted{.index = 1, .anchor = true};
  EXPECT_THAT(words(root_with("keyid:always"), trusted), IsEmpty());
  expect_only_strict(root_with("keyid:always,issuer:always"), "an issuer's certificate", trusted);
  expect_only_strict(root_with("DER:3004800201FF"), "another key", trusted);
}

}  // namespace
}  // namespace sealtone::x509
