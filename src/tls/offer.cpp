// SPDX-License-Identifier: Apache-2.0
#include "tls/offer.h"

#include "tls/native.h"

namespace sealtone::tls {

std::vector<std::string> server_key_kinds(const Context& context) {
  bool rsa = false, ec = false, any = false;
  const std::unique_ptr<SSL, Free> probe(SSL_new(context.native().context.get()));
  STACK_OF(SSL_CIPHER)* suites = probe ? SSL_get1_supported_ciphers(probe.get()) : nullptr;
  for (int i = 0; i < sk_SSL_CIPHER_num(suites); ++i) {
    const int by = SSL_CIPHER_get_auth_nid(sk_SSL_CIPHER_value(suites, i));
    rsa = rsa || by == NID_auth_rsa;
    ec = ec || by == NID_auth_ecdsa;
    any = any || by == NID_auth_any;
  }
  sk_SSL_CIPHER_free(suites);

  std::vector<std::string> kinds;
  if (rsa || any) kinds.emplace_back("RSA");
  if (ec || any) kinds.insert(kinds.end(), {"EC", "Ed25519", "Ed448"});
  return kinds;
}

}  // namespace sealtone::tls
