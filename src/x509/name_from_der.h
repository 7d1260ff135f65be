// SPDX-License-Identifier: Apache-2.0
//
// x509/name_from_der: a Name that stands by itself, as in a CertificateRequest, for comparing.
//
// Source: RFC 5280 §4.1.2.4, §7.1.  Errors: nothing if the octets are no Name, or not one alone.
#pragma once

#include <optional>

#include "x509/certificate.h"

namespace sealtone::x509 {

[[nodiscard]] std::optional<DistinguishedName> name_from_der(base::ByteView der);

// The octets of its issuer's Name as they stand in the certificate.
[[nodiscard]] base::Bytes issuer_der(const Certificate& certificate);

}  // namespace sealtone::x509
