// SPDX-License-Identifier: Apache-2.0
//
// tls: peers that are silent, speak something else, break off or send what nobody asked for.
#include <gmock/gmock.h>

#include "tls/ends.h"

namespace sealtone::tls::testing {
namespace {

using ::testing::Contains;

TEST(HostilePeer, SpeakingHttpIsPlainText) {
  net::asio::io_context loop;
  const test::ScriptedServer peer([](int descriptor) {
    (void)test::receive(descriptor);
    test::transmit(descriptor, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
  });
  const auto outcome = dial(loop, peer.port(), build(client_options()), trusting_root());
  EXPECT_EQ(outcome.record.ending, Ending::not_tls);
  EXPECT_EQ(words(outcome.verdict), Words{"plain-text-on-tls-port"});
  EXPECT_EQ(finding(outcome.verdict, trust::FindingCode::plain_text_on_tls_port).evidence.found,
            std::vector<std::string>{"HTTP"});
  expect_nothing_sent(outcome);
}

TEST(HostilePeer, SpeakingFirstIsPlainTextWithItsBannerKept) {
  net::asio::io_context loop;
  const test::ScriptedServer peer([](int descriptor) {
    test::transmit(descriptor, "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n");
    (void)test::receive(descriptor);
  });
  const auto outcome = dial(loop, peer.port(), build(client_options()), trusting_root());
  EXPECT_EQ(words(outcome.verdict), Words{"plain-text-on-tls-port"});
  EXPECT_EQ(base::text(outcome.record.first_received), "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n");
}

TEST(HostilePeer, ThatIsSilentEndsTheHandshakeAtItsLimit) {
  net::asio::io_context loop;
  const test::ScriptedServer peer([](int descriptor) {
    while (!test::receive(descriptor).empty()) {
    }
  });
  const auto outcome = dial(loop, peer.port(), build(client_options()), trusting_root(), 50ms);
  EXPECT_EQ(outcome.record.ending, Ending::timed_out);
  EXPECT_EQ(words(outcome.verdict), Words{"handshake-timeout"});
  EXPECT_EQ(finding(outcome.verdict, trust::FindingCode::handshake_timeout).evidence.step,
            "ClientHello");
  EXPECT_EQ(outcome.verdict.decision, Decision::not_established);
}

TEST(HostilePeer, ThatClosesAtOnceIsNamedWithTheStep) {
  net::asio::io_context loop;
  const test::ScriptedServer peer([](int descriptor) { (void)test::receive(descriptor); });
  const auto outcome = dial(loop, peer.port(), build(client_options()), trusting_root());
  EXPECT_EQ(outcome.record.ending, Ending::closed);
  EXPECT_EQ(words(outcome.verdict), Words{"peer-closed"});
  EXPECT_EQ(finding(outcome.verdict, trust::FindingCode::peer_closed).evidence.step, "ClientHello");
}

class BreakingOff : public ::testing::TestWithParam<std::uint16_t> {};
INSTANTIATE_TEST_SUITE_P(Tls, BreakingOff, ::testing::Values(0x0301, 0x0303, 0x0304),
                         version_suffix);

// Cut at any octet of what the server says: no stream, no data, and it is said that it broke off.
TEST_P(BreakingOff, AtAnyOctetIsAnEndThatSendsNoData) {
  net::asio::io_context loop;
  const test::OpensslServer peer(
      identity("server"), {openssl_flag(GetParam()), "-cipher", "ALL:@SECLEVEL=0", "-Verify", "1"});
  const auto context = build(client_options(kAll, "client"));
  bool established = false;
  constexpr std::size_t stride = 61;
  for (std::size_t cut = 1; !established && cut < 5'000; cut += stride) {
    std::size_t passed = 0;
    const test::Relay relay(peer.port(), [&](std::string octets, bool& cut_off) {
      octets.resize(std::min(octets.size(), cut - passed));
      passed += octets.size();
      cut_off = passed == cut;
      return octets;
    });
    const auto outcome = dial(loop, relay.port(), context, trusting_root());
    established = outcome.stream != nullptr;
    if (established) break;
    EXPECT_EQ(words(outcome.verdict), Words{"peer-closed"}) << cut;
    EXPECT_EQ(outcome.record.ending, Ending::closed) << cut;
    EXPECT_EQ(outcome.record.application_sent, 0U);
  }
  EXPECT_TRUE(established) << "the cut never came behind the handshake";
}

TEST(HostilePeer, WithAnOversizedChainIsRefused) {
  net::asio::io_context loop;
  // Three hundred times the root: 100 KB and more.
  const test::TempDir folder;
  std::string many;
  for (int i = 0; i < 300; ++i) many += test::read_text(file("root"));
  const auto chain = folder.write("chain.pem", many);
  const test::OpensslServer peer(identity("server"), {"-cert_chain", chain.string()});
  const auto outcome = dial(loop, peer.port(), build(client_options()), trusting_root());
  EXPECT_EQ(words(outcome.verdict), Words{"chain-too-large"});
  expect_nothing_sent(outcome);
}

TEST(HostilePeer, WithRubbishBehindItsFirstRecordIsRefused) {
  net::asio::io_context loop;
  const test::OpensslServer peer(identity("server"), {"-tls1_2"});
  const test::Relay relay(peer.port(), [](std::string octets, bool&) {
    constexpr std::size_t behind_the_hello = 100;
    for (std::size_t i = behind_the_hello; i < octets.size(); ++i) octets[i] = '\x7E';
    return octets;
  });
  const auto outcome =
      dial(loop, relay.port(), build(client_options({}, "client")), trusting_root(), 500ms);
  EXPECT_FALSE(outcome.verdict.findings.empty());
  EXPECT_NE(outcome.verdict.decision, Decision::trusted);
  expect_nothing_sent(outcome);
}

TEST(HostilePeer, DoesNotHoldUpOthers) {
  net::asio::io_context loop;
  const auto context = build(client_options());
  std::optional<Outcome> stuck;
  // Reads nothing and says nothing until it is told to end.
  net::asio::local::stream_protocol::socket left(loop), right(loop);
  net::asio::local::connect_pair(left, right);
  net::asio::co_spawn(
      loop, connect(std::make_unique<net::Socket>(std::move(left)), context, trusting_root(), 10s),
      [&](const std::exception_ptr&, Outcome outcome) { stuck = std::move(outcome); });
  auto both = meet(loop, context, trusting_root(), build(server_options()));
  EXPECT_NE(both.client.stream, nullptr);
  EXPECT_FALSE(stuck);
  right.close();
  test::run_until(loop, [&] { return stuck.has_value(); });
  EXPECT_EQ(words(stuck->verdict), Words{"peer-closed"});
}

}  // namespace
}  // namespace sealtone::tls::testing
