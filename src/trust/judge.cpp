// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "trust/evidence.h"
#include "trust/names.h"
#include "trust/trust.h"

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
    default: evidence.wanted = certificate.issuer().text; break;
  }
  return evidence;
}

Decision decide(const Verdict& verdict, const Policy& policy) {
  if (verdict.findings.empty()) return Decision::trusted;
  return policy.only_accept_trusted ? Decision::untrusted : Decision::accepted_untrusted;
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
    case x509::PathFault::revocation_unknown: return FindingCode::revocation_unknown;
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
  finding.evidence.detail = fault.detail;
  return finding;
}

Verdict judge(std::span<const x509::Certificate> presented, const x509::AnchorSet& anchors,
              const std::optional<ReferenceIdentifier>& reference, const Policy& policy,
              std::chrono::sys_seconds now) {
  Verdict verdict;
  if (presented.empty()) return verdict;
  auto options = policy.path;
  if (reference && reference->kind == ReferenceIdentifier::Kind::ip) options.common_names = false;
  verdict.path = x509::check_path(presented, anchors, now, options);
  for (const auto& fault : verdict.path.faults) {
    verdict.findings.push_back(
        finding_of(fault, verdict.path.path.at(fault.index), policy.path, now));
  }
  if (reference && policy.check_name) {
    if (auto mismatch = check_name(*reference, presented.front(), policy.allow_common_name)) {
      verdict.findings.push_back(std::move(*mismatch));
    }
  }
  // Closed by default: without a trusted certificate at its end no path is trusted.
  if (!verdict.path.reaches_anchor && verdict.findings.empty()) {
    verdict.findings.push_back(
        {.code = FindingCode::path_refused, .certificate = 0, .evidence = {}});
  }
  verdict.decision = decide(verdict, policy);
  if (verdict.decision == Decision::trusted) {
    if (auto better = better_path(verdict, presented, now)) {
      verdict.findings.push_back(*std::move(better));
    }
  }
  return verdict;
}

}  // namespace sealtone::trust
