// SPDX-License-Identifier: Apache-2.0
#include "trust/pin.h"

namespace sealtone::trust {

bool is_pin(const x509::Certificate& certificate) {
  // RFC 5280 §4.2.1.9: "If the basic constraints extension is not present in a version 3
  // certificate, or the extension is present but the cA boolean is not asserted, then the certified
  // public key MUST NOT be used to verify certificate signatures."  Before version 3 a root says of
  // itself nothing but its name.
  const bool old_root = certificate.version() < 3 && certificate.self_issued();
  return !certificate.is_ca() && !old_root;
}

}  // namespace sealtone::trust
