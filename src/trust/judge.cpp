// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "trust/clock.h"
#include "trust/evidence.h"
#include "trust/names.h"
#include "trust/pin.h"
#include "trust/sip_names.h"
#include "trust/tls_use.h"
#include "trust/trust.h"
#include "x509/revocation.h"

namespace sealtone::trust {
namespace {

// Both values that were compared, as far as the fault compares two.
Evidence evidence_of(FindingCode code, const x509::Certificate& certificate,
                     const x509::PathOptions& options, std::chrono::sys_seconds now) {
  Evidence evidence;
  switch (code) {
    case FindingCode::expired:
      evidence.now = now;
      evidence.bound = certificate.validity().not_after;
      break;
    case FindingCode::not_yet_valid:
      evidence.now = now;
      evidence.bound = certificate.validity().not_before;
      break;
    case FindingCode::weak_key:
      evidence.wanted = certificate.public_key().kind == "EC"
                            ? fmt::format("at least {} bits", options.min_ec_bits)
                            : fmt::format("at least {} bits", options.min_rsa_bits);
      evidence.found = {certificate.public_key().description()};
      break;
    case FindingCode::key_type_not_supported:
      evidence.wanted = "RSA, EC, Ed25519 or Ed448";
      evidence.found = {certificate.public_key().description()};
      break;
    case FindingCode::weak_signature:
      evidence.wanted = options.allow_sha1 ? "SHA-1 or better" : "SHA-256 or better";
      evidence.found = {certificate.signature_hash()};
      break;
    case FindingCode::eku_missing:
      evidence.wanted = x509::usage_word(options.purpose);
      evidence.found = certificate.extended_key_usage().value_or(std::vector<std::string>{});
      break;
    case FindingCode::key_usage:
      evidence.wanted = "keyCertSign";
      evidence.found = certificate.key_usage().value_or(std::vector<std::string>{});
      break;
    case FindingCode::not_a_ca:
      evidence.wanted = "CA";
      evidence.found = {certificate.has_basic_constraints() ? "not a CA" : "no basic constraints"};
      break;
    case FindingCode::issuer_unknown:
    case FindingCode::chain_incomplete:
    case FindingCode::self_signed_leaf:
    case FindingCode::bad_signature: evidence.wanted = certificate.issuer().text; break;
    default: break;
  }
  return evidence;
}

// A clock that was never set is told, and refuses nobody where the policy goes by its floor.
bool refuses(const Finding& finding, const Policy& policy) {
  return finding.code != FindingCode::clock_unset || !policy.clock->use_floor;
}

bool is_refused(const Verdict& verdict, const Policy& policy) {
  return std::ranges::any_of(verdict.findings,
                             [&](const Finding& finding) { return refuses(finding, policy); });
}

Decision decide(const Verdict& verdict, const Policy& policy) {
  if (!is_refused(verdict, policy)) return Decision::trusted;
  return policy.only_accept_trusted ? Decision::untrusted : Decision::accepted_untrusted;
}

std::string described(const x509::Certificate& certificate) {
  return fmt::format("serial number {}, valid from {} until {}", certificate.serial_hex(),
                     base::utc_in_words(certificate.validity().not_before),
                     base::utc_in_words(certificate.validity().not_after));
}

std::optional<Finding> names_wrong(const ReferenceIdentifier& reference,
                                   const x509::Certificate& certificate, const Policy& policy) {
  return policy.service == Service::sip
             ? check_sip_name(reference, certificate, policy)
             : check_name(reference, certificate, policy.allow_common_name);
}

// A server's own certificate that the admin trusts, a pin, and the server shows another one that is
// not trusted itself: of several for its name the one that lasts longest.
std::optional<Finding> pin_changed(const x509::Certificate& shown, const x509::AnchorSet& anchors,
                                   const ReferenceIdentifier& reference, const Policy& policy) {
  if (anchors.contains(shown)) return std::nullopt;
  const x509::Certificate* pin = nullptr;
  for (const auto index : anchors.end_entities()) {
    const auto& anchor = anchors.anchors()[index];
    if (!is_pin(anchor)) continue;
    if (pin != nullptr && anchor.validity().not_after <= pin->validity().not_after) continue;
    if (!names_wrong(reference, anchor, policy)) pin = &anchor;
  }
  if (pin == nullptr) return std::nullopt;
  Finding finding{.code = FindingCode::pin_changed, .certificate = 0};
  finding.evidence.wanted = pin->fingerprint();
  finding.evidence.found = {shown.fingerprint()};
  finding.evidence.detail =
      fmt::format("trusted: {}; shown: {}", described(*pin), described(shown));
  return finding;
}

// An authority's certificate that was sent and has run out, where another one of the same authority
// was gone by: whoever does not look for another path refuses the server.
std::optional<Finding> better_path(const Verdict& verdict,
                                   std::span<const x509::Certificate> presented,
                                   std::chrono::sys_seconds now) {
  const auto& path = verdict.path.path;
  for (std::size_t index = 1; index < path.size(); ++index) {
    for (const auto& sent : presented.subspan(1)) {
      if (sent == path[index] || sent.validity().not_after >= now) continue;
      if (sent.subject() != path[index].subject()) continue;
      Finding finding{.code = FindingCode::better_path_exists, .certificate = index};
      finding.evidence.now = now;
      finding.evidence.bound = sent.validity().not_after;
      finding.evidence.found = {sent.issuer().short_name()};
      return finding;
    }
  }
  return std::nullopt;
}

bool is_a_tls_server(const Policy& policy) {
  return policy.for_tls && (policy.path.purpose == x509::Purpose::server ||
                            policy.path.purpose == x509::Purpose::sip);
}

// No version of TLS that it goes on with lets the key be used as whoever shows it has to.
bool is_unfit_for_tls(const x509::Certificate& shown, const Policy& policy) {
  const auto use = tls_use(shown);
  // RFC 5246 §7.4.8, RFC 8446 §4.4.3: a client proves its key by a signature, and nothing else.
  if (policy.for_tls && policy.path.purpose == x509::Purpose::client) return use != TlsUse::signs;
  return is_a_tls_server(policy) && use == TlsUse::none;
}

// What a soft policy passes over is told.
std::vector<Weakness> weak_points(const Verdict& verdict,
                                  std::span<const x509::Certificate> presented,
                                  const x509::AnchorSet& anchors,
                                  const std::optional<ReferenceIdentifier>& reference,
                                  const Policy& policy, const x509::PathOptions& options,
                                  std::chrono::sys_seconds at) {
  std::vector<Weakness> weak;
  // RFC 5922 §7.1 takes identities from URIs and DNS names alone.
  const bool by_address = policy.service == Service::sip && policy.check_name && reference &&
                          reference->kind == ReferenceIdentifier::Kind::ip &&
                          !verdict.has(FindingCode::name_mismatch);
  if (by_address) {
    weak.push_back(
        {.kind = Weakness::Kind::address_for_sip, .evidence = {.wanted = reference->value}});
  }
  if (is_a_tls_server(policy) && tls_use(presented.front()) == TlsUse::rsa_transport) {
    weak.push_back({.kind = Weakness::Kind::rsa_transport_only,
                    .evidence = key_usage_evidence(presented.front())});
  }
  if (!options.crls || !verdict.path.reaches_anchor) return weak;
  const auto is_old = [&](const x509::Crl& crl) { return crl.facts().ran_out(at); };
  if (std::ranges::none_of(*options.crls, is_old)) return weak;
  x509::RevocationCheck revocation(presented, anchors, at, options);
  for (const auto& old : revocation.old_lists(verdict.path.path)) {
    weak.push_back({.kind = old.on_hold ? Weakness::Kind::on_hold : Weakness::Kind::list_ran_out,
                    .certificate = old.certificate,
                    .evidence = {.found = {old.issuer}, .now = at, .bound = old.ran_out}});
  }
  return weak;
}

}  // namespace

FindingCode code_for(x509::PathFault fault) {
  switch (fault) {
    case x509::PathFault::issuer_unknown: return FindingCode::issuer_unknown;
    case x509::PathFault::chain_incomplete: return FindingCode::chain_incomplete;
    case x509::PathFault::self_signed_leaf: return FindingCode::self_signed_leaf;
    case x509::PathFault::expired: return FindingCode::expired;
    case x509::PathFault::not_yet_valid: return FindingCode::not_yet_valid;
    case x509::PathFault::bad_signature: return FindingCode::bad_signature;
    case x509::PathFault::weak_signature: return FindingCode::weak_signature;
    case x509::PathFault::weak_key: return FindingCode::weak_key;
    case x509::PathFault::eku_missing: return FindingCode::eku_missing;
    case x509::PathFault::key_usage: return FindingCode::key_usage;
    case x509::PathFault::not_a_ca: return FindingCode::not_a_ca;
    case x509::PathFault::path_length: return FindingCode::path_length;
    case x509::PathFault::name_constraint: return FindingCode::name_constraint;
    case x509::PathFault::policy: return FindingCode::policy;
    case x509::PathFault::unknown_critical_extension:
      return FindingCode::unknown_critical_extension;
    case x509::PathFault::revoked: return FindingCode::revoked;
    case x509::PathFault::revocation_unknown:
    case x509::PathFault::ocsp_missing: return FindingCode::revocation_unknown;
    case x509::PathFault::key_type: return FindingCode::key_type_not_supported;
    case x509::PathFault::path_budget: return FindingCode::path_budget;
    case x509::PathFault::other: return FindingCode::path_refused;
  }
  return FindingCode::path_refused;
}

Finding finding_of(const x509::Fault& fault, const x509::Certificate& certificate,
                   const x509::PathOptions& options, std::chrono::sys_seconds now) {
  Finding finding{.code = code_for(fault.code), .certificate = fault.index, .evidence = {}};
  finding.evidence = evidence_of(finding.code, certificate, options, now);
  if (fault.code == x509::PathFault::ocsp_missing) finding.evidence.wanted = kStapledAnswer;
  finding.evidence.detail = fault.detail;
  if (!fault.wanted.empty()) finding.evidence.wanted = fault.wanted;
  if (!fault.found.empty()) finding.evidence.found = {fault.found};
  return finding;
}

Verdict judge(std::span<const x509::Certificate> presented, const x509::AnchorSet& anchors,
              const std::optional<ReferenceIdentifier>& reference, const Policy& policy,
              std::chrono::sys_seconds now) {
  Verdict verdict;
  if (presented.empty()) return verdict;
  verdict.presented = presented.size();
  auto options = policy.path;
  if (reference && reference->kind == ReferenceIdentifier::Kind::ip) options.common_names = false;
  const bool unset = is_unset(policy.clock, now);
  const auto at = unset ? policy.clock->floor : now;
  if (unset) {
    Finding finding{.code = FindingCode::clock_unset};
    finding.evidence.now = now;
    finding.evidence.bound = at;
    verdict.findings.push_back(std::move(finding));
  }
  verdict.path = x509::check_path(presented, anchors, at, options);
  for (const auto& fault : verdict.path.faults) {
    // What had not begun at the floor may have begun since; what had run out then has still run
    // out.
    const bool unknown = unset && !policy.clock->use_floor;
    if (unknown && fault.code == x509::PathFault::not_yet_valid) continue;
    verdict.findings.push_back(
        finding_of(fault, verdict.path.path.at(fault.index), policy.path, at));
  }
  if (!verdict.has(FindingCode::key_usage) && is_unfit_for_tls(presented.front(), policy)) {
    verdict.findings.push_back({.code = FindingCode::key_usage,
                                .certificate = 0,
                                .evidence = key_usage_evidence(presented.front())});
  }
  std::optional<Finding> changed;
  if (reference) changed = pin_changed(presented.front(), anchors, *reference, policy);
  if (changed && !verdict.path.reaches_anchor) verdict.findings.push_back(*changed);
  if (reference && policy.check_name) {
    if (auto mismatch = names_wrong(*reference, presented.front(), policy)) {
      verdict.findings.push_back(std::move(*mismatch));
    }
  }
  // Closed by default: without a trusted certificate at its end no path is trusted.
  if (!verdict.path.reaches_anchor && !is_refused(verdict, policy)) {
    verdict.findings.push_back(
        {.code = FindingCode::path_refused, .certificate = 0, .evidence = {}});
  }
  verdict.decision = decide(verdict, policy);
  if (verdict.accepted()) {
    verdict.weak = weak_points(verdict, presented, anchors, reference, policy, options, at);
  }
  if (verdict.decision == Decision::trusted) {
    // Where another trusted certificate vouches for the new one, it is trusted as any other; that
    // the pin was passed over is told.
    if (changed) verdict.findings.push_back(*std::move(changed));
    if (auto better = better_path(verdict, presented, at)) {
      verdict.findings.push_back(*std::move(better));
    }
  }
  return verdict;
}

}  // namespace sealtone::trust
