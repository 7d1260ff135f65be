// SPDX-License-Identifier: Apache-2.0
//
// crypto/sealed: opens what somebody else's protocol sealed, and derives the keys for it, by
// OpenSSL's EVP.
//
// Ciphers and hashes go by OpenSSL's names ("AES-128-GCM", "SHA256", "MD5-SHA1").  Source: RFC 5116
// (AEAD), RFC 5869 (HKDF), RFC 2246 and 5246 §5 (PRF), RFC 2104 (HMAC).  Units: octets.  Errors:
// nothing (nullopt) where the octets are not what was sealed, or this computer's OpenSSL does not
// have the algorithm.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "crypto/secret.h"

namespace sealtone::crypto {

struct Aead {
  const char* cipher;
  std::size_t tag;  // the last octets of what is sealed
};
[[nodiscard]] std::optional<base::Bytes> open_aead(const Aead& aead, base::ByteView key,
                                                   base::ByteView nonce, base::ByteView additional,
                                                   base::ByteView sealed);

// CBC and the like, without a look at the padding: whole blocks in, as many octets out.
[[nodiscard]] std::optional<base::Bytes> decrypt_blocks(const char* cipher, base::ByteView key,
                                                        base::ByteView iv, base::ByteView blocks);

[[nodiscard]] std::optional<base::Bytes> hmac(const char* hash, base::ByteView key,
                                              base::ByteView data);

[[nodiscard]] std::optional<Secret> hkdf_expand(const char* hash, base::ByteView secret,
                                                base::ByteView info, std::size_t size);
// seed: with the label before it.
[[nodiscard]] std::optional<Secret> tls1_prf(const char* hash, base::ByteView secret,
                                             base::ByteView seed, std::size_t size);

}  // namespace sealtone::crypto
