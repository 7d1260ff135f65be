// SPDX-License-Identifier: Apache-2.0
//
// crypto: private keys in and out of OpenSSL (see crypto.h).
#include "crypto/crypto.h"

#include <array>
#include <utility>

#include <openssl/core_names.h>
#include <openssl/decoder.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "crypto/owned.h"

namespace sealtone::crypto {
namespace {

using Decoder = Owned<OSSL_DECODER_CTX, OSSL_DECODER_CTX_free>;
using Pkcs8 = Owned<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;
using Bio = Owned<BIO, BIO_free_all>;

// Without this an encrypted key would have the terminal asked for its passphrase.
int no_passphrase(char*, int, int, void*) { return -1; }

// Finding the decoders costs six times what decoding costs, so each thread keeps them.
class KeptDecoder {
 public:
  KeptDecoder()
      : decoder_(OSSL_DECODER_CTX_new_for_pkey(&key_, "DER", nullptr, nullptr, EVP_PKEY_KEYPAIR,
                                               nullptr, nullptr)) {
    if (decoder_) OSSL_DECODER_CTX_set_pem_password_cb(decoder_.get(), no_passphrase, nullptr);
  }

  // Owned by the caller; null if the octets are not exactly one key.
  EVP_PKEY* decode(base::ByteView der) {
    const auto* at = der.data();
    auto left = der.size();
    if (!decoder_ || OSSL_DECODER_from_data(decoder_.get(), &at, &left) != 1 || left != 0) {
      EVP_PKEY_free(std::exchange(key_, nullptr));
      return nullptr;
    }
    return std::exchange(key_, nullptr);
  }

 private:
  EVP_PKEY* key_ = nullptr;  // where the decoder puts what it finds
  Decoder decoder_;
};

base::Result<Pkcs8> to_pkcs8(EVP_PKEY* key) {
  Pkcs8 info(key == nullptr ? nullptr : EVP_PKEY2PKCS8(key));
  if (!info) {
    return base::fail(base::ErrorCode::internal, "private key",
                      "it cannot be written as PKCS#8: " + drain_openssl_errors());
  }
  return info;
}

std::string curve_name(const EVP_PKEY& key) {
  int named = 1;
  EVP_PKEY_get_int_param(&key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &named);
  if (named == 1) return "explicit";
  std::array<char, 80> group{};
  if (EVP_PKEY_get_utf8_string_param(&key, OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(),
                                     nullptr) != 1) {
    return "explicit";
  }
  const char* const nist = EC_curve_nid2nist(OBJ_sn2nid(group.data()));
  return nist != nullptr ? nist : group.data();
}

}  // namespace

std::string KeyFacts::description() const {
  if (kind == "EC") return kind + " " + curve;
  if (kind.starts_with("Ed") || bits == 0) return kind;
  return kind + " " + std::to_string(bits);
}

KeyFacts key_facts(const evp_pkey_st& key) {
  ERR_set_mark();
  KeyFacts facts;
  const char* const name = EVP_PKEY_get0_type_name(&key);
  facts.kind = name != nullptr ? name : "unknown";
  if (facts.kind == "ED25519") facts.kind = "Ed25519";
  if (facts.kind == "ED448") facts.kind = "Ed448";
  facts.bits = EVP_PKEY_get_bits(&key);
  facts.security_bits = EVP_PKEY_get_security_bits(&key);
  if (facts.kind == "EC") facts.curve = curve_name(key);
  ERR_pop_to_mark();
  return facts;
}

PrivateKey::PrivateKey(evp_pkey_st* owned) : key_(owned, EVP_PKEY_free) {}

base::Result<PrivateKey> PrivateKey::generate_p256() {
  PrivateKey key(EVP_EC_gen("P-256"));
  if (key.empty()) {
    return base::fail(base::ErrorCode::internal, "private key",
                      "it cannot be made: " + drain_openssl_errors());
  }
  return key;
}

base::Result<PrivateKey> PrivateKey::from_der(base::ByteView der) {
  thread_local KeptDecoder decoder;
  ERR_set_mark();
  PrivateKey key(decoder.decode(der));
  ERR_pop_to_mark();
  if (key.empty()) {
    return base::fail(base::ErrorCode::bad_input, "",
                      "it is not a private key, or one that is encrypted or damaged");
  }
  return key;
}

base::Result<base::Bytes> PrivateKey::pkcs8_der() const {
  const auto info = to_pkcs8(key_.get());
  if (!info) return std::unexpected(info.error());
  base::Bytes der(static_cast<std::size_t>(i2d_PKCS8_PRIV_KEY_INFO(info->get(), nullptr)));
  auto* at = der.data();
  i2d_PKCS8_PRIV_KEY_INFO(info->get(), &at);
  return der;
}

base::Result<std::string> PrivateKey::pkcs8_pem() const {
  const auto info = to_pkcs8(key_.get());
  if (!info) return std::unexpected(info.error());
  const Bio bio(BIO_new(BIO_s_mem()));  // its memory is wiped when it is freed
  if (!bio || PEM_write_bio_PKCS8_PRIV_KEY_INFO(bio.get(), info->get()) != 1) {
    return base::fail(base::ErrorCode::internal, "private key",
                      "it cannot be written as PEM: " + drain_openssl_errors());
  }
  const char* text = nullptr;
  const auto length = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<std::size_t>(length));
}

std::string PrivateKey::description() const {
  return key_ ? key_facts(*key_).description() : "no key";
}

}  // namespace sealtone::crypto
