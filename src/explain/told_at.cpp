// SPDX-License-Identifier: Apache-2.0
#include "explain/told_at.h"

#include <algorithm>

#include "trust/clock.h"

namespace sealtone::explain {

std::chrono::sys_seconds told_at(const trust::Verdict& verdict, std::chrono::sys_seconds now,
                                 const x509::Certificate& certificate) {
  const auto unset =
      std::ranges::find(verdict.findings, trust::FindingCode::clock_unset, &trust::Finding::code);
  if (unset == verdict.findings.end() || !unset->evidence.bound) return now;
  return trust::dates_at(trust::ClockFloor{.floor = *unset->evidence.bound}, now, certificate);
}

}  // namespace sealtone::explain
