// SPDX-License-Identifier: Apache-2.0
//
// What is said of an account in each state.
#include "phone/account_words.h"

#include <gtest/gtest.h>

#include "crypto/crypto.h"
#include "x509/issue.h"

namespace sealtone::phone {
namespace {

using namespace std::chrono;
using sip::Stage;
using sip::State;

constexpr sys_seconds kWhen = sys_days{2026y / 11 / 23};

settings::SipAccount account() {
  settings::SipAccount one;
  one.number = 3;
  one.enabled = true;
  one.user_name = "201";
  one.password = "made-for-the-test";
  one.servers.push_back(
      {.host = "sip.example.com", .port = 5061, .transport = settings::SipTransport::tls});
  return one;
}

admin::SipAccount told(const sip::Status& status) {
  return described(account(), status, {.now = kWhen, .list_name = "trusted certificates"});
}

sip::Status failed(Stage stage, const char* text, State state = State::failed) {
  sip::Status status;
  status.state = state;
  status.server = "sip.example.com:5061";
  status.cause = sip::Cause{.stage = stage, .text = text};
  return status;
}

TEST(AccountWords, ARegisteredOneSaysUntilWhenAndOverWhat) {
  sip::Status status;
  status.state = State::registered;
  status.server = "sip.example.com:5061";
  status.transport = sip::Transport::tls;
  status.tls_version = "TLS 1.3";
  status.until = kWhen;
  status.verdict = trust::Verdict{.decision = trust::Decision::trusted};
  const auto shown = told(status);
  EXPECT_EQ(shown.state, "registered");
  EXPECT_EQ(shown.address, "sip:201@sip.example.com");
  EXPECT_EQ(shown.says,
            "Registered at sip.example.com:5061 until 2026-11-23 00:00:00 UTC. TLS 1.3, and the "
            "server's certificate is trusted.");
}

TEST(AccountWords, OneOverTcpIsToldToTakeTls) {
  sip::Status status;
  status.state = State::registered;
  status.transport = sip::Transport::tcp;
  const auto shown = told(status);
  EXPECT_NE(shown.says.find("nothing is encrypted"), std::string::npos) << shown.says;
  EXPECT_NE(shown.says.find("account.3.sip_server.1.transport_type = 2"), std::string::npos);
  EXPECT_FALSE(shown.decision.has_value());
}

TEST(AccountWords, OneThatWasAcceptedUntrustedIsToldSo) {
  sip::Status status;
  status.state = State::registered;
  status.transport = sip::Transport::tls;
  status.verdict = trust::Verdict{.decision = trust::Decision::accepted_untrusted};
  EXPECT_NE(told(status).says.find("though it is not trusted"), std::string::npos);
}

TEST(AccountWords, EachPlaceWhereItCanEndNamesWhatToLookAt) {
  EXPECT_NE(told(failed(Stage::dns, "no such name")).says.find("account.3.sip_server.1.address"),
            std::string::npos);
  EXPECT_NE(told(failed(Stage::tcp, "refused")).says.find("account.3.sip_server.1.port"),
            std::string::npos);
  auto wrong = failed(Stage::authentication, "401 Unauthorized", State::refused);
  wrong.cause->by_password = true;
  EXPECT_NE(told(wrong).says.find("account.3.password"), std::string::npos);
  EXPECT_NE(told(failed(Stage::sip, "403 Forbidden", State::refused)).says.find("403 Forbidden"),
            std::string::npos);
}

// Where no other password would do, none is asked for.
TEST(AccountWords, APasswordThatWasNeverJudgedIsNotBlamed) {
  const auto says =
      told(failed(Stage::authentication, "it offers Basic alone", State::refused)).says;
  EXPECT_EQ(says, "sip.example.com:5061 was not given the password: it offers Basic alone.");
}

TEST(AccountWords, WhatCameOfARegistrationIsToldApart) {
  auto status = failed(Stage::sip, "the words");
  EXPECT_EQ(told(status).says, "sip.example.com:5061 did not answer the registration: the words.");
  status.cause->lost = true;
  EXPECT_EQ(told(status).says, "The connection to sip.example.com:5061 was lost: the words.");
  status.cause->lost = false;
  status.cause->status = 302;
  EXPECT_EQ(told(status).says, "sip.example.com:5061 wants the registration elsewhere: the words.");
  status.cause->status = 403;
  EXPECT_EQ(told(status).says,
            "sip.example.com:5061 does not take the registration: the words. Its own log says "
            "why.");
}

TEST(AccountWords, TheServerThatIsTriedIsTheOneThatIsNamed) {
  auto one = account();
  one.servers.push_back(
      {.host = "second.example.com", .port = 5060, .transport = settings::SipTransport::tls});
  auto status = failed(Stage::dns, "no such name");
  status.server = "second.example.com:5060";
  const AccountGround ground{.now = kWhen, .list_name = "trusted certificates"};
  EXPECT_NE(described(one, status, ground).says.find("account.3.sip_server.2.address"),
            std::string::npos);
  // One is the beginning of the other.
  one.servers.front() = {.host = "second.example.com", .port = 506};
  EXPECT_NE(described(one, status, ground).says.find("account.3.sip_server.2.address"),
            std::string::npos);
  one.outbound_proxies.push_back(
      {.host = "proxy.example.com", .port = 5060, .transport = settings::SipTransport::tls});
  EXPECT_EQ(described(one, status, ground).says,
            "The outbound proxy proxy.example.com:5060 cannot be found: no such name. Check "
            "account.3.outbound_proxy.1.address.");
  EXPECT_EQ(described(one, failed(Stage::tcp, "refused"), ground).says,
            "The outbound proxy proxy.example.com:5060 cannot be reached: refused. Check "
            "account.3.outbound_proxy.1.address and account.3.outbound_proxy.1.port, and whether "
            "it runs. With TLS most servers listen at 5061, not at 5060.");
}

TEST(AccountWords, ATransportThatIsNotSpokenIsNamedWithItsKey) {
  auto one = account();
  const AccountGround ground{.now = kWhen, .list_name = "trusted certificates"};
  EXPECT_EQ(described(one, failed(Stage::settings, "the user name holds a line end"), ground).says,
            "The user name holds a line end.");
  one.servers.push_back({.host = "second.example.com", .transport = settings::SipTransport::udp});
  EXPECT_EQ(described(one, failed(Stage::settings, "the user name holds a line end"), ground).says,
            "The user name holds a line end.");  // it is the first that is tried
  one.servers.front().transport = settings::SipTransport::udp;
  EXPECT_EQ(described(one, failed(Stage::settings, "x"), ground).says,
            "account.3.sip_server.1.transport_type is set to UDP, which Sealtone does not speak: 2 "
            "is TLS, 1 is TCP.");
  one.servers.front().transport = settings::SipTransport::naptr;
  EXPECT_NE(described(one, failed(Stage::settings, "x"), ground).says.find("NAPTR"),
            std::string::npos);
}

TEST(AccountWords, ARefusedCertificateIsToldInTheJudgesWords) {
  crypto::SystemRandom random;
  x509::Request request;
  request.common_name = "sip.example.com";
  request.validity = {kWhen - days(1), kWhen + days(1)};
  trust::Verdict verdict{.decision = trust::Decision::untrusted,
                         .findings = {{.code = trust::FindingCode::issuer_unknown}}};
  verdict.path.path.push_back(x509::issue_self_signed(request, random).value().certificate);
  auto status = failed(Stage::tls, "", State::refused);
  status.cause->verdict = std::move(verdict);
  const auto shown = told(status);
  EXPECT_EQ(shown.says.find("sip.example.com:5061 was refused"), 0U) << shown.says;
  EXPECT_NE(shown.says.find("was issued by"), std::string::npos) << shown.says;
  EXPECT_EQ(shown.says.find("was issued by"), shown.says.rfind("was issued by"))
      << "said twice: " << shown.says;
  EXPECT_EQ(shown.reason, "tls");
  ASSERT_EQ(shown.findings.size(), 1U);
  EXPECT_EQ(shown.findings[0], trust::FindingCode::issuer_unknown);
}

// As of the connection itself, whose record an account does not have.
TEST(AccountWords, WhatWasSentBesideTheServersOwnCertificateCounts) {
  crypto::SystemRandom random;
  x509::Request request;
  request.common_name = "sip.example.com";
  request.validity = {kWhen - days(1), kWhen + days(1)};
  trust::Verdict verdict{.decision = trust::Decision::untrusted,
                         .findings = {{.code = trust::FindingCode::issuer_unknown},
                                      {.code = trust::FindingCode::chain_incomplete}}};
  verdict.path.path.push_back(x509::issue_self_signed(request, random).value().certificate);
  auto status = failed(Stage::tls, "", State::refused);
  const auto says = [&](std::size_t presented) {
    verdict.presented = presented;
    status.cause->verdict = verdict;
    return told(status).says;
  };
  const std::string missing = "an intermediate certificate is probably missing";
  EXPECT_EQ(says(1).find(missing), std::string::npos) << says(1);
  EXPECT_NE(says(2).find(missing), std::string::npos) << says(2);
}

TEST(AccountWords, WhenTheNextTryIsIsSaid) {
  auto status = failed(Stage::tcp, "refused");
  status.next_try = kWhen;
  EXPECT_NE(told(status).says.find("The next try is at 2026-11-23 00:00:00 UTC"),
            std::string::npos);
}

TEST(AccountWords, OneThatHasRunOutSaysWhyAndWhenItIsRenewed) {
  auto status = failed(Stage::sip, "it granted a second", State::registering);
  status.next_try = kWhen;
  EXPECT_EQ(told(status).says, "Registering at sip.example.com:5061.");
  status.cause->lapsed = true;
  EXPECT_EQ(told(status).says,
            "The registration at sip.example.com:5061 has run out: it granted a second. It is "
            "renewed at 2026-11-23 00:00:00 UTC.");
}

TEST(AccountWords, NoStateSaysThePassword) {
  for (const auto state : {State::off, State::waiting_for_permission, State::registering,
                           State::registered, State::refused, State::failed}) {
    sip::Status status;
    status.state = state;
    EXPECT_EQ(told(status).says.find("made-for-the-test"), std::string::npos);
    EXPECT_FALSE(told(status).says.empty());
  }
}

}  // namespace
}  // namespace sealtone::phone
