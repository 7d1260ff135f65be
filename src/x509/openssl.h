// SPDX-License-Identifier: Apache-2.0
//
// x509/openssl: owners for the OpenSSL objects that this room handles.  For its own files only.
#pragma once

#include <memory>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "base/bytes.h"

namespace sealtone::x509 {

template <auto free>
struct Freed {
  template <typename T>
  void operator()(T* object) const {
    free(object);
  }
};
template <typename T, auto free>
using Owned = std::unique_ptr<T, Freed<free>>;

// Leaves OpenSSL's queue of errors as it was: a certificate may be judged within a handshake
// whose own errors are still to be read.
class ErrorsKept {
 public:
  ErrorsKept() { ERR_set_mark(); }
  ~ErrorsKept() { ERR_pop_to_mark(); }
  ErrorsKept(const ErrorsKept&) = delete;
  ErrorsKept& operator=(const ErrorsKept&) = delete;
};

[[nodiscard]] inline base::ByteView octets(const ASN1_STRING* string) {
  if (string == nullptr || ASN1_STRING_length(string) <= 0) return {};
  return {ASN1_STRING_get0_data(string), static_cast<std::size_t>(ASN1_STRING_length(string))};
}

}  // namespace sealtone::x509
