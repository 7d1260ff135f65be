// SPDX-License-Identifier: Apache-2.0
//
// x509/revocation: see revocation.h.
#include "x509/revocation.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "x509/path_search.h"
#include "x509/signatures.h"

namespace sealtone::x509 {
namespace {

using Kind = GeneralName::Kind;

constexpr auto kTooManySigners =
    "whether it is revoked was not found out: more certificates may have signed its list than are "
    "looked at for one connection";

bool same(const GeneralName& a, const GeneralName& b) {
  return a.kind == b.kind && a.text == b.text && a.octets == b.octets && a.directory == b.directory;
}

// RFC 5280 §4.2.1.13: a relative name is the CRL issuer's with one RelativeDistinguishedName more.
std::vector<GeneralName> resolved(const DistributionPointName& name, const base::Bytes& issuer) {
  if (name.relative.empty()) return name.full;
  DistinguishedName whole;
  whole.der = issuer;
  whole.der.insert(whole.der.end(), name.relative.begin(), name.relative.end());
  return {{.kind = Kind::directory, .directory = std::move(whole)}};
}

// §6.3.3 (b) (2) (i).
bool names_match(const IssuingDistributionPoint& scope, const Crl& crl,
                 const DistributionPoint& point, const Certificate& certificate) {
  if (!scope.name) return true;
  const auto lists = resolved(*scope.name, crl.facts().issuer.der);
  std::vector<GeneralName> wanted;
  if (point.name) {
    const auto& issuer = point.crl_issuer.empty() ? certificate.issuer() : point.crl_issuer.front();
    wanted = resolved(*point.name, issuer.der);
  } else {
    for (const auto& name : point.crl_issuer) {
      wanted.push_back({.kind = Kind::directory, .directory = name});
    }
  }
  return std::ranges::any_of(lists, [&](const GeneralName& one) {
    return std::ranges::any_of(wanted, [&](const GeneralName& other) {
      // Only the comparable form of a name counts, not its text.
      if (one.kind == Kind::directory && other.kind == Kind::directory) {
        return one.directory == other.directory;
      }
      return same(one, other);
    });
  });
}

// §6.3.3 (b): whether the list speaks of the certificate, as this distribution point has it.
bool in_scope(const Crl& crl, const DistributionPoint& point, const Certificate& certificate) {
  const auto& facts = crl.facts();
  const auto& scope = facts.scope;
  if (point.crl_issuer.empty()) {
    if (facts.issuer != certificate.issuer()) return false;
  } else {
    const bool named = std::ranges::find(point.crl_issuer, facts.issuer) != point.crl_issuer.end();
    if (!named || !scope || !scope->indirect) return false;
  }
  if (!scope) return true;
  if (scope->only_attribute || (scope->only_user && certificate.is_ca()) ||
      (scope->only_ca && !certificate.is_ca())) {
    return false;
  }
  return names_match(*scope, crl, point, certificate);
}

// §6.3.3 (c): whether the delta is one to this complete list.
bool is_delta_to(const Crl::Facts& delta, const Crl::Facts& complete) {
  if (!delta.delta_base || !delta.same_subject(complete)) return false;
  return !complete.number_below(delta.delta_base) && complete.number_below(delta.number);
}

// §6.3.3, at its end: lists that no distribution point names, as if one named the issuer.
std::vector<DistributionPoint> points_of(const Certificate& certificate) {
  auto points = distribution_points(certificate);
  points.push_back({.name = DistributionPointName{
                        .full = {{.kind = Kind::directory, .directory = certificate.issuer()}}}});
  return points;
}

// Whether the list is one about the certificate that told of it until it ran out.
bool told_until(const Crl& crl, const Certificate& certificate, std::chrono::sys_seconds now) {
  return !crl.facts().delta_base && crl.facts().ran_out(now) &&
         std::ranges::any_of(points_of(certificate), [&](const DistributionPoint& point) {
           return in_scope(crl, point, certificate);
         });
}

}  // namespace

RevocationCheck::RevocationCheck(std::span<const Certificate> at_hand, const AnchorSet& anchors,
                                 std::chrono::sys_seconds now, const PathOptions& options)
    : at_hand_(at_hand), anchors_(anchors), now_(now), options_(options) {
  if (options.ocsp_responses) {
    for (const auto& der : *options.ocsp_responses) answers_.emplace_back(der);
  }
  if (!options.crls) return;
  for (const auto& crl : *options.crls) crls_.push_back(&crl);
  std::ranges::stable_sort(crls_, std::greater<>(),
                           [](const Crl* crl) { return crl->facts().this_update; });
}

bool RevocationCheck::signed_by(const Crl& crl, const Certificate& signer) {
  const std::pair link{&crl, signer.sha256()};
  if (const auto known = signatures_.find(link); known != signatures_.end()) return known->second;
  const auto cost = signature_cost(signer);
  if (signatures_.size() >= kMaxCrlChecks || spent_ >= kMaxCrlChecksCost ||
      cost > kMaxSignatureCost) {
    exhausted_ = true;
    return false;
  }
  spent_ += cost;
  return signatures_[link] = crl.signed_by(signer);
}

// §6.3.3 (f): "The trust anchor for the certification path MUST be the same as the trust anchor
// used to validate the target certificate", and whoever signs lists may be revoked, too.
bool RevocationCheck::reaches(const Certificate& signer, const Certificate& anchor) {
  if (signer == anchor) return true;
  const std::pair link{signer.sha256(), anchor.sha256()};
  // If it is being looked at, its status is told by a list that it signed itself: no more can be
  // known.
  if (const auto known = signers_.find(link); known != signers_.end()) {
    return known->second != Signer::bad;
  }
  if (signers_.size() >= kMaxCrlSigners) {
    exhausted_ = true;
    return false;
  }
  signers_[link] = Signer::looked_at;
  std::vector<Certificate> presented{signer};
  presented.insert(presented.end(), at_hand_.begin(), at_hand_.end());
  PathOptions options = options_;
  options.purpose = Purpose::any;
  options.crls.reset();
  options.ocsp_responses.reset();
  options.revocation_required = false;  // what comes of each list is asked below
  options.policies = {};
  const auto checked = PathSearch(presented, anchors_, now_, options).run();
  bool good = checked.faults.empty() && checked.path.back() == anchor;
  for (std::size_t index = 0; good && index + 1 < checked.path.size(); ++index) {
    good = listed(checked.path[index], checked.path[index + 1], anchor).status == Status::good;
  }
  signers_[link] = good ? Signer::good : Signer::bad;
  return good;
}

bool RevocationCheck::may_sign(const Certificate& signer, const Crl& crl, const Certificate& issuer,
                               const Certificate& anchor) {
  if (signer.subject() != crl.facts().issuer) return false;
  // §6.3.3 (f): "If a key usage extension is present in the CRL issuer's certificate, verify that
  // the cRLSign bit is set."
  const auto& usages = signer.key_usage();
  if (usages && std::ranges::find(*usages, "cRLSign") == usages->end()) return false;
  if (!signed_by(crl, signer)) return false;
  return signer == issuer || reaches(signer, anchor);
}

bool RevocationCheck::usable(const Crl& crl, const Certificate& issuer, const Certificate& anchor,
                             std::string& why_not) {
  if (auto words = crl.facts().why_not(now_); !words.empty()) {
    why_not = std::move(words);
    return false;
  }
  return sound(crl, issuer, anchor, why_not);
}

bool RevocationCheck::sound(const Crl& crl, const Certificate& issuer, const Certificate& anchor,
                            std::string& why_not) {
  const auto& facts = crl.facts();
  if (is_weak_hash(facts.signature_hash, options_)) {
    why_not = "its list is signed with " + facts.signature_hash;
    return false;
  }
  const auto may = [&](const Certificate& signer) { return may_sign(signer, crl, issuer, anchor); };
  if (may(issuer) || may(anchor) || std::ranges::any_of(at_hand_, may)) return true;
  why_not = "its list was signed by nobody who may do so";
  return false;
}

const Crl* RevocationCheck::delta_for(const Crl& complete, const Certificate& issuer,
                                      const Certificate& anchor) {
  const Crl* newest = nullptr;
  std::string why_not;
  for (const auto* const delta : crls_) {
    if (!is_delta_to(delta->facts(), complete.facts())) continue;
    if (newest != nullptr && !newest->facts().number_below(delta->facts().number)) continue;
    if (usable(*delta, issuer, anchor, why_not)) newest = delta;
  }
  return newest;
}

RevocationCheck::Answer RevocationCheck::on_list(const Crl& crl, const Certificate& certificate) {
  auto reason = crl.reason(certificate);
  auto detail = fmt::format("serial number {} is on the list of {}{}", certificate.serial_hex(),
                            base::utc_in_words(crl.facts().this_update),
                            reason.empty() ? "" : " (" + reason + ")");
  return {Status::revoked, std::move(detail), std::move(reason)};
}

RevocationCheck::Answer RevocationCheck::listed(const Certificate& certificate,
                                                const Certificate& issuer,
                                                const Certificate& anchor) {
  const auto points = points_of(certificate);
  Reasons covered = 0;
  std::string why_not = "no list covers it";
  for (const auto& point : points) {
    for (const auto* const crl : crls_) {
      const auto& facts = crl->facts();
      if (facts.delta_base || !in_scope(*crl, point, certificate)) continue;
      const Reasons reasons = point.reasons & (facts.scope ? facts.scope->reasons : kAllReasons);
      if ((reasons & ~covered) == 0 || !usable(*crl, issuer, anchor, why_not)) continue;
      const auto* newest = crl;
      const auto* const delta = delta_for(*crl, issuer, anchor);
      if (delta != nullptr && delta->lists(certificate) != Crl::Listed::no) newest = delta;
      if (newest->lists(certificate) == Crl::Listed::revoked) return on_list(*newest, certificate);
      covered |= reasons;
    }
  }
  if (covered == kAllReasons) return {Status::good, ""};
  if (auto revoked = listed_for_ever(certificate, issuer, anchor)) return *std::move(revoked);
  return {Status::unknown, covered == 0 ? why_not : "no list covers it for every reason"};
}

// §3.3: "An entry MUST NOT be removed from the CRL until it appears on one regularly scheduled CRL
// issued beyond the revoked certificate's validity period."  So the next list, which is not at
// hand, names it as well; but for who was on hold, who may have been released since (§5.3.1).
std::optional<RevocationCheck::Answer> RevocationCheck::listed_for_ever(
    const Certificate& certificate, const Certificate& issuer, const Certificate& anchor) {
  std::string why_not;
  for (const auto* const crl : crls_) {
    // Looked for first: no signature is checked for a list that says nothing of it.
    const bool names = crl->lists(certificate) == Crl::Listed::revoked && !crl->holds(certificate);
    if (!names || !told_until(*crl, certificate, now_)) continue;
    if (!sound(*crl, issuer, anchor, why_not)) continue;
    auto answer = on_list(*crl, certificate);
    answer.detail += fmt::format(", which ran out at {}; what is revoked stays so",
                                 base::utc_in_words(*crl->facts().next_update));
    return answer;
  }
  return std::nullopt;
}

std::vector<OldList> RevocationCheck::old_lists(std::span<const Certificate> path) {
  std::vector<OldList> out;
  std::string why_not;
  for (std::size_t index = 0; index + 1 < path.size(); ++index) {
    const auto& certificate = path[index];
    // Today's first: no signature is checked for an old one where these tell.
    const auto along = answered(certificate, path[index + 1], path.back());
    const auto known = status(certificate, path[index + 1], path.back(), along);
    if (exhausted_) break;
    if (known.status != Status::unknown) continue;
    const auto old = std::ranges::find_if(crls_, [&](const Crl* crl) {
      return told_until(*crl, certificate, now_) &&
             sound(*crl, path[index + 1], path.back(), why_not);
    });
    if (exhausted_) break;  // it may not be the newest
    if (old == crls_.end()) continue;
    out.push_back({.certificate = index,
                   .ran_out = *(*old)->facts().next_update,
                   .on_hold = (*old)->holds(certificate),
                   .issuer = (*old)->facts().issuer.short_name()});
  }
  return out;
}

RevocationCheck::Answer RevocationCheck::status(const Certificate& certificate,
                                                const Certificate& issuer,
                                                const Certificate& anchor, const Answer& answered) {
  auto by_list = listed(certificate, issuer, anchor);
  if (by_list.status == Status::revoked || answered.status == Status::unknown) {
    if (by_list.status == Status::unknown && !answered.detail.empty()) {
      by_list.detail += "; " + answered.detail;
    }
    return by_list;
  }
  return answered;
}

std::vector<Fault> RevocationCheck::check(std::span<const Certificate* const> path) {
  std::vector<Fault> faults;
  const auto& anchor = *path.back();
  for (std::size_t index = 0; index + 1 < path.size(); ++index) {
    const auto& certificate = *path[index];
    const auto along = answered(certificate, *path[index + 1], anchor);
    auto answer = status(certificate, *path[index + 1], anchor, along);
    const auto add = [&](PathFault code, std::string detail) {
      faults.push_back({code, index, std::move(detail)});
    };
    // RFC 7633, abstract: "Informing clients that an OCSP status response will always be stapled
    // permits an immediate failure in the case that the response is not stapled."  A list makes up
    // for none.
    const bool missed = index == 0 && options_.ocsp_responses && along.status == Status::unknown &&
                        demands_ocsp(certificate);
    if (answer.status == Status::revoked) {
      add(PathFault::revoked, std::move(answer.detail));
      faults.back().found = std::move(answer.reason);
    } else if (missed) {
      add(PathFault::ocsp_missing,
          "it demands an answer of OCSP sent along (RFC 7633): " + along.detail);
    } else if (answer.status == Status::good) {
      continue;
    } else if (exhausted_) {
      add(PathFault::path_budget, kTooManySigners);
    } else if (options_.revocation_required) {
      add(PathFault::revocation_unknown, std::move(answer.detail));
    }
  }
  return faults;
}

}  // namespace sealtone::x509
