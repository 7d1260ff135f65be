// SPDX-License-Identifier: Apache-2.0
//
// An account of the sip room at a real registrar, Kamailio: registering, refusing, coming back.
#include <gmock/gmock.h>

#include "crypto/crypto.h"
#include "sip/account.h"
#include "support/kamailio.h"
#include "support/loop.h"

namespace sealtone::test {
namespace {

using namespace std::chrono_literals;
using sip::Stage;
using sip::State;
using ::testing::HasSubstr;
using ::testing::Not;

class AtKamailio : public ::testing::Test {
 protected:
  static x509::Contents contents(const Identity& identity) {
    const auto text = identity.pem() + identity.key_pem();
    return x509::parse(base::view(text), identity.name).value();
  }
  base::Result<sip::TlsSide> side() {
    tls::ContextOptions options;
    if (own) options.credential = x509::device_credential(contents(*own), own->name).value();
    auto context = tls::Context::build(options);
    if (!context) return std::unexpected(context.error());
    sip::TlsSide side{*context, {}};
    side.check.anchors =
        std::make_shared<const x509::AnchorSet>(std::vector{contents(trusted).certificates.at(0)});
    side.check.now = clock.now();
    return side;
  }
  sip::AccountOptions options(const sip::Server& server) {
    sip::AccountOptions options;
    options.identity = {"alice", "", "made-for-the-test", "Alice",
                        "urn:uuid:00000000-0000-4000-8000-000000000001"};
    options.servers = {{server, 3'600s, 3}};
    options.backoff = {200ms, 100ms, 400ms, 1ms};
    options.limits.shortest_renewal = 200ms;
    options.user_agent = "Sealtone";
    return options;
  }
  static sip::Server tls_of(const Kamailio& kamailio) {
    return {"localhost", kamailio.tls_port(), sip::Transport::tls};
  }
  void start(sip::AccountOptions options) {
    sip::AccountEvents events;
    events.tls_side = [this]() -> net::Task<base::Result<sip::TlsSide>> {
      auto made = side();
      co_return made;
    };
    events.attempted = [this](const sip::Attempt& attempt) {
      if (attempt.ended) return;
      tries.push_back(std::chrono::steady_clock::now());
    };
    account = sip::Account::start(loop, std::move(options), std::move(events), clock, random);
  }
  void until(State state) {
    run_until(loop, [&] { return account->status().state == state; });
  }
  // Its log comes by another way than its answers.
  void until_said(const Kamailio& kamailio, std::string_view text, std::size_t times = 1) {
    boost::asio::steady_timer timer(loop);
    const auto waits = std::make_shared<bool>(false);
    run_until(loop, [&] {
      if (kamailio.times(text) >= times) return true;
      if (*waits) return false;
      *waits = true;
      timer.expires_after(5ms);
      timer.async_wait([waits](const boost::system::error_code&) { *waits = false; });
      return false;
    });
  }
  const sip::Status& status() const { return account->status(); }
  std::string why() const {
    return status().cause ? std::string(word(status().cause->stage)) + ": " + status().cause->text
                          : std::string();
  }

  boost::asio::io_context loop;
  base::SystemClock clock;
  crypto::SystemRandom random;
  Certificates certificates;
  Identity root = certificates.root();
  Identity trusted = root;
  std::optional<Identity> own;
  std::vector<std::chrono::steady_clock::time_point> tries;
  std::unique_ptr<sip::Account> account;
};

class WithDigest : public AtKamailio, public ::testing::WithParamInterface<const char*> {};
INSTANTIATE_TEST_SUITE_P(Sip, WithDigest, ::testing::Values("MD5", "SHA-256"),
                         [](const auto& algorithm) {
                           return std::string(algorithm.param).substr(0, 3);
                         });

TEST_P(WithDigest, RegistersOverTlsAndAnswersOverTheSameConnection) {
  const Kamailio kamailio({certificates.server(root), {}, GetParam()});
  start(options(tls_of(kamailio)));
  until(State::registered);
  ASSERT_TRUE(status().verdict);
  EXPECT_EQ(status().verdict->decision, trust::Decision::trusted);
  EXPECT_EQ(status().tls_version, "TLS 1.3");
  EXPECT_LE(*status().until, clock.now() + 60s);
  until_said(kamailio, "ANSWERED 200");
  EXPECT_EQ(tries.size(), 1U);
  finish(loop, account->stop());
  EXPECT_EQ(status().state, State::off);
  until_said(kamailio, "expires 0");
  EXPECT_THAT(kamailio.log(), HasSubstr(std::string("REGISTERED alice over tls algorithm ") +
                                        GetParam() + " expires 3600"))
      << kamailio.log();
}

TEST_F(AtKamailio, RegistersOverTcp) {
  const Kamailio kamailio({certificates.server(root)});
  start(options({"127.0.0.1", kamailio.tcp_port(), sip::Transport::tcp}));
  until(State::registered);
  until_said(kamailio, "ANSWERED 200");
}

TEST_F(AtKamailio, RenewsBeforeItsRegistrationRunsOut) {
  const Kamailio kamailio({certificates.server(root), {}, "MD5", "made-for-the-test", 2});
  start(options(tls_of(kamailio)));
  until_said(kamailio, "REGISTERED", 3);
  EXPECT_EQ(tries.size(), 1U);
  EXPECT_EQ(status().state, State::registered);
}

TEST_F(AtKamailio, SaysThatThePasswordIsWrong) {
  const Kamailio kamailio({certificates.server(root), {}, "SHA-256", "another"});
  start(options(tls_of(kamailio)));
  until(State::refused);
  EXPECT_EQ(status().cause->stage, Stage::authentication) << why();
  EXPECT_EQ(status().cause->status, 401);
  EXPECT_EQ(kamailio.times("REGISTERED"), 0U);
}

TEST_F(AtKamailio, RefusesACertificateOfAnotherHostAndAsksItNothing) {
  const auto other = certificates.issue(
      "other", {.common_name = "other", .names = {"DNS:other.example.com"}}, root);
  const Kamailio kamailio({other});
  start(options(tls_of(kamailio)));
  until(State::refused);
  EXPECT_EQ(status().cause->stage, Stage::tls) << why();
  EXPECT_TRUE(status().cause->verdict->has(trust::FindingCode::name_mismatch));
  EXPECT_EQ(kamailio.times("HEARD"), 0U) << kamailio.log();
}

TEST_F(AtKamailio, RefusesAnUnknownIssuerAndAsksItNothing) {
  trusted = certificates.root("elsewhere");
  const Kamailio kamailio({certificates.server(root)});
  start(options(tls_of(kamailio)));
  until(State::refused);
  EXPECT_TRUE(status().cause->verdict->has(trust::FindingCode::issuer_unknown));
  EXPECT_EQ(kamailio.times("HEARD"), 0U) << kamailio.log();
}

TEST_F(AtKamailio, ShowsItsCertificateWhereOneIsDemanded) {
  const Kamailio kamailio({certificates.server(root), root.certificate});
  start(options(tls_of(kamailio)));
  until(State::refused);
  EXPECT_EQ(status().cause->stage, Stage::tls) << why();
  EXPECT_TRUE(status().cause->verdict->has(trust::FindingCode::client_certificate_wanted_none_set));
  EXPECT_EQ(kamailio.times("HEARD"), 0U) << kamailio.log();
  own = certificates.client(root);
  account->reconnect();
  until(State::registered);
}

TEST_F(AtKamailio, ComesBackWhenItIsKilledAndStartedAgainAndNotFasterThanItsKeysAllow) {
  Kamailio kamailio({certificates.server(root)});
  start(options(tls_of(kamailio)));
  until(State::registered);
  until_said(kamailio, "REGISTERED alice");  // which it says only behind its answer
  kamailio.kill();
  until(State::failed);
  until(State::registering);
  until(State::failed);
  EXPECT_EQ(status().cause->stage, Stage::tcp) << why();
  kamailio.start_again();
  until(State::registered);
  until_said(kamailio, "REGISTERED alice", 2);
}

}  // namespace
}  // namespace sealtone::test
