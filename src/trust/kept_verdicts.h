// SPDX-License-Identifier: Apache-2.0
//
// trust/kept_verdicts: same chain, same list, same policy, same minute: same verdict.
//
// A phone that fetches ten files of one server judges its chain once.  Only trusted verdicts are
// kept, and the dates of their certificates are looked at each time; a refusal is always found
// anew.  A list that changes is another AnchorSet, so that a certificate that is no longer trusted
// has its effect at once.  Bounded: kMaxKept.  For one thread.
#pragma once

#include <deque>
#include <memory>

#include "trust/trust.h"

namespace sealtone::trust {

class KeptVerdicts {
 public:
  static constexpr std::size_t kMaxKept = 16;

  // As trust::judge.
  [[nodiscard]] Verdict judge(std::span<const x509::Certificate> presented,
                              const std::shared_ptr<const x509::AnchorSet>& anchors,
                              const std::optional<ReferenceIdentifier>& reference,
                              const Policy& policy, std::chrono::sys_seconds now);

 private:
  struct Kept {
    std::vector<x509::Certificate> presented;
    std::weak_ptr<const x509::AnchorSet> anchors;
    std::optional<ReferenceIdentifier> reference;
    Policy policy;
    std::chrono::sys_time<std::chrono::minutes> minute;
    Verdict verdict;
  };
  std::deque<Kept> kept_;  // newest first
};

}  // namespace sealtone::trust
