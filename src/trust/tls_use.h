// SPDX-License-Identifier: Apache-2.0
//
// trust/tls_use: what a certificate lets its key do in TLS, whatever the path makes of it.
//
// Source: RFC 5246 §7.4.2, §7.4.8, RFC 8422 §5.3, RFC 8446 §4.4.2.2.  Errors: none.
#pragma once

#include "trust/trust.h"

namespace sealtone::trust {

enum class TlsUse {
  signs,          // whatever version and key exchange
  rsa_transport,  // RSA key transport alone, which ends with TLS 1.2
  none,
};
[[nodiscard]] TlsUse tls_use(const x509::Certificate& certificate);

// Both values: what its key may be used for, and what TLS wants.
[[nodiscard]] Evidence key_usage_evidence(const x509::Certificate& certificate);

}  // namespace sealtone::trust
