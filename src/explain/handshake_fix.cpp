// SPDX-License-Identifier: Apache-2.0
#include "explain/handshake_fix.h"

#include <fmt/format.h>

#include "base/text.h"

namespace sealtone::explain {

// A desk phone's value 3 negotiates; no value for TLS 1.3 alone is known.
Fix enable_version(const trust::Finding& finding, const Scene& scene) {
  Fix fix{.kind = FixKind::enable_version};
  const bool newest_offered = finding.evidence.wanted.find("TLS 1.3") != std::string::npos;
  if (scene.record.role == handshake::Role::server) {
    fix.say = "Allow that version on this side, if you must, or bring the client up to date.";
  } else if (newest_offered && finding.evidence.wanted.find(',') == std::string::npos) {
    fix.say = "Enable TLS 1.3 on the server, or allow TLS 1.2 here.";
  } else if (newest_offered) {
    fix.say =
        "Enable TLS 1.2 or TLS 1.3 on the server. If it cannot do that, allow the older "
        "versions here; they are weak.";
  } else {
    fix.say = fmt::format(
        "Allow newer versions here than {}, or enable one of these on the "
        "server.",
        base::visible(finding.evidence.wanted));
  }
  fix.desk_phones = {"static.security.default_ssl_method = 3"};
  return fix;
}

// A server does not say which it was: none of the ciphers, or none that goes with its own key.
Fix common_cipher(const trust::Finding& finding, const Scene& scene) {
  if (scene.record.role == handshake::Role::server || !finding.evidence.found.empty()) {
    return {.say = "Allow on the server one of the ciphers that the details list."};
  }
  const auto& offered = finding.evidence.wanted;
  const bool ec =
      offered.find("_ECDSA_") != std::string::npos || offered.find("TLS_AES_") != std::string::npos;
  return {.say = fmt::format(
              "Allow on the server one of the ciphers that the details list. If it allows one, "
              "its certificate is the likely cause: a key of a kind or on a curve (such as "
              "secp256k1) that is not offered, or key usages that do not let it sign. Put a "
              "certificate for a key of RSA 2048{} there, with digitalSignature among its key "
              "usages.",
              ec ? " or EC P-256" : "")};
}

}  // namespace sealtone::explain
