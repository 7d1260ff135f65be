// SPDX-License-Identifier: Apache-2.0
//
// x509/policy_graph: whether a path is valid for a certificate policy, where one is required.
//
// Source: RFC 5280 §6.1.2–6.1.5 (the valid_policy_tree), kept as a graph: a policy stands once on
// each level, so that mappings cannot make it grow beyond the policies of all certificates
// (RFC 9618).  Quiet.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string>

#include "x509/certificate.h"

namespace sealtone::x509 {

// RFC 5280 §6.1.1 (c), (e), (f), (g).
struct PolicyInput {
  std::set<std::string> initial_policy_set = {};  // dotted numbers; empty: any-policy
  bool initial_explicit_policy = false;
  bool initial_policy_mapping_inhibit = false;
  bool initial_any_policy_inhibit = false;
  bool operator==(const PolicyInput&) const = default;
};

struct PolicyViolation {
  std::size_t index;  // into the path
  std::string detail;
};

// path: leaf first, without the trust anchor, whose policies do not count.
[[nodiscard]] std::optional<PolicyViolation> policy_violation(
    std::span<const Certificate* const> path, const PolicyInput& input);

// Of all paths for one peer: policies and mappings, times the certificates that pass them on.
inline constexpr std::size_t kMaxPolicySteps = 1 << 14;
[[nodiscard]] std::size_t policy_steps(std::span<const Certificate* const> path);

}  // namespace sealtone::x509
