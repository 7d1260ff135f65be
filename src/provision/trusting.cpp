// SPDX-License-Identifier: Apache-2.0
//
// provision/trusting: see trusting.h.
#include "provision/trusting.h"

namespace sealtone::provision {

trust::Policy policy_of(const settings::TlsSettings& tls) {
  trust::Policy policy;
  policy.only_accept_trusted = tls.only_accept_trusted;
  policy.check_name = tls.check_name;
  policy.allow_common_name = tls.allow_common_name;
  policy.sip_address_names = tls.sip_address_names;
  policy.sip_wildcards = tls.sip_wildcards;
  policy.path.revocation_required = tls.revocation_required;
  if (tls.strict) policy.path.profile = x509::Profile::strict;
  return policy;
}

std::vector<x509::Certificate> uploaded(const store::Snapshot& snapshot) {
  std::vector<x509::Certificate> certificates;
  certificates.reserve(snapshot.trusted.size());
  for (const auto& row : snapshot.trusted) certificates.push_back(row.certificate);
  return certificates;
}

std::vector<x509::Certificate> chosen_anchors(settings::TrustList list,
                                              std::span<const x509::Certificate> uploaded,
                                              std::span<const x509::Certificate> system_roots) {
  std::vector<x509::Certificate> anchors;
  if (list != settings::TrustList::system_roots) {
    anchors.insert(anchors.end(), uploaded.begin(), uploaded.end());
  }
  if (list != settings::TrustList::custom) {
    anchors.insert(anchors.end(), system_roots.begin(), system_roots.end());
  }
  return anchors;
}

std::string list_name(settings::TrustList list) {
  switch (list) {
    case settings::TrustList::system_roots: return "this computer's roots";
    case settings::TrustList::custom: return "trusted certificates";
    case settings::TrustList::all: return "trusted certificates and this computer's roots";
  }
  return {};
}

}  // namespace sealtone::provision
