// SPDX-License-Identifier: Apache-2.0
//
// tls as a client whose certificate is asked for: shown, missing, refused; never shown unasked.
#include <gmock/gmock.h>

#include "tls/ends.h"

namespace sealtone::tls::testing {
namespace {

class ClientCertificate : public ::testing::TestWithParam<std::uint16_t> {
 protected:
  // Demands a certificate under root, and says what becomes of it.
  [[nodiscard]] test::OpensslServer demanding(const std::string& anchor = "root") const {
    return {identity("server"),
            {openssl_flag(GetParam()), "-cipher", "ALL:@SECLEVEL=0", "-Verify", "3", "-CAfile",
             file(anchor), "-verify_return_error", "-rev"}};
  }
  [[nodiscard]] std::shared_ptr<const Context> holding(const std::string& own) const {
    return build(client_options(only(GetParam()), own));
  }
  // In TLS 1.3 the server's opinion comes with the first reading.
  static void read_once(net::asio::io_context& loop, Outcome& outcome) {
    if (!outcome.stream) return;
    (void)write_text(loop, *outcome.stream, "x\n");
    (void)finish(loop, read_text(*outcome.stream));
    outcome.verdict = outcome.stream->verdict();
    outcome.record = outcome.stream->record();
  }
  net::asio::io_context loop;
};
INSTANTIATE_TEST_SUITE_P(Tls, ClientCertificate, ::testing::Values(0x0301, 0x0302, 0x0303, 0x0304),
                         version_suffix);

TEST_P(ClientCertificate, IsShownWhenTheServerAsks) {
  auto peer = demanding();
  auto outcome = dial(loop, peer.port(), holding("client"), trusting_root());
  ASSERT_NE(outcome.stream, nullptr) << peer.process().err();
  EXPECT_TRUE(write_text(loop, *outcome.stream, "seen\n"));
  EXPECT_EQ(finish(loop, read_text(*outcome.stream)), "nees\n");
  EXPECT_EQ(outcome.stream->verdict().decision, Decision::trusted);
  EXPECT_EQ(words(outcome.stream->verdict()), Words{});
  EXPECT_TRUE(outcome.record.certificate_requested);
  ASSERT_EQ(outcome.record.client_chain.size(), 1U);
  EXPECT_EQ(outcome.record.client_chain.front(), credential("client").leaf().der());
}

TEST_P(ClientCertificate, IsNotShownWhenNobodyAsks) {
  test::OpensslServer peer(identity("server"),
                           {openssl_flag(GetParam()), "-cipher", "ALL:@SECLEVEL=0", "-rev"});
  auto outcome = dial(loop, peer.port(), holding("client"), trusting_root());
  ASSERT_NE(outcome.stream, nullptr);
  EXPECT_FALSE(outcome.record.certificate_requested);
  EXPECT_TRUE(outcome.record.client_chain.empty());
}

TEST_P(ClientCertificate, MissingIsSaidAndTheServerStaysTrusted) {
  auto peer = demanding();
  auto outcome = dial(loop, peer.port(), holding(""), trusting_root());
  read_once(loop, outcome);
  EXPECT_EQ(outcome.verdict.decision, Decision::trusted);
  EXPECT_EQ(words(outcome.verdict), Words{"client-certificate-wanted-none-set"});
}

TEST_P(ClientCertificate, RefusedIsSaidAndTheServerStaysTrusted) {
  auto peer = demanding();
  auto outcome = dial(loop, peer.port(), holding("client-other"), trusting_root());
  read_once(loop, outcome);
  EXPECT_EQ(outcome.verdict.decision, Decision::trusted);
  EXPECT_THAT(words(outcome.verdict), ::testing::Contains("client-certificate-refused"));
  EXPECT_EQ(outcome.record.client_chain.size(), 1U);
}

TEST_P(ClientCertificate, WithoutClientUseIsSaidBesides) {
  auto peer = demanding();
  auto outcome = dial(loop, peer.port(), holding("client-server-only"), trusting_root());
  read_once(loop, outcome);
  EXPECT_EQ(outcome.verdict.decision, Decision::trusted);
  EXPECT_THAT(words(outcome.verdict), ::testing::Contains("own-certificate-lacks-client-use"));
}

// Our own server role demands one.
class DemandingServer : public ClientCertificate {
 protected:
  Both meet_demanding(const std::string& own, const PeerCheck& client_check = trusting_root()) {
    auto options = server_options(only(GetParam()));
    options.client_anchors = trusting({"root"});
    return meet(loop, holding(own), client_check, build(options));
  }
};
INSTANTIATE_TEST_SUITE_P(Tls, DemandingServer, ::testing::Values(0x0301, 0x0302, 0x0303, 0x0304),
                         version_suffix);

TEST_P(DemandingServer, JudgesTheClientsCertificate) {
  auto both = meet_demanding("client");
  ASSERT_NE(both.server.stream, nullptr);
  EXPECT_EQ(both.server.verdict.decision, Decision::trusted);
  ASSERT_FALSE(both.server.verdict.path.path.empty());
  EXPECT_EQ(both.server.verdict.path.path.front(), credential("client").leaf());
  EXPECT_EQ(both.client.record.requested_authorities.size(), 1U);
}

TEST_P(DemandingServer, RefusesOneOfAnotherIssuer) {
  const auto both = meet_demanding("client-other");
  EXPECT_EQ(both.server.stream, nullptr);
  EXPECT_EQ(both.server.verdict.decision, Decision::untrusted);
  EXPECT_TRUE(both.server.verdict.has(trust::FindingCode::issuer_unknown));
}

TEST_P(DemandingServer, RefusesOneThatIsForServersOnly) {
  const auto both = meet_demanding("client-server-only");
  EXPECT_EQ(both.server.stream, nullptr);
  EXPECT_EQ(words(both.server.verdict), Words{"eku-missing"});
}

TEST_P(DemandingServer, RefusesAClientWithoutOne) {
  const auto both = meet_demanding("");
  EXPECT_EQ(both.server.stream, nullptr);
  EXPECT_EQ(both.server.verdict.decision, Decision::not_established);
  EXPECT_TRUE(both.server.record.client_certificate_empty);
}

TEST_P(DemandingServer, GetsNoCertificateFromAClientThatRefusesIt) {
  const auto both = meet_demanding("client", trusting_nobody());
  expect_nothing_sent(both.client);
  EXPECT_EQ(both.server.stream, nullptr);
  EXPECT_TRUE(both.server.record.client_chain.empty());
  EXPECT_TRUE(both.server.verdict.has(trust::FindingCode::our_certificate_refused));
}

TEST_P(DemandingServer, JudgesEachConnectionAnew) {
  auto options = server_options(only(GetParam()));
  options.client_anchors = trusting({"root"});
  const auto server = build(options);
  const auto client = holding("client");
  for (int i = 0; i < 2; ++i) {
    auto both = meet(loop, client, trusting_root(), server);
    ASSERT_NE(both.server.stream, nullptr);
    EXPECT_FALSE(both.server.record.server_hello->resumed);
    EXPECT_EQ(both.server.record.client_chain.size(), 1U);
  }
}

}  // namespace
}  // namespace sealtone::tls::testing
