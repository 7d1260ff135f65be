// SPDX-License-Identifier: Apache-2.0
//
// trust/own_certificate: whether a server's list of authorities holds one of ours.
#include "trust/own_certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/x509.h>

#include <memory>

namespace sealtone::trust {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

// CN=text, in the string type that is named.
base::Bytes der_name(const std::string& text, int type = MBSTRING_UTF8) {
  const std::unique_ptr<X509_NAME, decltype(&X509_NAME_free)> name(X509_NAME_new(), X509_NAME_free);
  X509_NAME_add_entry_by_txt(name.get(), "CN", type,
                             reinterpret_cast<const unsigned char*>(text.data()),
                             static_cast<int>(text.size()), -1, 0);
  unsigned char* octets = nullptr;
  const int size = i2d_X509_NAME(name.get(), &octets);
  base::Bytes out(octets, octets + size);
  OPENSSL_free(octets);
  return out;
}

using Names = std::vector<base::Bytes>;

TEST(OwnCertificate, IsListedWhereOneIssuerOfItsChainIs) {
  const Names issuers{der_name("Issuing"), der_name("Root")};
  EXPECT_EQ(any_listed(issuers, Names{der_name("Other"), der_name("Root")}), true);
  EXPECT_EQ(any_listed(issuers, Names{der_name("Issuing")}), true);
  EXPECT_EQ(any_listed(issuers, Names{der_name("Other")}), false);
}

// RFC 5280 §7.1: case, runs of blanks and the type of string do not count.
TEST(OwnCertificate, ComparesNamesAndNotOctets) {
  const Names issuers{der_name("Acme  Root")};
  EXPECT_EQ(any_listed(issuers, Names{der_name("ACME ROOT", V_ASN1_PRINTABLESTRING)}), true);
  EXPECT_EQ(any_listed(issuers, Names{der_name("ACME ROOT 2")}), false);
}

TEST(OwnCertificate, SaysNothingWhereNoneIsNamedOrShown) {
  EXPECT_EQ(any_listed(Names{der_name("Root")}, Names{}), std::nullopt);
  EXPECT_EQ(any_listed(Names{}, Names{der_name("Root")}), std::nullopt);
}

TEST(OwnCertificate, JudgesNoListThatIsTooLong) {
  const Names issuers{der_name("Root")};
  EXPECT_EQ(any_listed(issuers, Names(kMaxAuthoritiesCompared, der_name("Other"))), false);
  EXPECT_EQ(any_listed(issuers, Names(kMaxAuthoritiesCompared + 1, der_name("Other"))),
            std::nullopt);
}

TEST(OwnCertificate, JudgesNoListOfTooManyOctets) {
  const Names issuers{der_name("Root")};
  constexpr std::size_t kHalf = kMaxAuthorityOctets / 2;
  const auto name = [](std::size_t octets) { return base::Bytes(octets, 'x'); };
  EXPECT_EQ(any_listed(issuers, Names{name(kHalf), name(kHalf)}), false);
  EXPECT_EQ(any_listed(issuers, Names{name(kHalf), name(kHalf + 1)}), std::nullopt);
}

TEST(OwnCertificate, PassesOverNamesThatCannotBeRead) {
  const Names issuers{der_name("Root")};
  const Names junk{base::Bytes{}, base::Bytes{0x30}, base::Bytes{0x30, 0x80, 0xFF}};
  EXPECT_EQ(any_listed(issuers, junk), false);
  EXPECT_EQ(any_listed(junk, junk), true);  // the same octets are the same name
  EXPECT_EQ(any_listed(junk, issuers), false);
}

TEST(OwnCertificate, EvidenceNamesBothSides) {
  const auto evidence =
      not_listed_evidence(Names{der_name("Mine")}, Names{der_name("A"), base::Bytes{0x01}});
  EXPECT_EQ(evidence.wanted, "Mine");
  EXPECT_THAT(evidence.found, ElementsAre("A", "a name that cannot be read"));
  EXPECT_THAT(not_listed_evidence(Names{}, Names(50, der_name("A"))).found, SizeIs(10));
}

TEST(OwnCertificate, IsSaidOfATrustedServerThatStaysTrusted) {
  handshake::HandshakeRecord record;
  record.first_received = {0x16, 0x03, 0x03, 0x00, 0x02};
  record.certificate_requested = true;
  record.requested_authorities = {der_name("Other")};
  record.handshake_done = true;
  OwnSide own{
      .has_certificate = true, .certificate_issuers = {der_name("Mine")}, .issuer_listed = false};
  const Verdict trusted{.decision = Decision::trusted};
  const auto verdict = conclude(trusted, record, own);
  EXPECT_EQ(verdict.decision, Decision::trusted);
  ASSERT_THAT(verdict.findings, SizeIs(1));
  EXPECT_EQ(verdict.findings[0].code, FindingCode::own_certificate_not_listed);
  EXPECT_EQ(verdict.findings[0].evidence.wanted, "Mine");
  // Not of one that is named, nor where nobody is, nor where none was asked for.
  own.issuer_listed = true;
  EXPECT_TRUE(conclude(trusted, record, own).findings.empty());
  own.issuer_listed.reset();
  EXPECT_TRUE(conclude(trusted, record, own).findings.empty());
  own.issuer_listed = false;
  record.certificate_requested = false;
  EXPECT_TRUE(conclude(trusted, record, own).findings.empty());
}

}  // namespace
}  // namespace sealtone::trust
