// SPDX-License-Identifier: Apache-2.0
#include "trust/tls_use.h"

#include <fmt/format.h>

#include <algorithm>

namespace sealtone::trust {

TlsUse tls_use(const x509::Certificate& certificate) {
  const auto& usages = certificate.key_usage();
  if (!usages) return TlsUse::signs;
  const auto has = [&](const char* usage) {
    return std::ranges::find(*usages, usage) != usages->end();
  };
  // RFC 8446 §4.4.2.2: "The certificate MUST allow the key to be used for signing (i.e., the
  // digitalSignature bit MUST be set if the Key Usage extension is present)"; RFC 5246 §7.4.2 has
  // the same of ECDHE and DHE, RFC 8422 §5.3 of ECDSA keys.
  if (has("digitalSignature")) return TlsUse::signs;
  // RFC 5246 §7.4.2, of RSA: "the certificate MUST allow the key to be used for encryption (the
  // keyEncipherment bit MUST be set if the key usage extension is present)."  RFC 8422 §5.5.1 gave
  // up what an EC key did without a signature.
  const bool encrypts = certificate.public_key().kind == "RSA" && has("keyEncipherment");
  return encrypts ? TlsUse::rsa_transport : TlsUse::none;
}

Evidence key_usage_evidence(const x509::Certificate& certificate) {
  Evidence evidence{.wanted = "digitalSignature",
                    .found = certificate.key_usage().value_or(std::vector<std::string>{})};
  evidence.detail = fmt::format("its key may be used for: {}", fmt::join(evidence.found, ", "));
  return evidence;
}

}  // namespace sealtone::trust
