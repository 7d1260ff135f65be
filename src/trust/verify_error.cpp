// SPDX-License-Identifier: Apache-2.0
#include <openssl/x509_vfy.h>

#include <algorithm>

#include "trust/trust.h"

namespace sealtone::trust {

int verify_error_for(FindingCode code) {
  switch (code) {
    case FindingCode::issuer_unknown:
    case FindingCode::chain_incomplete: return X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
    case FindingCode::self_signed_leaf: return X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT;
    case FindingCode::expired: return X509_V_ERR_CERT_HAS_EXPIRED;
    case FindingCode::not_yet_valid:
    case FindingCode::clock_unset: return X509_V_ERR_CERT_NOT_YET_VALID;
    case FindingCode::name_mismatch: return X509_V_ERR_HOSTNAME_MISMATCH;
    case FindingCode::bad_signature: return X509_V_ERR_CERT_SIGNATURE_FAILURE;
    case FindingCode::weak_signature: return X509_V_ERR_CA_MD_TOO_WEAK;
    case FindingCode::weak_key: return X509_V_ERR_EE_KEY_TOO_SMALL;
    case FindingCode::eku_missing: return X509_V_ERR_INVALID_PURPOSE;
    case FindingCode::key_usage: return X509_V_ERR_KEYUSAGE_NO_CERTSIGN;
    case FindingCode::not_a_ca: return X509_V_ERR_INVALID_CA;
    case FindingCode::path_length: return X509_V_ERR_PATH_LENGTH_EXCEEDED;
    case FindingCode::name_constraint: return X509_V_ERR_PERMITTED_VIOLATION;
    case FindingCode::policy: return X509_V_ERR_NO_EXPLICIT_POLICY;
    case FindingCode::unknown_critical_extension: return X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION;
    case FindingCode::revoked: return X509_V_ERR_CERT_REVOKED;
    // RFC 8446 §6.2, certificate_unknown: "Some other (unspecified) issue arose in processing the
    // certificate".  X509_V_ERR_UNABLE_TO_GET_CRL would become unknown_ca, which blames the issuer.
    case FindingCode::revocation_unknown: return X509_V_ERR_OCSP_VERIFY_NEEDED;
    case FindingCode::key_type_not_supported:
    case FindingCode::pin_changed:
    case FindingCode::certificate_unreadable:
    case FindingCode::path_budget:
    case FindingCode::path_refused: return X509_V_ERR_CERT_REJECTED;
    case FindingCode::better_path_exists:
    case FindingCode::version_gap:
    case FindingCode::cipher_gap:
    case FindingCode::weak_dh:
    case FindingCode::legacy_renegotiation:
    case FindingCode::sni_needed:
    case FindingCode::chain_too_large:
    case FindingCode::wrong_key:
    case FindingCode::protocol_violation:
    case FindingCode::client_certificate_wanted_none_set:
    case FindingCode::client_certificate_refused:
    case FindingCode::our_certificate_refused:
    case FindingCode::own_certificate_lacks_client_use:
    case FindingCode::own_certificate_not_listed:
    case FindingCode::plain_text_on_tls_port:
    case FindingCode::tls_on_plain_port:
    case FindingCode::handshake_timeout:
    case FindingCode::alert_received:
    case FindingCode::peer_closed:
    case FindingCode::truncated: return X509_V_ERR_APPLICATION_VERIFICATION;
  }
  return X509_V_ERR_UNSPECIFIED;
}

int verify_error_for(const Verdict& verdict) {
  if (verdict.accepted()) return X509_V_OK;
  if (verdict.findings.empty()) return X509_V_ERR_UNSPECIFIED;
  const auto gravest = std::ranges::min_element(
      verdict.findings, {}, [](const Finding& finding) { return gravity(finding.code); });
  return verify_error_for(gravest->code);
}

}  // namespace sealtone::trust
