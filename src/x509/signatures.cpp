// SPDX-License-Identifier: Apache-2.0
//
// x509/signatures: see signatures.h.
#include "x509/signatures.h"

#include <algorithm>

#include "x509/openssl.h"

namespace sealtone::x509 {

bool same_key(const Certificate& a, const Certificate& b) {
  const auto left = octets(X509_get0_pubkey_bitstr(a.native()));
  if (!std::ranges::equal(left, octets(X509_get0_pubkey_bitstr(b.native())))) return false;
  const ErrorsKept errors;
  const EVP_PKEY* const key = X509_get0_pubkey(a.native());
  const EVP_PKEY* const other = X509_get0_pubkey(b.native());
  return key != nullptr && other != nullptr && EVP_PKEY_eq(key, other) == 1;
}

Signatures::Answer Signatures::made_by(const Certificate& certificate, const Certificate& issuer) {
  auto& known = known_[certificate.sha256()];
  const auto found = std::ranges::find_if(known, [&](const Known& one) {
    return one.issuer == issuer || same_key(one.issuer, issuer);
  });
  if (found != known.end()) return found->answer ? Answer::yes : Answer::no;
  const auto cost = signature_cost(issuer);
  if (checks_ >= kMaxSignatureChecks || spent_ + cost > kMaxSignaturesCost ||
      cost > kMaxSignatureCost) {
    exhausted_ = true;
    return Answer::too_costly;
  }
  ++checks_;
  spent_ += cost;
  // A certificate remembers by itself whether it is signed by itself.
  const bool own = certificate == issuer;
  const bool answer = own ? certificate.self_signed() : signed_by(certificate, issuer);
  known.push_back({issuer, answer});
  return answer ? Answer::yes : Answer::no;
}

}  // namespace sealtone::x509
