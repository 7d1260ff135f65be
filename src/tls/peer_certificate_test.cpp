// SPDX-License-Identifier: Apache-2.0
//
// tls: peers' certificates reach our judge whole, also those that OpenSSL's security levels would
// refuse by themselves.
#include <gmock/gmock.h>

#include "tls/ends.h"

namespace sealtone::tls::testing {
namespace {

using ::testing::Contains;

struct Shown {
  const char* name;     // of the certificate
  const char* finding;  // what is wrong with it
};

class FaultyCertificate : public ::testing::TestWithParam<std::tuple<Shown, std::uint16_t>> {};
INSTANTIATE_TEST_SUITE_P(
    Tls, FaultyCertificate,
    ::testing::Combine(::testing::Values(Shown{"server-rsa1024", "weak-key"},
                                         Shown{"server-sha1", "weak-signature"},
                                         Shown{"server-expired", "expired"},
                                         Shown{"server-self", "self-signed-leaf"},
                                         Shown{"client-rsa", ""}),
                       ::testing::Values(0x0303, 0x0304)),
    [](const auto& info) {
      std::string name = std::get<0>(info.param).name;
      std::ranges::replace(name, '-', '_');
      return name + "_Tls1_" + std::to_string(std::get<1>(info.param) - 0x0301);
    });

TEST_P(FaultyCertificate, IsRefusedForThatReasonAndAcceptedWithTheSwitchOff) {
  const auto& [shown, version] = GetParam();
  net::asio::io_context loop;
  test::OpensslServer peer(identity(shown.name),
                           {openssl_flag(version), "-cipher", "ALL:@SECLEVEL=0", "-rev"});
  const auto context = build(client_options());  // TLS 1.2 and 1.3: security level 2
  auto outcome = dial(loop, peer.port(), context, trusting_root());
  const std::string finding = shown.finding;
  if (finding.empty()) {
    EXPECT_EQ(outcome.verdict.decision, Decision::trusted);
    return;
  }
  EXPECT_EQ(outcome.verdict.decision, Decision::untrusted);
  EXPECT_THAT(words(outcome.verdict), Contains(finding));
  expect_nothing_sent(outcome);

  auto lenient = trusting_root();
  lenient.policy.only_accept_trusted = false;
  outcome = dial(loop, peer.port(), context, lenient);
  ASSERT_NE(outcome.stream, nullptr);
  EXPECT_EQ(outcome.verdict.decision, Decision::accepted_untrusted);
  EXPECT_THAT(words(outcome.verdict), Contains(finding));
  EXPECT_TRUE(write_text(loop, *outcome.stream, "go\n"));
  EXPECT_EQ(finish(loop, read_text(*outcome.stream)), "og\n");
}

TEST(PeerCertificate, IsJudgedAtTheTimeGiven) {
  net::asio::io_context loop;
  const test::OpensslServer peer(identity("server-expired"));
  auto earlier = trusting_root();
  earlier.now = std::chrono::sys_days{std::chrono::year{2020} / std::chrono::June / 1};
  EXPECT_EQ(dial(loop, peer.port(), build(client_options()), earlier).verdict.decision,
            Decision::trusted);
}

TEST(PeerCertificate, WithoutAnyListIsRefused) {
  net::asio::io_context loop;
  const test::OpensslServer peer(identity("server"));
  auto without = trusting_root();
  without.anchors.reset();
  const auto outcome = dial(loop, peer.port(), build(client_options()), without);
  EXPECT_EQ(outcome.verdict.decision, Decision::untrusted);
  expect_nothing_sent(outcome);
}

TEST(PeerCertificate, BringsTheWholeChainToTheJudge) {
  net::asio::io_context loop;
  const test::OpensslServer peer(identity("server"), {"-cert_chain", file("root")});
  const auto outcome = dial(loop, peer.port(), build(client_options()), trusting_nobody());
  EXPECT_EQ(outcome.record.server_chain.size(), 2U);
  EXPECT_EQ(words(outcome.verdict), Words{"issuer-unknown"});
  ASSERT_NE(outcome.verdict.path.sent_root(), nullptr);
  EXPECT_EQ(outcome.verdict.path.sent_root()->subject().common_name, "Sealtone test root");
}

// The server's certificate with another octet in it, under the message lengths it had.
std::string damaged(std::string octets, const base::Bytes& der) {
  const std::string whole(base::text(der));
  const auto at = octets.find(whole);
  constexpr std::size_t inner_sequence = 4;  // the tag of TBSCertificate
  if (at != std::string::npos) octets[at + inner_sequence] = 0x00;
  return octets;
}

TEST(PeerCertificate, ThatCannotBeDecodedIsSaidToBeUnreadable) {
  net::asio::io_context loop;
  const test::OpensslServer peer(identity("server"), {"-tls1_2"});
  const auto der = credential("server").leaf().der();
  const test::Relay relay(
      peer.port(), [&](std::string octets, bool&) { return damaged(std::move(octets), der); });
  const auto outcome =
      dial(loop, relay.port(), build(client_options({}, "client")), trusting_root());
  EXPECT_EQ(outcome.verdict.decision, Decision::untrusted);
  EXPECT_THAT(words(outcome.verdict), Contains("certificate-unreadable"));
  EXPECT_TRUE(outcome.record.certificate_unreadable);
  expect_nothing_sent(outcome);
}

}  // namespace
}  // namespace sealtone::tls::testing
