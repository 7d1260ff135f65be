// SPDX-License-Identifier: Apache-2.0
//
// crypto: the primitives Sealtone needs, each a thin call of OpenSSL's EVP.
//
// Nothing here is cryptography of our own.  Units: octets.  Errors: bad_input for what is not
// base64 or no key, internal with OpenSSL's reason in the detail.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"

extern "C" {
struct evp_pkey_st;
}

namespace sealtone::crypto {

using Sha256 = std::array<std::uint8_t, 32>;

[[nodiscard]] Sha256 sha256(base::ByteView data);

// The system's source (RAND_bytes); ends the process if it has none.
class SystemRandom final : public base::Random {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

// scrypt (RFC 7914) with N = 2^14, r = 8, p = 1: 16 MB and about 36 ms.  32 octets out.
[[nodiscard]] base::Result<base::Bytes> scrypt(std::string_view password, base::ByteView salt);

// Takes the same time wherever the first difference stands.
[[nodiscard]] bool equal_in_constant_time(base::ByteView a, base::ByteView b);

[[nodiscard]] std::string base64(base::ByteView data);
[[nodiscard]] base::Result<base::Bytes> from_base64(std::string_view text);

// What OpenSSL's error queue says, emptied; for the details of an Error, never alone on a screen.
[[nodiscard]] std::string drain_openssl_errors();

// What a key is, public or private.
struct KeyFacts {
  std::string kind;       // "RSA", "EC", "Ed25519", "Ed448", "DSA", or OpenSSL's name
  int bits = 0;           // RSA modulus, curve size
  std::string curve;      // "P-256"…, "explicit" if it is not named; empty unless EC
  int security_bits = 0;  // NIST SP 800-57
  [[nodiscard]] std::string description() const;  // "RSA 2048", "EC P-256", "Ed25519"
};
[[nodiscard]] KeyFacts key_facts(const evp_pkey_st& key);

// A private key, shared by reference; its octets leave only as PKCS#8 for the store.
class PrivateKey {
 public:
  PrivateKey() = default;
  explicit PrivateKey(evp_pkey_st* owned);  // takes ownership

  [[nodiscard]] static base::Result<PrivateKey> generate_p256();
  [[nodiscard]] static base::Result<PrivateKey> from_der(
      base::ByteView der);  // PKCS#8 or traditional
  [[nodiscard]] base::Result<base::Bytes> pkcs8_der() const;
  [[nodiscard]] base::Result<std::string> pkcs8_pem() const;
  [[nodiscard]] bool empty() const { return !key_; }
  [[nodiscard]] evp_pkey_st* native() const { return key_.get(); }
  [[nodiscard]] std::string description() const;  // "RSA 2048", "EC P-256", "Ed25519"

 private:
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace sealtone::crypto
