// SPDX-License-Identifier: Apache-2.0
#include "trust/sip_names.h"

#include <algorithm>

#include "base/text.h"
#include "trust/names.h"
#include "x509/extensions.h"

namespace sealtone::trust {
namespace {

using Names = std::vector<std::string>;
using NameKind = x509::SubjectAltName::Kind;

// RFC 5922 §7.1: "If the scheme of the URI is not "sip", then the implementation MUST NOT accept
// the value as a SIP domain identity", and neither if "the URI value […] contains a userpart (there
// is an '@')"; else it "MUST accept the hostpart".  "URI scheme tokens are always case
// insensitive".
std::optional<std::string> sip_host(std::string_view uri) {
  constexpr std::string_view scheme = "sip:";
  if (!base::lower_ascii(uri.substr(0, scheme.size())).starts_with(scheme)) return std::nullopt;
  uri.remove_prefix(scheme.size());
  if (uri.find('@') != std::string_view::npos) return std::nullopt;
  // §7.2: "Implementations MUST compare only the DNS name component of each SIP domain identifier;
  // an implementation MUST NOT use any scheme or parameters in the comparison."
  auto host = uri.substr(0, uri.find_first_of(";?"));
  if (!host.starts_with('[')) host = host.substr(0, host.find(':'));
  if (host.empty()) return std::nullopt;
  return base::lower_ascii(host);
}

Names sip_hosts(const x509::Certificate& certificate) {
  Names hosts;
  for (const auto& name : certificate.names()) {
    if (name.kind != NameKind::uri) continue;
    if (auto host = sip_host(name.value)) hosts.push_back(*std::move(host));
  }
  return hosts;
}

// As they are shown: the URIs whole, whatever their scheme.
Names presented_names(const x509::Certificate& certificate) {
  Names shown;
  for (const auto& name : certificate.names()) {
    if (name.kind == NameKind::uri || name.kind == NameKind::dns || name.kind == NameKind::ip) {
      shown.push_back(name.value);
    }
  }
  return shown;
}

std::string rule_for(const ReferenceIdentifier& reference, const x509::Certificate& certificate,
                     const Policy& policy) {
  if (reference.kind == ReferenceIdentifier::Kind::ip) {
    return policy.sip_address_names
               ? "RFC 5922 has no addresses as identities; by a setting an iPAddress name counts"
               : "RFC 5922 has no addresses as identities: reach the server by its SIP domain";
  }
  const auto& names = certificate.names();
  const auto any_other_uri = std::ranges::any_of(
      names, [](const auto& name) { return name.kind == NameKind::uri && !sip_host(name.value); });
  if (!sip_hosts(certificate).empty()) {
    return "RFC 5922 §7.1: where there is a URI of a SIP domain, as in sip:example.com, DNS names do "
           "not count; §7.2: names are compared whole, without wildcards";
  }
  if (any_other_uri) {
    return "RFC 5922 §7.1: of URIs only those of a SIP domain count, as in sip:example.com: of the "
           "scheme sip, without a user";
  }
  return "RFC 5922 §7.2: names are compared whole, without wildcards";
}

}  // namespace

std::vector<std::string> sip_identities(const x509::Certificate& certificate,
                                        const Policy& policy) {
  auto identities = sip_hosts(certificate);
  if (!identities.empty()) return identities;
  // §7.1: "An implementation MUST accept a domain name system identifier as a SIP domain identity
  // if and only if no other identity is found that matches the "sip" URI type".
  for (const auto& name : certificate.names()) {
    if (name.kind == NameKind::dns) identities.push_back(base::lower_ascii(name.value));
  }
  // "If and only if the subjectAltName does not appear in the certificate, the implementation MAY
  // examine the CN field of the certificate."
  if (policy.allow_common_name && certificate.extensions().find("subjectAltName") == nullptr) {
    identities.push_back(base::lower_ascii(certificate.subject().common_name));
  }
  return identities;
}

bool matches_sip(const ReferenceIdentifier& reference, const x509::Certificate& certificate,
                 const Policy& policy) {
  if (reference.kind != ReferenceIdentifier::Kind::dns) {
    return policy.sip_address_names && matches(reference, certificate, false);
  }
  return std::ranges::any_of(sip_identities(certificate, policy), [&](const std::string& name) {
    // §7.2: "Implementations MUST NOT match any form of wildcard".
    if (!policy.sip_wildcards && name.find('*') != std::string::npos) return false;
    return dns_matches(name, reference.value);
  });
}

std::optional<Finding> check_sip_name(const ReferenceIdentifier& reference,
                                      const x509::Certificate& certificate, const Policy& policy) {
  if (matches_sip(reference, certificate, policy)) return std::nullopt;
  Finding finding{.code = FindingCode::name_mismatch, .certificate = 0, .evidence = {}};
  finding.evidence.wanted = reference.value;
  finding.evidence.found = presented_names(certificate);
  finding.evidence.detail = rule_for(reference, certificate, policy);
  return finding;
}

}  // namespace sealtone::trust
