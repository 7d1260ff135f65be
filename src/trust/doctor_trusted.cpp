// SPDX-License-Identifier: Apache-2.0
//
// trust/doctor_trusted: certificates for the list of trusted ones, each judged by itself.
//
// Only what cannot be read, or does not belong there, refuses an upload.  A certificate that helps
// nobody harms nobody either: a path that ends in it is refused for the same fault.
#include <algorithm>
#include <set>

#include "trust/doctor_parts.h"
#include "trust/evidence.h"
#include "trust/pin.h"
#include "trust/tls_use.h"
#include "x509/own_faults.h"

namespace sealtone::trust {
namespace {

using x509::Certificate;

// Whether it was made to issue others, though it has not the bit by which it may.
bool means_to_issue(const Certificate& certificate, const std::set<base::Bytes>& issuers) {
  const auto& usages = certificate.key_usage();
  return issuers.contains(certificate.subject().der) ||
         (usages && std::ranges::find(*usages, "keyCertSign") != usages->end());
}

}  // namespace

void examine_trusted(const Upload& upload, const DoctorOptions& options, Diagnosis& diagnosis) {
  const auto& given = upload.certificates;
  if (!upload.keys.empty()) {
    diagnosis.remarks.push_back(
        {.code = DoctorCode::key_in_list, .weight = Weight::refuses, .mends = true});
  }
  std::set<base::Bytes> issuers;
  for (const auto& each : given) {
    if (!each.self_issued()) issuers.insert(each.issuer().der);
  }
  const x509::PathOptions rules;
  for (std::size_t at = 0; at < given.size(); ++at) {
    if (diagnosis.roles[at] == Part::duplicate) continue;
    const auto& each = given[at];
    const bool pin = is_pin(each);
    const bool issues = !pin || means_to_issue(each, issuers);
    diagnosis.roles[at] = pin ? Part::pin : Part::authority;
    diagnosis.chain.push_back(each);
    if (!issues) {  // else it is said that it lacks the bit
      diagnosis.remarks.push_back({.code = DoctorCode::pin, .certificate = at, .about = each});
    }
    const auto standing = issues ? x509::Standing::issuer : x509::Standing::server;
    bool usage_is_said = false;
    for (const auto& fault : x509::own_faults(each, standing, options.now, rules)) {
      usage_is_said = usage_is_said || fault.code == x509::PathFault::key_usage;
      auto finding = finding_of(fault, each, rules, options.now);
      diagnosis.remarks.push_back({.code = finding.code,
                                   .certificate = at,
                                   .about = each,
                                   .evidence = std::move(finding.evidence)});
    }
    if (!issues && !usage_is_said && tls_use(each) == TlsUse::none) {
      diagnosis.remarks.push_back({.code = FindingCode::key_usage,
                                   .certificate = at,
                                   .about = each,
                                   .evidence = key_usage_evidence(each)});
    }
    if (auto soon = expires_soon(each, at, options.now)) {
      diagnosis.remarks.push_back(*std::move(soon));
    }
  }
}

}  // namespace sealtone::trust
