// SPDX-License-Identifier: Apache-2.0
//
// x509/name: an X509_NAME as text and in a form that can be compared.  For this room's own files.
//
// Source: RFC 5280 §7.1 (comparison), RFC 4514 §2.4 (escapes).
#pragma once

#include <string>

#include "x509/certificate.h"
#include "x509/openssl.h"

namespace sealtone::x509 {

[[nodiscard]] DistinguishedName read_name(const X509_NAME* name);

// Any ASN.1 character string as UTF-8; the octets as they are if it cannot be told.
[[nodiscard]] std::string utf8(const ASN1_STRING* string);

// "serverAuth", or "1.2.3.4" if it has no short name.
[[nodiscard]] std::string object_name(const ASN1_OBJECT* object);

}  // namespace sealtone::x509
