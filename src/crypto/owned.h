// SPDX-License-Identifier: Apache-2.0
//
// crypto/owned: owners for OpenSSL's objects and for its queue of errors; for the .cpp files of
// this room and of x509.
#pragma once

#include <memory>

#include <openssl/err.h>

namespace sealtone::crypto {

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

}  // namespace sealtone::crypto
