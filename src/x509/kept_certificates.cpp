// SPDX-License-Identifier: Apache-2.0
//
// x509/kept_certificates: see kept_certificates.h.
#include "x509/kept_certificates.h"

#include <algorithm>

#include "x509/openssl.h"

namespace sealtone::x509 {

base::Result<Certificate> KeptCertificates::from_native(x509_st* shared) {
  base::Bytes der(static_cast<std::size_t>(std::max(i2d_X509(shared, nullptr), 0)));
  auto* at = der.data();
  if (!der.empty()) i2d_X509(shared, &at);
  const auto found = std::ranges::find(kept_, der, &Certificate::der);
  if (found != kept_.end()) return *found;
  auto decoded = Certificate::from_native(shared);
  if (!decoded) return decoded;
  if (kept_.size() >= kMaxKept) kept_.pop_back();
  kept_.push_front(*decoded);
  return decoded;
}

}  // namespace sealtone::x509
