// SPDX-License-Identifier: Apache-2.0
//
// tls: servers that are old, weak or hostile in what they say: each ends in its own finding, within
// bounds.
//
// What no server of today says any more is written out octet by octet.
#include <gmock/gmock.h>
#include <sys/socket.h>

#include <csignal>
#include <ctime>

#include "tls/ends.h"
#include "tls/flight.h"
#include "x509/issue.h"

namespace sealtone::tls::testing {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

// What our client makes of a server that says this in answer to the ClientHello.
Outcome told(const std::string& flight, Versions versions = kAll,
             const PeerCheck& check = trusting_root()) {
  net::asio::io_context loop;
  const test::ScriptedServer peer([&](int descriptor) {
    (void)test::receive(descriptor);
    test::transmit(descriptor, flight);
    while (!test::receive(descriptor).empty()) {
    }
  });
  return dial(loop, peer.port(), build(client_options(versions)), check);
}

class OldVersion : public ::testing::TestWithParam<std::uint16_t> {};
INSTANTIATE_TEST_SUITE_P(Tls, OldVersion, ::testing::Values(0x0301, 0x0302, 0x0303),
                         version_suffix);

TEST_P(OldVersion, WithoutSecureRenegotiationIsRefusedAtItsHello) {
  const auto outcome =
      told(flight::server_hello(GetParam(), {.secure_renegotiation = false}), kAll);
  EXPECT_EQ(words(outcome.verdict), Words{"legacy-renegotiation"});
  EXPECT_EQ(outcome.verdict.decision, Decision::not_established);
  expect_nothing_sent(outcome);
}

TEST_P(OldVersion, WithDiffieHellmanBelow2048BitsIsSaidToBeWeak) {
  for (const int bits : {512, 1024, 2047}) {
    const auto outcome = told(flight::server_hello(GetParam()) +
                                  flight::certificate(GetParam(), contents("server-rsa")) +
                                  flight::dhe(GetParam(), bits) + flight::done(GetParam()),
                              only(GetParam()));
    EXPECT_THAT(words(outcome.verdict), Contains("weak-dh")) << bits;
    const auto& evidence = finding(outcome.verdict, trust::FindingCode::weak_dh).evidence;
    EXPECT_EQ(evidence.wanted, "2048 bits");
    EXPECT_EQ(evidence.found, std::vector<std::string>{std::to_string(bits) + " bits"});
    EXPECT_EQ(outcome.stream, nullptr);
  }
  const auto strong = told(flight::server_hello(GetParam()) +
                               flight::certificate(GetParam(), contents("server-rsa")) +
                               flight::dhe(GetParam(), 2048) + flight::done(GetParam()),
                           only(GetParam()));
  EXPECT_EQ(words(strong.verdict), Words{"protocol-violation"});  // its signature is none
}

// At today's versions the group itself ends the handshake, and nothing else is to blame.
TEST(WeakServer, EndsAtItsGroupInTls12) {
  const auto outcome =
      told(flight::server_hello(0x0303) + flight::certificate(0x0303, contents("server-rsa")) +
               flight::dhe(0x0303, 1024) + flight::done(0x0303),
           Versions{});
  EXPECT_EQ(words(outcome.verdict), Words{"weak-dh"});
  EXPECT_EQ(finding(outcome.verdict, trust::FindingCode::weak_dh).evidence.alert, 40);
}

// An s_server whose key is of 1024 bits takes a group of that size; where the old versions are
// allowed the connection is made, and the verdict says it.
TEST(WeakServer, OfOpensslIsAcceptedWithItsFindingWhereThePolicySaysSo) {
  net::asio::io_context loop;
  const test::OpensslServer peer(identity("server-rsa1024"),
                                 {"-tls1_2", "-cipher", "DHE:@SECLEVEL=0"});
  auto check = trusting_root();
  check.policy.only_accept_trusted = false;
  {
    const auto weak = dial(loop, peer.port(), build(client_options(kAll)), check);
    EXPECT_NE(weak.stream, nullptr);
    EXPECT_THAT(words(weak.verdict), Contains("weak-dh"));
  }  // s_server serves one after the other
  const auto refused = dial(loop, peer.port(), build(client_options()), check);
  EXPECT_EQ(refused.stream, nullptr);
  EXPECT_THAT(words(refused.verdict), Contains("weak-dh"));
}

TEST(HostileServer, ThatWantsANameOfWhoGaveNoneIsNamedForIt) {
  auto check = trusting_root();
  check.sni.clear();
  EXPECT_EQ(words(told(flight::alert(112), {}, check).verdict), Words{"sni-needed"});
  EXPECT_EQ(words(told(flight::alert(112)).verdict), Words{"alert-received"});
}

TEST(HostileServer, ThatChoosesCompressionIsRefused) {
  const auto outcome = told(flight::server_hello(0x0303, {.compression = 1}));
  EXPECT_EQ(words(outcome.verdict), Words{"protocol-violation"});
  expect_nothing_sent(outcome);
}

TEST(HostileServer, ThatChoosesWhatWasNotOfferedIsRefused) {
  for (const std::uint16_t suite : {0x0000, 0x0034, 0x1301}) {  // NULL, anonymous DH, TLS 1.3's
    const auto outcome = told(flight::server_hello(0x0303, {.cipher_suite = suite}));
    EXPECT_EQ(words(outcome.verdict), Words{"protocol-violation"}) << suite;
    expect_nothing_sent(outcome);
  }
}

long peak_kilobytes() {
  const auto status = test::read_text("/proc/self/status");
  return std::stol(status.substr(status.find("VmHWM:") + 6));
}

// 16 MB, the most that a handshake message can announce: refused at its header.
TEST(HostileServer, WithACertificateMessageOf16MegabytesIsRefusedUnread) {
  net::asio::io_context loop;
  constexpr std::size_t most = 0xFFFFFF;
  const test::ScriptedServer peer([&](int descriptor) {
    (void)test::receive(descriptor);
    test::transmit(descriptor, flight::server_hello(0x0303));
    const auto message = flight::header(11, most);
    test::transmit(descriptor, flight::record(0x0303, 22, message + std::string(16'000, 'x')));
    const auto more = flight::record(0x0303, 22, std::string(16'000, 'x'));
    for (std::size_t sent = 0; sent < most; sent += 16'000) test::transmit(descriptor, more);
    while (!test::receive(descriptor).empty()) {
    }
  });
  // What of the program is touched for the first time is not the message's.
  (void)told(flight::server_hello(0x0303));
  const auto before = peak_kilobytes();
  const auto outcome = dial(loop, peer.port(), build(client_options()), trusting_root());
  EXPECT_EQ(words(outcome.verdict), Words{"chain-too-large"});
  EXPECT_EQ(finding(outcome.verdict, trust::FindingCode::chain_too_large).evidence.wanted,
            "102400 octets");
  expect_nothing_sent(outcome);
  EXPECT_LT(peak_kilobytes() - before, 4'000);
}

// A chain of so many certificates, each issued by the next; the last is issued by itself.
x509::DeviceCredential chain_of(std::size_t count) {
  crypto::SystemRandom random;
  x509::Request request;
  request.validity = {kNow - std::chrono::days(1), kNow + std::chrono::days(1)};
  request.ca = true;
  request.common_name = "the last one";
  auto issued = x509::issue_self_signed(request, random).value();
  std::vector<x509::Certificate> chain{issued.certificate};
  for (std::size_t i = 1; i < count; ++i) {
    request.ca = i + 1 < count;
    request.common_name = "number " + std::to_string(count - i);
    if (!request.ca) request.names = {{x509::SubjectAltName::Kind::dns, "localhost"}};
    issued = x509::issue(request, issued, random).value();
    chain.insert(chain.begin(), issued.certificate);
  }
  return {chain, issued.key};
}

class ChainOfMany : public ::testing::TestWithParam<std::uint16_t> {};
INSTANTIATE_TEST_SUITE_P(Tls, ChainOfMany, ::testing::Values(0x0303, 0x0304), version_suffix);

TEST_P(ChainOfMany, Of100CertificatesIsJudgedWithinASecond) {
  net::asio::io_context loop;
  auto server = server_options(only(GetParam()));
  server.credential = chain_of(100);
  const auto context = build(server);
  const auto client = build(client_options());
  const auto began = std::clock();  // of this process, however busy the machine is
  const auto both = meet(loop, client, trusting_nobody(), context);
  EXPECT_LT(std::clock() - began, CLOCKS_PER_SEC);
  EXPECT_EQ(both.client.stream, nullptr);
  EXPECT_EQ(both.client.record.server_chain.size(), 100U);
  EXPECT_EQ(both.client.verdict.decision, Decision::untrusted);
  EXPECT_THAT(words(both.client.verdict), Contains("issuer-unknown"));
}

TEST_P(ChainOfMany, OfMoreThan100KilobytesIsRefusedUnread) {
  net::asio::io_context loop;
  auto server = server_options(only(GetParam()));
  server.credential = chain_of(400);
  const auto both = meet(loop, build(client_options()), trusting_root(), build(server));
  EXPECT_EQ(words(both.client.verdict), Words{"chain-too-large"});
  expect_nothing_sent(both.client);
}

class GoneWithoutAWord : public ::testing::TestWithParam<std::uint16_t> {};
INSTANTIATE_TEST_SUITE_P(Tls, GoneWithoutAWord, ::testing::Values(0x0303, 0x0304), version_suffix);

TEST_P(GoneWithoutAWord, AServerIsFoundToHaveCutItsWordsShort) {
  net::asio::io_context loop;
  test::OpensslServer peer(identity("server"), {openssl_flag(GetParam()), "-rev"});
  const auto outcome = dial(loop, peer.port(), build(client_options()), trusting_root());
  ASSERT_NE(outcome.stream, nullptr);
  peer.process().signal(SIGKILL);
  EXPECT_EQ(finish(loop, read_text(*outcome.stream)), "closed");
  EXPECT_EQ(words(outcome.stream->verdict()), Words{"truncated"});
  EXPECT_EQ(outcome.stream->verdict().decision, Decision::trusted);
}

// A browser does so each time, and loses nothing.
TEST_P(GoneWithoutAWord, AClientLeavesAnEstablishedConnectionBehind) {
  net::asio::io_context loop;
  auto both =
      meet(loop, build(client_options(only(GetParam()))), trusting_root(), build(server_options()));
  ASSERT_NE(both.server.stream, nullptr);
  both.client.stream->close();
  EXPECT_EQ(finish(loop, read_text(*both.server.stream)), "closed");
  const auto record = both.server.stream->record();
  EXPECT_THAT(words(both.server.stream->verdict()), IsEmpty());
  EXPECT_TRUE(record.truncated);
  EXPECT_EQ(record.ending, Ending::established);
  EXPECT_THAT(record.alerts, IsEmpty());
  EXPECT_NE(record.messages.back().content, handshake::ContentType::alert);
}

// Who says goodbye cuts nothing short, however the socket goes down behind it.
TEST_P(GoneWithoutAWord, NothingIsFoundBehindAGoodbye) {
  net::asio::io_context loop;
  auto both =
      meet(loop, build(client_options(only(GetParam()))), trusting_root(), build(server_options()));
  ASSERT_NE(both.client.stream, nullptr);
  finish(loop, both.server.stream->shutdown());
  both.server.stream->close();
  EXPECT_EQ(finish(loop, read_text(*both.client.stream)), "");
  finish(loop, both.client.stream->shutdown());
  EXPECT_THAT(words(both.client.stream->verdict()), IsEmpty());
}

}  // namespace
}  // namespace sealtone::tls::testing
