// SPDX-License-Identifier: Apache-2.0
//
// tls as a client that is sent an answer of OCSP along: openssl s_server staples what it is given,
// and what the answer says falls before anything of ours is sent.
#include <gmock/gmock.h>

#include "tls/ends.h"
#include "tls/kept_chains.h"
#include "tls/sessions.h"
#include "x509/made_ocsp.h"
#include "x509/ocsp.h"

namespace sealtone::tls::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using x509::test::AnswerDraft;
using x509::test::ca;
using x509::test::made;

constexpr std::uint8_t kRevokedAlert = 44, kUnknownAlert = 46, kStatusAlert = 113;

class OcspAlong : public ::testing::TestWithParam<std::uint16_t> {
 protected:
  void write(const std::string& name, const x509::Certificate& certificate, EVP_PKEY* key) {
    BIO* const bio = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
    char* octets = nullptr;
    const auto size = BIO_get_mem_data(bio, &octets);
    folder.write(name + ".pem",
                 certificate.pem() + std::string(octets, static_cast<std::size_t>(size)));
    BIO_free(bio);
  }
  // s_server that shows leaf and staples the answer; empty: none.
  test::OpensslServer server(const x509::Certificate& leaf, const base::Bytes& answer,
                             test::Arguments further = {}) {
    write("leaf", leaf, x509::test::key("/CN=localhost"));
    const auto file = folder.path() / "leaf.pem";
    test::Arguments flags{openssl_flag(GetParam()), "-cipher", "ALL:@SECLEVEL=0", "-www"};
    if (!answer.empty()) {
      const auto along = folder.write("answer.der", base::text(answer));
      flags.insert(flags.end(), {"-status_file", along.string()});
    }
    flags.insert(flags.end(), further.begin(), further.end());
    return test::OpensslServer({"leaf", file, file, {}}, flags);
  }
  AnswerDraft about(const x509::Certificate& leaf, int status) const {
    return {.signer = &root, .about = {{.certificate = &leaf, .issuer = &root, .status = status}}};
  }
  base::Bytes good() const { return x509::test::answer(about(leaf, V_OCSP_CERTSTATUS_GOOD)); }
  base::Bytes revoked() const { return x509::test::answer(about(leaf, V_OCSP_CERTSTATUS_REVOKED)); }

  ContextOptions asking(const std::string& own = "") const {
    auto options = client_options(kAll, own);
    options.ask_for_ocsp = true;
    return options;
  }
  PeerCheck trusting_own_root() const {
    return check(std::make_shared<const x509::AnchorSet>(std::vector{root}));
  }
  PeerCheck demanding() const {
    auto check = trusting_own_root();
    check.policy.path.revocation_required = true;
    return check;
  }
  Outcome visit(std::uint16_t port, const PeerCheck& check, const std::string& own = "") {
    return dial(loop, port, build(asking(own)), check);
  }

  net::asio::io_context loop;
  test::TempDir folder;
  x509::Certificate root = made({.subject = "/CN=root", .extensions = ca()});
  x509::Certificate leaf = made({.subject = "/CN=localhost",
                                 .extensions = "subjectAltName=DNS:localhost\n",
                                 .issuer = &root});
};
INSTANTIATE_TEST_SUITE_P(Tls, OcspAlong, ::testing::Values(0x0301, 0x0303, 0x0304), version_suffix);

TEST_P(OcspAlong, IsRecordedAndAGoodOneCoversTheServer) {
  const auto answer = good();
  const auto server_ = server(leaf, answer);
  const auto outcome = visit(server_.port(), demanding());
  EXPECT_THAT(words(outcome.verdict), IsEmpty());
  EXPECT_NE(outcome.stream, nullptr);
  EXPECT_EQ(outcome.record.stapled_ocsp, answer);
}

TEST_P(OcspAlong, IsNotAskedForUnlessTheContextSaysSo) {
  const auto server_ = server(leaf, revoked());
  const auto outcome = dial(loop, server_.port(), build(client_options(kAll)), trusting_own_root());
  EXPECT_EQ(outcome.verdict.decision, Decision::trusted);
  EXPECT_TRUE(outcome.record.stapled_ocsp.empty());
}

// Not a certificate, although the server demands one, and no application data.
TEST_P(OcspAlong, AServerThatItCallsRevokedIsSentNothing) {
  const auto server_ = server(leaf, revoked(), {"-Verify", "1"});
  const auto outcome = visit(server_.port(), trusting_own_root(), "client");
  EXPECT_EQ(outcome.verdict.decision, Decision::untrusted);
  EXPECT_EQ(words(outcome.verdict), Words{"revoked"});
  EXPECT_THAT(finding(outcome.verdict, trust::FindingCode::revoked).evidence.detail,
              HasSubstr("the answer that the server sent along (OCSP)"));
  expect_nothing_sent(outcome);
  ASSERT_FALSE(outcome.record.alerts.empty());
  // RFC 6066 §8 has an alert of its own; in TLS 1.3 the answer stands beside the certificate.
  EXPECT_EQ(outcome.record.alerts.back().description,
            GetParam() == 0x0304 ? kRevokedAlert : kStatusAlert);
  // The same server, were it not revoked, would get both.
  const auto other = server(leaf, good(), {"-Verify", "1"});
  const auto accepted = visit(other.port(), trusting_own_root(), "client");
  EXPECT_FALSE(accepted.record.client_chain.empty());
}

TEST_P(OcspAlong, TheSwitchThatIsOffAcceptsAndSaysSo) {
  const auto server_ = server(leaf, revoked());
  auto check = trusting_own_root();
  check.policy.only_accept_trusted = false;
  const auto outcome = visit(server_.port(), check);
  EXPECT_EQ(outcome.verdict.decision, Decision::accepted_untrusted);
  EXPECT_EQ(words(outcome.verdict), Words{"revoked"});
  EXPECT_NE(outcome.stream, nullptr);
}

TEST_P(OcspAlong, WithoutOneThePolicyDecides) {
  const auto server_ = server(leaf, {});
  EXPECT_THAT(words(visit(server_.port(), trusting_own_root()).verdict), IsEmpty());
  const auto refused = visit(server_.port(), demanding());
  EXPECT_EQ(words(refused.verdict), Words{"revocation-unknown"});
  expect_nothing_sent(refused);
}

// No answer tells of an intermediate certificate: what is demanded of it is demanded at once, in
// every version, and a good answer about the server is not blamed.
TEST_P(OcspAlong, AnIntermediateThatNoListCoversIsRefusedAtItsCertificate) {
  const auto issuing = made({.subject = "/CN=issuing", .extensions = ca(), .issuer = &root});
  const auto below = made({.subject = "/CN=localhost",
                           .extensions = "subjectAltName=DNS:localhost\n",
                           .issuer = &issuing});
  const auto above = folder.write("issuing.pem", issuing.pem());
  const auto answer = x509::test::answer(
      {.signer = &issuing,
       .about = {{.certificate = &below, .issuer = &issuing, .status = V_OCSP_CERTSTATUS_GOOD}}});
  for (const auto& along : {answer, base::Bytes()}) {
    const auto server_ = server(below, along, {"-cert_chain", above.string()});
    const auto refused = visit(server_.port(), demanding());
    EXPECT_EQ(words(refused.verdict), Words{"revocation-unknown"});
    EXPECT_EQ(refused.verdict.findings.back().certificate, 1U);
    expect_nothing_sent(refused);
    ASSERT_FALSE(refused.record.alerts.empty());
    EXPECT_EQ(refused.record.alerts.back().description, kUnknownAlert);
    // With a list about it the answer is heard.
    auto with_list = demanding();
    with_list.policy.path.crls = std::make_shared<const std::vector<x509::Crl>>(
        std::vector{x509::test::list({.issuer = &root})});
    const auto heard = visit(server_.port(), with_list);
    EXPECT_EQ(heard.verdict.accepted(), !along.empty());
    for (const auto& finding : heard.verdict.findings) EXPECT_EQ(finding.certificate, 0U);
  }
}

TEST_P(OcspAlong, OneThatSaysNothingRefusesNothingByItself) {
  const base::Bytes try_later{0x30, 0x03, 0x0A, 0x01, 0x03};
  const auto server_ = server(leaf, try_later);
  EXPECT_THAT(words(visit(server_.port(), trusting_own_root()).verdict), IsEmpty());
  const auto refused = visit(server_.port(), demanding());
  EXPECT_EQ(words(refused.verdict), Words{"revocation-unknown"});
  expect_nothing_sent(refused);
}

// Beside the certificate there is room for 100 KB; of a CertificateStatus OpenSSL reads no more
// than 16 KB, and the handshake ends there.
TEST_P(OcspAlong, OneThatIsTooLargeIsNotGoneBy) {
  auto draft = about(leaf, V_OCSP_CERTSTATUS_REVOKED);
  std::vector<x509::Certificate> many;
  for (int i = 0; i < 100; ++i) many.push_back(made({.subject = "/CN=one", .key = "one"}));
  for (const auto& one : many) draft.besides.push_back(&one);
  const auto answer = x509::test::answer(draft);
  ASSERT_GT(answer.size(), x509::kMaxOcspBytes);
  const auto server_ = server(leaf, answer);
  const auto outcome = visit(server_.port(), trusting_own_root());
  if (GetParam() == 0x0304) {
    EXPECT_THAT(words(outcome.verdict), IsEmpty());
  } else {
    expect_nothing_sent(outcome);
  }
}

TEST_P(OcspAlong, ACertificateThatDemandsOneIsRefusedWithout) {
  const auto strict =
      made({.subject = "/CN=localhost",
            .extensions = "subjectAltName=DNS:localhost\ntlsfeature=status_request\n",
            .issuer = &root});
  const auto bare = server(strict, {});
  const auto refused = visit(bare.port(), trusting_own_root());
  EXPECT_EQ(words(refused.verdict), Words{"revocation-unknown"});
  expect_nothing_sent(refused);
  const auto full = server(strict, x509::test::answer(about(strict, V_OCSP_CERTSTATUS_GOOD)));
  EXPECT_THAT(words(visit(full.port(), trusting_own_root()).verdict), IsEmpty());
}

// A verdict that was kept is of the same certificates, and of another answer.
TEST_P(OcspAlong, AKeptVerdictDoesNotOutliveTheAnswer) {
  auto check = trusting_own_root();
  check.kept = std::make_shared<KeptChains>();
  const auto before = server(leaf, good());
  EXPECT_THAT(words(visit(before.port(), check).verdict), IsEmpty());
  EXPECT_THAT(words(visit(before.port(), check).verdict), IsEmpty());
  const auto after = server(leaf, revoked());
  const auto refused = visit(after.port(), check);
  EXPECT_EQ(words(refused.verdict), Words{"revoked"});
  expect_nothing_sent(refused);
}

net::Task<std::string> everything(net::ByteStream& stream) {
  std::string text;
  base::Bytes buffer(10'000);
  for (;;) {
    auto got = co_await stream.read_some(buffer);
    if (!got || *got == 0) co_return text;
    text += base::text(base::ByteView(buffer).first(*got));
  }
}

// A session is judged again with the answer that came when it was made.
TEST_P(OcspAlong, ASessionIsOfferedAsLongAsItsAnswerCounts) {
  const auto server_ = server(leaf, good());
  const auto sessions = std::make_shared<SessionCache>();
  const auto again = [&](PeerCheck check, std::chrono::sys_seconds now) {
    check.sessions = sessions;
    check.origin = "localhost:443";
    check.now = now;
    auto outcome = visit(server_.port(), check);
    if (outcome.stream) {
      EXPECT_TRUE(write_text(loop, *outcome.stream, "GET / HTTP/1.0\r\n\r\n"));
      (void)finish(loop, everything(*outcome.stream));
      finish(loop, outcome.stream->shutdown());
    }
    return outcome;
  };
  EXPECT_FALSE(again(demanding(), kNow).record.resumed());
  const auto resumed = again(demanding(), kNow + 30min);
  EXPECT_TRUE(resumed.record.resumed());
  EXPECT_THAT(words(resumed.verdict), IsEmpty());
  EXPECT_FALSE(resumed.record.stapled_ocsp.empty());
  // It runs out after an hour: then the certificates are shown again, with the same old answer.
  const auto late = again(demanding(), kNow + 2h);
  EXPECT_FALSE(late.record.resumed());
  EXPECT_EQ(words(late.verdict), Words{"revocation-unknown"});
  expect_nothing_sent(late);
}

TEST_P(OcspAlong, AListThatCameMeanwhileEndsASession) {
  const auto server_ = server(leaf, good());
  const auto sessions = std::make_shared<SessionCache>();
  auto check = trusting_own_root();
  check.sessions = sessions;
  check.origin = "localhost:443";
  auto first = visit(server_.port(), check);
  ASSERT_NE(first.stream, nullptr);
  EXPECT_TRUE(write_text(loop, *first.stream, "GET / HTTP/1.0\r\n\r\n"));
  (void)finish(loop, everything(*first.stream));
  finish(loop, first.stream->shutdown());
  check.policy.path.crls = std::make_shared<const std::vector<x509::Crl>>(
      std::vector{x509::test::list({.issuer = &root, .entries = {{&leaf}}})});
  const auto refused = visit(server_.port(), check);
  EXPECT_FALSE(refused.record.resumed());
  EXPECT_EQ(words(refused.verdict), Words{"revoked"});
  expect_nothing_sent(refused);
}

}  // namespace
}  // namespace sealtone::tls::testing
