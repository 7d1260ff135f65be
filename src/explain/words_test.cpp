// SPDX-License-Identifier: Apache-2.0
//
// The words for every finding code, for three readers: the admin's sentences, the program's JSON,
// the log's line.  Rules for all of them, in both roles, of a harmless peer and of a hostile one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "explain/explain.h"
#include "explain/wording.h"
#include "trust/fixtures.h"

namespace sealtone::explain {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using trust::FindingCode;
using trust::testing::judge_case;
using trust::testing::kNow;
using trust::testing::with_faults;

constexpr std::string_view kServer = "prov.example.com:443";

// What somebody would put into a name that is shown to an admin.
std::string hostile() {
  return "\x1B[2J\r\nroot: trusted\xE2\x80\xAE\xFF \xD0\x90"
         "cme " +
         std::string(2'000, 'x');
}

trust::Finding plain_finding(FindingCode code, std::optional<std::size_t> certificate) {
  return {code,
          certificate,
          {.wanted = "what was wanted",
           .found = {"what was found"},
           .now = kNow,
           .bound = kNow - std::chrono::days(3),
           .step = "ServerHello",
           .alert = 40,
           .alert_is_ours = false,
           .detail = "the rule's words"}};
}

trust::Finding hostile_finding(FindingCode code, std::optional<std::size_t> certificate) {
  auto finding = plain_finding(code, certificate);
  finding.evidence.wanted = finding.evidence.detail = hostile();
  finding.evidence.found = {hostile(), hostile()};
  return finding;
}

struct Words {
  Explanation explanation;
  nlohmann::json json;
  std::string log;
};

Words words_for(const trust::Finding& finding, handshake::Role role, trust::Decision decision,
                std::string server = std::string(kServer)) {
  static const auto sound = judge_case(with_faults({}));
  auto verdict = sound;
  verdict.decision = decision;
  verdict.findings = {finding};
  handshake::HandshakeRecord record;
  record.role = role;
  const Context context{.server = std::move(server), .now = kNow};
  auto explanation = explain(verdict, record, context);
  auto json = to_json(explanation, verdict, record, context);
  auto log = to_log_line(explanation, context);
  return {std::move(explanation), std::move(json), std::move(log)};
}

// One end to the sentence, no word that says nothing, nothing open, no number without what it is.
void expect_sentence(const std::string& text, FindingCode code) {
  const std::string at = std::string(trust::word(code)) + ": " + text;
  EXPECT_TRUE(text.ends_with('.')) << at;
  EXPECT_FALSE(text.ends_with("..")) << at;
  EXPECT_THAT(text, Not(HasSubstr("rror"))) << at;
  EXPECT_THAT(text, Not(HasSubstr("  "))) << at;
  EXPECT_THAT(text, Not(HasSubstr("()"))) << at;
  EXPECT_THAT(text, Not(HasSubstr("\"\""))) << at;
  EXPECT_THAT(text, Not(HasSubstr(" ,"))) << at;
  EXPECT_THAT(text, Not(HasSubstr("{}"))) << at;
  EXPECT_THAT(text, Not(HasSubstr("X509_V_"))) << at;
  static const std::regex alert_alone(R"(alert \d)");
  EXPECT_FALSE(std::regex_search(text, alert_alone)) << at;
}

template <typename Check>
void for_every_code(Check check) {
  for (const auto code : trust::all_finding_codes()) {
    for (const auto role : {handshake::Role::client, handshake::Role::server}) {
      for (const auto certificate : std::initializer_list<std::optional<std::size_t>>{{}, 0, 1}) {
        check(code, role, certificate);
      }
    }
  }
}

TEST(Words, OfEveryCodeAreSentencesThatNameThePeer) {
  for_every_code([](FindingCode code, handshake::Role role, std::optional<std::size_t> at) {
    const auto words =
        words_for(plain_finding(code, at), role, trust::Decision::untrusted).explanation;
    const auto& finding = words.findings.at(0);
    for (const auto& text : {finding.says, finding.fix.say, words.headline}) {
      expect_sentence(text, code);
    }
    // Of another certificate of the chain its own name is said in the server's place.
    const bool named = finding.says.find("prov.example.com:443") != std::string::npos;
    EXPECT_TRUE(named || finding.says.find("Acme") != std::string::npos) << finding.says;
    EXPECT_THAT(words.headline, HasSubstr("prov.example.com:443")) << trust::word(code);
  });
}

TEST(Words, OfEveryDecisionAreSentences) {
  for (const auto decision :
       {trust::Decision::trusted, trust::Decision::untrusted, trust::Decision::accepted_untrusted,
        trust::Decision::not_established}) {
    for (const auto code : trust::all_finding_codes()) {
      expect_sentence(
          words_for(plain_finding(code, 0), handshake::Role::client, decision).explanation.headline,
          code);
    }
  }
}

TEST(Words, ForTheLogAreOneShortLineOfAsciiWithTheCodeAndThePeer) {
  for_every_code([](FindingCode code, handshake::Role role, std::optional<std::size_t> at) {
    EXPECT_EQ(words_for(plain_finding(code, at), role, trust::Decision::untrusted).log,
              "untrusted: " + std::string(trust::word(code)) + " (prov.example.com:443)");
    const auto log =
        words_for(hostile_finding(code, at), role, trust::Decision::untrusted, hostile()).log;
    EXPECT_THAT(log, ::testing::StartsWith("untrusted: " + std::string(trust::word(code)) + " ("));
    EXPECT_LT(log.size(), 1'000U) << trust::word(code);
    for (const char c : log) {
      EXPECT_TRUE(c >= ' ' && c <= '~') << trust::word(code) << ": " << log;
    }
  });
}

TEST(Words, ForTheLogNameEachCodeOnce) {
  trust::Verdict verdict{.decision = trust::Decision::untrusted};
  for (int i = 0; i < 50; ++i) {
    for (const auto code : trust::all_finding_codes()) verdict.findings.push_back({code, {}, {}});
  }
  auto made = judge_case(with_faults({}));
  verdict.path = made.path;
  const Context context{.server = "x", .now = kNow};
  EXPECT_LT(to_log_line(explain(verdict, {}, context), context).size(), 2'000U);
}

TEST(Words, ForProgramsHaveTheSameFieldsOfEveryCode) {
  for_every_code([](FindingCode code, handshake::Role role, std::optional<std::size_t> at) {
    const auto json = words_for(plain_finding(code, at), role, trust::Decision::untrusted).json;
    const auto& finding = json.at("verdict").at("findings").at(0);
    const auto keys = [](const nlohmann::json& object) {
      std::vector<std::string> out;
      for (const auto& [key, value] : object.items()) out.push_back(key);
      return out;
    };
    EXPECT_THAT(keys(finding), ::testing::ElementsAre("certificate", "code", "details", "evidence",
                                                      "fix", "hint", "says"));
    EXPECT_THAT(keys(finding.at("evidence")),
                ::testing::ElementsAre("alert", "alert_is_ours", "bound", "detail", "found",
                                       "missing", "now", "step", "wanted"));
    // A fix, or a hint in its place.
    EXPECT_EQ(finding.at("fix").is_null(), finding.at("hint") != "");
    if (!finding.at("fix").is_null()) {
      EXPECT_THAT(keys(finding.at("fix")),
                  ::testing::ElementsAre("desk_phones", "desk_phones_note", "file", "kind", "pem",
                                         "say", "sha256"));
    }
    EXPECT_EQ(finding.at("code"), trust::word(code));
    static const std::regex plain("[a-z]+(-[a-z]+)*");
    EXPECT_TRUE(std::regex_match(finding.at("code").get<std::string>(), plain));
  });
}

// Every field, at any depth, stands in docs/json.md, in its table or its example.
void expect_documented(const nlohmann::json& value, const std::string& page) {
  if (value.is_array()) {
    for (const auto& one : value) expect_documented(one, page);
  }
  if (!value.is_object()) return;
  for (const auto& [key, below] : value.items()) {
    const bool there = page.find('`' + key + '`') != std::string::npos ||
                       page.find('.' + key + '`') != std::string::npos ||
                       page.find('"' + key + "\": ") != std::string::npos;
    EXPECT_TRUE(there) << key << " is not in docs/json.md";
    expect_documented(below, page);
  }
}

TEST(Words, ForProgramsHaveNoFieldThatThePageDoesNotName) {
  std::ifstream file(std::string(SEALTONE_SOURCE) + "/docs/json.md");
  std::stringstream page;
  page << file.rdbuf();
  auto made = with_faults({FindingCode::issuer_unknown, FindingCode::expired});
  auto verdict = judge_case(made);
  const Context context{.server = std::string(kServer), .now = kNow};
  expect_documented(to_json(explain(verdict, {}, context), verdict, {}, context), page.str());
}

// Whoever reads it sees what a peer said, and obeys none of it.
TEST(Words, ShowWhatAHostilePeerSaysAndObeyNoneOfIt) {
  for_every_code([](FindingCode code, handshake::Role role, std::optional<std::size_t> at) {
    const auto words =
        words_for(hostile_finding(code, at), role, trust::Decision::untrusted, hostile());
    const auto text = to_text(words.explanation, 100);
    const auto json = words.json.dump();
    for (const std::string_view bad : {"\x1B", "\r", "\xE2\x80\xAE", "\xFF",
                                       "\xD0\x90"
                                       "cme"}) {
      EXPECT_EQ(text.find(bad), std::string::npos) << trust::word(code);
      EXPECT_EQ(json.find(bad), std::string::npos) << trust::word(code);
    }
    EXPECT_LT(text.size(), 40'000U) << trust::word(code);
    EXPECT_LT(json.size(), 60'000U) << trust::word(code);
  });
}

}  // namespace
}  // namespace sealtone::explain
