// SPDX-License-Identifier: Apache-2.0
//
// x509/sniff: names what a thing is that is not a certificate or a private key, with what to upload
// instead.  For parse's own use.
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
inline constexpr const char* kEncryptedKey =
    "an encrypted private key: remove its passphrase with `openssl pkey -in FILE -out NEWFILE`, "
    "then upload the new file";
inline constexpr const char* kPublicKey =
    "a bare public key, not a certificate: upload the certificate that holds it";
inline constexpr const char* kPkcs7 =
    "a PKCS#7 bundle, which cannot be read yet: take the certificates out with "
    "`openssl pkcs7 -print_certs -in FILE -out NEWFILE` (add `-inform DER` if it is not text), "
    "then upload the new file";
inline constexpr const char* kPkcs12 =
    "a PKCS#12 file (.p12, .pfx), which cannot be read yet: take out what it holds with "
    "`openssl pkcs12 -in FILE -nodes -out NEWFILE`, then upload the new file";

// By a PEM block's label; nothing if the label is not known.
[[nodiscard]] std::optional<std::string> known_label(std::string_view label);
// By the structure of its DER, which is neither a certificate nor a private key.
[[nodiscard]] std::optional<std::string> known_der(base::ByteView file);
// By its first bytes or its text; always an answer.
[[nodiscard]] std::string known_content(base::ByteView file);

}  // namespace sealtone::x509
