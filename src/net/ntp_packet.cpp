// SPDX-License-Identifier: Apache-2.0
//
// net/ntp_packet: see ntp_packet.h.
#include "net/ntp_packet.h"

#include <string>

#include "base/text.h"

namespace sealtone::net {
namespace {

using base::ErrorCode;
using base::fail;

// Where the fields of the header are (RFC 5905 §7.3, figure 8).
constexpr std::size_t kStratum = 1, kRootDelay = 4, kRootDispersion = 8, kReference = 12,
                      kOriginate = 24, kReceive = 32, kTransmit = 40;
constexpr unsigned kVersion = 4, kClient = 3, kServer = 4, kAlarm = 3;
constexpr std::uint8_t kMostStrata = 15;
constexpr std::uint32_t kOneSecond = 1U << 16;  // of a 16.16 fixed-point number

std::uint64_t number(base::ByteView packet, std::size_t at, std::size_t octets) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < octets; ++i) value = value << 8 | packet[at + i];
  return value;
}

// RFC 4330 §3: "If bit 0 is set, the UTC time is in the range 1968-2036, and UTC time is reckoned
// from 0h 0m 0s UTC on 1 January 1900.  If bit 0 is not set, the time is in the range 2036-2104 and
// UTC time is reckoned from 6h 28m 16s UTC on 7 February 2036."
NtpTime time_of(std::uint64_t timestamp) {
  constexpr std::int64_t k1900 = 2'208'988'800, kEra = std::int64_t{1} << 32;
  const auto seconds = static_cast<std::int64_t>(timestamp >> 32);
  const bool this_era = (timestamp >> 63) != 0;
  const auto milliseconds = static_cast<std::int64_t>((timestamp & 0xFFFF'FFFFU) * 1'000 >> 32);
  const auto unix_seconds = seconds - k1900 + (this_era ? 0 : kEra);
  return NtpTime(std::chrono::milliseconds(unix_seconds * 1'000 + milliseconds));
}

std::unexpected<base::Error> says_nothing(std::string why) {
  return fail(ErrorCode::bad_input, "", "the time server's answer says nothing: " + std::move(why));
}

// RFC 4330 §8: stratum 0, and four letters in the place of the reference.
std::unexpected<base::Error> kiss_of(base::ByteView packet) {
  const auto code = base::text(packet.subspan(kReference, 4));
  if (code == "RATE") {
    return fail(ErrorCode::busy, "", "the time server wants to be asked less often (RATE)");
  }
  if (code == "DENY" || code == "RSTR") {
    return fail(ErrorCode::not_allowed, "",
                "the time server does not want to be asked (" + std::string(code) + ")");
  }
  return says_nothing("it has no time itself (" + base::visible(code) + ")");
}

}  // namespace

std::array<std::uint8_t, kNtpOctets> ntp_question(std::uint64_t nonce) {
  std::array<std::uint8_t, kNtpOctets> packet{};
  packet[0] = kVersion << 3 | kClient;
  for (std::size_t i = 0; i < 8; ++i) {
    packet[kTransmit + i] = static_cast<std::uint8_t>(nonce >> (56 - 8 * i));
  }
  return packet;
}

// RFC 4330 §5: "The Originate Timestamp in the server reply should match the Transmit Timestamp
// used in the client request."
bool answers_ntp(base::ByteView packet, std::uint64_t nonce) {
  return packet.size() >= kNtpOctets && number(packet, kOriginate, 8) == nonce;
}

base::Result<NtpAnswer> read_ntp_answer(base::ByteView packet) {
  const unsigned leap = packet[0] >> 6, version = packet[0] >> 3 & 7U, mode = packet[0] & 7U;
  if (mode != kServer) return says_nothing("it is no server's");
  if (version < 3 || version > kVersion) return says_nothing("it is of another version");
  if (packet[kStratum] == 0) return kiss_of(packet);
  if (packet[kStratum] > kMostStrata || leap == kAlarm) {
    return says_nothing("its own clock is not set");
  }
  const auto transmit = number(packet, kTransmit, 8);
  if (transmit == 0) return says_nothing("there is no time in it");
  // RFC 4330 §5: "the Root Delay and Root Dispersion fields are each greater than or equal to 0
  // and less than infinity, where infinity is currently a cozy number like one second."
  if (number(packet, kRootDelay, 4) >= kOneSecond ||
      number(packet, kRootDispersion, 4) >= kOneSecond) {
    return says_nothing("its own clock is too far from one that knows");
  }
  NtpAnswer answer{.sent = time_of(transmit)};
  const auto received = time_of(number(packet, kReceive, 8));
  if (received <= answer.sent) answer.held = answer.sent - received;
  return answer;
}

}  // namespace sealtone::net
