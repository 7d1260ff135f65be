// SPDX-License-Identifier: Apache-2.0
//
// tls as a client: every version against openssl s_server and against our own server role.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tls/ends.h"

namespace sealtone::tls::testing {
namespace {

using ::testing::HasSubstr;

class EveryVersion : public ::testing::TestWithParam<std::uint16_t> {
 protected:
  // An s_server of this version alone.
  [[nodiscard]] test::OpensslServer server(const std::string& name,
                                           test::Arguments extra = {}) const {
    extra.insert(extra.begin(), {openssl_flag(GetParam()), "-cipher", "ALL:@SECLEVEL=0"});
    return {identity(name), extra};
  }
  net::asio::io_context loop;
};
INSTANTIATE_TEST_SUITE_P(Tls, EveryVersion, ::testing::Values(0x0301, 0x0302, 0x0303, 0x0304),
                         version_suffix);

TEST_P(EveryVersion, TalksToOpenssl) {
  auto peer = server("server", {"-rev"});
  auto outcome = dial(loop, peer.port(), build(client_options(kAll)), trusting_root());
  ASSERT_NE(outcome.stream, nullptr) << peer.process().err();
  EXPECT_EQ(outcome.verdict.decision, Decision::trusted);
  EXPECT_EQ(words(outcome.verdict), Words{});
  EXPECT_EQ(outcome.record.version(), GetParam());
  EXPECT_TRUE(outcome.record.handshake_done);
  EXPECT_EQ(outcome.record.client_hello->server_name, "localhost");
  EXPECT_EQ(outcome.record.server_chain.size(), 1U);
  EXPECT_TRUE(write_text(loop, *outcome.stream, "enotlaes\n"));
  EXPECT_EQ(finish(loop, read_text(*outcome.stream)), "sealtone\n");
  EXPECT_EQ(outcome.stream->record().application_sent, 9U);
  EXPECT_EQ(outcome.stream->record().application_received, 9U);
}

TEST_P(EveryVersion, TalksToItself) {
  const auto versions = only(GetParam());
  auto both =
      meet(loop, build(client_options(versions)), trusting_root(), build(server_options(versions)));
  ASSERT_NE(both.client.stream, nullptr);
  ASSERT_NE(both.server.stream, nullptr);
  EXPECT_EQ(both.server.record.version(), GetParam());
  EXPECT_TRUE(write_text(loop, *both.client.stream, "ping"));
  EXPECT_EQ(finish(loop, read_text(*both.server.stream)), "ping");
  EXPECT_TRUE(write_text(loop, *both.server.stream, "pong"));
  EXPECT_EQ(finish(loop, read_text(*both.client.stream)), "pong");
  finish(loop, both.client.stream->shutdown());
  EXPECT_EQ(finish(loop, read_text(*both.server.stream)), "");  // said goodbye
}

TEST_P(EveryVersion, TellsItsOwnGoodbye) {
  auto peer = server("server");
  auto outcome = dial(loop, peer.port(), build(client_options(kAll)), trusting_root());
  ASSERT_NE(outcome.stream, nullptr) << peer.process().err();
  EXPECT_FALSE(outcome.record.closed_by);
  finish(loop, outcome.stream->shutdown());
  const auto record = outcome.stream->record();
  EXPECT_EQ(record.closed_by, handshake::Direction::sent);
  ASSERT_FALSE(record.alerts.empty());
  EXPECT_EQ(record.alerts.back().direction, handshake::Direction::sent);
  EXPECT_TRUE(record.alerts.back().close_notify());
}

TEST_P(EveryVersion, RefusesAnUnknownIssuerAndSendsNothing) {
  auto peer = server("server", {"-Verify", "1"});
  const auto context = build(client_options(kAll, "client"));
  const auto outcome = dial(loop, peer.port(), context, trusting_nobody());
  EXPECT_EQ(outcome.verdict.decision, Decision::untrusted);
  EXPECT_TRUE(outcome.verdict.has(trust::FindingCode::issuer_unknown));
  expect_nothing_sent(outcome);
  EXPECT_TRUE(peer.process().said("unknown ca"));  // the alert arrived
  EXPECT_EQ(outcome.record.closed_by, handshake::Direction::sent);
}

TEST_P(EveryVersion, ConnectsAnywayWithTheSwitchOffAndSaysWhatWasOverlooked) {
  auto peer = server("server-expired", {"-rev"});
  auto lenient = check(trusting({}), "elsewhere.example");
  lenient.policy.only_accept_trusted = false;
  auto outcome = dial(loop, peer.port(), build(client_options(kAll)), lenient);
  ASSERT_NE(outcome.stream, nullptr);
  EXPECT_EQ(outcome.verdict.decision, Decision::accepted_untrusted);
  EXPECT_TRUE(outcome.verdict.has(trust::FindingCode::issuer_unknown));
  EXPECT_TRUE(outcome.verdict.has(trust::FindingCode::expired));
  EXPECT_TRUE(outcome.verdict.has(trust::FindingCode::name_mismatch));
  EXPECT_TRUE(write_text(loop, *outcome.stream, "yes\n"));
  EXPECT_EQ(finish(loop, read_text(*outcome.stream)), "sey\n");
}

TEST_P(EveryVersion, WritesTheKeysWhereTheAdminAsks) {
  const test::TempDir folder;
  const auto path = folder.write("keys.log", "");
  auto options = client_options(only(GetParam()));
  options.key_log = KeyLog::open(path).value();
  auto both = meet(loop, build(options), trusting_root(), build(server_options(only(GetParam()))));
  ASSERT_NE(both.client.stream, nullptr);
  const bool tls13 = GetParam() == 0x0304;
  EXPECT_THAT(test::read_text(path),
              HasSubstr(tls13 ? "SERVER_TRAFFIC_SECRET_0 " : "CLIENT_RANDOM "));
  struct stat facts{};
  ASSERT_EQ(stat(path.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600U);
}

TEST_P(EveryVersion, NeverOffersASessionAgain) {
  auto peer = server("server", {"-rev"});
  const auto context = build(client_options(kAll));
  for (int i = 0; i < 3; ++i) {
    auto outcome = dial(loop, peer.port(), context, trusting_root());
    ASSERT_NE(outcome.stream, nullptr);
    EXPECT_FALSE(outcome.record.server_hello->resumed);
    EXPECT_EQ(outcome.record.server_chain.size(), 1U);
    // The tickets of TLS 1.3 come behind the handshake, with the first reading.
    EXPECT_TRUE(write_text(loop, *outcome.stream, "x\n"));
    EXPECT_EQ(finish(loop, read_text(*outcome.stream)), "x\n");
  }
}

TEST(TlsClient, AgreesOnRsaKeyTransportWhereTheListSaysSo) {
  net::asio::io_context loop;
  test::OpensslServer peer(identity("server-rsa"), {"-tls1", "-cipher", "kRSA@SECLEVEL=0", "-rev"});
  auto options = client_options(only(0x0301));
  options.cipher_list = "kRSA";
  auto outcome = dial(loop, peer.port(), build(options), trusting_root());
  ASSERT_NE(outcome.stream, nullptr);
  ASSERT_TRUE(outcome.record.key_exchange);
  EXPECT_FALSE(outcome.record.key_exchange->forward_secret);
  EXPECT_EQ(outcome.record.key_exchange->name, "RSA key transport");
}

TEST(TlsClient, RefusesTheWrongName) {
  net::asio::io_context loop;
  const test::OpensslServer peer(identity("server"));
  const auto outcome = dial(loop, peer.port(), build(client_options()),
                            check(trusting({"root"}), "other.example.com"));
  EXPECT_EQ(outcome.verdict.decision, Decision::untrusted);
  EXPECT_EQ(words(outcome.verdict), Words{"name-mismatch"});
  expect_nothing_sent(outcome);
}

TEST(TlsClient, SaysWhichVersionsThereIsNoMeetingBetween) {
  net::asio::io_context loop;
  const test::OpensslServer old(identity("server"), {"-tls1", "-cipher", "ALL:@SECLEVEL=0"});
  auto outcome = dial(loop, old.port(), build(client_options()), trusting_root());
  EXPECT_EQ(outcome.verdict.decision, Decision::not_established);
  EXPECT_EQ(words(outcome.verdict), Words{"version-gap"});
  const test::OpensslServer modern(identity("server"), {"-tls1_3"});
  outcome = dial(loop, modern.port(), build(client_options({0x0301, 0x0303})), trusting_root());
  EXPECT_EQ(outcome.verdict.decision, Decision::not_established);
  EXPECT_EQ(words(outcome.verdict), Words{"version-gap"});
}

TEST(TlsClient, SaysThatNoCipherIsShared) {
  net::asio::io_context loop;
  const test::OpensslServer peer(identity("server-rsa"), {"-tls1_2", "-cipher", "AES128-SHA256"});
  const auto outcome =
      dial(loop, peer.port(), build(client_options(only(0x0303))), trusting_root());
  EXPECT_EQ(outcome.verdict.decision, Decision::not_established);
  EXPECT_EQ(words(outcome.verdict), Words{"cipher-gap"});
}

TEST(TlsClient, SendsNoServerNameForAnAddress) {
  net::asio::io_context loop;
  const test::OpensslServer peer(identity("server"));
  auto by_address = check(trusting({"root"}), "127.0.0.1");
  by_address.sni.clear();
  const auto outcome = dial(loop, peer.port(), build(client_options()), by_address);
  EXPECT_EQ(outcome.verdict.decision, Decision::trusted);
  EXPECT_EQ(outcome.record.client_hello->server_name, "");
}

TEST(TlsClient, MovesMoreThanASocketHoldsBothWaysAtOnce) {
  net::asio::io_context loop;
  auto both = meet(loop, build(client_options()), trusting_root(), build(server_options()));
  ASSERT_NE(both.client.stream, nullptr);
  const base::Bytes much(2'000'000, 'x');
  std::size_t arrived = 0;
  int writing = 2;
  const auto drain = [&](net::ByteStream& stream) -> net::Task<void> {
    base::Bytes buffer(10'000);
    for (std::size_t total = 0; total < much.size();) {
      auto got = co_await stream.read_some(buffer);
      if (!got || *got == 0) co_return;
      total += *got;
      arrived += *got;
    }
  };
  const auto fill = [&](net::ByteStream& stream) -> net::Task<void> {
    auto written = co_await net::write_all(stream, much);
    if (written) --writing;
  };
  const auto ignored = [](const std::exception_ptr&) {};
  for (auto* stream : {both.client.stream.get(), both.server.stream.get()}) {
    net::asio::co_spawn(loop, drain(*stream), ignored);
    net::asio::co_spawn(loop, fill(*stream), ignored);
  }
  test::run_until(loop, [&] { return arrived == 2 * much.size() && writing == 0; });
  EXPECT_EQ(both.client.stream->record().application_sent, much.size());
  EXPECT_EQ(both.client.stream->record().application_received, much.size());
}

TEST(TlsClient, EndsAReadAtItsTimeLimitAndGoesOnWithANewOne) {
  net::asio::io_context loop;
  auto both = meet(loop, build(client_options()), trusting_root(), build(server_options()));
  ASSERT_NE(both.client.stream, nullptr);
  both.client.stream->expires_after(20ms);
  EXPECT_EQ(finish(loop, read_text(*both.client.stream)), "timeout");
  EXPECT_TRUE(write_text(loop, *both.server.stream, "late"));
  both.client.stream->expires_after(10s);
  EXPECT_EQ(finish(loop, read_text(*both.client.stream)), "late");
}

TEST(TlsClient, TellsAProperEndFromABrokenOne) {
  net::asio::io_context loop;
  auto proper = meet(loop, build(client_options()), trusting_root(), build(server_options()));
  finish(loop, proper.server.stream->shutdown());
  EXPECT_EQ(finish(loop, read_text(*proper.client.stream)), "");
  auto broken = meet(loop, build(client_options()), trusting_root(), build(server_options()));
  broken.server.stream->close();
  EXPECT_EQ(finish(loop, read_text(*broken.client.stream)), "closed");
  EXPECT_FALSE(write_text(loop, *broken.client.stream, "to nobody"));
}

}  // namespace
}  // namespace sealtone::tls::testing
