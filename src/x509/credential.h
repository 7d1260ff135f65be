// SPDX-License-Identifier: Apache-2.0
//
// x509/credential: whether a certificate can be shown, and its private key is sound.
//
// Source: RFC 8446 §4.2.3 and RFC 8422 §5.1.1 (the curves that clients name).  Units: bits.
// Errors: none.
#pragma once

#include "x509/certificate.h"

namespace sealtone::x509 {

// Of a certificate of our own.
inline constexpr int kLeastRsaBits = 2'048, kMostRsaBits = 8'192;
inline constexpr auto kShownKeys =
    "RSA of 2048 to 8192 bits, EC P-256, P-384, P-521, Ed25519 or Ed448";
// Whether clients have a signature scheme for such a key.  How short a key of RSA may be is for
// the version of TLS to say.
[[nodiscard]] bool can_be_shown(const PublicKey& key);

// A damaged key can still show the right public half, and would fail in every handshake.

// Makes one signature and verifies it.
[[nodiscard]] bool key_works(const crypto::PrivateKey& key);

}  // namespace sealtone::x509
