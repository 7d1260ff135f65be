// SPDX-License-Identifier: Apache-2.0
//
// explain/missing_issuer: a certificate that nobody here holds, by what the one below it says of
// it, and of whom to ask for it.  For explain's own use.
//
// Source: RFC 5280 §4.2.1.1 (key identifier), §4.2.2.1 (the address, which nobody vouches for).
#pragma once

#include <string>

#include "x509/certificate.h"

namespace sealtone::explain {

// Who gives out certificates under that name, unquoted: "Acme", else "Acme Root R1".
[[nodiscard]] std::string holder(const x509::DistinguishedName& name);
// ""Acme Root R1" (its key identifier: 8F:3A)"
[[nodiscard]] std::string missing_issuer(const x509::Certificate& child);
// "ask Acme for it (the address in the certificate, unchecked: http://…)"
[[nodiscard]] std::string ask_for_issuer(const x509::Certificate& child);

}  // namespace sealtone::explain
