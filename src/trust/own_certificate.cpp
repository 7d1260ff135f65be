// SPDX-License-Identifier: Apache-2.0
#include "trust/own_certificate.h"

#include <algorithm>

#include "x509/name_from_der.h"

namespace sealtone::trust {
namespace {

constexpr std::size_t kMaxNamed = 10;

bool too_long(std::span<const base::Bytes> authorities) {
  std::size_t octets = 0;
  for (const auto& authority : authorities) octets += authority.size();
  return authorities.size() > kMaxAuthoritiesCompared || octets > kMaxAuthorityOctets;
}

std::string shown(const base::Bytes& der) {
  const auto name = x509::name_from_der(der);
  return name ? name->short_name() : "a name that cannot be read";
}

}  // namespace

std::optional<bool> any_listed(std::span<const base::Bytes> issuers,
                               std::span<const base::Bytes> authorities) {
  if (issuers.empty() || authorities.empty() || too_long(authorities)) return std::nullopt;
  // The very octets are what most servers send; only then every name is decoded.
  for (const auto& issuer : issuers) {
    if (std::ranges::find(authorities, issuer) != authorities.end()) return true;
  }
  std::vector<x509::DistinguishedName> own;
  for (const auto& issuer : issuers) {
    if (auto name = x509::name_from_der(issuer)) own.push_back(*std::move(name));
  }
  return std::ranges::any_of(authorities, [&](const base::Bytes& authority) {
    const auto name = x509::name_from_der(authority);
    return name && std::ranges::find(own, *name) != own.end();
  });
}

Evidence not_listed_evidence(std::span<const base::Bytes> issuers,
                             std::span<const base::Bytes> authorities) {
  Evidence evidence;
  if (!issuers.empty()) evidence.wanted = shown(issuers.front());
  for (const auto& authority : authorities.first(std::min(authorities.size(), kMaxNamed))) {
    evidence.found.push_back(shown(authority));
  }
  return evidence;
}

}  // namespace sealtone::trust
