// SPDX-License-Identifier: Apache-2.0
//
// An account of the sip room at a real registrar, Kamailio: registering, refusing, coming back.
#include "e2e/at_kamailio.h"

namespace sealtone::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

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
