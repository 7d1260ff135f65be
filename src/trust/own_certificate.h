// SPDX-License-Identifier: Apache-2.0
//
// trust/own_certificate: does a server that asks for a certificate want one of ours?
//
// Source: RFC 5246 §7.4.4, RFC 8446 §4.2.4 (certificate_authorities); names are compared by
// RFC 5280 §7.1.
#pragma once

#include <optional>
#include <span>

#include "trust/trust.h"

namespace sealtone::trust {

// Names of a server's list that are compared, and their octets together; a list that is longer is
// not judged.
inline constexpr std::size_t kMaxAuthoritiesCompared = 1'000;
inline constexpr std::size_t kMaxAuthorityOctets = 32'768;

// Whether one of the issuers (DER Names) is among the authorities that the server named; nothing
// if it named none, which means that it takes any, if there is no issuer, or if the list is too
// long.  Costs milliseconds where there are a thousand: asked once a connection.
[[nodiscard]] std::optional<bool> any_listed(std::span<const base::Bytes> issuers,
                                             std::span<const base::Bytes> authorities);

// Who issued ours, and whom the server named instead.
[[nodiscard]] Evidence not_listed_evidence(std::span<const base::Bytes> issuers,
                                           std::span<const base::Bytes> authorities);

}  // namespace sealtone::trust
