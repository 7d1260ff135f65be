// SPDX-License-Identifier: Apache-2.0
//
// explain/authority_name: the name a person would use out of a DER Name, as a server sends it in a
// CertificateRequest.
//
// Source: X.690 §8 (definite lengths), RFC 5280 §4.1.2.4.  Errors: empty if it cannot be read or
// holds neither a common name nor an organization.
#pragma once

#include <string>

#include "base/bytes.h"

namespace sealtone::explain {

// The last common name, else the last organization; not yet made visible.
[[nodiscard]] std::string authority_name(base::ByteView der_name);

}  // namespace sealtone::explain
