// SPDX-License-Identifier: Apache-2.0
//
// crypto/sealed: see sealed.h.
#include "crypto/sealed.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <limits>

#include "crypto/owned.h"

namespace sealtone::crypto {
namespace {

using CipherAlgorithm = Owned<EVP_CIPHER, EVP_CIPHER_free>;
using CipherContext = Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

constexpr std::size_t kMost = std::numeric_limits<int>::max() / 2;  // OpenSSL counts in int

CipherAlgorithm algorithm_with(const char* name, base::ByteView key) {
  CipherAlgorithm cipher(EVP_CIPHER_fetch(nullptr, name, nullptr));
  if (!cipher || static_cast<std::size_t>(EVP_CIPHER_get_key_length(cipher.get())) != key.size()) {
    return nullptr;
  }
  return cipher;
}

int count(base::ByteView octets) { return static_cast<int>(octets.size()); }

// OpenSSL's parameters are never written to where they are only given.
void* given(base::ByteView octets) { return const_cast<std::uint8_t*>(octets.data()); }
char* given(const char* text) { return const_cast<char*>(text); }

std::optional<Secret> derived(const char* function, const OSSL_PARAM* parameters,
                              std::size_t size) {
  const ErrorsKept errors;
  const Owned<EVP_KDF, EVP_KDF_free> kdf(EVP_KDF_fetch(nullptr, function, nullptr));
  const Owned<EVP_KDF_CTX, EVP_KDF_CTX_free> context(kdf ? EVP_KDF_CTX_new(kdf.get()) : nullptr);
  Secret out(size);
  if (!context || EVP_KDF_derive(context.get(), out.octets().data(), size, parameters) != 1) {
    return std::nullopt;
  }
  return out;
}

}  // namespace

std::optional<base::Bytes> open_aead(const Aead& aead, base::ByteView key, base::ByteView nonce,
                                     base::ByteView additional, base::ByteView sealed) {
  const ErrorsKept errors;
  if (sealed.size() < aead.tag || sealed.size() > kMost || additional.size() > kMost) {
    return std::nullopt;
  }
  const auto cipher = algorithm_with(aead.cipher, key);
  const CipherContext context(cipher ? EVP_CIPHER_CTX_new() : nullptr);
  if (!context) return std::nullopt;
  auto* with = context.get();
  const auto text = sealed.first(sealed.size() - aead.tag);
  const auto tag = sealed.last(aead.tag);
  const bool ccm = EVP_CIPHER_get_mode(cipher.get()) == EVP_CIPH_CCM_MODE;
  if (EVP_DecryptInit_ex(with, cipher.get(), nullptr, nullptr, nullptr) != 1 ||
      EVP_CIPHER_CTX_ctrl(with, EVP_CTRL_AEAD_SET_IVLEN, count(nonce), nullptr) != 1 ||
      EVP_CIPHER_CTX_ctrl(with, EVP_CTRL_AEAD_SET_TAG, count(tag), given(tag)) != 1 ||
      EVP_DecryptInit_ex(with, nullptr, nullptr, key.data(), nonce.data()) != 1) {
    return std::nullopt;
  }
  int got = 0;
  // CCM has to know the length of the text before what stands beside it.
  if (ccm && EVP_DecryptUpdate(with, nullptr, &got, nullptr, count(text)) != 1) return std::nullopt;
  if (!additional.empty() &&
      EVP_DecryptUpdate(with, nullptr, &got, additional.data(), count(additional)) != 1) {
    return std::nullopt;
  }
  base::Bytes out(text.size() + EVP_MAX_BLOCK_LENGTH);
  if (EVP_DecryptUpdate(with, out.data(), &got, text.data(), count(text)) != 1) return std::nullopt;
  // CCM compares the tag as it decrypts, the others here.
  int rest = 0;
  if (!ccm && EVP_DecryptFinal_ex(with, out.data() + got, &rest) != 1) return std::nullopt;
  out.resize(text.size());
  return out;
}

std::optional<base::Bytes> decrypt_blocks(const char* name, base::ByteView key, base::ByteView iv,
                                          base::ByteView blocks) {
  const ErrorsKept errors;
  const auto cipher = algorithm_with(name, key);
  const CipherContext context(cipher ? EVP_CIPHER_CTX_new() : nullptr);
  if (!context || blocks.size() > kMost ||
      static_cast<std::size_t>(EVP_CIPHER_get_iv_length(cipher.get())) != iv.size()) {
    return std::nullopt;
  }
  base::Bytes out(blocks.size() + EVP_MAX_BLOCK_LENGTH);
  int got = 0, rest = 0;
  if (EVP_DecryptInit_ex(context.get(), cipher.get(), nullptr, key.data(), iv.data()) != 1 ||
      EVP_CIPHER_CTX_set_padding(context.get(), 0) != 1 ||
      EVP_DecryptUpdate(context.get(), out.data(), &got, blocks.data(), count(blocks)) != 1 ||
      EVP_DecryptFinal_ex(context.get(), out.data() + got, &rest) != 1) {
    return std::nullopt;
  }
  out.resize(static_cast<std::size_t>(got) + static_cast<std::size_t>(rest));
  return out;
}

std::optional<base::Bytes> hmac(const char* hash, base::ByteView key, base::ByteView data) {
  const ErrorsKept errors;
  base::Bytes out(EVP_MAX_MD_SIZE);
  std::size_t size = 0;
  if (EVP_Q_mac(nullptr, "HMAC", nullptr, hash, nullptr, key.data(), key.size(), data.data(),
                data.size(), out.data(), out.size(), &size) == nullptr) {
    return std::nullopt;
  }
  out.resize(size);
  return out;
}

std::optional<Secret> hkdf_expand(const char* hash, base::ByteView secret, base::ByteView info,
                                  std::size_t size) {
  int mode = EVP_KDF_HKDF_MODE_EXPAND_ONLY;
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode),
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, given(hash), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, given(secret), secret.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, given(info), info.size()),
      OSSL_PARAM_construct_end()};
  return derived("HKDF", parameters, size);
}

std::optional<Secret> tls1_prf(const char* hash, base::ByteView secret, base::ByteView seed,
                               std::size_t size) {
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, given(hash), 0),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SECRET, given(secret), secret.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SEED, given(seed), seed.size()),
      OSSL_PARAM_construct_end()};
  return derived("TLS1-PRF", parameters, size);
}

}  // namespace sealtone::crypto
