// SPDX-License-Identifier: Apache-2.0
//
// crypto/hash: see hash.h.
#include "crypto/hash.h"

#include <openssl/evp.h>

#include "crypto/crypto.h"

namespace sealtone::crypto {
namespace {

const EVP_MD* function_of(Hash which) {
  switch (which) {
    case Hash::md5: return EVP_md5();
    case Hash::sha256: return EVP_sha256();
    case Hash::sha512_256: return EVP_sha512_256();
  }
  return nullptr;
}

}  // namespace

base::Result<base::Bytes> hash(Hash which, base::ByteView data) {
  base::Bytes out(EVP_MAX_MD_SIZE);
  unsigned int size = 0;
  if (EVP_Digest(data.data(), data.size(), out.data(), &size, function_of(which), nullptr) != 1) {
    return base::fail(base::ErrorCode::unsupported, "hash", drain_openssl_errors());
  }
  out.resize(size);
  return out;
}

}  // namespace sealtone::crypto
