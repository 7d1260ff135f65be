// SPDX-License-Identifier: Apache-2.0
//
// x509/parse: what a file holds, told by its content and never by its name.
//
// Reads PEM (RFC 7468: byte order mark, CRLF, text around, several blocks) and DER: certificates,
// private keys (PKCS#8 and traditional, encrypted or not), PKCS#7 bundles and PKCS#12 files.
// A file of another kind is named for what it is ("this is a certificate request").
// A damaged PEM block is named by its number and line.  A block of another kind beside
// certificates is left out, and a note says so; what cannot be opened refuses the file.
// Errors: not_allowed (encrypted, and no passphrase was given), mismatch (the passphrase does not
// open it), bad_input, wrong_kind, unsupported (how it is encrypted), too_large (over
// base::kMaxUploadBytes, kMaxCertificates, kMaxKeys, or crypto::Effort).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/passphrase.h"
#include "x509/certificate.h"

namespace sealtone::x509 {

inline constexpr std::size_t kMaxCertificates = 1'000;
inline constexpr std::size_t kMaxKeys = 100;

struct Contents {
  std::vector<Certificate> certificates;  // in the order of the file
  std::vector<crypto::PrivateKey> keys;
  std::vector<std::string> notes;  // what was left out, a sentence each
  bool pem = false;
};

// name is used in messages only.  A passphrase that is not needed is not looked at.
[[nodiscard]] base::Result<Contents> parse(base::ByteView file, std::string_view name,
                                           crypto::Password passphrase = std::nullopt);

// A certificate with its key and the intermediates to send along: what an upload under
// Security > Server Certificates must hold.
struct DeviceCredential {
  std::vector<Certificate> chain;  // leaf first, each the issuer of the one before; root left out
  crypto::PrivateKey key;
  [[nodiscard]] const Certificate& leaf() const { return chain.front(); }
};

// Picks the leaf by the key, orders the rest.  mismatch: no key, or no certificate that fits it;
// the words say which and what to do.  too_large: what issued what takes too long to find out.  Of
// several certificates for the key the first is taken.
[[nodiscard]] base::Result<DeviceCredential> device_credential(const Contents& contents,
                                                               std::string_view name);

}  // namespace sealtone::x509
