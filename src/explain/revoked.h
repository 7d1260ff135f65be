// SPDX-License-Identifier: Apache-2.0
//
// explain/revoked: why an authority took a certificate back, and what follows from that.
//
// Source: RFC 5280 §5.3.1.  Evidence::found: the reason by its name there; nothing if none is told.
// Errors: none.
#pragma once

#include <string>

#include "trust/trust.h"

namespace sealtone::explain {

// "its certificate was revoked by "Acme", because its private key became known (keyCompromise)"
[[nodiscard]] std::string revoked_by(const std::string& certificate,
                                     const x509::DistinguishedName& issuer,
                                     const trust::Evidence& evidence);

// issuer: in quotes.  Of the server's own, and of one of the authorities above it.
[[nodiscard]] std::string instead_of_revoked(const trust::Evidence& evidence,
                                             const std::string& issuer);
[[nodiscard]] std::string instead_of_revoked_issuer(const trust::Evidence& evidence,
                                                    const std::string& issuer);

}  // namespace sealtone::explain
