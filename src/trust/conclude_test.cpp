// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "handshake/two_engines.h"
#include "trust/fixtures.h"

namespace sealtone::trust {
namespace {

using namespace std::chrono_literals;
using enum FindingCode;
using handshake::Builder;
using handshake::ContentType;
using handshake::Direction;
using handshake::Ending;
using handshake::HandshakeRecord;
using handshake::Role;
using handshake::testing::ask_client;
using handshake::testing::both;
using handshake::testing::demand_client;
using handshake::testing::demand_client_of_nobody;
using handshake::testing::only;
using handshake::testing::talk;
using handshake::testing::trust_nobody;
using handshake::testing::unchanged;
using handshake::testing::with_client_certificate;
using testing::codes_of;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::words;

const Verdict kTrusted{.decision = Decision::trusted, .findings = {}, .path = {}};
const OwnSide kWithCertificate{.has_certificate = true};

std::string found(const HandshakeRecord& record, const OwnSide& own = {}) {
  return words(codes_of(conclude(kTrusted, record, own)));
}

Builder client() { return {Role::client, "192.0.2.1:443", std::chrono::sys_seconds{}}; }

class Versions : public ::testing::TestWithParam<int> {};

TEST_P(Versions, FindNothingInAHandshakeThatWentWell) {
  EXPECT_EQ(found(talk(only(GetParam()), unchanged).client), "");
  EXPECT_EQ(found(talk(only(GetParam()), unchanged).server), "");
}

TEST_P(Versions, FindThatACertificateIsWantedAndTheDecisionStays) {
  const auto verdict = conclude(kTrusted, talk(only(GetParam()), ask_client).client, {});
  EXPECT_EQ(words(codes_of(verdict)), "client-certificate-wanted-none-set");
  EXPECT_EQ(verdict.decision, Decision::trusted);
}

TEST_P(Versions, FindOnlyThatOneIsWantedWhereTheServerThenRefuses) {
  const auto verdict = conclude(kTrusted, talk(only(GetParam()), demand_client).client, {});
  ASSERT_EQ(words(codes_of(verdict)), "client-certificate-wanted-none-set");
  EXPECT_EQ(verdict.findings[0].evidence.alert, GetParam() == TLS1_3_VERSION ? 116 : 40);
}

TEST_P(Versions, FindThatOurCertificateIsRefused) {
  const auto record =
      talk(both(only(GetParam()), with_client_certificate), demand_client_of_nobody).client;
  const auto verdict = conclude(kTrusted, record, kWithCertificate);
  ASSERT_EQ(words(codes_of(verdict)), "client-certificate-refused");
  EXPECT_EQ(verdict.findings[0].evidence.alert, 48);
  EXPECT_EQ(verdict.decision, Decision::trusted);
}

TEST_P(Versions, FindNothingWhereOurCertificateIsTaken) {
  const auto record = talk(both(only(GetParam()), with_client_certificate), ask_client).client;
  EXPECT_EQ(found(record, kWithCertificate), "");
}

TEST_P(Versions, FindInTheServersRoleThatThePeerRefusesOurCertificate) {
  const auto record = talk(both(only(GetParam()), trust_nobody), unchanged).server;
  const auto verdict = conclude({}, record, kWithCertificate);
  ASSERT_EQ(words(codes_of(verdict)), "our-certificate-refused");
  EXPECT_EQ(verdict.findings[0].evidence.alert, 48);
}

// What we say ourselves is the certificates' verdict, not another finding.
TEST_P(Versions, AddNothingWhereWeRefusedTheServer) {
  EXPECT_EQ(found(talk(both(only(GetParam()), trust_nobody), unchanged).client), "");
}

INSTANTIATE_TEST_SUITE_P(Tls10To13, Versions,
                         ::testing::Values(TLS1_VERSION, TLS1_1_VERSION, TLS1_2_VERSION,
                                           TLS1_3_VERSION));

HandshakeRecord nginx_says_400(HandshakeRecord record) {
  record.http_status = "400 No required SSL certificate was sent";
  record.application_received = 200;
  return record;
}

TEST(Conclude, TakesNginxs400AsItsAnswerToOurCertificate) {
  const auto sent = talk(with_client_certificate, ask_client).client;
  const auto verdict = conclude(kTrusted, nginx_says_400(sent), kWithCertificate);
  ASSERT_EQ(words(codes_of(verdict)), "client-certificate-refused");
  EXPECT_EQ(verdict.findings[0].evidence.detail, "400 No required SSL certificate was sent");
}

TEST(Conclude, TakesNginxs400AsEvidenceWhereNoneWasSent) {
  const auto verdict = conclude(kTrusted, nginx_says_400(talk(unchanged, ask_client).client), {});
  ASSERT_EQ(words(codes_of(verdict)), "client-certificate-wanted-none-set");
  EXPECT_EQ(verdict.findings[0].evidence.detail, "400 No required SSL certificate was sent");
}

TEST(Conclude, TakesA400FromAServerThatAskedForNothingAsNothing) {
  EXPECT_EQ(found(nginx_says_400(talk(with_client_certificate, unchanged).client)), "");
}

TEST(Conclude, BelievesAnAlertAboutOurCertificateOnlyUntilTheFirstRead) {
  auto record =
      talk(both(only(TLS1_3_VERSION), with_client_certificate), demand_client_of_nobody).client;
  record.application_received = 1;
  EXPECT_EQ(found(record, kWithCertificate), "alert-received");
}

TEST(Conclude, SeesThatOurCertificateIsNotForClients) {
  const OwnSide own{.has_certificate = true, .certificate_allows_client_use = false};
  const auto asked = talk(with_client_certificate, ask_client).client;
  EXPECT_EQ(found(asked, own), "own-certificate-lacks-client-use");
  EXPECT_EQ(found(talk(with_client_certificate, unchanged).client, own), "");
}

TEST(Conclude, SaysBothVersionsWhereTheServerSpeaksOlderOnesOnly) {
  const auto record =
      talk([](SSL_CTX* context) { SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION); },
           only(TLS1_VERSION))
          .client;
  const auto verdict = conclude({}, record, {});
  ASSERT_EQ(words(codes_of(verdict)), "version-gap");
  EXPECT_EQ(verdict.findings[0].evidence.wanted, "TLS 1.2, TLS 1.3");
  EXPECT_EQ(verdict.findings[0].evidence.alert, 70);
  EXPECT_EQ(verdict.decision, Decision::not_established);
}

// Many old servers answer with their own version instead of an alert; then the refusal is ours.
TEST(Conclude, SaysWhichVersionTheServerChoseWhereItChoseOne) {
  auto record = talk(only(TLS1_VERSION), unchanged).client;
  record.messages.resize(2);
  record.handshake_done = false;
  record.ending = Ending::alert;
  record.messages.push_back(
      {.direction = Direction::sent, .content = ContentType::alert, .type = {}, .size = 2});
  record.alerts = {{.direction = Direction::sent, .fatal = true, .description = 70}};
  const auto verdict = conclude({}, record, {});
  ASSERT_EQ(words(codes_of(verdict)), "version-gap");
  EXPECT_THAT(verdict.findings[0].evidence.found, ElementsAre("TLS 1.0"));
}

TEST(Conclude, SaysBothVersionsInTheServersRole) {
  const auto record = talk(only(TLS1_1_VERSION), only(TLS1_2_VERSION)).server;
  const auto verdict = conclude({}, record, {.lowest_version = 0x0303, .highest_version = 0x0303});
  ASSERT_EQ(words(codes_of(verdict)), "version-gap");
  EXPECT_EQ(verdict.findings[0].evidence.wanted, "TLS 1.2");
  EXPECT_THAT(verdict.findings[0].evidence.found, ElementsAre("TLS 1.1"));
}

TEST(Conclude, NamesTheCiphersThatHadNothingInCommon) {
  const auto records =
      talk(only(TLS1_2_VERSION, "AES128-SHA"), only(TLS1_2_VERSION, "ECDHE-RSA-AES256-SHA"));
  for (const auto& record : {records.client, records.server}) {
    const auto verdict = conclude({}, record, {});
    ASSERT_EQ(words(codes_of(verdict)), "cipher-gap");
    EXPECT_EQ(verdict.findings[0].evidence.wanted, "TLS_RSA_WITH_AES_128_CBC_SHA");
    EXPECT_EQ(verdict.findings[0].evidence.step, "ClientHello");
  }
}

TEST(Conclude, NamesWhatSpeaksInTheClearOnATlsPort) {
  auto builder = client();
  builder.wire(Direction::received, base::view("HTTP/1.1 400 Bad Request\r\n"));
  builder.message(Direction::sent, ContentType::alert, base::Bytes{2, 70}, 1us);
  builder.ended(Ending::not_tls, 2us);
  const auto verdict = conclude({}, builder.record(), {});
  ASSERT_EQ(words(codes_of(verdict)), "plain-text-on-tls-port");
  EXPECT_THAT(verdict.findings[0].evidence.found, ElementsAre("HTTP"));
  EXPECT_EQ(verdict.findings[0].evidence.detail, "HTTP/1.1 400 Bad Request");
}

TEST(Conclude, AdmitsThatItDoesNotKnowWhatSpeaks) {
  auto builder = client();
  builder.wire(Direction::received, base::view("hello"));
  const auto verdict = conclude({}, builder.record(), {});
  ASSERT_EQ(words(codes_of(verdict)), "plain-text-on-tls-port");
  EXPECT_THAT(verdict.findings[0].evidence.found, IsEmpty());
}

TEST(Conclude, RefusesAServerWhoseCertificateCannotBeRead) {
  auto builder = client();
  builder.message(Direction::received, ContentType::handshake,
                  base::Bytes{11, 0, 0, 8, 0, 0, 5, 0, 0, 2, 0x30, 0}, 1us);
  builder.message(Direction::sent, ContentType::alert, base::Bytes{2, 42}, 2us);
  const auto verdict = conclude({}, builder.record(), {});
  EXPECT_EQ(words(codes_of(verdict)), "certificate-unreadable");
  EXPECT_THAT(verdict.findings[0].evidence.detail, HasSubstr("certificate 1 of 1"));
  EXPECT_EQ(verdict.decision, Decision::untrusted);
}

// The first octets of a real handshake, up to the ServerHello.
HandshakeRecord begun(Ending ending) {
  auto builder = client();
  const base::Bytes hello_done{14, 0, 0, 0};
  builder.message(Direction::received, ContentType::handshake, hello_done, 1us);
  builder.ended(ending, 10s);
  return builder.record();
}

TEST(Conclude, SaysBehindWhichStepNothingMoreCame) {
  const auto verdict = conclude({}, begun(Ending::timed_out), {});
  ASSERT_EQ(words(codes_of(verdict)), "handshake-timeout");
  EXPECT_EQ(verdict.findings[0].evidence.step, "ServerHelloDone");
  EXPECT_EQ(verdict.findings[0].evidence.wanted, "10 s");
}

TEST(Conclude, SaysBehindWhichStepThePeerClosed) {
  const auto verdict = conclude({}, begun(Ending::closed), {});
  ASSERT_EQ(words(codes_of(verdict)), "peer-closed");
  EXPECT_EQ(verdict.findings[0].evidence.step, "ServerHelloDone");
}

TEST(Conclude, SaysThatNotEvenOneMessageCame) {
  auto builder = client();
  builder.ended(Ending::closed, 1us);
  const auto verdict = conclude({}, builder.record(), {});
  ASSERT_EQ(words(codes_of(verdict)), "peer-closed");
  EXPECT_EQ(verdict.findings[0].evidence.step, "");
}

TEST(Conclude, TakesAnEndBehindTheHandshakeAsNothing) {
  auto record = talk(unchanged, unchanged).client;
  record.ending = Ending::closed;
  EXPECT_EQ(found(record), "");
  record.ending = Ending::timed_out;
  EXPECT_EQ(found(record), "");
}

TEST(Conclude, PassesOnAnyOtherFatalAlert) {
  const auto refuse_name = [](SSL_CTX* context) {
    SSL_CTX_set_tlsext_servername_callback(
        context, +[](SSL*, int*, void*) { return SSL_TLSEXT_ERR_ALERT_FATAL; });
  };
  const auto verdict = conclude({}, talk(unchanged, refuse_name).client, {});
  ASSERT_EQ(words(codes_of(verdict)), "alert-received");
  EXPECT_EQ(verdict.findings[0].evidence.alert, 112);
  EXPECT_EQ(verdict.findings[0].evidence.step, "ClientHello");
}

TEST(Conclude, TakesAnAlertThatIsOnlyAWarningAsNothing) {
  auto builder = client();
  builder.message(Direction::received, ContentType::alert, base::Bytes{1, 112}, 1us);
  EXPECT_EQ(found(builder.record()), "");
}

TEST(Conclude, NeverRemovesAFinding) {
  Verdict refused{.decision = Decision::untrusted, .findings = {}, .path = {}};
  refused.findings.push_back({expired, 0, {}});
  const auto verdict = conclude(refused, begun(Ending::closed), {});
  EXPECT_EQ(words(codes_of(verdict)), "expired peer-closed");
  EXPECT_EQ(verdict.decision, Decision::untrusted);
}

TEST(Conclude, FindsAGroupBelow2048BitsWeakWhetherAcceptedOrNot) {
  auto record = talk(only(TLS1_2_VERSION), unchanged).client;
  for (const int bits : {1024, 2047}) {
    record.key_exchange->dh_bits = bits;
    EXPECT_EQ(found(record), "weak-dh") << bits;
  }
  record.key_exchange->dh_bits = 2048;
  EXPECT_EQ(found(record), "");
  record.key_exchange->dh_bits = 1024;
  EXPECT_EQ(conclude(kTrusted, record, {}).decision, Decision::trusted);
  record.role = Role::server;
  EXPECT_EQ(found(record), "");
}

// A client that broke the handshake off behind the ServerHello, by this alert.
HandshakeRecord ended_behind_the_hello(std::uint8_t alert) {
  auto record = talk(only(TLS1_2_VERSION), unchanged).client;
  record.messages.resize(2);
  record.handshake_done = false;
  record.ending = Ending::alert;
  record.alerts = {{.direction = Direction::sent, .fatal = true, .description = alert}};
  return record;
}

// The certificate is as good as before; this side refuses the server all the same.
TEST(Conclude, RefusesAServerForAWeakGroupThatEndedTheHandshake) {
  auto record = ended_behind_the_hello(40);
  record.key_exchange->dh_bits = 1024;
  const auto verdict = conclude(kTrusted, record, {});
  ASSERT_EQ(words(codes_of(verdict)), "weak-dh");
  EXPECT_EQ(verdict.decision, Decision::untrusted);
  EXPECT_TRUE(verdict.findings[0].evidence.alert_is_ours);
}

TEST(Conclude, TellsOurAlertFromTheServers) {
  auto record = ended_behind_the_hello(50);
  EXPECT_TRUE(conclude({}, record, {}).findings.at(0).evidence.alert_is_ours);
  record.alerts[0].direction = Direction::received;
  EXPECT_FALSE(conclude({}, record, {}).findings.at(0).evidence.alert_is_ours);
}

TEST(Conclude, FindsThatAServerLacksSecureRenegotiation) {
  auto record = ended_behind_the_hello(40);
  ASSERT_TRUE(record.server_hello->secure_renegotiation);
  EXPECT_EQ(found(record), "cipher-gap");
  record.server_hello->secure_renegotiation = false;
  EXPECT_EQ(found(record), "legacy-renegotiation");
}

TEST(Conclude, FindsTheRulesBrokenByOurAlertUnlessThatIsTheVerdict) {
  EXPECT_EQ(found(ended_behind_the_hello(50)), "protocol-violation");
  EXPECT_EQ(found(ended_behind_the_hello(70)), "protocol-violation");  // of a record
  EXPECT_EQ(found(ended_behind_the_hello(80)), "");                    // our own trouble
  EXPECT_EQ(
      words(codes_of(conclude({.decision = Decision::untrusted}, ended_behind_the_hello(50), {}))),
      "");
}

TEST(Conclude, FindsNoRuleBrokenBehindTheHandshake) {
  auto record = talk(only(TLS1_2_VERSION), unchanged).client;
  record.alerts.push_back({.direction = Direction::sent, .fatal = true, .description = 20});
  EXPECT_EQ(found(record), "");
}

TEST(Conclude, FindsThatANameWasNeededOnlyWhereNoneWasGiven) {
  auto record = ended_behind_the_hello(112);
  record.alerts[0].direction = Direction::received;
  record.client_hello->server_name.clear();
  EXPECT_EQ(found(record), "sni-needed");
  record.client_hello->server_name = "localhost";
  EXPECT_EQ(found(record), "alert-received");
}

TEST(Conclude, FindsAChainOverTheLimit) {
  auto record = ended_behind_the_hello(47);
  record.certificate_over = 100;
  const auto verdict = conclude({}, record, {});
  ASSERT_EQ(words(codes_of(verdict)), "chain-too-large");
  EXPECT_EQ(verdict.findings[0].evidence.wanted, "100 octets");
}

TEST(Conclude, FindsAServersWordsCutShortAndNotAClients) {
  Builder builder = client();
  builder.handshake_done(1us);
  builder.end_of_stream(2us);
  // What OpenSSL answers to the end of the stream reaches nobody.
  constexpr std::array<std::uint8_t, 2> decode_error{2, 50};
  builder.message(Direction::sent, ContentType::alert, decode_error, 3us);
  EXPECT_EQ(found(builder.record()), "truncated");
  auto record = builder.record();
  record.role = Role::server;
  EXPECT_EQ(found(record), "");
}

TEST(Conclude, FindsNothingCutShortBehindAWholeResponse) {
  Builder builder = client();
  builder.handshake_done(1us);
  builder.application_data(Direction::received, 100);
  builder.whole_response();
  builder.end_of_stream(2us);
  EXPECT_EQ(found(builder.record()), "");
  builder.application_data(Direction::received, 1);
  builder.end_of_stream(3us);
  EXPECT_EQ(found(builder.record()), "truncated");
}

TEST(Conclude, FindsNothingCutShortBehindAGoodbye) {
  Builder builder = client();
  builder.handshake_done(1us);
  constexpr std::array<std::uint8_t, 2> close_notify{1, 0};
  builder.message(Direction::received, ContentType::alert, close_notify, 2us);
  builder.end_of_stream(3us);
  EXPECT_EQ(found(builder.record()), "");
}

// RFC 7507: it could do better than it offers, and says so.
TEST(Conclude, NamesAClientThatFellBackToAnOlderVersion) {
  const auto fallen_back = [](SSL_CTX* context) {
    SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_mode(context, SSL_MODE_SEND_FALLBACK_SCSV);
  };
  EXPECT_EQ(found(talk(fallen_back, unchanged).server), "version-gap");
}

// no_application_protocol: an alert of ours that no other finding speaks of.
TEST(Conclude, LeavesNoRefusalOfOursWithoutAFinding) {
  EXPECT_EQ(found(ended_behind_the_hello(120)), "protocol-violation");
}

}  // namespace
}  // namespace sealtone::trust
