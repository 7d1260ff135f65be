// SPDX-License-Identifier: Apache-2.0
#include "trust/answer_to_come.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "trust/fixtures.h"

namespace sealtone::trust {
namespace {

using enum FindingCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class BeforeAnswer : public ::testing::Test {
 protected:
  // As judge would find them where it is demanded that something is known, and where it is not.
  Verdict judged(std::vector<Finding> demanded, bool required = true,
                 std::vector<Finding> else_found = {}) {
    Policy policy;
    policy.path.revocation_required = required;
    policy.path.ocsp_responses = std::make_shared<const std::vector<base::Bytes>>();
    return judge_before_answer(policy, [&](const Policy& by) {
      EXPECT_EQ(by.path.ocsp_responses, nullptr);
      demands_.push_back(by.path.revocation_required);
      auto findings = by.path.revocation_required ? demanded : else_found;
      const auto decision = findings.empty() ? Decision::trusted : Decision::untrusted;
      return Verdict{.decision = decision, .findings = std::move(findings), .path = {}};
    });
  }
  static Finding unknown(std::size_t certificate) {
    return {.code = revocation_unknown, .certificate = certificate};
  }
  static std::vector<std::size_t> at(const Verdict& verdict) {
    std::vector<std::size_t> all;
    for (const auto& finding : verdict.findings) all.push_back(finding.certificate.value_or(99));
    return all;
  }

  std::vector<bool> demands_;
};

TEST_F(BeforeAnswer, WhatIsKnownOfAllIsJudgedOnce) {
  EXPECT_TRUE(judged({}).accepted());
  EXPECT_THAT(demands_, ElementsAre(true));
}

TEST_F(BeforeAnswer, TheServersOwnWaitsForIt) {
  const auto verdict = judged({unknown(0)});
  EXPECT_TRUE(verdict.accepted());
  EXPECT_THAT(verdict.findings, IsEmpty());
  EXPECT_THAT(demands_, ElementsAre(true, false));
}

TEST_F(BeforeAnswer, AnAuthoritysDoesNot) {
  for (const auto& findings : {std::vector{unknown(1)}, std::vector{unknown(0), unknown(1)}}) {
    demands_.clear();
    const auto verdict = judged(findings);
    EXPECT_EQ(verdict.decision, Decision::untrusted);
    EXPECT_THAT(at(verdict), ElementsAre(1));
    EXPECT_THAT(demands_, ElementsAre(true));
  }
}

TEST_F(BeforeAnswer, WhatElseIsWrongIsSaidWithoutIt) {
  const auto verdict = judged({unknown(0), {.code = expired, .certificate = 0}}, true,
                              {{.code = expired, .certificate = 0}});
  EXPECT_TRUE(verdict.has(expired));
  EXPECT_FALSE(verdict.has(revocation_unknown));
}

TEST_F(BeforeAnswer, NothingIsDemandedThatThePolicyDoesNotDemand) {
  EXPECT_TRUE(judged({unknown(0)}, false).accepted());
  EXPECT_THAT(demands_, ElementsAre(false));
}

}  // namespace
}  // namespace sealtone::trust
