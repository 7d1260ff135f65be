// SPDX-License-Identifier: Apache-2.0
//
// x509/signature_cost: what verifying costs, before it is done (see signatures.h).
//
// Measured with `openssl speed` and with keys made for it, OpenSSL 3.0.19 on x86-64, rounded up:
// RSA 2048 23 us, 4096 101 us, 8192 450 us, 3072 with an exponent of 3071 bits 9.6 ms; P-256 98 us,
// P-384 1.2 ms, P-521 0.9 ms, brainpoolP512r1 2.0 ms, sect571k1 5.8 ms; DSA 2048 327 us; Ed25519
// 170 us, Ed448 440 us.
#include <algorithm>

#include <openssl/core_names.h>
#include <openssl/evp.h>

#include "x509/openssl.h"
#include "x509/signatures.h"

namespace sealtone::x509 {
namespace {

using std::chrono::microseconds;

int exponent_bits(const Certificate& issuer) {
  const ErrorsKept errors;
  const EVP_PKEY* const key = X509_get0_pubkey(issuer.native());
  BIGNUM* exponent = nullptr;
  if (key == nullptr || EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent) != 1) return 0;
  const Owned<BIGNUM, BN_free> owned(exponent);
  return BN_num_bits(exponent);
}

// Grows with the square of the size.
microseconds scaled(std::int64_t microseconds_then, int bits, int bits_then) {
  const std::int64_t size = bits;
  return microseconds(microseconds_then * size * size / (std::int64_t{bits_then} * bits_then) + 1);
}

microseconds curve_cost(const crypto::KeyFacts& key) {
  if (key.curve == "P-256") return microseconds(100);
  if (key.curve == "P-384") return microseconds(1'200);
  if (key.curve == "P-521") return microseconds(900);
  // Binary curves, and those that are spelled out, which can be anything.
  const bool slow = key.curve.starts_with("sect") || key.curve.starts_with("c2") ||
                    key.curve.starts_with("wap") || key.curve.starts_with("Oakley") ||
                    key.curve == "explicit";
  return slow ? scaled(5'800, key.bits, 571) : scaled(2'000, key.bits, 512);
}

}  // namespace

microseconds signature_cost(const Certificate& issuer) {
  const auto& key = issuer.public_key();
  if (key.kind.starts_with("RSA")) {
    constexpr int usual = 17;  // bits of 65537
    const auto exponent = std::max(exponent_bits(issuer), usual);
    return scaled(25, key.bits, 2'048) * exponent / usual;
  }
  if (key.kind == "EC") return curve_cost(key);
  if (key.kind == "DSA") return scaled(330, key.bits, 2'048);
  if (key.kind == "Ed25519") return microseconds(200);
  return microseconds(500);
}

}  // namespace sealtone::x509
