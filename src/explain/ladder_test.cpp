// SPDX-License-Identifier: Apache-2.0
#include "explain/ladder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "explain/explain.h"
#include "explain/wording.h"
#include "handshake/two_engines.h"
#include "trust/fixtures.h"

namespace sealtone::explain {
namespace {

using namespace std::chrono_literals;
using enum trust::FindingCode;
using handshake::HandshakeRecord;
using handshake::testing::ask_client;
using handshake::testing::both;
using handshake::testing::demand_client;
using handshake::testing::demand_client_of_nobody;
using handshake::testing::only;
using handshake::testing::talk;
using handshake::testing::talk_again;
using handshake::testing::trust_nobody;
using handshake::testing::unchanged;
using handshake::testing::with_client_certificate;
using ::testing::HasSubstr;
using trust::conclude;

const trust::Verdict kTrusted{.decision = trust::Decision::trusted};

// What every drawing keeps to.
std::string drawn(const HandshakeRecord& record, const trust::Verdict& verdict = kTrusted,
                  bool ascii = false) {
  const auto text = to_text(ladder(record, verdict), ascii);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(columns(line), 80U) << line;
    if (ascii) {
      EXPECT_EQ(columns(line), line.size()) << line;
    }
  }
  return text;
}

TEST(Ladder, IsTheNotesFigureForTls10UnderRsaKeyTransport) {
  const auto record = talk(only(TLS1_VERSION, "AES128-SHA"), unchanged).client;
  EXPECT_EQ(drawn(record),
            R"(Version       TLS 1.0
Cipher        TLS_RSA_WITH_AES_128_CBC_SHA
Key exchange  RSA key transport, as in the figure; not forward secret

  client                        server
  │ ① ClientHello ─────────────────▶ │ TLS 1.0
  │ ◀───────────────── ② ServerHello │ TLS 1.0
  │ ◀───────────────── ③ Certificate │ 1 certificate
  │ ◀───────────── ④ ServerHelloDone │
  │ ⑤ ClientKeyExchange ───────────▶ │
  │ ⑥ ChangeCipherSpec ────────────▶ │
  │     — encrypted from here —      │
  │ ⑦ Finished ────────────────────▶ │
  │ ◀──────────── ⑧ ChangeCipherSpec │
  │ ◀──────────────────── ⑨ Finished │

Result        established
)");
}

TEST(Ladder, HasAFormOfAsciiOnly) {
  const auto text =
      drawn(talk(only(TLS1_2_VERSION, "AES128-SHA"), unchanged).client, kTrusted, true);
  EXPECT_THAT(text, HasSubstr("  | (1) ClientHello ---------------> | TLS 1.2\n"));
  EXPECT_THAT(text, HasSubstr("  |    -- encrypted from here --     |\n"));
  EXPECT_THAT(text, HasSubstr("  | <------------------ (9) Finished |\n"));
}

TEST(Ladder, IsTheSameFromTheServersSide) {
  const auto records = talk(only(TLS1_2_VERSION, "AES128-SHA"), unchanged);
  EXPECT_EQ(drawn(records.client), drawn(records.server));
}

TEST(Ladder, PutsWhatTheFigureLeavesOutInItsPlaceWithoutANumber) {
  const auto text =
      drawn(talk(both(only(TLS1_2_VERSION, "ECDHE-RSA-AES128-GCM-SHA256"), with_client_certificate),
                 ask_client)
                .client);
  EXPECT_THAT(text, HasSubstr("◀───────────── ServerKeyExchange │ ECDHE, X25519\n"));
  EXPECT_THAT(text, HasSubstr("CertificateRequest │ wants a client certificate\n"));
  EXPECT_THAT(text, HasSubstr("│ Certificate ───────────────────▶ │ 1 certificate\n"));
  EXPECT_THAT(text, HasSubstr("Key exchange  ECDHE, X25519; forward secret\n"));
}

TEST(Ladder, ShowsBesideTheMessagesOfTls13WhatTheFigureHad) {
  const auto text = drawn(talk(only(TLS1_3_VERSION), unchanged).client);
  EXPECT_THAT(text, HasSubstr("│ ClientHello ───────────────────▶ │ TLS 1.3; figure: ① and ⑤\n"));
  EXPECT_THAT(text, HasSubstr("ServerHello │ TLS 1.3; figure: ② and ④\n"));
  EXPECT_THAT(text, HasSubstr("ChangeCipherSpec │ figure: ⑧, here for show\n"
                              "  │     — encrypted from here —      │\n"));
  EXPECT_THAT(text, HasSubstr("Certificate │ 1 certificate; figure: ③, open there\n"));
  EXPECT_THAT(text, HasSubstr("◀────────────────────── Finished │ figure: ⑨\n"));
  EXPECT_THAT(text, HasSubstr("│ Finished ──────────────────────▶ │ figure: ⑦\n"));
}

// The record of a resumption as tls makes it.
HandshakeRecord resumed(int version, const char* ciphers = nullptr) {
  auto record = talk_again(only(version, ciphers)).client;
  record.earlier_session =
      handshake::EarlierSession{std::chrono::sys_days{std::chrono::year{2026} / 11 / 26} + 1h, {}};
  return record;
}

TEST(Ladder, OfAResumedSessionLeavesOutWhatTheFigureHasBetween) {
  EXPECT_EQ(drawn(resumed(TLS1_VERSION, "AES128-SHA")),
            R"(Version       TLS 1.0
Cipher        TLS_RSA_WITH_AES_128_CBC_SHA
Key exchange  resumed, first by RSA key transport; not forward secret

  client                        server
  │ ① ClientHello ─────────────────▶ │ TLS 1.0
  │ ◀───────────────── ② ServerHello │ TLS 1.0, resumed; the certificates are
  │                                  │ those of the session of 2026-11-26
  │                                  │ 01:00:00 UTC
  │ ◀──────────── ⑧ ChangeCipherSpec │
  │     — encrypted from here —      │
  │ ◀──────────────────── ⑨ Finished │
  │ ⑥ ChangeCipherSpec ────────────▶ │
  │ ⑦ Finished ────────────────────▶ │

Result        established
)");
}

TEST(Ladder, OfAResumedSessionOfTls13HasNoCertificate) {
  const auto record = resumed(TLS1_3_VERSION);
  const auto text = drawn(record);
  EXPECT_THAT(text, HasSubstr("Key exchange  PSK with ECDHE, X25519; forward secret\n"));
  EXPECT_THAT(text, HasSubstr("TLS 1.3, resumed; the certificates are\n"));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("Certificate ")));
  EXPECT_EQ(ladder(record, kTrusted).result, "established");
}

TEST(Ladder, SaysOfAResumedSessionWhatWasOverlooked) {
  const auto verdict = trust::testing::judge_case(trust::testing::with_faults({expired}),
                                                  {.only_accept_trusted = false});
  EXPECT_THAT(ladder(resumed(TLS1_2_VERSION), verdict).rungs[1].note,
              ::testing::EndsWith("; accepted although expired"));
}

TEST(Ladder, OfAResumedSessionHasAFormInJsonAndBack) {
  const auto picture = ladder(resumed(TLS1_2_VERSION), kTrusted);
  const auto json = to_json(picture);
  EXPECT_EQ(json["resumed"], true);
  EXPECT_EQ(json["session_of"], "2026-11-26T01:00:00Z");
  EXPECT_EQ(ladder_from_json(json).session_of, picture.session_of);
  const auto full = to_json(ladder(talk(only(TLS1_2_VERSION), unchanged).client, kTrusted));
  EXPECT_EQ(full["resumed"], false);
  EXPECT_TRUE(full["session_of"].is_null());
}

TEST(Ladder, MarksTheCertificateThatWasRefused) {
  auto verdict = trust::testing::judge_case(trust::testing::with_faults({issuer_unknown, expired}));
  const auto record = talk(both(only(TLS1_2_VERSION), trust_nobody), unchanged).client;
  const auto picture = ladder(record, verdict);
  EXPECT_TRUE(picture.rungs[2].failing);
  EXPECT_EQ(picture.result, "ended at ③ Certificate: refused: issuer-unknown, expired");
  const auto text = drawn(record, verdict);
  EXPECT_THAT(
      text,
      HasSubstr("✗ │ ◀───────────────── ③ Certificate │ 1 certificate; refused: issuer-unknown,\n"
                "  │                                  │ expired\n"));
  EXPECT_THAT(text, HasSubstr("│ Alert ─────────────────────────▶ │ unknown_ca\n"));
  EXPECT_THAT(drawn(record, verdict, true), HasSubstr("X | <"));
}

// The drawing, the sentences and the line of the log.
TEST(Ladder, HasWhatWasFoundInTheOrderOfTheSentences) {
  using Codes = trust::testing::Codes;
  const auto record = talk(both(only(TLS1_2_VERSION), trust_nobody), unchanged).client;
  for (const auto& faults :
       {Codes{issuer_unknown, expired}, Codes{chain_incomplete, expired},
        Codes{chain_incomplete, name_mismatch, weak_key}, Codes{eku_missing, not_a_ca}}) {
    const auto verdict = trust::testing::judge_case(trust::testing::with_faults(faults));
    for (const bool held : {false, true}) {
      const std::vector<x509::Certificate> at_hand{trust::testing::certificate("int")};
      Context context;
      if (held) context.at_hand = at_hand;
      const auto told = explain(verdict, record, context);
      std::vector<std::string> codes;
      for (const auto& finding : told.findings) {
        std::string code = trust::word(finding.code);
        if (std::ranges::find(codes, code) == codes.end()) codes.push_back(std::move(code));
      }
      ASSERT_GE(codes.size(), 2U);
      EXPECT_THAT(ladder(record, verdict, context).result,
                  ::testing::EndsWith("refused: " + joined(codes, ", ")));
    }
  }
}

TEST(Ladder, SaysWhatWasOverlooked) {
  const auto verdict = trust::testing::judge_case(trust::testing::with_faults({expired}),
                                                  {.only_accept_trusted = false});
  const auto picture = ladder(talk(only(TLS1_2_VERSION), unchanged).client, verdict);
  EXPECT_EQ(picture.rungs[2].note, "1 certificate; accepted although expired");
  EXPECT_EQ(picture.result, "established");
}

class Versions : public ::testing::TestWithParam<int> {};

TEST_P(Versions, MarkOurCertificateWhereTheServerRefusesIt) {
  const auto record =
      talk(both(only(GetParam()), with_client_certificate), demand_client_of_nobody).client;
  const auto verdict = conclude(kTrusted, record, {.has_certificate = true});
  EXPECT_EQ(ladder(record, verdict).result,
            "ended at Certificate: refused by the server (unknown_ca)");
}

TEST_P(Versions, MarkOurEmptyCertificateWhereTheServerDemandsOne) {
  const auto record = talk(only(GetParam()), demand_client).client;
  const auto verdict = conclude(kTrusted, record, {});
  EXPECT_THAT(ladder(record, verdict).result,
              ::testing::StartsWith("ended at Certificate: the server demands one ("));
}

TEST_P(Versions, MarkNothingWhereTheServerGoesOnWithoutOne) {
  const auto record = talk(only(GetParam()), ask_client).client;
  const auto picture = ladder(record, conclude(kTrusted, record, {}));
  EXPECT_EQ(picture.result, "established");
  for (const auto& rung : picture.rungs) EXPECT_FALSE(rung.failing);
}

INSTANTIATE_TEST_SUITE_P(Tls10To13, Versions,
                         ::testing::Values(TLS1_VERSION, TLS1_2_VERSION, TLS1_3_VERSION));

TEST(Ladder, MarksTheAlertThatEndedTheHandshake) {
  const auto record = talk(only(TLS1_VERSION), only(TLS1_2_VERSION)).client;
  const auto picture = ladder(record, conclude({}, record, {}));
  EXPECT_EQ(picture.result, "ended at Alert: it speaks none of the TLS versions that were offered");
  EXPECT_EQ(picture.version, "");
  drawn(record, {});
}

// What the alert means is told of whoever sent it.
TEST(Ladder, TellsOurAlertAsOurs) {
  auto record = talk(only(TLS1_2_VERSION), unchanged).client;
  record.messages.resize(2);
  record.handshake_done = false;
  record.ending = handshake::Ending::alert;
  record.messages.push_back({.direction = handshake::Direction::sent,
                             .content = handshake::ContentType::alert,
                             .type = {},
                             .size = 2,
                             .alert = 0});
  record.alerts = {{.direction = handshake::Direction::sent, .fatal = true, .description = 50}};
  EXPECT_EQ(ladder(record, conclude({}, record, {})).result,
            "ended at Alert: refused by this side: protocol-violation");
  record.alerts[0].description = 80;
  EXPECT_EQ(ladder(record, conclude({}, record, {})).result, "ended at Alert: sent by this side");
}

TEST(Ladder, MarksTheKeyExchangeWhoseGroupWasRefused) {
  auto record = talk(only(TLS1_2_VERSION), unchanged).client;
  const auto done = std::ranges::find(record.messages, handshake::HandshakeType::server_hello_done,
                                      &handshake::Message::type);
  record.messages.erase(done, record.messages.end());
  record.key_exchange->dh_bits = 1024;
  record.handshake_done = false;
  record.ending = handshake::Ending::alert;
  record.alerts = {{.direction = handshake::Direction::sent, .fatal = true, .description = 40}};
  EXPECT_EQ(ladder(record, conclude(kTrusted, record, {})).result,
            "ended at ServerKeyExchange: refused: weak-dh");
}

TEST(Ladder, MarksTheLastStepBeforeTheSilence) {
  auto record = talk(only(TLS1_2_VERSION), unchanged).client;
  record.messages.resize(2);
  record.handshake_done = false;
  record.ending = handshake::Ending::timed_out;
  record.duration = 10s;
  EXPECT_EQ(ladder(record, {}).result, "ended at ② ServerHello: then silence, given up after 10 s");
  record.ending = handshake::Ending::closed;
  EXPECT_EQ(ladder(record, {}).result, "ended at ② ServerHello: then the other side closed");
}

TEST(Ladder, DrawsNothingWhereNothingWasSaid) {
  HandshakeRecord record;
  record.ending = handshake::Ending::closed;
  EXPECT_EQ(drawn(record, {}), "\nResult        then the other side closed\n");
}

TEST(Ladder, MarksNothingOfTheHandshakeWhereTheConnectionEndedLater) {
  auto record = talk(only(TLS1_2_VERSION), unchanged).client;
  record.truncated = true;
  auto picture = ladder(record, conclude(kTrusted, record, {}));
  EXPECT_EQ(picture.result, "established; broken off later without close_notify");
  record.truncated = false;
  record.messages.push_back({.direction = handshake::Direction::sent,
                             .content = handshake::ContentType::alert,
                             .type = {},
                             .size = 2,
                             .alert = record.alerts.size()});
  record.alerts.push_back(
      {.direction = handshake::Direction::sent, .fatal = true, .description = 20});
  picture = ladder(record, conclude(kTrusted, record, {}));
  EXPECT_EQ(picture.result, "established; ended later by this side's alert bad_record_mac");
  record.alerts.back().direction = handshake::Direction::received;
  EXPECT_EQ(ladder(record, conclude(kTrusted, record, {})).result,
            "established; ended later by the alert bad_record_mac");
  for (const auto& rung : picture.rungs) EXPECT_FALSE(rung.failing);
}

TEST(Ladder, NumbersARenegotiationNotAgain) {
  auto record = talk(only(TLS1_2_VERSION, "AES128-SHA"), unchanged).client;
  const auto first = record.messages;
  for (auto message : first) {
    message.encrypted = true;
    record.messages.push_back(message);
  }
  const auto picture = ladder(record, kTrusted);
  EXPECT_EQ(picture.rungs[0].number, "①");
  EXPECT_EQ(picture.rungs[first.size()].number, "");
}

TEST(Ladder, HasAFormInJson) {
  const auto json =
      to_json(ladder(talk(only(TLS1_VERSION, "AES128-SHA"), unchanged).client, kTrusted));
  EXPECT_EQ(json["version"], "TLS 1.0");
  EXPECT_EQ(json["encrypted_from"], 6);
  EXPECT_EQ(json["forward_secret"], false);
  EXPECT_EQ(json["steps"][4]["number"], "⑤");
  EXPECT_EQ(json["steps"][4]["from"], "client");
  EXPECT_EQ(json["steps"][6]["encrypted"], true);
}

// RFC 6066 §8: before TLS 1.3 the answer of OCSP comes behind the certificate.
TEST(Ladder, MarksTheAnswerOfOcspWhereThatWasRefused) {
  using handshake::ContentType;
  using handshake::Direction;
  handshake::HandshakeRecord record;
  record.server_hello = handshake::ServerHello{.version = 0x0303};
  record.messages = {
      {Direction::received, ContentType::handshake, handshake::HandshakeType::certificate},
      {Direction::received, ContentType::handshake, handshake::HandshakeType::certificate_status},
      {Direction::sent, ContentType::alert, {}}};
  record.messages.back().alert = 0;
  trust::Verdict verdict{.decision = trust::Decision::untrusted};
  verdict.findings.push_back({.code = trust::FindingCode::revoked, .certificate = 0});
  const auto refused_by = [&](std::uint8_t alert) {
    record.alerts = {{.direction = Direction::sent, .fatal = true, .description = alert}};
    return ladder(record, verdict);
  };
  const auto by_answer = refused_by(113);
  EXPECT_EQ(by_answer.result, "ended at CertificateStatus: refused: revoked");
  EXPECT_FALSE(by_answer.rungs.at(0).failing);
  EXPECT_TRUE(by_answer.rungs.at(1).failing);
  verdict.findings.front().certificate = 1;  // of which no answer tells
  EXPECT_EQ(refused_by(113).result, "ended at ③ Certificate: refused: revoked");
  verdict.findings.front().certificate = 0;
  const auto by_list = refused_by(44);
  EXPECT_EQ(by_list.result, "ended at ③ Certificate: refused: revoked");
  EXPECT_TRUE(by_list.rungs.at(0).failing);
}

// Of a connection between two others the verdict stands beside what it was judged by.
TEST(Ladder, NotesAtTheAnswerOfOcspWhatThatSays) {
  using handshake::ContentType;
  using handshake::Direction;
  handshake::HandshakeRecord record;
  record.observed = handshake::HandshakeRecord::Observed{};
  record.server_hello = handshake::ServerHello{.version = 0x0303};
  record.messages = {
      {Direction::received, ContentType::handshake, handshake::HandshakeType::certificate},
      {Direction::received, ContentType::handshake, handshake::HandshakeType::certificate_status}};
  const auto notes = [&](std::optional<std::size_t> certificate, const std::string& detail) {
    trust::Verdict verdict{.decision = trust::Decision::untrusted};
    verdict.findings.push_back({.code = trust::FindingCode::revoked,
                                .certificate = certificate,
                                .evidence = {.detail = detail}});
    const auto drawn = ladder(record, verdict);
    std::vector<bool> all;
    for (const auto& rung : drawn.rungs) {
      all.push_back(rung.note.find("judged here: revoked") != std::string::npos);
    }
    return all;
  };
  const std::string answer = "the answer that the server sent along (OCSP), of today, says so";
  EXPECT_EQ(notes(0, answer), (std::vector{false, true}));
  EXPECT_EQ(notes(1, answer), (std::vector{true, false}));
  EXPECT_EQ(notes(0, "serial number 01 is on the list"), (std::vector{true, false}));
  record.messages.pop_back();
  EXPECT_EQ(notes(0, answer), (std::vector{true}));
}

}  // namespace
}  // namespace sealtone::explain
