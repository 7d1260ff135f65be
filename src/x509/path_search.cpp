// SPDX-License-Identifier: Apache-2.0
//
// x509/path_search: see path_search.h.
#include "x509/path_search.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "base/text.h"
#include "x509/name_constraints.h"
#include "x509/openssl.h"

namespace sealtone::x509 {
namespace {

constexpr auto kTooCostly =
    "its signature was not checked: the keys of this chain take longer to verify with than is "
    "allowed for one connection";
constexpr auto kTooManyNames =
    "its name constraints were not checked: to compare so many with so many names takes longer "
    "than is allowed for one connection";
constexpr auto kTooManyPolicies =
    "its policies were not checked: to follow so many takes longer than is allowed for one "
    "connection";
constexpr auto kTooManyPaths =
    "what was sent can be put together in more ways than are tried for one connection";

// A path that ends in a trusted certificate, whatever is wrong on it, says more than one that ends
// nowhere; and one whose signatures hold says more than one on which only the names fit.
// Octets of evidence: a certificate may name something of 100 kB, and stand in hundreds of paths.
constexpr std::size_t kMaxDetail = 1'000;

constexpr int kNoAnchor = 10'000;
constexpr int kNotSigned = 100'000;

int cost_of(PathFault code) {
  switch (code) {
    case PathFault::bad_signature: return kNotSigned;
    case PathFault::issuer_unknown:
    case PathFault::chain_incomplete:
    case PathFault::self_signed_leaf: return kNoAnchor;
    case PathFault::path_budget: return 1'000;
    case PathFault::revoked:
    case PathFault::not_a_ca:
    case PathFault::key_usage:
    case PathFault::path_length:
    case PathFault::name_constraint:
    case PathFault::policy:
    case PathFault::unknown_critical_extension:
    case PathFault::key_type:
    case PathFault::other: return 100;
    case PathFault::revocation_unknown:
    case PathFault::ocsp_missing:
    case PathFault::expired:
    case PathFault::not_yet_valid:
    case PathFault::eku_missing:
    case PathFault::weak_signature:
    case PathFault::weak_key: return 10;
  }
  return kNotSigned;
}

// Both name a key, and not the same one (RFC 5280 §4.2.1.1 and §4.2.1.2).
bool name_other_keys(const Certificate& child, const Certificate& issuer) {
  const auto& wanted = child.authority_key_id();
  const auto& found = issuer.subject_key_id();
  return !wanted.empty() && !found.empty() && wanted != found;
}

// The certificates below a node, the peer's own first.
template <typename Node>
std::vector<const Certificate*> below(const Node& node) {
  std::vector<const Certificate*> out;
  for (const auto* at = node.parent; at != nullptr; at = at->parent) out.push_back(at->certificate);
  std::ranges::reverse(out);
  return out;
}

template <typename Node>
std::size_t index_of(const Node& node) {
  std::size_t index = 0;
  for (const auto* at = node.parent; at != nullptr; at = at->parent) ++index;
  return index;
}

}  // namespace

bool PathSearch::is_anchor(const Certificate& certificate) const {
  return anchors_.contains(certificate) && (options_.partial_chain || certificate.self_signed());
}

PathSearch::Node& PathSearch::add_node(const Certificate& certificate, Node* parent, int cost) {
  auto& node = nodes_.emplace_back(Node{.certificate = &certificate,
                                        .parent = parent,
                                        .order = nodes_.size(),
                                        .cost = cost,
                                        .anchor = is_anchor(certificate)});
  queue_.push(&node);
  return node;
}

void PathSearch::add_fault(Node& node, Fault fault) {
  node.cost += cost_of(fault.code);
  for (auto* const text : {&fault.detail, &fault.wanted, &fault.found}) {
    if (text->size() > kMaxDetail) *text = base::visible(*text);
  }
  node.faults.push_back(std::move(fault));
}

void PathSearch::judge_signature(Node& node) {
  const auto& child = *node.parent->certificate;
  const auto index = index_of(node) - 1;
  switch (signatures_.made_by(child, *node.certificate)) {
    case Signatures::Answer::yes: return;
    case Signatures::Answer::too_costly:
      add_fault(node, {PathFault::path_budget, index, kTooCostly});
      return;
    case Signatures::Answer::no: add_fault(node, {PathFault::bad_signature, index, ""}); return;
  }
}

// Its name is the issuer's, and its key is not: an authority that was renewed with another key, or
// an impostor. What the certificate below it wants is one that is not there.
bool PathSearch::is_of_another_key(const Node& node) {
  if (node.parent == nullptr) return false;
  const auto& child = *node.parent->certificate;
  return name_other_keys(child, *node.certificate) &&
         signatures_.made_by(child, *node.certificate) == Signatures::Answer::no;
}

// RFC 5280 §6.1.3 (b), (c): of each certificate below, unless it "is self-issued and it is not the
// final certificate in the path".
void PathSearch::judge_names(Node& node, std::span<const Certificate* const> below) {
  const auto& constraints = node.certificate->extensions().name_constraints;
  if (!constraints) return;
  const NameConstraintOptions options{.allow_leading_dot = options_.profile == Profile::standard,
                                      .common_names = options_.common_names};
  for (std::size_t index = 0; index < below.size(); ++index) {
    const bool is_leaf = index == 0;
    if (!is_leaf && below[index]->self_issued()) continue;
    comparisons_ += name_comparisons(*constraints, *below[index]);
    if (comparisons_ > kMaxNameComparisons) {
      add_fault(node, {PathFault::path_budget, below.size(), kTooManyNames});
      return;
    }
    if (auto violation = name_violation(*constraints, *below[index], is_leaf, options)) {
      add_fault(node, {.code = PathFault::name_constraint,
                       .index = index,
                       .detail = std::move(violation->words),
                       .wanted = std::move(violation->wanted),
                       .found = std::move(violation->found)});
    }
  }
}

void PathSearch::judge_place(Node& node) {
  const auto certificates = below(node);
  if (node.parent != nullptr) judge_signature(node);
  node.self_signed = !node.anchor && signatures_.self_signed(*node.certificate);
  const Place place{.certificate = *node.certificate,
                    .below = certificates,
                    .anchor = node.anchor,
                    .self_signed = node.self_signed};
  for (auto& fault : place_faults(place, now_, options_)) {
    add_fault(node, std::move(fault));
  }
  judge_names(node, certificates);
}

// Best last.  A trusted certificate that has run out stands behind a valid one that was sent: if
// that one leads to another trusted certificate, the better path is taken.
std::vector<const Certificate*> PathSearch::candidates(const Node& node) const {
  const auto& certificate = *node.certificate;
  std::vector<const Certificate*> out = anchors_.with_subject(certificate.issuer());
  for (const auto& other : presented_) {
    const bool known =
        std::ranges::any_of(out, [&](const Certificate* one) { return *one == other; });
    if (!known && other.subject() == certificate.issuer()) out.push_back(&other);
  }
  // The same name with the same key once more leads nowhere that it did not lead to before.
  for (const auto* at = &node; at != nullptr; at = at->parent) {
    const auto& passed = *at->certificate;
    std::erase_if(out, [&](const Certificate* one) {
      return *one == passed || (one->subject() == passed.subject() && same_key(*one, passed));
    });
  }
  const auto& wanted = certificate.authority_key_id();
  std::ranges::reverse(out);
  std::ranges::stable_sort(out, std::less<>(), [&](const Certificate* one) {
    const auto& validity = one->validity();
    const auto& found = one->subject_key_id();
    const bool valid_now = validity.not_before <= now_ && now_ <= validity.not_after;
    const bool other_key = name_other_keys(certificate, *one);
    const bool below_anchor = !anchors_.with_subject(one->issuer()).empty();
    return std::tuple(!other_key, valid_now, is_anchor(*one), !wanted.empty() && wanted == found,
                      below_anchor);
  });
  return out;
}

// No certificate to go on with.
void PathSearch::end(Node& node, std::string detail) {
  const auto& certificate = *node.certificate;
  const auto index = index_of(node);
  if (certificate.self_issued() && !node.self_signed) {
    switch (signatures_.made_by(certificate, certificate)) {
      case Signatures::Answer::yes: break;
      case Signatures::Answer::no:
        add_fault(node, {PathFault::bad_signature, index,
                         "it is its own issuer, but its own key did not sign it"});
        break;
      case Signatures::Answer::too_costly:
        add_fault(node, {PathFault::path_budget, index, kTooCostly});
        break;
    }
  }
  if (index == 0 && certificate.self_issued()) {
    add_fault(node, {PathFault::self_signed_leaf, index, ""});
    return;
  }
  if (index + 1 == kMaxPath) {
    detail = fmt::format("no more than {} certificates are followed", kMaxPath);
  }
  add_fault(node, {PathFault::issuer_unknown, index, std::move(detail)});
  if (index == 0) add_fault(node, {PathFault::chain_incomplete, index, ""});
}

void PathSearch::extend(Node& node) {
  std::vector<const Certificate*> next;
  if (!node.self_signed && index_of(node) + 1 < kMaxPath) next = candidates(node);
  if (next.empty()) {
    end(node);
    node.state = Node::State::ended;
    queue_.push(&node);
    return;
  }
  node.issuers = next.size();
  for (const auto* const certificate : next) add_node(*certificate, &node, node.cost);
}

// What only a whole path can be judged by.
void PathSearch::finish(Node& node) {
  ++finished_;
  auto certificates = below(node);
  if (!node.anchor) certificates.push_back(node.certificate);
  policy_steps_ += policy_steps(certificates);
  if (policy_steps_ > kMaxPolicySteps) {
    add_fault(node, {PathFault::path_budget, certificates.size() - 1, kTooManyPolicies});
  } else if (auto violation = policy_violation(certificates, options_.policies)) {
    add_fault(node, {PathFault::policy, violation->index, std::move(violation->detail)});
  }
  const bool has_lists = options_.crls && !options_.crls->empty();
  const bool asked = options_.ocsp_responses != nullptr;
  if (!node.anchor || !(has_lists || asked || options_.revocation_required)) return;
  certificates.push_back(node.certificate);
  if (!revocation_) revocation_.emplace(presented_, anchors_, now_, options_);
  for (auto& fault : revocation_->check(certificates)) {
    add_fault(node, std::move(fault));
  }
}

void PathSearch::follow(Node& node) {
  using State = Node::State;
  switch (node.state) {
    case State::unseen:
      ++steps_;
      if (is_of_another_key(node)) {
        if (--node.parent->issuers > 0) return;
        end(*node.parent,
            fmt::format("of that name there is one with the key {}, which is another one",
                        base::hex_colons(node.certificate->subject_key_id())));
        node.parent->state = State::ended;
        queue_.push(node.parent);
        return;
      }
      judge_place(node);
      node.state = node.anchor ? State::ended : State::judged;
      queue_.push(&node);
      return;
    case State::judged: extend(node); return;
    case State::ended:
      finish(node);
      node.state = State::finished;
      queue_.push(&node);
      return;
    case State::finished: return;
  }
}

CheckedPath PathSearch::told(const Node& node) const {
  CheckedPath checked;
  checked.reaches_anchor = node.anchor;
  std::vector<const Node*> nodes;
  for (const auto* at = &node; at != nullptr; at = at->parent) nodes.push_back(at);
  for (auto at = nodes.rbegin(); at != nodes.rend(); ++at) {
    checked.path.push_back(*(*at)->certificate);
    checked.faults.insert(checked.faults.end(), (*at)->faults.begin(), (*at)->faults.end());
  }
  std::ranges::stable_sort(checked.faults, {}, &Fault::index);
  return checked;
}

// The budget is spent and no path is known to be the best: one that reached a trusted certificate
// and was judged as a whole, else the furthest of the best.
CheckedPath PathSearch::told_unfinished() const {
  const auto furthest = std::ranges::max_element(nodes_, {}, [](const Node& node) {
    const bool whole = node.anchor && node.state == Node::State::finished;
    return std::tuple(whole, node.state != Node::State::unseen, -node.cost, index_of(node));
  });
  return told(*furthest);
}

CheckedPath PathSearch::run() {
  add_node(presented_.front(), nullptr, 0);
  std::optional<CheckedPath> best;
  while (!queue_.empty() && steps_ < kMaxSteps && finished_ < kMaxFinished) {
    auto& node = *queue_.top();
    queue_.pop();
    if (node.state != Node::State::finished) {
      follow(node);
      continue;
    }
    auto path = told(node);
    if (path.faults.empty()) return path;
    if (!best) {
      best = std::move(path);
    } else if (best->others.size() < kMaxOthers && node.cost < kNotSigned) {
      best->others.push_back({std::move(path.path), std::move(path.faults)});
    } else {
      break;
    }
  }
  if (!best) best = told_unfinished();
  const bool said =
      std::ranges::find(best->faults, PathFault::path_budget, &Fault::code) != best->faults.end();
  if (exhausted() && !said) {
    best->faults.push_back({PathFault::path_budget, best->path.size() - 1, kTooManyPaths});
  }
  return std::move(*best);
}

}  // namespace sealtone::x509
