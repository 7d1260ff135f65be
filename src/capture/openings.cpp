// SPDX-License-Identifier: Apache-2.0
#include "capture/openings.h"

#include <algorithm>
#include <array>

#include "handshake/plain_text.h"

namespace sealtone::capture {
namespace {

constexpr std::uint8_t kHandshake = 22, kClientHello = 1, kServerHello = 2, kMajor = 3,
                       kHighestMinor = 4;
constexpr std::size_t kTold = 11;  // record header, message header, version

// A hello's message header and version, where the first record holds them.
bool fits_hello(base::ByteView octets) {
  constexpr std::uint8_t longest = 3, draft = 0x7F, experiment = 0x7E;
  const auto version = octets[9];
  const bool known = version == kMajor || version == draft || version == experiment;
  return octets[6] <= longest && known;
}

Opening hello_of(base::ByteView octets) {
  constexpr std::array<std::uint8_t, 2> begins{kHandshake, kMajor};
  const auto told = std::min(octets.size(), begins.size());
  if (!std::equal(begins.begin(), begins.begin() + static_cast<std::ptrdiff_t>(told),
                  octets.begin())) {
    return Opening::no;
  }
  if (octets.size() <= kRecordHeader) {
    return octets.size() < 3 || octets[2] <= kHighestMinor ? Opening::not_yet : Opening::no;
  }
  if (!is_record_header(octets)) return Opening::no;
  const auto type = octets[kRecordHeader];
  if (type != kClientHello && type != kServerHello) return Opening::no;
  const auto hello = type == kClientHello ? Opening::client_hello : Opening::server_hello;
  // RFC 8446 §5.1 lets a message be cut into records anywhere.
  if (record_length(octets) < kTold - kRecordHeader) return hello;
  if (octets.size() < kTold) return Opening::not_yet;
  return fits_hello(octets) ? hello : Opening::no;
}

// RFC 5246 §E.2: msg_length, msg_type, version, cipher_spec_length, session_id_length,
// challenge_length.
Opening ssl2_of(base::ByteView octets) {
  constexpr std::uint8_t short_header = 0x80;
  constexpr std::size_t length_octets = 2, fixed = 9, most = 4'096;
  if ((octets[0] & short_header) == 0) return Opening::no;
  if (octets.size() > 2 && octets[2] != kClientHello) return Opening::no;
  if (octets.size() < length_octets + fixed) return Opening::not_yet;
  const auto number = [&](std::size_t at) {
    return static_cast<std::size_t>(octets[at]) << 8U | octets[at + 1];
  };
  const auto length = number(0) & 0x7FFFU, kinds = number(5), session = number(7),
             challenge = number(9);
  const bool version = octets[3] == kMajor || (octets[3] == 0 && octets[4] == 2);
  constexpr std::size_t least_challenge = 16, most_challenge = 32, session_size = 16;
  const bool fits = version && kinds % 3 == 0 && kinds > 0 &&
                    (session == 0 || session == session_size) && challenge >= least_challenge &&
                    challenge <= most_challenge && length == fixed + kinds + session + challenge &&
                    length <= most;
  if (!fits) return Opening::no;
  return octets.size() < length_octets + length ? Opening::not_yet : Opening::ssl2_client_hello;
}

}  // namespace

bool is_record_header(base::ByteView octets) {
  constexpr std::uint8_t first = 20, last = 24;  // with heartbeat (RFC 6520)
  const auto length = record_length(octets);
  return octets[0] >= first && octets[0] <= last && octets[1] == kMajor &&
         octets[2] <= kHighestMinor && length > 0 && length <= kMostRecord;
}

std::size_t record_length(base::ByteView header) {
  return static_cast<std::size_t>(header[3]) << 8U | header[4];
}

bool are_records(base::ByteView octets) {
  if (octets.size() < kRecordHeader || !is_record_header(octets)) return false;
  const auto length = kRecordHeader + record_length(octets);
  if (length >= octets.size()) return true;
  const auto rest = octets.subspan(length);
  return rest.size() < kRecordHeader ? rest[0] >= 20 && rest[0] <= 24 : is_record_header(rest);
}

Opening opening_of(base::ByteView octets, bool in_the_middle) {
  if (octets.empty()) return Opening::not_yet;
  const auto hello = hello_of(octets);
  if (hello != Opening::no && (hello != Opening::not_yet || !in_the_middle)) return hello;
  if (in_the_middle && are_records(octets)) return Opening::records;
  return hello == Opening::no ? ssl2_of(octets) : hello;
}

Opening answer_of(base::ByteView octets) {
  const std::array<std::uint8_t, 3> highest{24, kMajor, kHighestMinor};
  const std::array<std::uint8_t, 3> lowest{20, kMajor, 0};
  for (std::size_t i = 0; i < std::min(octets.size(), highest.size()); ++i) {
    if (octets[i] < lowest[i] || octets[i] > highest[i]) return Opening::no;
  }
  if (octets.size() < kRecordHeader) return Opening::not_yet;
  return is_record_header(octets) ? Opening::records : Opening::no;
}

std::string spoken_before(base::ByteView client, base::ByteView server) {
  for (const auto& said : {server, client}) {
    if (auto known = handshake::plain_protocol(said); !known.empty()) return known;
  }
  struct Sign {
    base::ByteView where;
    std::string_view begins, holds, protocol;
  };
  constexpr std::string_view postgresql("\0\0\0\x08\x04\xD2\x16\x2F", 8);
  constexpr std::string_view tpkt("\x03\0", 2), mysql("\0\0\0\x0A", 4);
  const std::array<Sign, 5> signs{
      Sign{client, postgresql, {}, "PostgreSQL"},
      Sign{client, "\x30", "1.3.6.1.4.1.1466.20037", "LDAP"},
      Sign{client, tpkt, {}, "RDP"},
      Sign{client, "PROXY ", {}, "PROXY"},
      Sign{client, "EHLO ", {}, "SMTP"},
  };
  for (const auto& sign : signs) {
    const auto text = base::text(sign.where);
    if (text.starts_with(sign.begins) && text.find(sign.holds) != std::string_view::npos) {
      return std::string(sign.protocol);
    }
  }
  // A packet's length of three octets, its number and the version of the protocol.
  if (base::text(server).size() > 5 && base::text(server).substr(1, 4) == mysql) return "MySQL";
  return "plain text";
}

}  // namespace sealtone::capture
