// SPDX-License-Identifier: Apache-2.0
//
// x509/crl: what a list says, and files of lists, damaged ones included.
#include "x509/crl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <openssl/err.h>

#include "x509/made.h"

namespace sealtone::x509 {
namespace {

using test::entry_of_issuer;
using test::list;
using test::list_der;
using test::ListDraft;
using test::made;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using Listed = Crl::Listed;

const Certificate& issuer() {
  static const auto made_once = made({.subject = "/CN=ca", .extensions = test::ca()});
  return made_once;
}

Certificate leaf(const std::string& extensions = "") {
  return made({.subject = "/CN=leaf", .extensions = extensions, .issuer = &issuer()});
}

std::string pem(const base::Bytes& der) {
  const Owned<BIO, BIO_free_all> bio(BIO_new(BIO_s_mem()));
  PEM_write_bio(bio.get(), "X509 CRL", "", der.data(), static_cast<long>(der.size()));
  const char* text = nullptr;
  const auto size = BIO_get_mem_data(bio.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

TEST(Crl, SaysWhomItRevokes) {
  const auto revoked = leaf(), taken_off = leaf(), other = leaf();
  const auto crl = list({.issuer = &issuer(),
                         .entries = {{&revoked, "CRLReason=ASN1:ENUMERATED:1"},
                                     {&taken_off, "CRLReason=ASN1:ENUMERATED:8"}}});
  EXPECT_EQ(crl.lists(revoked), Listed::revoked);
  EXPECT_EQ(crl.lists(taken_off), Listed::removed);
  EXPECT_EQ(crl.lists(other), Listed::no);
  EXPECT_THAT(crl.facts().unusable, IsEmpty());
  EXPECT_EQ(crl.facts().issuer, issuer().subject());
  EXPECT_EQ(crl.facts().this_update, test::kBegin);
  EXPECT_EQ(crl.facts().next_update, test::kEnd);
  // The same number of another issuer is another certificate.
  const auto stranger = made({.subject = "/CN=stranger"});
  const Owned<X509, X509_free> same_number(X509_dup(stranger.native()));
  X509_set_serialNumber(same_number.get(), X509_get_serialNumber(revoked.native()));
  EXPECT_EQ(crl.lists(Certificate::from_native(same_number.get()).value()), Listed::no);
}

TEST(Crl, IsSignedByOneKey) {
  const auto other = made({.subject = "/CN=ca", .key = "another key"});
  EXPECT_TRUE(list({.issuer = &issuer()}).signed_by(issuer()));
  EXPECT_FALSE(list({.issuer = &issuer()}).signed_by(other));
  auto der = list_der({.issuer = &issuer()});
  der.back() ^= 1;
  EXPECT_FALSE(Crl::from_der(der).value().signed_by(issuer()));
  EXPECT_EQ(ERR_peek_error(), 0U);
}

TEST(Crl, ReadsItsExtensions) {
  const auto crl = list({.issuer = &issuer(),
                         .extensions = "crlNumber=ASN1:INTEGER:256\n"
                                       "deltaCRL=critical,ASN1:INTEGER:255\n"
                                       "issuingDistributionPoint=critical,@scope\n"
                                       "[scope]\nfullname=URI:http://a.example/l\n"
                                       "onlyCA=TRUE\nindirectCRL=TRUE\n"
                                       "onlysomereasons=keyCompromise,CACompromise\n"});
  EXPECT_THAT(crl.facts().unusable, IsEmpty());
  EXPECT_THAT(*crl.facts().number, ElementsAre(1, 0));
  EXPECT_THAT(*crl.facts().delta_base, ElementsAre(255));
  ASSERT_TRUE(crl.facts().scope);
  const auto& scope = *crl.facts().scope;
  EXPECT_EQ(scope.name->full.front().text, "http://a.example/l");
  EXPECT_TRUE(scope.only_ca);
  EXPECT_TRUE(scope.indirect);
  EXPECT_FALSE(scope.only_user);
  EXPECT_FALSE(scope.only_attribute);
  EXPECT_EQ(scope.reasons, 0b110);
}

TEST(Crl, CannotBeGoneByIfItHasWhatNobodyKnows) {
  struct Case {
    const char* extensions;
    bool usable;
  };
  const Case cases[] = {
      {"1.2.3=ASN1:NULL", true},
      {"1.2.3=critical,ASN1:NULL", false},
      {"crlNumber=critical,ASN1:INTEGER:1", false},  // §5.2.3: "non-critical"
      {"issuingDistributionPoint=critical,DER:170130", false},
      {"issuingDistributionPoint=DER:170130", false},
      {"deltaCRL=critical,DER:170130", false},
      {"deltaCRL=DER:170130", false},
      // Twice: which of them counts?
      {"deltaCRL=critical,ASN1:INTEGER:1\n2.5.29.27=DER:020102", false},
  };
  for (const auto& one : cases) {
    const auto crl = list({.issuer = &issuer(), .extensions = one.extensions});
    EXPECT_EQ(crl.facts().unusable.empty(), one.usable) << one.extensions;
  }
  const Case entries[] = {
      {"1.2.3=ASN1:NULL", true},
      {"1.2.3=critical,ASN1:NULL", false},
      {"CRLReason=critical,ASN1:ENUMERATED:1", true},
      {"certificateIssuer=critical,DER:170130", false},
      {"certificateIssuer=critical,DER:3000", false},        // nobody
      {"certificateIssuer=critical,DER:3003820161", false},  // a DNS name issues nothing
      {"certificateIssuer=DER:170130", false},
  };
  const auto it = leaf();
  for (const auto& one : entries) {
    const auto crl = list({.issuer = &issuer(), .entries = {{&it, one.extensions}}});
    EXPECT_EQ(crl.facts().unusable.empty(), one.usable) << one.extensions;
  }
}

// §5.3.1; 7 is none, and 0 says nothing.
TEST(Crl, TellsTheReasonOfAnEntry) {
  const auto it = leaf();
  const auto reason = [&](const std::string& number) {
    const auto crl =
        list({.issuer = &issuer(), .entries = {{&it, "CRLReason=ASN1:ENUMERATED:" + number}}});
    EXPECT_EQ(crl.holds(it), number == "6");
    return crl.reason(it);
  };
  EXPECT_EQ(reason("1"), "keyCompromise");
  EXPECT_EQ(reason("4"), "superseded");
  EXPECT_EQ(reason("5"), "cessationOfOperation");
  EXPECT_EQ(reason("6"), "certificateHold");
  EXPECT_EQ(reason("9"), "privilegeWithdrawn");
  EXPECT_EQ(reason("10"), "aACompromise");
  for (const char* none : {"0", "7", "11", "255", "256", "4294967297", "-1"}) {
    EXPECT_EQ(reason(none), "") << none;
  }
  const auto plain = list({.issuer = &issuer(), .entries = {{&it}}});
  EXPECT_EQ(plain.reason(it), "");
  EXPECT_EQ(plain.reason(issuer()), "");
  // Named twice: what lasts counts.
  const std::string hold = "CRLReason=ASN1:ENUMERATED:6", key = "CRLReason=ASN1:ENUMERATED:1";
  EXPECT_EQ(list({.issuer = &issuer(), .entries = {{&it, hold}, {&it, key}}}).reason(it),
            "keyCompromise");
  EXPECT_EQ(list({.issuer = &issuer(), .entries = {{&it, key}, {&it, hold}}}).reason(it),
            "keyCompromise");
}

// §5.3.3: until the next one, an entry's issuer is that of the entry before.
TEST(Crl, KeepsTheIssuerOfTheEntryBefore) {
  const auto other_ca = made({.subject = "/CN=other ca"});
  const auto own = leaf();
  const auto first = made({.subject = "/CN=1", .issuer = &other_ca});
  const auto second = made({.subject = "/CN=2", .issuer = &other_ca});
  const auto own_again = leaf();
  const auto crl = list({.issuer = &issuer(),
                         .entries = {{&own},
                                     {&first, entry_of_issuer(first)},
                                     {&second},
                                     {&own_again, entry_of_issuer(own_again)}}});
  for (const auto* const one : {&own, &first, &second, &own_again}) {
    EXPECT_EQ(crl.lists(*one), Listed::revoked);
  }
  const auto without = list({.issuer = &issuer(), .entries = {{&own}, {&second}}});
  EXPECT_EQ(without.lists(second), Listed::no);
}

TEST(Crl, IsNoneIfCutAnywhere) {
  const auto it = leaf();
  const auto der = list_der({.issuer = &issuer(),
                             .extensions = "crlNumber=ASN1:INTEGER:1\n",
                             .entries = {{&it, "CRLReason=ASN1:ENUMERATED:1"}}});
  ASSERT_TRUE(Crl::from_der(der));
  for (std::size_t size = 0; size < der.size(); ++size) {
    EXPECT_FALSE(Crl::from_der(base::ByteView(der).first(size))) << size;
  }
  auto longer = der;
  longer.push_back('\n');  // as programs write behind it
  EXPECT_TRUE(Crl::from_der(longer));
  longer.back() = 'x';
  EXPECT_FALSE(Crl::from_der(longer));
}

TEST(Crl, SurvivesEveryChangedOctet) {
  const auto it = leaf();
  auto der = list_der({.issuer = &issuer(),
                       .extensions = "crlNumber=ASN1:INTEGER:1\n"
                                     "issuingDistributionPoint=critical,@scope\n"
                                     "[scope]\nrelativename=name\n[name]\nCN=x\n",
                       .entries = {{&it, entry_of_issuer(it) + "CRLReason=ASN1:ENUMERATED:1"}}});
  for (auto& octet : der) {
    for (const auto changed : {0x00, 0xFF, 0x30, 0x80, int{octet} ^ 1}) {
      const auto kept = std::exchange(octet, static_cast<std::uint8_t>(changed));
      if (const auto crl = Crl::from_der(der)) {
        const auto listed = crl->lists(it);
        EXPECT_TRUE(listed == Listed::no || listed == Listed::revoked || listed == Listed::removed);
      }
      octet = kept;
    }
  }
}

TEST(ParseCrls, ReadsOneOfDerAndSeveralOfPem) {
  const auto der = list_der({.issuer = &issuer()});
  EXPECT_THAT(parse_crls(der, "a").value(), SizeIs(1));
  const auto text = "a word\n" + pem(der) + "\nand\n" + issuer().pem() + pem(der) + "the end\n";
  EXPECT_THAT(parse_crls(base::view(text), "a").value(), SizeIs(2));
  EXPECT_THAT(parse_crls(test::file("files/list.crl"), "a").value(), SizeIs(1));
  EXPECT_THAT(parse_crls(test::file("files/crl.der"), "a").value(), SizeIs(1));
}

TEST(ParseCrls, RefusesWhatIsNone) {
  for (const std::string text : {"", "x", "\n", "-----BEGIN X509 CRL-----\n"}) {
    EXPECT_FALSE(parse_crls(base::view(text), "a")) << text;
  }
  const auto words = [](base::ByteView file) { return parse_crls(file, "a").error().detail; };
  EXPECT_THAT(words(base::view(issuer().pem())), HasSubstr("this is a certificate"));
  EXPECT_THAT(words(issuer().der()), HasSubstr("this is a certificate"));
  EXPECT_THAT(words({}), HasSubstr("empty"));
  EXPECT_THAT(words(base::view("hello")), HasSubstr("no revocation list is in it"));
  EXPECT_THAT(words(base::Bytes{0x30, 0x03, 0x01, 0x01, 0xFF}), HasSubstr("cannot be decoded"));
  EXPECT_EQ(parse_crls(base::view("x"), "a.crl").error().where, "a.crl");
  EXPECT_FALSE(parse_crls(base::Bytes(base::kMaxUploadBytes + 1, '\n'), "a"));
}

// What a damaged list revokes would count as good.
TEST(ParseCrls, PassesNoDamagedListOver) {
  const auto der = list_der({.issuer = &issuer()});
  const auto whole = pem(der);
  EXPECT_THAT(parse_crls(base::view(whole + whole), "a").value(), SizeIs(2));
  for (const std::size_t cut : {std::size_t{30}, whole.size() / 2, whole.size() - 5}) {
    EXPECT_FALSE(parse_crls(base::view(whole + whole.substr(0, cut)), "a")) << cut;
  }
  auto damaged = whole;
  damaged[60] = '!';
  EXPECT_FALSE(parse_crls(base::view(whole + damaged), "a"));
  EXPECT_FALSE(parse_crls(base::view(damaged + whole), "a"));
  const auto cut_der = base::Bytes(der.begin(), der.end() - 1);
  EXPECT_FALSE(parse_crls(base::view(whole + pem(cut_der)), "a"));
  EXPECT_EQ(ERR_peek_error(), 0U);
}

TEST(DistributionPoints, AreReadWithTheirReasonsAndIssuers) {
  const auto points =
      distribution_points(leaf("crlDistributionPoints=one,two\n"
                               "[one]\nfullname=URI:http://a.example/l\n"
                               "reasons=keyCompromise,AACompromise\n"
                               "[two]\nCRLissuer=dirName:there\n"
                               "[there]\nCN=elsewhere\n"));
  ASSERT_THAT(points, SizeIs(2));
  EXPECT_EQ(points[0].name->full.front().text, "http://a.example/l");
  EXPECT_EQ(points[0].reasons, 0b1'0000'0010);
  EXPECT_THAT(points[0].crl_issuer, IsEmpty());
  EXPECT_FALSE(points[1].name);
  EXPECT_EQ(points[1].reasons, kAllReasons);
  EXPECT_EQ(points[1].crl_issuer.front().text, "CN=elsewhere");
  EXPECT_THAT(distribution_points(leaf()), IsEmpty());
  EXPECT_THAT(distribution_points(leaf("crlDistributionPoints=DER:170130")), IsEmpty());
  // A point of nothing at all.
  EXPECT_THAT(distribution_points(leaf("crlDistributionPoints=DER:30023000")), SizeIs(1));
}

}  // namespace
}  // namespace sealtone::x509
