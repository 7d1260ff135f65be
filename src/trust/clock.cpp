// SPDX-License-Identifier: Apache-2.0
//
// trust/clock: see clock.h.
#include "trust/clock.h"

#include <algorithm>

#include "x509/crl.h"

namespace sealtone::trust {
namespace {

// Signed by an authority of the path whose name it bears.
bool is_of(const x509::Crl& crl, const x509::CheckedPath& path) {
  const auto authorities = std::span(path.path).subspan(1);
  return std::ranges::any_of(authorities, [&](const x509::Certificate& authority) {
    return authority.subject() == crl.facts().issuer && crl.signed_by(authority);
  });
}

}  // namespace

bool is_unset(const std::optional<ClockFloor>& clock, std::chrono::sys_seconds now) {
  return clock && now < clock->floor;
}

std::optional<std::chrono::sys_seconds> signed_time(
    const Verdict& verdict, const std::shared_ptr<const std::vector<x509::Crl>>& crls,
    std::chrono::sys_seconds now) {
  if (verdict.decision != Decision::trusted || verdict.has(FindingCode::clock_unset)) return {};
  auto latest = verdict.path.path.front().validity().not_before;
  if (crls) {
    for (const auto& crl : *crls) {
      const auto& facts = crl.facts();
      const bool newer = facts.this_update > latest && facts.this_update <= now;
      // What anybody could have signed proves no time, whatever is taken besides.
      const bool sound = facts.unusable.empty() && !x509::is_weak_hash(facts.signature_hash, {});
      if (newer && sound && is_of(crl, verdict.path)) latest = facts.this_update;
    }
  }
  return std::min(latest, now);
}

std::chrono::sys_seconds dates_at(const std::optional<ClockFloor>& clock,
                                  std::chrono::sys_seconds now,
                                  const x509::Certificate& certificate) {
  return is_unset(clock, now) ? std::max(clock->floor, certificate.validity().not_before) : now;
}

}  // namespace sealtone::trust
