// SPDX-License-Identifier: Apache-2.0
//
// trust/tls_use: what a certificate lets its key do in TLS, and what the judge and the doctor make
// of it.
#include "trust/tls_use.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "trust/doctor_fixture.h"
#include "x509/slow_keys.h"

namespace sealtone::trust {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::key_of;
using testing::kThen;
using x509::test::ca;
using x509::test::made;
namespace test = x509::test;

enum class KeyKind { ec, rsa };

// Its signature holds where the key is one on a curve.
x509::Certificate leaf(const std::string& usages, KeyKind kind = KeyKind::ec,
                       const x509::Certificate* issuer = nullptr) {
  const std::string names = "subjectAltName=DNS:leaf.example\n";
  const auto it = made({.subject = "/CN=Leaf",
                        .extensions = usages.empty() ? names : names + "keyUsage=" + usages + "\n",
                        .issuer = issuer});
  return kind == KeyKind::ec ? it : test::with_key(it, test::rsa_public_key(2'048, 17));
}

TEST(TlsUse, IsAnythingWhereTheKeyMaySign) {
  for (const auto kind : {KeyKind::ec, KeyKind::rsa}) {
    for (const char* usages : {"", "digitalSignature", "digitalSignature,keyEncipherment",
                               "keyAgreement,digitalSignature"}) {
      EXPECT_EQ(tls_use(leaf(usages, kind)), TlsUse::signs) << usages;
    }
  }
}

TEST(TlsUse, IsKeyTransportWhereAnRsaKeyMayEncryptAlone) {
  EXPECT_EQ(tls_use(leaf("keyEncipherment", KeyKind::rsa)), TlsUse::rsa_transport);
  EXPECT_EQ(tls_use(leaf("keyAgreement,keyEncipherment", KeyKind::rsa)), TlsUse::rsa_transport);
}

TEST(TlsUse, IsNoneWhereNoKeyExchangeGoesWithTheKey) {
  for (const char* usages : {"keyEncipherment", "keyAgreement", "nonRepudiation", "cRLSign"}) {
    EXPECT_EQ(tls_use(leaf(usages)), TlsUse::none) << usages;
  }
  for (const char* usages : {"keyAgreement", "dataEncipherment", "nonRepudiation"}) {
    EXPECT_EQ(tls_use(leaf(usages, KeyKind::rsa)), TlsUse::none) << usages;
  }
}

class KeyUsage : public ::testing::Test {
 protected:
  Verdict judged(const std::string& usages, const Policy& policy = {}) const {
    const std::vector sent{leaf(usages, KeyKind::ec, &root_)};
    return judge(sent, x509::AnchorSet({root_}), ReferenceIdentifier::from_host("leaf.example"),
                 policy, kThen);
  }

  x509::Certificate root_ = made({.subject = "/CN=Root", .extensions = ca()});
};

TEST_F(KeyUsage, RefusesAServerThatNoClientCanUse) {
  EXPECT_EQ(judged("digitalSignature").decision, Decision::trusted);
  for (const char* usages : {"keyEncipherment", "keyAgreement", "cRLSign"}) {
    const auto verdict = judged(usages);
    EXPECT_EQ(verdict.decision, Decision::untrusted);
    ASSERT_EQ(verdict.findings.size(), 1U) << usages;  // whoever of the two rules saw it
    EXPECT_EQ(verdict.findings[0].code, FindingCode::key_usage);
    EXPECT_EQ(verdict.findings[0].certificate, 0U);
    EXPECT_EQ(verdict.findings[0].evidence.wanted, "digitalSignature");
    EXPECT_THAT(verdict.findings[0].evidence.found, ElementsAre(usages));
  }
}

TEST_F(KeyUsage, RefusesAClientThatCannotSign) {
  Policy policy;
  policy.path.purpose = x509::Purpose::client;
  EXPECT_EQ(judged("digitalSignature", policy).decision, Decision::trusted);
  for (const char* usages : {"keyEncipherment", "keyAgreement"}) {
    EXPECT_TRUE(judged(usages, policy).has(FindingCode::key_usage)) << usages;
  }
  policy.for_tls = false;
  EXPECT_EQ(judged("keyAgreement", policy).decision, Decision::trusted);
}

TEST_F(KeyUsage, IsAskedInTlsAlone) {
  Policy policy;
  policy.service = Service::sip;
  policy.path.purpose = x509::Purpose::sip;
  EXPECT_TRUE(judged("keyEncipherment", policy).has(FindingCode::key_usage));
  policy = {};
  policy.for_tls = false;
  EXPECT_EQ(judged("keyEncipherment", policy).decision, Decision::trusted);
  EXPECT_TRUE(judged("cRLSign", policy).has(FindingCode::key_usage));
  policy = {};
  policy.path.purpose = x509::Purpose::any;
  EXPECT_EQ(judged("keyEncipherment", policy).decision, Decision::trusted);
}

// Trusted by itself, for nobody can sign with its issuer's key here.
TEST_F(KeyUsage, IsWeakWhereKeyTransportIsAllThereIs) {
  const auto judged_itself = [](const std::string& usages) {
    const std::vector sent{leaf(usages, KeyKind::rsa)};
    return judge(sent, x509::AnchorSet(sent), ReferenceIdentifier::from_host("leaf.example"), {},
                 kThen);
  };
  EXPECT_THAT(judged_itself("digitalSignature,keyEncipherment").weak, IsEmpty());
  const auto verdict = judged_itself("keyEncipherment");
  EXPECT_EQ(verdict.decision, Decision::trusted);
  ASSERT_EQ(verdict.weak.size(), 1U);
  EXPECT_EQ(verdict.weak[0].kind, Weakness::Kind::rsa_transport_only);
  EXPECT_THAT(verdict.weak[0].evidence.found, ElementsAre("keyEncipherment"));
  EXPECT_TRUE(judged_itself("keyAgreement").has(FindingCode::key_usage));
}

std::vector<std::string> doctors_words(const x509::Certificate& certificate, Use use) {
  const std::vector<x509::Certificate> held{certificate};
  Upload upload{{certificate}, {}, {}};
  auto said = testing::words(examine(upload, {.use = use, .at_hand = held, .now = kThen}));
  std::erase(said, "key-missing");
  std::erase(said, "self-signed-leaf");
  std::erase(said, "pin");
  return said;
}

TEST(DoctorOfKeyUsages, SaysItBeforeTheUpload) {
  for (const auto kind : {KeyKind::ec, KeyKind::rsa}) {
    EXPECT_THAT(doctors_words(leaf("digitalSignature", kind), Use::server), IsEmpty());
    EXPECT_THAT(doctors_words(leaf("keyEncipherment", kind), Use::server),
                ElementsAre("key-usage"));
    EXPECT_THAT(doctors_words(leaf("keyAgreement", kind), Use::server), ElementsAre("key-usage"));
    EXPECT_THAT(doctors_words(leaf("keyAgreement", kind), Use::trusted), ElementsAre("key-usage"));
  }
  // Its server is not refused for it.
  EXPECT_THAT(doctors_words(leaf("keyEncipherment", KeyKind::rsa), Use::trusted), IsEmpty());
  EXPECT_THAT(doctors_words(leaf("cRLSign"), Use::trusted), ElementsAre("key-usage"));
}

// What OpenSSL says itself, where the judge's refusal does not count.
TEST_F(KeyUsage, IsWhatAnAlertBehindTheCertificateStandsFor) {
  Policy policy;
  policy.only_accept_trusted = false;
  auto verdict = judged("keyEncipherment", policy);
  ASSERT_EQ(verdict.decision, Decision::accepted_untrusted);
  handshake::HandshakeRecord record;
  record.first_received = {0x16, 0x03, 0x03};
  record.client_hello = handshake::ClientHello{.versions = {0x0303}};
  record.server_hello = handshake::ServerHello{
      .version = 0x0303, .cipher_suite = 0xC02B, .secure_renegotiation = true};
  record.alerts = {{.direction = handshake::Direction::sent, .fatal = true, .description = 40}};
  verdict = conclude(std::move(verdict), record, {});
  EXPECT_EQ(verdict.decision, Decision::untrusted);
  ASSERT_EQ(verdict.findings.size(), 1U);
  EXPECT_EQ(verdict.findings[0].code, FindingCode::key_usage);
  EXPECT_EQ(verdict.findings[0].evidence.alert, 40);
}

}  // namespace
}  // namespace sealtone::trust
