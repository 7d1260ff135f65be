// SPDX-License-Identifier: Apache-2.0
#include "explain/weak.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/tls_versions.h"
#include "explain/certificate_words.h"
#include "explain/told_at.h"
#include "explain/wording.h"
#include "handshake/names.h"

namespace sealtone::explain {
namespace {

constexpr int kFewestDhBits = 2048;

// RFC 9325 §4.1: what "MUST NOT" be negotiated, by the words in a cipher suite's name.
bool is_broken(const std::string& suite) {
  static constexpr std::array<std::string_view, 6> words{"_NULL_", "_anon_", "EXPORT",
                                                         "_RC4_",  "_DES_",  "_3DES_"};
  return std::ranges::any_of(
      words, [&](std::string_view word) { return suite.find(word) != std::string::npos; });
}

void about_the_connection(const handshake::HandshakeRecord& record,
                          std::vector<std::string>& weak) {
  if (!record.server_hello) return;
  if (const auto version = record.server_hello->version; version < base::kTls12) {
    weak.push_back(fmt::format(
        "It was spoken in {}, which has been given up (RFC 8996): have the server offer "
        "TLS 1.2 and 1.3.",
        handshake::version_name(version)));
  }
  const auto suite = handshake::cipher_suite_name(record.server_hello->cipher_suite);
  if (is_broken(suite)) {
    weak.push_back(fmt::format(
        "Its cipher, {}, protects little (RFC 9325): have the server allow others.", suite));
  }
  if (!record.key_exchange) return;
  if (!record.key_exchange->forward_secret) {
    weak.push_back(fmt::format(
        "Its key exchange ({}) is not forward secret: whoever gets the server's private key one day "
        "can read what was recorded before. Have the server prefer ECDHE.",
        record.key_exchange->name));
  }
  if (const auto bits = record.key_exchange->dh_bits; bits && *bits < kFewestDhBits) {
    weak.push_back(fmt::format(
        "Its Diffie-Hellman group has {} bits, and {} are the least to use (RFC 9325): have the "
        "server prefer ECDHE.",
        *bits, kFewestDhBits));
  }
}

// The one of the path that runs out first.
void about_its_certificates(const trust::Verdict& verdict, const Context& context,
                            std::vector<std::string>& weak) {
  const auto& path = verdict.path.path;
  const auto first = std::ranges::min_element(
      path, {}, [](const x509::Certificate& one) { return one.validity().not_after; });
  if (first == path.end()) return;
  const auto end = first->validity().not_after;
  const auto now = told_at(verdict, context.now, *first);
  if (end < now || end - now > kEndsSoon) return;
  weak.push_back(fmt::format("The certificate of {} runs out on {}: have it renewed before.",
                             in_quotes(first->subject().short_name()), when(end)));
}

std::string about_the_rules(const trust::Weakness& weakness,
                            const std::vector<x509::Certificate>& path) {
  const auto& evidence = weakness.evidence;
  switch (weakness.kind) {
    case trust::Weakness::Kind::address_for_sip:
      return fmt::format(
          "It was reached by its address, {}, which counts here by a setting; RFC 5922 has no "
          "addresses (iPAddress names) as identities, so that others may refuse it: reach it by its "
          "SIP domain.",
          base::visible(evidence.wanted));
    case trust::Weakness::Kind::rsa_transport_only:
      return fmt::format(
          "The key of its certificate may be used for {} only, which goes with RSA key transport up "
          "to TLS 1.2 and nothing else: clients that keep to that (RFC 8446 §4.4.2.2) refuse it with "
          "ECDHE and with TLS 1.3. Have it issued again with digitalSignature among its key usages.",
          base::visible(joined(evidence.found, ", ")));
    case trust::Weakness::Kind::list_ran_out:
    case trust::Weakness::Kind::on_hold: break;
  }
  const auto& about = path.at(weakness.certificate);
  const bool on_hold = weakness.kind == trust::Weakness::Kind::on_hold;
  return fmt::format(
      "The revocation list of {} ran out on {}, and nothing current tells whether the certificate of "
      "{} {}: get the list of today.",
      in_quotes(evidence.found.at(0)), when(evidence.bound.value_or(evidence.now.value())),
      in_quotes(about.subject().short_name()),
      on_hold ? "is still on hold, as it was in that list" : "was revoked");
}

}  // namespace

std::vector<std::string> weak_points(const trust::Verdict& verdict,
                                     const handshake::HandshakeRecord& record,
                                     const Context& context) {
  std::vector<std::string> weak;
  if (verdict.decision != trust::Decision::trusted &&
      verdict.decision != trust::Decision::accepted_untrusted) {
    return weak;
  }
  about_the_connection(record, weak);
  about_its_certificates(verdict, context, weak);
  for (const auto& each : verdict.weak) {
    weak.push_back(about_the_rules(each, verdict.path.path));
  }
  return weak;
}

}  // namespace sealtone::explain
