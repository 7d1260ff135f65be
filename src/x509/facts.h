// SPDX-License-Identifier: Apache-2.0
//
// x509/facts: reads every fact of a decoded certificate once.  For this room's own files.
//
// Errors: bad_input if a date or the version is none.
#pragma once

#include "x509/certificate.h"
#include "x509/openssl.h"

namespace sealtone::x509 {

// In UTC, with seconds (RFC 5280 §4.1.2.5); nothing if it is none.
[[nodiscard]] std::optional<std::chrono::sys_seconds> seconds_of(const ASN1_TIME* time);

// "0A1B", "-0A"; "00" of nought.
[[nodiscard]] std::string serial_hex(const ASN1_INTEGER& serial);

// "SHA-256" of its number in OpenSSL; empty of none.
[[nodiscard]] std::string hash_name(int nid);

// That of a signature algorithm; empty if it has none of its own (Ed25519), or it is not known.
[[nodiscard]] std::string hash_of(const X509_ALGOR& signature);

[[nodiscard]] base::Result<CertificateFacts> read_facts(X509& certificate, base::Bytes der);

}  // namespace sealtone::x509
