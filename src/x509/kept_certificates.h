// SPDX-License-Identifier: Apache-2.0
//
// x509/kept_certificates: a certificate that was decoded a moment ago is not decoded again.
//
// Told by all its octets.  Bounded: kMaxKept.  For one thread.
#pragma once

#include <deque>

#include "x509/certificate.h"

namespace sealtone::x509 {

class KeptCertificates {
 public:
  static constexpr std::size_t kMaxKept = 32;

  // As Certificate::from_native.
  [[nodiscard]] base::Result<Certificate> from_native(x509_st* shared);

 private:
  std::deque<Certificate> kept_;  // newest first
};

}  // namespace sealtone::x509
