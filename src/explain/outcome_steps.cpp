// SPDX-License-Identifier: Apache-2.0
#include "explain/outcome_steps.h"

#include <fmt/format.h>

#include <algorithm>

#include "explain/wording.h"
#include "handshake/names.h"

namespace sealtone::explain {
namespace {

using handshake::Alert;
using handshake::Direction;
using handshake::HandshakeRecord;

constexpr std::uint8_t kProtocolVersion = 70, kHandshakeFailure = 40, kInsufficientSecurity = 71,
                       kUnrecognizedName = 112, kCertificateExpired = 45, kCertificateRevoked = 44,
                       kCertificateRequired = 116;

std::string offered_versions(const HandshakeRecord& record) {
  std::vector<std::string> names;
  for (const auto version : record.client_hello->versions) {
    auto name = handshake::version_name(version);
    if (name != "GREASE") names.push_back(std::move(name));
  }
  constexpr std::size_t most = 6;
  if (names.size() > most) names.resize(most);
  return joined(names, ", ");
}

std::size_t ciphers_offered(const HandshakeRecord& record) {
  return static_cast<std::size_t>(
      std::ranges::count_if(record.client_hello->cipher_suites, [](std::uint16_t suite) {
        const auto name = handshake::cipher_suite_name(suite);
        return name != "GREASE" && !name.ends_with("_SCSV");
      }));
}

std::string shown_certificate(const x509::Certificate* certificate) {
  if (certificate == nullptr) return {};
  return fmt::format("it was shown {}, issued by {}",
                     in_quotes(certificate->subject().short_name()),
                     in_quotes(certificate->issuer().short_name()));
}

// No list judges what was not read; hardly any client reads it either.
constexpr auto kSendLess =
    "In the server's certificate file, leave its own certificate and the intermediate ones that "
    "lead to its issuer, and nothing else: what it sends is longer than clients read.";
bool is_too_long(const HandshakeRecord& record) {
  return record.certificate_over && record.server_chain.empty();
}

// By what the trace says more of a certificate that was refused.
std::string further_step(const HandshakeRecord& record, bool list_given) {
  const bool hidden = record.server_chain.empty() && behind_hidden_flight(record);
  if (list_given && !hidden) return ".";
  const auto* by = !hidden      ? "judged by that list (--trust FILE)"
                   : list_given ? "with the keys of the connection (--keylog FILE)"
                                : "with the keys of the connection (--keylog FILE), and judged by "
                                  "that list (--trust FILE),";
  return fmt::format("; {} the trace says which.", by);
}

std::string of_the_client(const HandshakeRecord& record, const Alert& alert, bool list_given) {
  switch (alert.description) {
    case kCertificateExpired:
      return "Look at the client's clock first; then install a certificate that is valid.";
    case kCertificateRevoked: return "Install a certificate that its issuer has not revoked.";
    case kProtocolVersion:
    case kHandshakeFailure:
    case kInsufficientSecurity:
      return "Compare what the client offers with what the server chose, and allow on either side "
             "what the other needs.";
    default: break;
  }
  if (is_too_long(record)) return kSendLess;
  return speaks_of_a_certificate(alert.description)
             ? "Upload the certificate of who issued it to the phone under Security > Trusted "
               "Certificates, or install one whose issuer the phone trusts" +
                   further_step(record, list_given)
             : "";
}

std::string of_the_server(const HandshakeRecord& record, const Alert& alert) {
  switch (alert.description) {
    case kProtocolVersion:
      return "Allow one of these versions on the server (those before TLS 1.2 are weak), or give "
             "the phone a firmware that offers a newer one.";
    case kHandshakeFailure:
    case kInsufficientSecurity:
      if (record.certificate_requested) {
        return "The server asks for a client certificate: give the phone one that it accepts.";
      }
      return "Allow one of the ciphers offered on the server, or give the phone a firmware that "
             "offers newer ones.";
    case kUnrecognizedName:
      return "Let the server answer to the name that the phone asks for, or to none.";
    default: break;
  }
  return speaks_of_a_certificate(alert.description)
             ? "Give the phone a client certificate that the server accepts."
             : "";
}

}  // namespace

// RFC 8446 §6.2: bad_certificate to certificate_unknown, unknown_ca, access_denied,
// certificate_required.
bool speaks_of_a_certificate(std::uint8_t description) {
  constexpr std::uint8_t first = 41, last = 46, unknown_ca = 48, access_denied = 49;
  return (description >= first && description <= last) || description == unknown_ca ||
         description == access_denied || description == kCertificateRequired;
}

std::string compared_values(const HandshakeRecord& record, const Alert& alert,
                            const x509::Certificate* certificate) {
  const bool by_client = alert.direction == Direction::sent;
  if (by_client && speaks_of_a_certificate(alert.description)) {
    return shown_certificate(certificate);
  }
  if (!record.client_hello) return {};
  const auto chosen = [&](const std::string& what) {
    return record.server_hello ? fmt::format("{} was chosen", what) : std::string();
  };
  switch (alert.description) {
    case kProtocolVersion: {
      auto says = offered_versions(record) + " was offered";
      const auto choice = chosen(handshake::version_name(record.version().value_or(0)));
      return choice.empty() ? says : says + ", and " + choice;
    }
    case kHandshakeFailure:
    case kInsufficientSecurity: {
      if (record.certificate_requested) return "the server asked for a client certificate";
      if (record.server_hello) {
        return chosen(handshake::cipher_suite_name(record.server_hello->cipher_suite));
      }
      const auto count = ciphers_offered(record);
      return fmt::format("{}, with {} cipher{}, was offered", offered_versions(record), count,
                         count == 1 ? "" : "s");
    }
    case kUnrecognizedName:
      return record.client_hello->server_name.empty()
                 ? "no name was asked for"
                 : host_in_quotes(record.client_hello->server_name) + " was asked for";
    default: return {};
  }
}

std::string observed_next_step(const HandshakeRecord& record, const Alert& alert, bool list_given) {
  return alert.direction == Direction::sent ? of_the_client(record, alert, list_given)
                                            : of_the_server(record, alert);
}

std::string hidden_next_step() {
  return "Read the capture with the keys of the connection (--keylog FILE); or let `sealtone check` "
         "say what such a phone makes of the server (--as PROFILE --trust FILE).";
}

std::string silent_next_step(const HandshakeRecord& record, Side by, bool behind_certificate,
                             bool list_given) {
  if (by == Side::client && behind_certificate && is_too_long(record)) return kSendLess;
  if (by == Side::client && behind_certificate && !list_given) {
    return "Judge the server's certificate by what the phone trusts (--trust FILE): it is the last "
           "that the client saw.";
  }
  return by == Side::client ? ""
                            : "Look into the server's log: the reason stands there, if "
                              "anywhere.";
}

}  // namespace sealtone::explain
