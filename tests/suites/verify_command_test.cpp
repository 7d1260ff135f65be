// SPDX-License-Identifier: Apache-2.0
//
// sealtone verify --cases, when what it is given is no suite, or a case is none.
#include <gtest/gtest.h>

#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

using nlohmann::json;

Finished verify(std::string input, Arguments further = {}) {
  Arguments arguments{"verify", "--cases"};
  arguments.insert(arguments.end(), further.begin(), further.end());
  StartOptions options;
  options.input = std::move(input);
  return sealtone(std::move(arguments), std::move(options));
}

void expect_refused(const std::string& input, const std::string& words) {
  const auto finished = verify(input);
  EXPECT_EQ(finished.status, 2) << input.substr(0, 80);
  EXPECT_EQ(finished.out, "") << input.substr(0, 80);
  EXPECT_NE(finished.err.find("standard input"), std::string::npos) << finished.err;
  EXPECT_NE(finished.err.find(words), std::string::npos) << finished.err;
}

class VerifyCommand : public testing::Test {
 protected:
  // One that is answered with SUCCESS.
  json sound() {
    return {{"id", "sound"},
            {"validation_kind", "SERVER"},
            {"trusted_certs", {root_.pem()}},
            {"untrusted_intermediates", json::array()},
            {"peer_certificate", server_.pem()},
            {"validation_time", "2024-04-01T00:00:00+00:00"},
            {"expected_peer_name", {{"kind", "DNS"}, {"value", "localhost"}}}};
  }
  json with(const char* key, json value) {
    auto test = sound();
    test[key] = std::move(value);
    return test;
  }
  static json results(const std::vector<json>& cases) {
    const auto finished = verify(json{{"version", 1}, {"testcases", json(cases)}}.dump());
    EXPECT_EQ(finished.status, 0) << finished.err;
    return json::parse(finished.out).at("results");
  }

  Certificates certificates_;
  Identity root_ = certificates_.root();
  Identity server_ = certificates_.server(root_);
};

// A pipe that somebody keeps open, with nothing in it or with a beginning, is not waited for.
TEST_F(VerifyCommand, GivesUpAPipeThatComesToNoEnd) {
  for (const std::string begun : {"", "{\"version\": 1"}) {
    StartOptions options;
    options.input = begun;
    options.keep_input_open = true;
    const auto from = std::chrono::steady_clock::now();
    Process verify({std::getenv("SEALTONE_BINARY"), "verify", "--cases"}, options);
    const auto status = verify.wait(std::chrono::seconds(60));
    EXPECT_GE(std::chrono::steady_clock::now() - from, std::chrono::seconds(10));
    EXPECT_EQ(status, 2);
    EXPECT_NE(unwrapped(verify.err()).find("did not come to an end within 10 seconds"),
              std::string::npos)
        << verify.err();
  }
}

TEST_F(VerifyCommand, AnswersInTheShapeThatThePageTells) {
  const auto finished = verify(json{{"version", 1}, {"testcases", json::array({sound()})}}.dump());
  ASSERT_EQ(finished.status, 0) << finished.err;
  const auto all = json::parse(finished.out);
  EXPECT_EQ(all.at("version"), 1);
  EXPECT_TRUE(all.at("harness").get<std::string>().starts_with("sealtone "));
  EXPECT_EQ(all.at("results"),
            json::parse(R"([{"id": "sound", "actual_result": "SUCCESS", "context": ""}])"));
}

TEST_F(VerifyCommand, SaysInTheContextWhatWasFound) {
  const auto answers =
      results({with("expected_peer_name", {{"kind", "DNS"}, {"value", "other.example"}}),
               with("trusted_certs", json::array())});
  EXPECT_EQ(answers[0]["actual_result"], "FAILURE");
  EXPECT_NE(answers[0]["context"].get<std::string>().find("name-mismatch"), std::string::npos);
  EXPECT_EQ(answers[1]["actual_result"], "FAILURE");
  EXPECT_NE(answers[1]["context"].get<std::string>().find("issuer-unknown"), std::string::npos);
}

TEST_F(VerifyCommand, AnswersToNoCasesWithNoResults) { EXPECT_EQ(results({}), json::array()); }

TEST_F(VerifyCommand, JudgesWithoutATimeByTheClock) {
  EXPECT_EQ(results({with("validation_time", nullptr)})[0]["actual_result"], "SUCCESS");
}

TEST(VerifyInput, ThatIsNoSuiteIsRefusedInClearWords) {
  expect_refused("", "no JSON");
  expect_refused("garbage", "no JSON");
  expect_refused(std::string("\0\xFF\xFE\x30\x82", 5), "no JSON");
  expect_refused(R"({"version":1,"testcases":[)", "no JSON");
  expect_refused("{}", "no \"testcases\"");
  expect_refused("[]", "no \"testcases\"");
  expect_refused("null", "no \"testcases\"");
  expect_refused(R"({"version":1,"testcases":null})", "no \"testcases\"");
  expect_refused(R"({"version":1,"testcases":{"id":"a"}})", "no \"testcases\"");
  expect_refused(std::string(1'000'000, '['), "no JSON");
  expect_refused(std::string(500'000, '[') + std::string(500'000, ']'), "no \"testcases\"");
}

TEST(VerifyInput, ThatIsLargerThanASuiteMayBeIsRefused) {
  constexpr std::size_t kMost = 64'000'000;
  const std::string suite = R"({"testcases":[]})";
  EXPECT_EQ(verify(suite + std::string(kMost - suite.size(), ' ')).status, 0);
  expect_refused(suite + std::string(kMost - suite.size() + 1, ' '), "64000000 bytes");
}

TEST(VerifyInput, MistypedCommandsAreRefused) {
  EXPECT_EQ(sealtone({"verify"}).status, 2);
  EXPECT_EQ(verify("{}", {"--profile", "lenient"}).status, 2);
}

// What is wrong with one case ends neither the others nor the program.
TEST_F(VerifyCommand, SkipsACaseThatIsNone) {
  const std::vector<json> nonsense{nullptr,
                                   5,
                                   "text",
                                   json::array(),
                                   json::object(),
                                   with("peer_certificate", 5),
                                   with("peer_certificate", nullptr),
                                   with("trusted_certs", "text"),
                                   with("trusted_certs", {1, 2}),
                                   with("validation_kind", 1),
                                   with("validation_time", 1),
                                   with("validation_time", "tomorrow"),
                                   with("validation_time", "2024-04-01T00:00:00+02:00"),
                                   with("expected_peer_name", "localhost"),
                                   with("expected_peer_names", {1}),
                                   with("max_chain_depth", "deep"),
                                   with("crls", {{"a", 1}}),
                                   with("key_usage", {"keyAgreement"}),
                                   with("signature_algorithms", {"rsa"}),
                                   with("x", {{"no_purpose", "yes"}}),
                                   with("x", {{"policy", {{"initial_policy_set", 1}}}})};
  auto cases = nonsense;
  cases.push_back(sound());
  const auto answers = results(cases);
  ASSERT_EQ(answers.size(), nonsense.size() + 1);
  for (std::size_t at = 0; at < nonsense.size(); ++at) {
    EXPECT_EQ(answers[at]["actual_result"], "SKIPPED") << nonsense[at].dump().substr(0, 100);
    EXPECT_NE(answers[at]["context"], "") << nonsense[at].dump().substr(0, 100);
  }
  EXPECT_EQ(answers.back()["actual_result"], "SUCCESS");
}

TEST_F(VerifyCommand, RefusesACertificateThatCannotBeRead) {
  for (const auto& pem :
       {"", "text", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----"}) {
    const auto answer = results({with("peer_certificate", pem)})[0];
    EXPECT_EQ(answer["actual_result"], "FAILURE") << pem;
    EXPECT_NE(answer["context"], "") << pem;
  }
}

// Junk beside what is needed: a path that does without is found.
TEST_F(VerifyCommand, PassesOverJunkBesideThePath) {
  auto test = with("untrusted_intermediates", {"", "text", server_.pem(), root_.pem()});
  test["trusted_certs"].push_back("text");
  test["crls"] = json::array();
  EXPECT_EQ(results({test})[0]["actual_result"], "SUCCESS");
}

TEST_F(VerifyCommand, GivesTheIdBackIfItIsPlain) {
  EXPECT_EQ(results({with("id", 7)})[0]["id"], 7);
  EXPECT_EQ(results({with("id", "\u00e9")})[0]["id"], "\u00e9");
  EXPECT_EQ(results({with("id", {1, 2})})[0]["id"], nullptr);
}

// What is nested deeply costs a call for each level, wherever it is copied or printed.
TEST_F(VerifyCommand, SkipsWhatIsNestedDeeply) {
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  const auto finished = verify(R"({"testcases":[{"validation_kind":"SERVER","peer_certificate":)" +
                               json(server_.pem()).dump() + R"(,"id":)" + deep +
                               R"(,"expected_peer_names":)" + deep + R"(,"x":)" + deep + "}]}");
  ASSERT_EQ(finished.status, 0) << finished.err;
  const auto answer = json::parse(finished.out).at("results").at(0);
  EXPECT_EQ(answer["actual_result"], "SKIPPED");
  EXPECT_EQ(answer["id"], nullptr);
}

}  // namespace
}  // namespace sealtone::test
