// SPDX-License-Identifier: Apache-2.0
//
// trust/kept_verdicts: see kept_verdicts.h.
#include "trust/kept_verdicts.h"

#include <algorithm>
#include <functional>
#include <tuple>

namespace sealtone::trust {
namespace {

// A member more does not compile here: what it means for a verdict has to be compared too.
auto members(const x509::PathOptions& options) {
  const auto& [purpose, min_rsa_bits, min_ec_bits, allow_sha1, profile, policies, max_intermediates,
               crls, ocsp_responses, revocation_required, common_names, partial_chain] = options;
  // Lists are the same object as long as they are the same; each connection has an answer of its
  // own, whose octets count.
  static const std::vector<base::Bytes> none;
  return std::make_tuple(purpose, min_rsa_bits, min_ec_bits, allow_sha1, profile,
                         std::cref(policies), max_intermediates, crls, ocsp_responses != nullptr,
                         std::cref(ocsp_responses ? *ocsp_responses : none), revocation_required,
                         common_names, partial_chain);
}

auto members(const Policy& policy) {
  const auto& [only_accept_trusted, check_name, allow_common_name, service, sip_address_names,
               sip_wildcards, clock, for_tls, path] = policy;
  return std::tuple_cat(
      std::tuple(only_accept_trusted, check_name, allow_common_name, service, sip_address_names,
                 sip_wildcards, clock ? std::optional(clock->floor) : std::nullopt,
                 clock && clock->use_floor, for_tls),
      members(path));
}

bool same(const std::optional<ReferenceIdentifier>& a,
          const std::optional<ReferenceIdentifier>& b) {
  if (!a || !b) return !a && !b;
  return a->kind == b->kind && a->value == b->value;
}

// The very same object: one of another that was made at its old address is not.
bool same(const std::weak_ptr<const x509::AnchorSet>& kept,
          const std::shared_ptr<const x509::AnchorSet>& given) {
  return !kept.owner_before(given) && !given.owner_before(kept);
}

bool all_valid(const x509::CheckedPath& checked, std::chrono::sys_seconds now) {
  return std::ranges::all_of(checked.path, [&](const x509::Certificate& certificate) {
    const auto& validity = certificate.validity();
    return validity.not_before <= now && now <= validity.not_after;
  });
}

}  // namespace

Verdict KeptVerdicts::judge(std::span<const x509::Certificate> presented,
                            const std::shared_ptr<const x509::AnchorSet>& anchors,
                            const std::optional<ReferenceIdentifier>& reference,
                            const Policy& policy, std::chrono::sys_seconds now) {
  const auto minute = std::chrono::floor<std::chrono::minutes>(now);
  const auto found = std::ranges::find_if(kept_, [&](const Kept& kept) {
    return kept.minute == minute && same(kept.anchors, anchors) &&
           std::ranges::equal(kept.presented, presented) && same(kept.reference, reference) &&
           members(kept.policy) == members(policy) && all_valid(kept.verdict.path, now);
  });
  if (found != kept_.end()) return found->verdict;

  auto verdict = trust::judge(presented, *anchors, reference, policy, now);
  if (verdict.decision != Decision::trusted) return verdict;
  if (kept_.size() >= kMaxKept) kept_.pop_back();
  kept_.push_front(
      {{presented.begin(), presented.end()}, anchors, reference, policy, minute, verdict});
  return verdict;
}

}  // namespace sealtone::trust
