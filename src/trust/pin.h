// SPDX-License-Identifier: Apache-2.0
//
// trust/pin: whether a certificate among the trusted ones is a pin: one that is no authority's, and
// vouches for itself alone.
//
// Source: RFC 5280 §4.2.1.9.  Quiet: told by what it says of itself, no signature is verified.
#pragma once

#include "x509/certificate.h"

namespace sealtone::trust {

[[nodiscard]] bool is_pin(const x509::Certificate& certificate);

}  // namespace sealtone::trust
