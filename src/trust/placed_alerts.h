// SPDX-License-Identifier: Apache-2.0
//
// trust/placed_alerts: the fatal alerts of a connection, each with its place among the messages,
// and of what they speak.  For trust's own use.
//
// Source: RFC 8446 §6.2.  Quiet: values in, values out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "handshake/record.h"

namespace sealtone::trust {

inline constexpr std::uint8_t kHandshakeFailure = 40, kDecryptError = 51, kProtocolVersion = 70,
                              kInsufficientSecurity = 71, kInternalError = 80,
                              kInappropriateFallback = 86, kUnrecognizedName = 112,
                              kCertificateRequired = 116;

struct PlacedAlert {
  handshake::Alert alert;
  std::string behind;  // the message before it
  bool behind_client_certificate = false;
  bool behind_server_certificate = false;
};

struct PlacedAlerts {
  std::vector<PlacedAlert> alerts;
  std::string last_message;  // that is no alert
};

[[nodiscard]] PlacedAlerts placed_alerts(const handshake::HandshakeRecord& record);

// Of the certificate that the sender was shown, or of its absence.
[[nodiscard]] bool about_a_certificate(std::uint8_t description);
// Sent by this side: the judge has spoken already, or the trouble is our own (internal_error).
[[nodiscard]] bool says_nothing_of_the_rules(std::uint8_t description);
// By which a side answers octets that no peer in order sends.
[[nodiscard]] bool about_the_protocol(std::uint8_t description);

}  // namespace sealtone::trust
