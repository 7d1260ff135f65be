// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "explain/certificate_words.h"
#include "explain/explain.h"
#include "handshake/two_engines.h"
#include "trust/fixtures.h"

namespace sealtone::explain {
namespace {

using enum trust::FindingCode;
using trust::testing::certificate;
using trust::testing::judge_case;
using trust::testing::kNow;
using trust::testing::with_faults;

TEST(ToJson, HoldsTheVerdictTheCertificatesAndTheHandshake) {
  auto made = with_faults({issuer_unknown, expired});
  made.presented.push_back(certificate("root"));
  const auto verdict = judge_case(made);
  const auto record =
      handshake::testing::talk(handshake::testing::unchanged, handshake::testing::unchanged).client;
  const Context context{.server = "prov.example.com:443", .now = kNow};
  const auto json = to_json(explain(verdict, record, context), verdict, record, context);

  EXPECT_EQ(json["server"], "prov.example.com:443");
  EXPECT_EQ(json["verdict"]["decision"], "untrusted");
  const auto& findings = json["verdict"]["findings"];
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0]["code"], "issuer-unknown");
  EXPECT_EQ(findings[0]["fix"]["kind"], "add-trusted");
  EXPECT_EQ(findings[0]["fix"]["file"], "acme-root-r1.pem");
  EXPECT_EQ(findings[0]["fix"]["sha256"], certificate("root").fingerprint());
  EXPECT_EQ(findings[0]["fix"]["desk_phones"].size(), 2U);
  EXPECT_EQ(findings[1]["code"], "expired");
  EXPECT_EQ(findings[1]["certificate"], 0);
  EXPECT_EQ(findings[1]["evidence"]["now"], "2026-06-01T00:00:00Z");
  EXPECT_EQ(findings[1]["evidence"]["bound"], "2026-01-01T00:00:00Z");
  EXPECT_EQ(findings[1]["evidence"]["alert"], nullptr);
  ASSERT_EQ(json["certificates"].size(), 3U);
  EXPECT_EQ(json["certificates"][2]["subject"]["common_name"], "Acme Root R1");
  EXPECT_EQ(json["handshake"]["version"], "TLS 1.3");
  EXPECT_EQ(json["handshake"]["steps"][0]["name"], "ClientHello");
}

TEST(ToJson, NamesTheAlertAndLeavesNoFingerprintOfWhatIsMissing) {
  trust::Verdict verdict = judge_case(with_faults({issuer_unknown}));
  verdict.findings.push_back({alert_received, {}, {.alert = 112}});
  verdict.findings.push_back({protocol_violation, {}, {.alert = 50, .alert_is_ours = true}});
  const handshake::HandshakeRecord record;
  const Context context{.server = "x", .now = kNow};
  const auto json = to_json(explain(verdict, record, context), verdict, record, context);
  const auto& findings = json["verdict"]["findings"];
  EXPECT_EQ(findings[0]["evidence"]["alert"], "decode_error");
  EXPECT_EQ(findings[0]["evidence"]["alert_is_ours"], true);
  EXPECT_EQ(findings[1]["fix"]["sha256"], "");
  EXPECT_EQ(findings[1]["hint"], "");
  EXPECT_EQ(findings[2]["evidence"]["alert"], "unrecognized_name");
  EXPECT_EQ(findings[2]["evidence"]["alert_is_ours"], false);
  EXPECT_EQ(findings[2]["certificate"], nullptr);
}

TEST(ToJson, SaysOfAMissingIssuerWhatTheCertificateSaysOfIt) {
  const auto verdict = judge_case(with_faults({issuer_unknown, expired}));
  const handshake::HandshakeRecord record;
  const Context context{.server = "x", .now = kNow};
  const auto json = to_json(explain(verdict, record, context), verdict, record, context);
  const auto& child = verdict.path.path.back();
  for (const auto& finding : json["verdict"]["findings"]) {
    const auto& missing = finding["evidence"]["missing"];
    if (finding["code"] == "expired") {
      EXPECT_EQ(missing, nullptr);
      continue;
    }
    EXPECT_EQ(missing["name"], "CN=Acme Root R1, O=Acme");
    EXPECT_EQ(missing["key_id"], base::hex_colons(child.authority_key_id()));
    EXPECT_EQ(missing["addresses"], nlohmann::json({"http://pki.example.com/acme-root-r1.cer"}));
  }
}

TEST(ToJson, CountsDaysFromTheFloorWhereTheClockWasNeverSet) {
  auto verdict = trust::testing::judge_case(trust::testing::with_faults({}));
  const handshake::HandshakeRecord record;
  const Context never_set{.server = "x", .now = std::chrono::sys_seconds{}};
  const auto days = [&] {
    const auto explanation = explain(verdict, record, never_set);
    return to_json(explanation, verdict, record, never_set)["certificates"][0]["days_left"]
        .get<long>();
  };
  const auto& leaf = verdict.path.path.front();
  EXPECT_EQ(days(), days_left(leaf, never_set.now));
  verdict.findings.push_back({clock_unset, {}, {.now = never_set.now, .bound = kNow}});
  EXPECT_EQ(days(), days_left(leaf, kNow));
}

TEST(ToJson, GivesAHintWhereNoFixIsKnown) {
  trust::Verdict verdict;
  verdict.findings.push_back({cipher_gap, {}, {}});
  const handshake::HandshakeRecord record;
  const Context context{.server = "x", .now = kNow};
  const auto json = to_json(explain(verdict, record, context), verdict, record, context);
  EXPECT_EQ(json["verdict"]["findings"][0]["fix"], nullptr);
  EXPECT_NE(json["verdict"]["findings"][0]["hint"], "");
}

TEST(ToJson, GivesEachFindingItsOwnEvidence) {
  auto verdict = trust::testing::judge_case(trust::testing::with_faults({}));
  verdict.findings = {{path_refused, 0, {.detail = "one"}},
                      {expired, 0, {.detail = "two"}},
                      {path_refused, 1, {.detail = "three"}},
                      {path_refused, 0, {.detail = "four"}}};
  const handshake::HandshakeRecord record;
  const Context context{.server = "x", .now = kNow};
  const auto json = to_json(explain(verdict, record, context), verdict, record, context);
  for (const auto& finding : json["verdict"]["findings"]) {
    const auto details = finding["details"].get<std::string>();
    EXPECT_TRUE(details.ends_with(finding["evidence"]["detail"].get<std::string>())) << details;
  }
}

TEST(ToJson, CanAlwaysBeWrittenOut) {
  trust::Verdict verdict;
  verdict.findings.push_back(
      {plain_text_on_tls_port, {}, {.found = {"\xFF"}, .detail = "\xC3\x28\x1B"}});
  verdict.findings.push_back({name_mismatch, {}, {.wanted = "\xFE", .found = {"\xFF\x00"}}});
  const handshake::HandshakeRecord record;
  const Context context{.server = "\xFF\x1B", .now = kNow};
  std::string text;
  EXPECT_NO_THROW(text =
                      to_json(explain(verdict, record, context), verdict, record, context).dump());
  EXPECT_EQ(text.find('\x1B'), std::string::npos);
}

}  // namespace
}  // namespace sealtone::explain
