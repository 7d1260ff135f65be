// SPDX-License-Identifier: Apache-2.0
//
// trust/issuer_choice: see issuer_choice.h.
#include "trust/issuer_choice.h"

#include <algorithm>

#include "trust/answer_to_come.h"

namespace sealtone::trust {
namespace {

IssuerChoice chosen(IssuerChoice::Kind kind, const x509::Certificate& certificate,
                    const Refused& refused) {
  std::vector<x509::Certificate> anchors(refused.anchors.begin(), refused.anchors.end());
  if (refused.counts) anchors.push_back(certificate);
  return {.kind = kind,
          .certificate = certificate,
          .after = judge(refused, x509::AnchorSet(std::move(anchors)))};
}

// Of several that issued the end of the path the one that cures, else the first.
std::optional<IssuerChoice> held(const Refused& refused, const x509::Certificate& end) {
  std::optional<IssuerChoice> best;
  for (const auto& candidate : refused.at_hand) {
    if (candidate.subject() != end.issuer() || !x509::signed_by(end, candidate)) continue;
    auto choice = chosen(IssuerChoice::Kind::at_hand, candidate, refused);
    if (choice.cures()) return choice;
    if (!best) best = std::move(choice);
  }
  return best;
}

// To trust one that has run out would not do: then one below it, if that does.
IssuerChoice highest(const Refused& refused, const x509::CheckedPath& path) {
  for (std::size_t at = path.path.size() - 1; at > 0; --at) {
    auto choice = chosen(IssuerChoice::Kind::highest, path.path[at], refused);
    if (choice.cures()) return choice;
  }
  return chosen(IssuerChoice::Kind::highest, path.path.back(), refused);
}

}  // namespace

Verdict judge(const Refused& refused, const x509::AnchorSet& anchors) {
  const auto by = [&](const Policy& policy) {
    return judge(refused.presented, anchors, refused.reference, policy, refused.now);
  };
  return refused.answer_to_come ? judge_before_answer(refused.policy, by) : by(refused.policy);
}

const char* word(IssuerChoice::Kind kind) {
  switch (kind) {
    case IssuerChoice::Kind::root_sent: return "root-sent";
    case IssuerChoice::Kind::at_hand: return "at-hand";
    case IssuerChoice::Kind::highest: return "highest";
    case IssuerChoice::Kind::itself: return "itself";
  }
  return "itself";
}

std::optional<IssuerChoice> issuer_to_trust(const Refused& refused, const x509::CheckedPath& path) {
  if (path.reaches_anchor || path.path.empty()) return std::nullopt;
  const auto& end = path.path.back();
  const bool alone = path.path.size() == 1;
  if (end.self_signed())
    return chosen(alone ? IssuerChoice::Kind::itself : IssuerChoice::Kind::root_sent, end, refused);
  if (auto choice = held(refused, end)) return choice;
  if (alone) return chosen(IssuerChoice::Kind::itself, end, refused);
  return highest(refused, path);
}

}  // namespace sealtone::trust
