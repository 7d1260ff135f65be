// SPDX-License-Identifier: Apache-2.0
//
// x509/pkcs7: the certificates of a PKCS#7 bundle (.p7b, .p7c).  For parse's own use.
//
// Source: RFC 2315 §9.1 SignedData, in DER or BER; with certificates alone, as CAs send them, or
// any signed message.  What else is in it is left out, and a note says so.
// Errors: wrong_kind (no certificate in it, or an encrypted message), too_large, bad_input.
#pragma once

#include "x509/parse.h"

namespace sealtone::x509 {

// Nothing if the file is no PKCS#7 at all; what: as in "what is damaged".
[[nodiscard]] std::optional<base::Result<Contents>> read_pkcs7(base::ByteView file,
                                                               std::string_view name,
                                                               const std::string& what);

}  // namespace sealtone::x509
