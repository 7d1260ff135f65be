// SPDX-License-Identifier: Apache-2.0
#include "trust/placed_alerts.h"

#include <algorithm>
#include <array>

#include "handshake/names.h"

namespace sealtone::trust {
namespace {

using handshake::ContentType;
using handshake::Direction;
using handshake::HandshakeType;

class Placing {
 public:
  explicit Placing(const handshake::HandshakeRecord& record) : record_(record) {}

  PlacedAlerts all() {
    std::size_t next = 0;
    PlacedAlert place;
    for (const auto& message : record_.messages) {
      if (message.alert) {
        put(place, *message.alert);
        next = *message.alert + 1;
      }
      if (message.content == ContentType::alert) continue;
      place.behind = handshake::message_name(message);
      if (message.type != HandshakeType::certificate) continue;
      const bool from_client =
          (message.direction == Direction::sent) == (record_.role == handshake::Role::client);
      (from_client ? place.behind_client_certificate : place.behind_server_certificate) = true;
    }
    placed_.last_message = place.behind;
    while (next < record_.alerts.size()) put(place, next++);
    return std::move(placed_);
  }

 private:
  void put(PlacedAlert place, std::size_t at) {
    if (at >= record_.alerts.size() || !record_.alerts[at].fatal) return;
    place.alert = record_.alerts[at];
    placed_.alerts.push_back(std::move(place));
  }

  const handshake::HandshakeRecord& record_;
  PlacedAlerts placed_;
};

}  // namespace

PlacedAlerts placed_alerts(const handshake::HandshakeRecord& record) {
  return Placing(record).all();
}

// RFC 8446 §6.2: the alerts that speak of the certificate the sender was shown, or of its absence.
bool about_a_certificate(std::uint8_t description) {
  constexpr std::uint8_t first = 41, last = 49, illegal_parameter = 47;
  return (description >= first && description <= last && description != illegal_parameter) ||
         description == kHandshakeFailure || description == kDecryptError ||
         description == kCertificateRequired;
}

bool says_nothing_of_the_rules(std::uint8_t description) {
  if (description == kInternalError) return true;
  return about_a_certificate(description) && description != kHandshakeFailure &&
         description != kDecryptError;
}

// RFC 8446 §6.2: the alerts by which a side answers octets that no peer in order sends:
// unexpected_message, bad_record_mac, record_overflow, decompression_failure, illegal_parameter,
// decode_error, decrypt_error, protocol_version (of a record), missing_extension,
// unsupported_extension.
bool about_the_protocol(std::uint8_t description) {
  constexpr auto kAlerts = std::to_array<std::uint8_t>({10, 20, 22, 30, 47, 50, 51, 70, 109, 110});
  return std::ranges::find(kAlerts, description) != kAlerts.end();
}

}  // namespace sealtone::trust
