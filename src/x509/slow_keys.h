// SPDX-License-Identifier: Apache-2.0
//
// x509/slow_keys: for tests, certificates that nobody issued, with keys that take long to verify
// with.
#pragma once

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "x509/issue.h"
#include "x509/openssl.h"

namespace sealtone::x509::test {

using Key = Owned<EVP_PKEY, EVP_PKEY_free>;

// No RSA key that anybody could sign with: made to be verified with, for as long as it takes.
inline Key rsa_public_key(int bits, int exponent_bits) {
  const Owned<BIGNUM, BN_free> modulus(BN_new()), exponent(BN_new());
  BN_rand(modulus.get(), bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD);
  BN_rand(exponent.get(), exponent_bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD);
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
  const Owned<OSSL_PARAM, OSSL_PARAM_free> parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(
      EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* key = nullptr;
  EVP_PKEY_fromdata_init(context.get());
  EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get());
  return Key(key);
}

// After a change; its signature no longer fits.
inline Certificate written_anew(X509& changed) {
  unsigned char* octets = nullptr;
  const int written = i2d_re_X509_tbs(&changed, &octets);
  OPENSSL_free(octets);
  if (written <= 0) throw std::runtime_error("the certificate cannot be written");
  return Certificate::from_native(&changed).value();
}

// The certificate with another public key.
inline Certificate with_key(const Certificate& original, const Key& key) {
  const Owned<X509, X509_free> changed(X509_dup(original.native()));
  X509_set_pubkey(changed.get(), key.get());
  return written_anew(*changed);
}

inline Request authority(const std::string& name) {
  return {.common_name = name,
          .organization = "",
          .names = {},
          .validity = {std::chrono::sys_days{std::chrono::year{2026} / 1 / 1},
                       std::chrono::sys_days{std::chrono::year{2027} / 1 / 1}},
          .ca = true,
          .extended_key_usage = {},
          .aia_issuers = ""};
}

}  // namespace sealtone::x509::test
