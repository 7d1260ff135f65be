// SPDX-License-Identifier: Apache-2.0
//
// x509/path_builder: see path_builder.h.
#include "x509/path_builder.h"

#include <algorithm>
#include <tuple>

namespace sealtone::x509 {

bool PathBuilder::verified(const Certificate& certificate, const Certificate& issuer) {
  const std::pair link{certificate.sha256(), issuer.sha256()};
  if (const auto known = signatures_.find(link); known != signatures_.end()) return known->second;
  const auto cost = signature_cost(issuer);
  if (signatures_.size() >= kMaxSignatureChecks || spent_ >= kMaxSignaturesCost ||
      cost > kMaxSignatureCost) {
    return false;
  }
  spent_ += cost;
  // A certificate remembers by itself whether it is signed by itself.
  const bool own = certificate == issuer;
  const bool answer = own ? certificate.self_signed() : signed_by(certificate, issuer);
  signatures_.emplace(link, answer);
  return answer;
}

bool PathBuilder::checked(const Certificate& certificate, const Certificate& issuer) const {
  return signatures_.contains({certificate.sha256(), issuer.sha256()});
}

bool PathBuilder::is_in_path(const Certificate& certificate) const {
  return std::ranges::find(path_, certificate) != path_.end();
}

void PathBuilder::consider(const Certificate& certificate, const Certificate& issuer,
                           std::vector<Candidate>& out) {
  if (is_in_path(issuer)) return;
  if (std::ranges::any_of(out, [&](const Candidate& c) { return *c.certificate == issuer; }))
    return;
  const auto& validity = issuer.validity();
  const auto& wanted = certificate.authority_key_id();
  out.push_back({
      .certificate = &issuer,
      .signed_it = verified(certificate, issuer),
      .valid_now = validity.not_before <= now_ && now_ <= validity.not_after,
      .anchor = anchors_.contains(issuer),
      .key_identifiers_match = !wanted.empty() && wanted == issuer.subject_key_id(),
  });
}

std::vector<PathBuilder::Candidate> PathBuilder::candidates(const Certificate& certificate) {
  std::vector<Candidate> out;
  for (const auto* const anchor : anchors_.with_subject(certificate.issuer())) {
    consider(certificate, *anchor, out);
  }
  for (const auto& other : presented_) {
    if (other.subject() == certificate.issuer()) consider(certificate, other, out);
  }
  // A trusted certificate that has run out stands behind a valid one that was sent: if that one
  // leads to another trusted certificate, the better path is taken, else this is come back to.
  std::ranges::stable_sort(out, std::greater<>(), [](const Candidate& c) {
    return std::tuple(c.signed_it, c.valid_now, c.anchor, c.key_identifiers_match);
  });
  // One of that name which made no signature is followed only if none did: as the evidence.
  if (!out.empty()) {
    const auto other = std::ranges::find(out, false, &Candidate::signed_it);
    out.erase(out.front().signed_it ? other : out.begin() + 1, out.end());
  }
  return out;
}

// Whether a trusted certificate was reached over signatures that all verify; path_ holds it then.
bool PathBuilder::extend(bool all_signed) {
  const Certificate current = path_.back();
  const bool trusted = anchors_.contains(current);
  std::vector<Candidate> next;
  if (!trusted && !self_signed(current) && path_.size() < kMaxPath) next = candidates(current);
  if (next.empty()) {
    if (first_.empty()) first_ = path_;
    return trusted && all_signed;
  }
  for (const auto& candidate : next) {
    if (++steps_ > kMaxSignatureChecks) break;
    path_.push_back(*candidate.certificate);
    if (extend(all_signed && candidate.signed_it)) return true;
    path_.pop_back();
  }
  return false;
}

std::vector<Certificate> PathBuilder::build() {
  path_ = {presented_.front()};
  return extend(true) ? path_ : first_;
}

}  // namespace sealtone::x509
