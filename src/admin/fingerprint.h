// SPDX-License-Identifier: Apache-2.0
//
// admin/fingerprint: a SHA-256 as somebody typed it, compared with a certificate's.
//
// All 32 octets, or the first 16: fewer can be made to fit by whoever has the time.  Spaces, colons
// and case mean nothing, so that "8F:3A:…" and groups of four are the same.  What is said of one
// that does not fit never holds the one that would.  Errors: bad_input (no SHA-256), mismatch.
#pragma once

#include <string_view>

#include "base/result.h"
#include "x509/certificate.h"

namespace sealtone::admin {

[[nodiscard]] base::Result<void> check_fingerprint(std::string_view typed,
                                                   const x509::Certificate& certificate);

}  // namespace sealtone::admin
