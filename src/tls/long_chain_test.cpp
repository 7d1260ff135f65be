// SPDX-License-Identifier: Apache-2.0
//
// tls as a client whose server sends all the certificates that it may: judged in the time that the
// loop has.
#include <algorithm>
#include <iostream>

#include "crypto/crypto.h"
#include "support/meter.h"
#include "tls/ends.h"
#include "x509/slow_keys.h"

namespace sealtone::tls::testing {
namespace {

namespace slow = x509::test;

class LongChain : public ::testing::Test {
 protected:
  // A server's certificate under one of many issuers of the same name; the right one stands last.
  // slow_bits: of RSA keys, one for each of the others.
  [[nodiscard]] x509::DeviceCredential chain_of(std::size_t many, int slow_bits = 0) {
    const auto top = x509::issue_self_signed(slow::authority("Top"), random_).value();
    const auto issuer = x509::issue(slow::authority("Many"), top, random_).value();
    auto request = slow::authority("localhost");
    request.ca = false;
    request.names = {{x509::SubjectAltName::Kind::dns, "localhost"}};
    const auto leaf = x509::issue(request, issuer, random_).value();
    x509::DeviceCredential credential{{leaf.certificate}, leaf.key};
    for (std::size_t i = 0; i < many; ++i) {
      const auto other = x509::issue(slow::authority("Many"), top, random_).value().certificate;
      credential.chain.push_back(
          slow_bits == 0 ? other : slow::with_key(other, slow::rsa_public_key(slow_bits, 17)));
    }
    credential.chain.push_back(issuer.certificate);
    top_ = std::make_shared<const x509::AnchorSet>(std::vector{top.certificate});
    return credential;
  }
  Outcome dial_metered(const x509::DeviceCredential& credential) {
    auto options = server_options();
    options.credential = credential;
    net::asio::local::stream_protocol::socket left(loop_), right(loop_);
    net::asio::local::connect_pair(left, right);
    std::optional<Outcome> dialled, served;
    net::asio::co_spawn(
        loop_,
        accept(std::make_unique<net::Socket>(std::move(right)), build(options), trusting_nobody(),
               20s),
        [&](const std::exception_ptr&, Outcome outcome) { served = std::move(outcome); });
    net::asio::co_spawn(
        loop_,
        connect(std::make_unique<net::Socket>(std::move(left)), build(client_options()),
                check(top_), 20s),
        [&](const std::exception_ptr&, Outcome outcome) { dialled = std::move(outcome); });
    while (!(dialled && served) && meter_.run_one(loop_)) {
    }
    const auto decoding = time_to_decode(credential);
    const auto longest = meter_.longest();
    ours_ = longest - std::min(longest, decoding);
    std::cout << "longest handler: " << longest.count() << " us of CPU time, of that decoding "
              << decoding.count() << " us\n";
    return std::move(*dialled);
  }

  // OpenSSL decodes all certificates before it asks what they are worth: 0.25 ms each, most of it
  // for the key.  That is in its hands.
  static std::chrono::microseconds time_to_decode(const x509::DeviceCredential& credential) {
    const auto before = test::Meter::thread_time();
    for (const auto& certificate : credential.chain) {
      const auto* at = certificate.der().data();
      X509_free(d2i_X509(nullptr, &at, static_cast<long>(certificate.der().size())));
    }
    return test::Meter::thread_time() - before;
  }

  net::asio::io_context loop_;
  crypto::SystemRandom random_;
  test::Meter meter_;
  std::shared_ptr<const x509::AnchorSet> top_;
  std::chrono::microseconds ours_{0};  // the longest handler, without decoding
};

TEST_F(LongChain, OfAHundredCertificatesIsJudgedAsAnyOther) {
  const auto outcome = dial_metered(chain_of(38));  // as many as may be verified with
  EXPECT_EQ(outcome.verdict.decision, Decision::trusted);
  const auto hundred = dial_metered(chain_of(98));
  EXPECT_EQ(hundred.record.server_chain.size(), 100U);
  EXPECT_LE(ours_, test::kHandlerBar);
}

// Next to 100 KB, the most that is taken.
TEST_F(LongChain, OfKeysThatAreSlowToVerifyWithIsJudgedInTime) {
  const auto chain = chain_of(65, 8'192);
  // Key identifiers say which of them to try first.
  const auto found = dial_metered(chain);
  EXPECT_EQ(found.record.server_chain.size(), 67U);
  EXPECT_EQ(found.verdict.decision, Decision::trusted);
  EXPECT_LE(ours_, test::kHandlerBar);
  // Where none leads to a trusted one, no more are tried than there is time for.
  top_ = std::make_shared<const x509::AnchorSet>(std::vector<x509::Certificate>{});
  const auto outcome = dial_metered(chain);
  EXPECT_EQ(outcome.verdict.decision, Decision::untrusted);
  EXPECT_TRUE(outcome.verdict.has(trust::FindingCode::path_budget));
  expect_nothing_sent(outcome);
  EXPECT_LE(ours_, test::kHandlerBar);
}

}  // namespace
}  // namespace sealtone::tls::testing
