// SPDX-License-Identifier: Apache-2.0
//
// crypto/hash: the hash functions that other people's protocols name, by OpenSSL's EVP.
//
// MD5 is broken as a hash of documents and is here for digest authentication alone, where servers
// still ask for it.  Units: octets.  Errors: unsupported where this computer's OpenSSL has the
// function switched off (FIPS mode and MD5).
#pragma once

#include "base/bytes.h"
#include "base/result.h"

namespace sealtone::crypto {

enum class Hash { md5, sha256, sha512_256 };  // sha512_256: FIPS 180-4 §6.7, not SHA-512 cut short

[[nodiscard]] base::Result<base::Bytes> hash(Hash which, base::ByteView data);

}  // namespace sealtone::crypto
