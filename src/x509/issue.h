// SPDX-License-Identifier: Apache-2.0
//
// x509/issue: certificates of our own making: the temporary one of the phone's page, the lab's CA.
//
// Source: RFC 5280 §4.  Key: P-256, signature: ECDSA with SHA-256.  Serial numbers: 16 random
// octets, positive.  Errors: internal, with OpenSSL's reason in the detail.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/random.h"
#include "x509/certificate.h"

namespace sealtone::x509 {

struct Request {
  std::string common_name;
  std::string organization;
  std::vector<SubjectAltName> names;  // dns and ip only
  Validity validity;
  bool ca = false;
  std::vector<std::string> extended_key_usage;  // "serverAuth", "clientAuth"
  std::string aia_issuers;                      // empty: none
};

struct Issued {
  Certificate certificate;
  crypto::PrivateKey key;
};

[[nodiscard]] base::Result<Issued> issue_self_signed(const Request& request, base::Random& random);
[[nodiscard]] base::Result<Issued> issue(const Request& request, const Issued& issuer,
                                         base::Random& random);

}  // namespace sealtone::x509
