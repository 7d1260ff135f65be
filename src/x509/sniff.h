// SPDX-License-Identifier: Apache-2.0
//
// x509/sniff: names what a thing is that no certificate or private key can be read from, with what
// to upload instead.  For parse's own use.
//
// Each answer goes on from "this is": "a certificate request (CSR), not a certificate: upload …".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace sealtone::x509 {

inline constexpr const char* kCertificateRequest =
    "a certificate request (CSR), not a certificate: upload the certificate that the CA issued "
    "for it";
inline constexpr const char* kRevocationList =
    "a revocation list (CRL), not a certificate: upload the certificate of the CA that issued it";
inline constexpr const char* kPublicKey =
    "a bare public key, not a certificate: upload the certificate that holds it";

// By a PEM block's label; nothing if the label is not known.
[[nodiscard]] std::optional<std::string> known_label(std::string_view label);
// By the structure of its DER, which is neither a certificate nor a private key; a file that would
// be read if it stood alone is named, too.
[[nodiscard]] std::optional<std::string> known_der(base::ByteView file);
// By its first bytes or its text; always an answer.
[[nodiscard]] std::string known_content(base::ByteView file);

}  // namespace sealtone::x509
