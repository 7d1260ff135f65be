// SPDX-License-Identifier: Apache-2.0
#include "trust/answer_to_come.h"

#include <algorithm>

namespace sealtone::trust {

Verdict judge_before_answer(Policy policy, const std::function<Verdict(const Policy&)>& judge) {
  policy.path.ocsp_responses = nullptr;
  auto verdict = judge(policy);
  const auto waits = [](const Finding& finding) {
    return finding.code == FindingCode::revocation_unknown && finding.certificate == 0;
  };
  if (std::erase_if(verdict.findings, waits) == 0) return verdict;
  // No answer will tell of these.
  if (verdict.has(FindingCode::revocation_unknown)) return verdict;
  policy.path.revocation_required = false;
  return judge(policy);
}

}  // namespace sealtone::trust
