// SPDX-License-Identifier: Apache-2.0
#include "explain/own_certificate.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "explain/authority_name.h"
#include "explain/wording.h"
#include "trust/own_certificate.h"
#include "x509/name_from_der.h"

namespace sealtone::explain {
namespace {

std::string colons(const std::string& serial_hex) {
  const auto octets = base::from_hex(serial_hex);
  return octets ? base::hex_colons(*octets) : serial_hex;
}

std::string what_was_shown(const handshake::HandshakeRecord& record,
                           const std::optional<x509::Certificate>& shown) {
  if (shown) {
    return fmt::format(
        "The server asked for a client certificate and was shown {}, issued by {} (serial number "
        "{}, SHA-256 {}).",
        in_quotes(shown->subject().short_name()), in_quotes(shown->issuer().short_name()),
        colons(shown->serial_hex()), shown->fingerprint());
  }
  return record.client_certificate_empty
             ? "The server asked for a client certificate, and none is set here to be shown."
             : "The server asked for a client certificate; the connection ended before one was shown "
               "to it.";
}

std::string of_its_list(const OwnCertificate& own, std::size_t named) {
  if (named == 0) return "It names no issuers of certificates that it accepts.";
  if (!own.shown) {
    return fmt::format("It accepts those issued by {}.", quoted_list(own.accepted_issuers, 3));
  }
  if (!own.listed) return "It names more issuers that it accepts than are compared here.";
  return *own.listed ? "The issuers that it accepts hold one of this certificate's."
                     : fmt::format(
                           "It accepts those issued by {}, and none of these is an issuer of "
                           "this certificate.",
                           quoted_list(own.accepted_issuers, 3));
}

}  // namespace

std::optional<OwnCertificate> own_certificate(const handshake::HandshakeRecord& record) {
  if (record.role != handshake::Role::client || !record.certificate_requested) return std::nullopt;
  OwnCertificate own;
  std::vector<base::Bytes> issuers;
  for (const auto& der : record.client_chain) {
    auto certificate = x509::Certificate::from_der(der);
    if (!certificate) continue;
    issuers.push_back(x509::issuer_der(*certificate));
    if (!own.shown) own.shown = *std::move(certificate);
  }
  const auto& authorities = record.requested_authorities;
  own.listed = trust::any_listed(issuers, authorities);
  for (const auto& authority :
       std::span(authorities).first(std::min(authorities.size(), kMaxIssuers))) {
    const auto name = authority_name(authority);
    own.accepted_issuers.push_back(name.empty() ? "a name that cannot be read" : name);
  }
  own.says = what_was_shown(record, own.shown) + " " + of_its_list(own, authorities.size());
  if (own.shown) {
    own.says += own.shown->allows_client_use()
                    ? " It may be used for clients."
                    : " It is not meant for clients: its extended key usage lacks clientAuth.";
  }
  return own;
}

nlohmann::json to_json(const std::optional<OwnCertificate>& own) {
  if (!own) return nullptr;
  nlohmann::json shown;
  if (own->shown) {
    shown = {{"subject", base::visible(own->shown->subject().text)},
             {"issuer", base::visible(own->shown->issuer().text)},
             {"serial_number", colons(own->shown->serial_hex())},
             {"sha256", own->shown->fingerprint()},
             {"client_use", own->shown->allows_client_use()}};
  }
  auto issuers = nlohmann::json::array();
  for (const auto& name : own->accepted_issuers) issuers.push_back(base::visible(name));
  return {{"shown", std::move(shown)},
          {"accepted_issuers", std::move(issuers)},
          {"listed", own->listed ? nlohmann::json(*own->listed) : nlohmann::json(nullptr)},
          {"says", own->says}};
}

}  // namespace sealtone::explain
