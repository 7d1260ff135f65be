// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "trust/trust.h"

namespace sealtone::trust {
namespace {

// Gravest first.
constexpr auto kCodes = std::to_array<FindingCode>({
    FindingCode::plain_text_on_tls_port,
    FindingCode::tls_on_plain_port,
    FindingCode::version_gap,
    FindingCode::legacy_renegotiation,
    FindingCode::weak_dh,
    FindingCode::cipher_gap,
    FindingCode::sni_needed,
    FindingCode::protocol_violation,
    FindingCode::wrong_key,
    FindingCode::chain_too_large,
    FindingCode::certificate_unreadable,
    FindingCode::clock_unset,
    FindingCode::pin_changed,
    FindingCode::bad_signature,
    FindingCode::self_signed_leaf,
    FindingCode::chain_incomplete,
    FindingCode::issuer_unknown,
    FindingCode::not_a_ca,
    FindingCode::key_usage,
    FindingCode::path_length,
    FindingCode::name_constraint,
    FindingCode::policy,
    FindingCode::unknown_critical_extension,
    FindingCode::revoked,
    FindingCode::revocation_unknown,
    FindingCode::expired,
    FindingCode::not_yet_valid,
    FindingCode::name_mismatch,
    FindingCode::eku_missing,
    FindingCode::weak_signature,
    FindingCode::weak_key,
    FindingCode::key_type_not_supported,
    FindingCode::path_budget,
    FindingCode::path_refused,
    FindingCode::better_path_exists,
    FindingCode::client_certificate_refused,
    FindingCode::client_certificate_wanted_none_set,
    FindingCode::own_certificate_lacks_client_use,
    FindingCode::own_certificate_not_listed,
    FindingCode::our_certificate_refused,
    FindingCode::handshake_timeout,
    FindingCode::alert_received,
    FindingCode::peer_closed,
    FindingCode::truncated,
});

}  // namespace

const char* word(Decision decision) {
  switch (decision) {
    case Decision::trusted: return "trusted";
    case Decision::untrusted: return "untrusted";
    case Decision::accepted_untrusted: return "accepted-untrusted";
    case Decision::not_established: return "not-established";
  }
  return "not-established";
}

const char* word(FindingCode code) {
  switch (code) {
    case FindingCode::issuer_unknown: return "issuer-unknown";
    case FindingCode::chain_incomplete: return "chain-incomplete";
    case FindingCode::self_signed_leaf: return "self-signed-leaf";
    case FindingCode::expired: return "expired";
    case FindingCode::not_yet_valid: return "not-yet-valid";
    case FindingCode::clock_unset: return "clock-unset";
    case FindingCode::name_mismatch: return "name-mismatch";
    case FindingCode::bad_signature: return "bad-signature";
    case FindingCode::weak_signature: return "weak-signature";
    case FindingCode::weak_key: return "weak-key";
    case FindingCode::key_type_not_supported: return "key-type-not-supported";
    case FindingCode::eku_missing: return "eku-missing";
    case FindingCode::key_usage: return "key-usage";
    case FindingCode::not_a_ca: return "not-a-ca";
    case FindingCode::path_length: return "path-length";
    case FindingCode::name_constraint: return "name-constraint";
    case FindingCode::policy: return "policy";
    case FindingCode::unknown_critical_extension: return "unknown-critical-extension";
    case FindingCode::certificate_unreadable: return "certificate-unreadable";
    case FindingCode::revoked: return "revoked";
    case FindingCode::revocation_unknown: return "revocation-unknown";
    case FindingCode::path_budget: return "path-budget";
    case FindingCode::path_refused: return "path-refused";
    case FindingCode::better_path_exists: return "better-path-exists";
    case FindingCode::pin_changed: return "pin-changed";
    case FindingCode::version_gap: return "version-gap";
    case FindingCode::cipher_gap: return "cipher-gap";
    case FindingCode::weak_dh: return "weak-dh";
    case FindingCode::legacy_renegotiation: return "legacy-renegotiation";
    case FindingCode::sni_needed: return "sni-needed";
    case FindingCode::chain_too_large: return "chain-too-large";
    case FindingCode::wrong_key: return "wrong-key";
    case FindingCode::protocol_violation: return "protocol-violation";
    case FindingCode::client_certificate_wanted_none_set:
      return "client-certificate-wanted-none-set";
    case FindingCode::client_certificate_refused: return "client-certificate-refused";
    case FindingCode::our_certificate_refused: return "our-certificate-refused";
    case FindingCode::own_certificate_lacks_client_use: return "own-certificate-lacks-client-use";
    case FindingCode::own_certificate_not_listed: return "own-certificate-not-listed";
    case FindingCode::plain_text_on_tls_port: return "plain-text-on-tls-port";
    case FindingCode::tls_on_plain_port: return "tls-on-plain-port";
    case FindingCode::handshake_timeout: return "handshake-timeout";
    case FindingCode::alert_received: return "alert-received";
    case FindingCode::peer_closed: return "peer-closed";
    case FindingCode::truncated: return "truncated";
  }
  return "path-refused";
}

std::span<const FindingCode> all_finding_codes() { return kCodes; }

int gravity(FindingCode code) {
  return static_cast<int>(std::ranges::find(kCodes, code) - kCodes.begin());
}

bool Verdict::has(FindingCode code) const {
  return std::ranges::find(findings, code, &Finding::code) != findings.end();
}

}  // namespace sealtone::trust
