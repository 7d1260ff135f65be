// SPDX-License-Identifier: Apache-2.0
//
// x509/credential: whether a private key is sound.
//
// A damaged key can still show the right public half, and would fail in every handshake.
// Errors: none.
#pragma once

#include "crypto/crypto.h"

namespace sealtone::x509 {

// Makes one signature and verifies it.
[[nodiscard]] bool key_works(const crypto::PrivateKey& key);

}  // namespace sealtone::x509
