// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "handshake/names.h"

namespace sealtone::handshake {
namespace {

struct AlertWords {
  std::uint8_t number;
  std::string_view name, meaning;
};

// RFC 8446 §6, RFC 5246 §7.2, RFC 6066 §9, RFC 7301 §3.2, RFC 7507 §4; the meanings are ours.
constexpr auto kAlerts = std::to_array<AlertWords>({
    {0, "close_notify", "It ends the connection in the regular way."},
    {10, "unexpected_message",
     "It got a message that does not belong at this place of the handshake."},
    {20, "bad_record_mac",
     "It got a record whose checksum is wrong: the keys differ, or something on the way changed the "
     "data."},
    {21, "decryption_failed", "It could not decrypt a record."},
    {22, "record_overflow", "It got a record that is longer than TLS allows."},
    {30, "decompression_failure", "It could not decompress a record."},
    {40, "handshake_failure",
     "It finds no common way to secure the connection: no cipher, no key exchange, or no client "
     "certificate that suits it."},
    {41, "no_certificate", "It has no certificate to show (SSL 3.0)."},
    // RFC 5246 §7.2.2: "A certificate was corrupt, contained signatures that did not verify
    // correctly, etc."  OpenSSL sends it for a name that does not match.
    {42, "bad_certificate",
     "It does not accept the certificate: damaged, wrongly signed, or at fault in another way that "
     "it does not say, such as a name that does not match."},
    {43, "unsupported_certificate", "It cannot use a certificate of this type."},
    {44, "certificate_revoked", "It considers the certificate revoked by its issuer."},
    {45, "certificate_expired", "It considers the certificate expired, or not yet valid."},
    {46, "certificate_unknown",
     "It does not accept the certificate, for a reason it does not say."},
    {47, "illegal_parameter", "It got a value that TLS does not allow at this place."},
    {48, "unknown_ca", "It does not trust the issuer of the certificate."},
    {49, "access_denied", "It accepts the certificate, but does not let its owner in."},
    {50, "decode_error", "It could not decode a message."},
    {51, "decrypt_error", "A signature or a Finished message did not check out."},
    {60, "export_restriction", "It refuses for an export restriction of the 1990s."},
    {70, "protocol_version", "It speaks none of the TLS versions that were offered."},
    {71, "insufficient_security", "It demands stronger ciphers than those that were offered."},
    {80, "internal_error",
     "It has a fault of its own that has nothing to do with this connection."},
    {86, "inappropriate_fallback",
     "It could do a higher TLS version than this repeated attempt offered."},
    {90, "user_canceled", "Somebody there cancelled the handshake."},
    {100, "no_renegotiation", "It does not negotiate again within a connection."},
    {109, "missing_extension", "It misses an extension that TLS demands."},
    {110, "unsupported_extension", "It got an extension that it had not offered."},
    {111, "certificate_unobtainable", "It could not fetch the certificate from the address given."},
    {112, "unrecognized_name", "It serves nothing under the name that was asked for."},
    {113, "bad_certificate_status_response", "It cannot use the revocation answer (OCSP) it got."},
    {114, "bad_certificate_hash_value", "The certificate fetched does not match its hash."},
    {115, "unknown_psk_identity", "It does not know the shared key that was named."},
    {116, "certificate_required", "It demands a client certificate, and none was sent."},
    {120, "no_application_protocol",
     "It speaks none of the application protocols that were offered."},
    {121, "ech_required", "It demands an encrypted ClientHello."},
});

const AlertWords* find(std::uint8_t description) {
  const auto at = std::ranges::find(kAlerts, description, &AlertWords::number);
  return at == kAlerts.end() ? nullptr : &*at;
}

}  // namespace

std::string alert_name(std::uint8_t description) {
  const auto* alert = find(description);
  return alert ? std::string(alert->name) : fmt::format("alert 0x{:02X}", description);
}

std::string alert_in_words(std::uint8_t description) {
  const auto* alert = find(description);
  return alert ? fmt::format("alert {}", alert->name) : alert_name(description);
}

std::string alert_meaning(std::uint8_t description) {
  const auto* alert = find(description);
  return alert ? std::string(alert->meaning)
               : "This alert is not registered; what it means, only the sender knows.";
}

}  // namespace sealtone::handshake
