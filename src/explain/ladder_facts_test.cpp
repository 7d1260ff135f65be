// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/tls_versions.h"
#include "explain/ladder.h"
#include "explain/wording.h"
#include "handshake/names.h"
#include "handshake/two_engines.h"
#include "trust/fixtures.h"

namespace sealtone::explain {
namespace {

using handshake::testing::ask_client;
using handshake::testing::both;
using handshake::testing::only;
using handshake::testing::talk;
using handshake::testing::unchanged;
using handshake::testing::with_client_certificate;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using trust::conclude;

const trust::Verdict kNothingFound{.decision = trust::Decision::trusted};

const Rung* rung_of(const Ladder& ladder, const std::string& name) {
  const auto at = std::ranges::find(ladder.rungs, name, &Rung::name);
  return at == ladder.rungs.end() ? nullptr : &*at;
}
std::vector<std::string> known(const Ladder& ladder, const std::string& rung,
                               const std::string& fact) {
  const auto* found = rung_of(ladder, rung);
  if (found == nullptr) return {"no such step"};
  const auto at = std::ranges::find(found->facts, fact, &Fact::name);
  return at == found->facts.end() ? std::vector<std::string>{} : at->values;
}

TEST(LadderFacts, SayWhatWasOfferedAndWhatWasChosen) {
  const auto ours =
      both(only(TLS1_2_VERSION, "ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA"), [](SSL_CTX* context) {
        const unsigned char protocols[] = "\x08http/1.1";
        SSL_CTX_set_alpn_protos(context, protocols, 9);
      });
  const auto picture = ladder(talk(ours, unchanged).client, kNothingFound);
  EXPECT_THAT(known(picture, "ClientHello", "server name (SNI)"), ElementsAre("prov.example.com"));
  EXPECT_THAT(known(picture, "ClientHello", "versions"), ElementsAre("TLS 1.2"));
  EXPECT_THAT(known(picture, "ClientHello", "cipher suites"),
              ::testing::IsSupersetOf(
                  {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA"}));
  EXPECT_THAT(known(picture, "ClientHello", "groups"), Contains("x25519"));
  EXPECT_THAT(known(picture, "ClientHello", "signature schemes"), Contains("rsa_pss_rsae_sha256"));
  EXPECT_THAT(known(picture, "ClientHello", "ALPN"), ElementsAre("http/1.1"));
  EXPECT_THAT(known(picture, "ServerHello", "version"), ElementsAre("TLS 1.2"));
  EXPECT_THAT(known(picture, "ServerHello", "cipher suite"),
              ElementsAre("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
  EXPECT_THAT(known(picture, "Certificate", "certificates"), SizeIs(1));
  EXPECT_THAT(known(picture, "ServerKeyExchange", "key exchange"), ElementsAre("ECDHE, X25519"));
  EXPECT_THAT(known(picture, "ServerKeyExchange", "forward secret"), ElementsAre("yes"));
}

TEST(LadderFacts, NameTheKeyTransportOfTheFigure) {
  const auto picture =
      ladder(talk(only(TLS1_VERSION, "AES128-SHA"), unchanged).client, kNothingFound);
  EXPECT_THAT(known(picture, "ClientKeyExchange", "key exchange"),
              ElementsAre("RSA key transport, as in the figure"));
  EXPECT_THAT(known(picture, "ClientKeyExchange", "forward secret"), ElementsAre("no"));
}

TEST(LadderFacts, SayWhatTheServerAcceptsOfClients) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const auto picture = ladder(
        talk(both(only(version), with_client_certificate), ask_client).client, kNothingFound);
    EXPECT_THAT(known(picture, "CertificateRequest", "issuers accepted"), SizeIs(1)) << version;
  }
}

TEST(LadderFacts, HaveTheTimesSinceTheStartAndSinceTheLastMessage) {
  auto record = talk(only(TLS1_2_VERSION), unchanged).client;
  record.messages[0].at = std::chrono::microseconds{1500};
  record.messages[1].at = std::chrono::microseconds{43000};
  record.messages[2].at = std::chrono::microseconds{42000};  // no clock to go back
  const auto picture = ladder(record, kNothingFound);
  EXPECT_EQ(picture.rungs[1].since_last, std::chrono::microseconds{41500});
  EXPECT_EQ(picture.rungs[2].since_last, std::chrono::microseconds{0});
  EXPECT_THAT(to_text(picture, false, Form::facts), HasSubstr(" octets, 43.0 ms (+41.5 ms)"));
}

TEST(LadderFacts, SayWhoSentAnAlertAndWhatItMeans) {
  const auto record = talk(only(TLS1_VERSION), only(TLS1_2_VERSION)).client;
  const auto picture = ladder(record, conclude({}, record, {}));
  EXPECT_THAT(known(picture, "Alert", "level"), ElementsAre("fatal"));
  EXPECT_THAT(known(picture, "Alert", "sent by"), ElementsAre("the other side"));
  EXPECT_THAT(known(picture, "Alert", "meaning"),
              ElementsAre("It speaks none of the TLS versions that were offered."));
}

TEST(LadderFacts, ExplainAVersionGapByWhatEachSideCouldDo) {
  const auto records = talk(only(TLS1_VERSION), only(TLS1_2_VERSION));
  EXPECT_THAT(ladder(records.client, conclude({}, records.client, {})).remarks,
              ElementsAre("Versions that the client offered: TLS 1.0.",
                          "The server takes none of these, and does not say which it takes."));
  EXPECT_THAT(ladder(records.server, conclude({}, records.server, {})).remarks,
              ElementsAre("Versions that the client offered: TLS 1.0.",
                          "The server, this side, takes TLS 1.2, TLS 1.3."));
}

// A ClientHello of TLS 1.2 names no other; the headline has all of them, and so has the remark.
TEST(LadderFacts, ExplainAVersionGapByTheVersionsThatTheHeadlineHas) {
  const auto record = talk(only(TLS1_2_VERSION), only(TLS1_3_VERSION)).client;
  trust::OwnSide own;
  own.lowest_version = base::kTls10;
  own.highest_version = base::kTls12;
  EXPECT_THAT(ladder(record, conclude({}, record, own)).remarks,
              ElementsAre("Versions that the client offered: TLS 1.0, TLS 1.1, TLS 1.2 (the "
                          "ClientHello names the newest, TLS 1.2).",
                          "The server takes none of these, and does not say which it takes."));
}

TEST(LadderFacts, ExplainACipherGapByWhatWasOffered) {
  const auto record = talk(only(TLS1_2_VERSION, "ECDHE-ECDSA-AES128-GCM-SHA256"),
                           only(TLS1_2_VERSION, "AES128-SHA"))
                          .client;
  const auto remarks = ladder(record, conclude({}, record, {})).remarks;
  ASSERT_GE(remarks.size(), 2U);
  EXPECT_THAT(remarks.front(),
              HasSubstr("the client offered: TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"));
  EXPECT_THAT(remarks.back(), HasSubstr("does not say which it takes"));
}

TEST(LadderFacts, KeepToABoundWhateverWasOffered) {
  auto record = talk(only(TLS1_2_VERSION), unchanged).client;
  record.client_hello->cipher_suites.assign(32'000, 0x1301);
  record.client_hello->alpn.assign(5'000, std::string(255, '\x01'));
  record.client_hello->server_name = std::string(60'000, 'a') + "\u202E<b>";
  record.requested_authorities.assign(10'000, base::Bytes(40, 0x30));
  const auto picture = ladder(record, kNothingFound);
  const auto* hello = rung_of(picture, "ClientHello");
  ASSERT_NE(hello, nullptr);
  const auto suites = std::ranges::find(hello->facts, "cipher suites", &Fact::name);
  EXPECT_EQ(suites->values.size(), kMaxValues);
  EXPECT_EQ(suites->count, 32'000U);
  EXPECT_LT(to_json(picture).dump().size(), 200'000U);
  EXPECT_THAT(to_text(picture, false, Form::facts), HasSubstr("and 31600 more"));
}

TEST(LadderFacts, AreOfTheLastMessageOfTheirKind) {
  auto record = talk(only(TLS1_2_VERSION), unchanged).client;
  const auto first = record.messages;
  for (const auto& message : first) record.messages.push_back(message);
  const auto picture = ladder(record, kNothingFound);
  EXPECT_TRUE(picture.rungs[0].facts.empty());
  EXPECT_FALSE(picture.rungs[first.size()].facts.empty());
  EXPECT_THAT(picture.rungs[first.size()].note, HasSubstr("a handshake anew (renegotiation)"));
}

TEST(LadderChain, LeadsFromTheServersOwnToTheTrustedRoot) {
  const auto verdict = trust::testing::judge_case(trust::testing::with_faults({}));
  const auto chain = ladder(handshake::HandshakeRecord{}, verdict).chain;
  ASSERT_EQ(chain.size(), 3U);
  EXPECT_EQ(chain[0].role, "server");
  EXPECT_EQ(chain[1].role, "intermediate");
  EXPECT_EQ(chain[2].role, "root");
  EXPECT_EQ(chain[2].kind, Link::Kind::trusted);
}

TEST(LadderChain, HasAGapWithItsNameWhereALinkIsMissing) {
  auto verdict = trust::testing::judge_case(
      trust::testing::with_faults({trust::FindingCode::chain_incomplete}));
  handshake::HandshakeRecord record;
  record.server_chain = {trust::testing::certificate("leaf").der(),
                         trust::testing::certificate("root").der()};
  auto picture = ladder(record, verdict);
  ASSERT_EQ(picture.chain.size(), 3U);
  EXPECT_EQ(picture.chain[0].note, "chain-incomplete, issuer-unknown");
  EXPECT_EQ(picture.chain[1].kind, Link::Kind::missing);
  EXPECT_EQ(picture.chain[1].name, trust::testing::certificate("leaf").issuer().short_name());
  EXPECT_EQ(picture.chain[2].note, "sent, and nothing joins it to those before");
  const auto text = to_text(picture, false, Form::facts);
  EXPECT_THAT(text, HasSubstr("\n  ┊\n  ○ " + picture.chain[1].name + ": missing; neither sent"));
  EXPECT_THAT(to_text(picture, true, Form::facts),
              HasSubstr("\n  :\n  o " + picture.chain[1].name));
}

TEST(LadderChain, IsOfWhatWasSentWhereNobodyJudged) {
  handshake::HandshakeRecord record;
  record.observed = handshake::HandshakeRecord::Observed{};
  for (const char* name : {"leaf", "other", "int"}) {
    record.server_chain.push_back(trust::testing::certificate(name).der());
  }
  const auto chain = ladder(record, {}).chain;
  ASSERT_GE(chain.size(), 3U);
  EXPECT_EQ(chain[1].role, "intermediate");
  EXPECT_EQ(chain[2].kind, Link::Kind::missing);
  EXPECT_EQ(chain[2].note, "not sent: the other side has to hold it");
  record.server_chain.front() = {1, 2, 3};
  EXPECT_TRUE(ladder(record, {}).chain.empty());
}

TEST(LadderJson, HasAllOfItBothWays) {
  const auto record = talk(only(TLS1_3_VERSION), unchanged).client;
  const auto verdict = trust::testing::judge_case(trust::testing::with_faults({}));
  auto picture = ladder(record, verdict);
  picture.remarks = {"one", "two"};
  picture.closed_by = "server";
  picture.reset = true;
  picture.rungs[2].readable = false;
  picture.rungs[2].messages = 3;
  const auto json = to_json(picture);
  EXPECT_EQ(json["steps"][0]["facts"][0]["name"], "server name (SNI)");
  EXPECT_EQ(json["chain"][2]["kind"], "trusted");
  const auto again = ladder_from_json(json);
  EXPECT_EQ(to_json(again), json);
  EXPECT_EQ(to_svg(again), to_svg(picture));
}

TEST(LadderJson, OfAnOlderProgramIsStillDrawn) {
  const auto kept =
      nlohmann::json::parse(R"({"version":"TLS 1.2","cipher_suite":"","encrypted_from":1,
    "forward_secret":true,"key_exchange":"","resumed":false,"session_of":null,"result":"established",
    "steps":[{"number":"①","name":"ClientHello","from":"client","encrypted":false,"size":9,
              "at_us":5,"note":"TLS 1.2","failing":false},
             {"number":"⑦","name":"Finished","from":"client","encrypted":true,"size":9,
              "at_us":7,"note":"","failing":false}]})");
  const auto picture = ladder_from_json(kept);
  EXPECT_TRUE(picture.rungs[1].readable);
  EXPECT_EQ(picture.rungs[1].messages, 1U);
  EXPECT_EQ(picture.closed_by, "");
  EXPECT_THAT(to_text(picture), HasSubstr("│ ⑦ Finished ─"));
}

TEST(LadderJson, ThatSomebodyChangedIsNoWayAround) {
  const auto kept =
      nlohmann::json::parse(R"({"steps":[7,{"name":"\u202Ex","facts":[3,{"values":[1,"\u001b[2J"],
    "count":-1}],"at_us":18446744073709551615,"messages":0}],"chain":["x",{"kind":"other"}],"remarks":[{},"a\nb"]})");
  const auto picture = ladder_from_json(kept);
  ASSERT_EQ(picture.rungs.size(), 1U);
  EXPECT_EQ(picture.rungs[0].name, "\\u{202E}x");
  EXPECT_THAT(picture.rungs[0].facts.at(0).values, ElementsAre("\\u{1B}[2J"));
  EXPECT_EQ(picture.chain.size(), 1U);
  EXPECT_THAT(picture.remarks, ElementsAre("a\\u{A}b"));
  for (const unsigned char c : to_text(picture, false, Form::facts)) {
    EXPECT_TRUE((c >= 0x20 && c != 0x7F) || c == '\n');
  }
}

}  // namespace
}  // namespace sealtone::explain
