// SPDX-License-Identifier: Apache-2.0
//
// x509/openssl: owners for the OpenSSL objects that this room handles.  For its own files only.
#pragma once

#include <openssl/bio.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "base/bytes.h"
#include "crypto/owned.h"

namespace sealtone::x509 {

using crypto::ErrorsKept;
using crypto::Owned;

[[nodiscard]] inline base::ByteView octets(const ASN1_STRING* string) {
  if (string == nullptr || ASN1_STRING_length(string) <= 0) return {};
  return {ASN1_STRING_get0_data(string), static_cast<std::size_t>(ASN1_STRING_length(string))};
}

}  // namespace sealtone::x509
