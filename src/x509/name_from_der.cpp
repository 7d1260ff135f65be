// SPDX-License-Identifier: Apache-2.0
//
// x509/name_from_der: see name_from_der.h.
#include "x509/name_from_der.h"

#include "x509/name.h"
#include "x509/openssl.h"

namespace sealtone::x509 {

std::optional<DistinguishedName> name_from_der(base::ByteView der) {
  const ErrorsKept errors;
  const auto* at = der.data();
  const Owned<X509_NAME, X509_NAME_free> name(
      d2i_X509_NAME(nullptr, &at, static_cast<long>(der.size())));
  if (!name || at != der.data() + der.size()) return std::nullopt;
  return read_name(name.get());
}

base::Bytes issuer_der(const Certificate& certificate) {
  const unsigned char* octets = nullptr;
  std::size_t size = 0;
  if (X509_NAME_get0_der(X509_get_issuer_name(certificate.native()), &octets, &size) != 1) {
    return {};
  }
  return {octets, octets + size};
}

}  // namespace sealtone::x509
