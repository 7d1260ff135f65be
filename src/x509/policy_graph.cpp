// SPDX-License-Identifier: Apache-2.0
//
// x509/policy_graph: see policy_graph.h.
#include "x509/policy_graph.h"

#include <algorithm>
#include <map>
#include <vector>

#include "x509/extensions.h"

namespace sealtone::x509 {
namespace {

// The policies that are valid at one certificate, in the words of its issuer.
struct Level {
  struct Node {
    // Policies of the level above that this one comes from; none: from anyPolicy.
    std::set<std::string> parents = {};
    bool mapped = false;
  };
  std::map<std::string, Node> nodes = {};
  bool any_policy = false;
  [[nodiscard]] bool empty() const { return nodes.empty() && !any_policy; }
};

// RFC 5280 §6.1.3 (d), (e).
void apply_policies(Level& level, const std::optional<std::vector<std::string>>& policies,
                    bool any_policy_allowed) {
  if (!policies) {
    level = {};
    return;
  }
  const bool any_above = level.any_policy;
  const std::set<std::string> named(policies->begin(), policies->end());
  if (!named.contains(kAnyPolicy) || !any_policy_allowed) {
    level.any_policy = false;
    std::erase_if(level.nodes, [&](const auto& node) { return !named.contains(node.first); });
  }
  if (!any_above) return;
  for (const auto& policy : named) {
    if (policy != kAnyPolicy) level.nodes.try_emplace(policy);
  }
}

// RFC 5280 §6.1.4 (a), (b): the level below, in the words of the certificate's subject.
Level next_level(Level& level, const Extensions& extensions, bool mapping_allowed) {
  Level below;
  if (mapping_allowed) {
    for (const auto& [issuers, subjects] : extensions.policy_mappings) {
      if (level.any_policy) level.nodes.try_emplace(issuers);
      const auto node = level.nodes.find(issuers);
      if (node == level.nodes.end()) continue;
      node->second.mapped = true;
      below.nodes[subjects].parents.insert(issuers);
    }
  } else {
    for (const auto& mapping : extensions.policy_mappings) level.nodes.erase(mapping.first);
  }
  for (const auto& [policy, node] : level.nodes) {
    if (!node.mapped) below.nodes[policy].parents.insert(policy);
  }
  below.any_policy = level.any_policy;
  return below;
}

// RFC 5280 §6.1.5 (g): whether a policy that the caller accepts is valid for the whole path.
bool has_valid_policy(const std::vector<Level>& levels, const std::set<std::string>& wanted) {
  if (levels.empty() || levels.back().empty()) return false;
  if (wanted.empty() || wanted.contains(kAnyPolicy) || levels.back().any_policy) return true;
  std::set<std::string> reached;
  for (const auto& [policy, node] : levels.back().nodes) reached.insert(policy);
  for (auto level = levels.rbegin(); level != levels.rend() && !reached.empty(); ++level) {
    std::set<std::string> above;
    for (const auto& policy : reached) {
      const auto node = level->nodes.find(policy);
      if (node == level->nodes.end()) continue;
      if (node->second.parents.empty() && wanted.contains(policy)) return true;
      above.insert(node->second.parents.begin(), node->second.parents.end());
    }
    reached = std::move(above);
  }
  return false;
}

// What no certificate may say of policies, whether one is required or not.
std::optional<std::string> malformed(const Extensions& extensions) {
  if (extensions.policies) {
    // RFC 5280 §4.2.1.4: "A certificate policy OID MUST NOT appear more than once".
    const std::set<std::string> once(extensions.policies->begin(), extensions.policies->end());
    if (once.size() != extensions.policies->size()) return "it names a policy twice";
  }
  // §4.2.1.5: "Policies MUST NOT be mapped either to or from the special value anyPolicy".
  for (const auto& [issuers, subjects] : extensions.policy_mappings) {
    if (issuers == kAnyPolicy || subjects == kAnyPolicy) return "it maps anyPolicy";
  }
  return std::nullopt;
}

// RFC 5280 §6.1.2 (d)–(f): how many certificates may still come before a rule holds.
class Counters {
 public:
  Counters(const PolicyInput& input, std::size_t length)
      : explicit_policy_(input.initial_explicit_policy ? 0 : length + 1),
        policy_mapping_(input.initial_policy_mapping_inhibit ? 0 : length + 1),
        any_policy_(input.initial_any_policy_inhibit ? 0 : length + 1) {}

  [[nodiscard]] bool policy_required() const { return explicit_policy_ == 0; }
  [[nodiscard]] bool mapping_allowed() const { return policy_mapping_ > 0; }
  [[nodiscard]] bool any_policy_allowed() const { return any_policy_ > 0; }

  // §6.1.4 (h), (i), (j).
  void step_below(const Certificate& certificate) {
    const auto& extensions = certificate.extensions();
    if (!certificate.self_issued()) {
      for (auto* const counter : {&explicit_policy_, &policy_mapping_, &any_policy_}) {
        if (*counter > 0) --*counter;
      }
    }
    lower(explicit_policy_, extensions.require_explicit_policy);
    lower(policy_mapping_, extensions.inhibit_policy_mapping);
    lower(any_policy_, extensions.inhibit_any_policy);
  }
  // §6.1.5 (a), (b).
  void end(const Certificate& leaf) {
    if (explicit_policy_ > 0) --explicit_policy_;
    if (leaf.extensions().require_explicit_policy == 0U) explicit_policy_ = 0;
  }

 private:
  static void lower(std::uint64_t& counter, const std::optional<std::uint64_t>& value) {
    if (value) counter = std::min(counter, *value);
  }
  std::uint64_t explicit_policy_, policy_mapping_, any_policy_;
};

}  // namespace

std::size_t policy_steps(std::span<const Certificate* const> path) {
  std::size_t policies = 0;
  for (const auto* const certificate : path) {
    const auto& extensions = certificate->extensions();
    if (extensions.policies) policies += extensions.policies->size();
    policies += extensions.policy_mappings.size();
  }
  return policies * path.size();
}

std::optional<PolicyViolation> policy_violation(std::span<const Certificate* const> path,
                                                const PolicyInput& input) {
  Counters counters(input, path.size());
  std::vector<Level> levels;
  Level level{.nodes = {}, .any_policy = true};
  for (std::size_t index = path.size(); index-- > 0;) {
    const auto& certificate = *path[index];
    const auto& extensions = certificate.extensions();
    if (auto words = malformed(extensions)) return PolicyViolation{index, std::move(*words)};
    const bool is_leaf = index == 0;
    apply_policies(level, extensions.policies,
                   counters.any_policy_allowed() || (!is_leaf && certificate.self_issued()));
    // §6.1.3 (f): once a policy is required there has to be one at each certificate.
    if (counters.policy_required() && level.empty()) {
      return PolicyViolation{index, "a policy is required, and none is valid here"};
    }
    if (is_leaf) {
      levels.push_back(std::move(level));
      break;
    }
    Level below = next_level(level, extensions, counters.mapping_allowed());
    levels.push_back(std::move(level));
    level = std::move(below);
    counters.step_below(certificate);
  }
  if (path.empty()) return std::nullopt;
  counters.end(*path.front());
  if (!counters.policy_required() || has_valid_policy(levels, input.initial_policy_set)) {
    return std::nullopt;
  }
  return PolicyViolation{0,
                         "a policy is required, and none that is accepted is valid for the path"};
}

}  // namespace sealtone::x509
