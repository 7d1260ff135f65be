// SPDX-License-Identifier: Apache-2.0
#include "app/trace_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/paths.h"
#include "base/text.h"
#include "base/tls_versions.h"
#include "crypto/crypto.h"
#include "explain/wording.h"
#include "x509/made.h"

namespace sealtone::app {
namespace {

using namespace std::chrono_literals;
using handshake::ContentType;
using handshake::Direction;
using handshake::HandshakeType;
using testing::HasSubstr;

// A connection that the client refused behind a certificate which cannot be read.
capture::Connection refused_connection() {
  capture::Connection connection;
  connection.number = 3;
  connection.client = {"192.0.2.10", 49152};
  connection.server = {"2001:db8::1", 5061};
  connection.first =
      capture::Time(std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}) + 1500ms;
  connection.last = connection.first + 1s;
  auto& record = connection.record;
  record.observed = handshake::HandshakeRecord::Observed{};
  record.observed->missing_received = 7;
  record.client_hello.emplace().versions = {base::kTls12};
  record.client_hello->server_name = "pbx\x1B.example.com";
  record.server_hello.emplace().version = base::kTls12;
  record.server_chain = {{0x30, 0x03, 0x02, 0x01, 0x00}};
  record.messages = {{.direction = Direction::sent,
                      .content = ContentType::handshake,
                      .type = HandshakeType::client_hello},
                     {.direction = Direction::received,
                      .content = ContentType::handshake,
                      .type = HandshakeType::server_hello},
                     {.direction = Direction::received,
                      .content = ContentType::handshake,
                      .type = HandshakeType::certificate},
                     {.direction = Direction::sent,
                      .content = ContentType::alert,
                      .type = {},
                      .size = 2,
                      .alert = 0}};
  record.alerts = {{.direction = Direction::sent, .fatal = true, .description = 42}};
  record.ending = handshake::Ending::alert;
  return connection;
}

class TraceRows : public testing::Test {
 protected:
  Traced of(const TraceArguments& arguments = {},
            capture::Connection connection = refused_connection()) {
    const base::FakeClock clock(std::chrono::sys_days{std::chrono::year{2026} / 11 / 24});
    crypto::SystemRandom random;
    auto judge = TraceJudge::of(arguments, {stdout, stderr, clock, random});
    if (!judge) throw std::runtime_error(base::to_string(judge.error()));
    return traced(std::move(connection), *judge, certificates_);
  }
  DecodedCertificates certificates_;
};

// Nothing is left out where a terminal has fewer columns than the table: it goes on below.
TEST_F(TraceRows, OfATableFitTheTerminal) {
  const auto one = of();
  auto long_ends = one;
  long_ends.connection.client.address = "2001:db8:1111:2222:3333:4444:5555:6666";
  long_ends.connection.server.address = "2001:db8:1111:2222:3333:4444:5555:7777";
  for (const std::size_t width : {60U, 80U, 131U, 132U, 200U}) {
    for (const bool judged : {false, true}) {
      for (const auto& text : {table_head(judged, width), table_row(one, judged, width),
                               table_row(long_ends, judged, std::max<std::size_t>(width, 80))}) {
        for (const auto line : base::split(text, '\n')) {
          EXPECT_LE(explain::columns(line), std::max<std::size_t>(width, 80)) << line;
        }
      }
      std::string row;
      for (const char each : table_row(one, judged, width)) row += each == '\n' ? ' ' : each;
      EXPECT_THAT(row, HasSubstr("[2001:db8::1]:5061"));
      EXPECT_THAT(row, HasSubstr("pbx\\u{1B}.example.com"));
      EXPECT_THAT(row, HasSubstr("refused by the client"));
    }
  }
  const auto line = table_row(one, false);
  EXPECT_EQ(table_row(one, false, 200), line);
  EXPECT_EQ(std::ranges::count(line, '\n'), 1);
}

TEST_F(TraceRows, ARowSaysWhoAndWhatBecameOfIt) {
  const auto row = table_row(of(), false);
  EXPECT_THAT(row, HasSubstr("    3  00:00:01  192.0.2.10:49152       [2001:db8::1]:5061"));
  EXPECT_THAT(row, HasSubstr("TLS 1.2"));
  EXPECT_THAT(row, HasSubstr("pbx\\u{1B}.example.com"));
  EXPECT_THAT(row, HasSubstr("refused by the client: bad_certificate"));
}

TEST_F(TraceRows, WithoutAListItSaysThatNothingWasJudged) {
  const auto one = of();
  EXPECT_TRUE(one.judgement.judged.empty());
  EXPECT_THAT(connection_words(one, certificates_, true, explain::Form::steps),
              HasSubstr("Not judged: name the"));
  EXPECT_TRUE(one.found());
}

TEST_F(TraceRows, ACertificateThatCannotBeReadIsJudgedSo) {
  TraceArguments arguments;
  arguments.as = "v84";
  const auto one = of(arguments);
  ASSERT_EQ(one.judgement.judged.size(), 1U);
  EXPECT_TRUE(one.judgement.judged.front().verdict.has(trust::FindingCode::certificate_unreadable));
  EXPECT_THAT(table_row(one, true), HasSubstr("untrusted: certificate-unreadable"));
}

// RFC 7633: what the certificate demands is missed where it was asked for, and all is there.
TEST_F(TraceRows, AnAnswerOfOcspIsMissedOnlyWhereItsAbsenceIsSeen) {
  const auto folder = make_temporary_folder().value();
  const auto root = x509::test::made({.subject = "/CN=root", .extensions = x509::test::ca()});
  const auto leaf = x509::test::made(
      {.subject = "/CN=pbx.example.com",
       .extensions = "subjectAltName=DNS:pbx.example.com\ntlsfeature=status_request\n",
       .issuer = &root});
  TraceArguments arguments;
  arguments.trust = (folder / "root.pem").string();
  std::ofstream(arguments.trust) << root.pem();
  auto connection = refused_connection();
  auto& record = connection.record;
  record.server_chain = {leaf.der()};
  record.client_hello->server_name = "pbx.example.com";
  record.client_hello->asks_for_ocsp = true;
  record.observed->missing_received = 0;
  record.alerts.back().description = 113;
  const handshake::Message done{.direction = Direction::received,
                                .content = ContentType::handshake,
                                .type = HandshakeType::server_hello_done};
  record.messages.insert(record.messages.end() - 1, done);
  const auto refused = [&] {
    return of(arguments, connection)
        .judgement.judged.front()
        .verdict.has(trust::FindingCode::revocation_unknown);
  };
  EXPECT_TRUE(refused());
  EXPECT_THAT(of(arguments, connection).outcome.next, HasSubstr("would be refused: "));
  EXPECT_EQ(connection_json(of(arguments, connection), certificates_)
                .at("judged")
                .at(0)
                .at("verdict")
                .at("decision"),
            "untrusted");

  record.client_hello->asks_for_ocsp = false;
  EXPECT_FALSE(refused());
  record.client_hello->asks_for_ocsp = true;
  record.observed->missing_received = 1;
  EXPECT_FALSE(refused());
  record.observed->missing_received = 0;
  auto& last = *(record.messages.end() - 2);
  last.type = HandshakeType::server_key_exchange;  // the flight is not whole
  EXPECT_FALSE(refused());
  last.type = HandshakeType::certificate_status;  // and one that cannot be read
  record.messages.insert(record.messages.end() - 1, done);
  EXPECT_FALSE(refused());
  // In TLS 1.3 it stands beside the certificate, which was read.
  record.server_hello->version = base::kTls13;
  EXPECT_TRUE(refused());
  std::filesystem::remove_all(folder);
}

TEST_F(TraceRows, WordsAndJsonShowNothingThatATerminalWouldObey) {
  const auto one = of();
  EXPECT_EQ(connection_words(one, certificates_, false, explain::Form::facts).find('\x1B'),
            std::string::npos);
  EXPECT_EQ(connection_json(one, certificates_).dump().find('\x1B'), std::string::npos);
}

TEST_F(TraceRows, JsonHoldsWhatWasAskedForOfIt) {
  const auto json = connection_json(of(), certificates_);
  EXPECT_EQ(json.at("client"), "192.0.2.10:49152");
  EXPECT_EQ(json.at("server"), "[2001:db8::1]:5061");
  EXPECT_EQ(json.at("version"), "TLS 1.2");
  EXPECT_EQ(json.at("sni"), "pbx\\u{1B}.example.com");
  EXPECT_EQ(json.at("alerts").at(0).at("name"), "bad_certificate");
  EXPECT_EQ(json.at("alerts").at(0).at("from"), "client");
  EXPECT_EQ(json.at("certificates").at(0).at("sha256").get<std::string>().size(), 95U);
  EXPECT_EQ(json.at("missing").at("octets_received"), 7);
  EXPECT_EQ(json.at("outcome").at("kind"), "refused");
}

// A name that nobody saw is not one that nobody asked for.
TEST_F(TraceRows, TellANameThatIsNotInTheCaptureFromNone) {
  auto unnamed = refused_connection();
  unnamed.record.client_hello->server_name.clear();
  EXPECT_THAT(table_row(of({}, unnamed), false), HasSubstr("  -  "));
  EXPECT_EQ(connection_json(of({}, unnamed), certificates_).at("sni"), "");
  auto unseen = refused_connection();
  unseen.record.client_hello.reset();
  unseen.record.observed->client_absent = true;
  EXPECT_THAT(table_row(of({}, unseen), false), HasSubstr("  not in the capture  "));
  const auto json = connection_json(of({}, unseen), certificates_);
  EXPECT_TRUE(json.at("sni").is_null());
  EXPECT_EQ(json.at("missing").at("sides"), nlohmann::json::array({"client"}));
  TraceArguments arguments;
  arguments.as = "v84";
  unseen.record.server_chain = {};
  EXPECT_THAT(of(arguments, unseen).judgement.not_judged, HasSubstr("is not in the capture"));
  unseen.record.certificate_over = 262'144;
  EXPECT_THAT(of(arguments, unseen).judgement.not_judged, HasSubstr("more than 262144 octets"));
}

// Where both sides share a key there is no certificate to be missed.
TEST_F(TraceRows, TellACertificateThatIsNeverSentFromOneThatIsNotSeen) {
  auto one = refused_connection();
  one.record.server_chain = {};
  const auto said = [&](std::uint16_t suite) {
    one.record.server_hello->cipher_suite = suite;
    return of({}, one).judgement.not_judged;
  };
  EXPECT_THAT(said(0x008C), HasSubstr("with TLS_PSK_WITH_AES_128_CBC_SHA the server sends no"));
  EXPECT_THAT(said(0x0090), HasSubstr("go by a key that they share"));
  EXPECT_THAT(said(0x0034), HasSubstr("TLS_DH_anon_WITH_AES_128_CBC_SHA the server sends no"));
  EXPECT_THAT(said(0x0094), HasSubstr("is not in the capture"));  // RSA_PSK
  EXPECT_THAT(said(0xC02F), HasSubstr("is not in the capture"));
}

TEST_F(TraceRows, SayHowMuchIsMissing) {
  EXPECT_THAT(table_row(of(), false), HasSubstr("bad_certificate; 7 octets are missing"));
}

TEST(TotalsWords, SayWhatTheCaptureLacks) {
  capture::Totals totals;
  totals.packets = 12;
  totals.connections = 1;
  EXPECT_EQ(totals_words(totals), "1 connection with TLS in 12 packets.\n");
  EXPECT_EQ(totals_json(totals, true).at("stopped"), false);
  totals.stopped = true;
  EXPECT_EQ(totals_json(totals, false).at("stopped"), true);
  EXPECT_THAT(totals_words(totals), HasSubstr("Stopped before the capture ended"));
  totals.cut = true;
  totals.unreadable = 1;
  totals.given_up = 2;
  totals.remarks = {"Something\x1B else."};
  const auto words = totals_words(totals);
  EXPECT_THAT(words, HasSubstr("ends within a packet"));
  EXPECT_THAT(words, HasSubstr("1 packet was not read"));
  EXPECT_THAT(words, HasSubstr("2 connections were given up"));
  EXPECT_EQ(words.find('\x1B'), std::string::npos);
}

TEST(DecodedCertificates, StaysWithinItsBound) {
  DecodedCertificates certificates;
  for (std::size_t i = 0; i <= DecodedCertificates::kMostKept; ++i) {
    const base::Bytes octets{static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i)};
    EXPECT_FALSE(certificates.of(octets, crypto::sha256(octets)));
  }
}

}  // namespace
}  // namespace sealtone::app
