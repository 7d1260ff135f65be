// SPDX-License-Identifier: Apache-2.0
//
// capture/made: for tests, packets and capture files made octet by octet, as RFC 791, RFC 9293 and
// the formats have them.
//
// Two ends, 192.0.2.1:50000 (the client) and 192.0.2.2:443, on Ethernet; a packet a millisecond.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "capture/capture.h"

namespace sealtone::capture::testing {

inline void put(base::Bytes& to, std::uint64_t number, int octets) {
  for (int i = octets - 1; i >= 0; --i) to.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
}
inline void put_little(base::Bytes& to, std::uint64_t number, int octets) {
  for (int i = 0; i < octets; ++i) to.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
}
inline void put(base::Bytes& to, base::ByteView octets) {
  to.insert(to.end(), octets.begin(), octets.end());
}

inline base::Bytes ipv4(std::uint8_t protocol, base::ByteView payload, bool from_client = true,
                        unsigned place = 0, unsigned identification = 7) {
  base::Bytes packet{0x45, 0};
  put(packet, 20 + payload.size(), 2);
  put(packet, identification, 2);
  put(packet, place, 2);
  put(packet, base::Bytes{64, protocol, 0, 0, 192, 0, 2});
  packet.push_back(from_client ? 1 : 2);
  put(packet, base::Bytes{192, 0, 2});
  packet.push_back(from_client ? 2 : 1);
  put(packet, payload);
  return packet;
}

inline base::Bytes ethernet(base::ByteView packet, std::uint16_t type = 0x0800) {
  base::Bytes frame(12, 2);
  put(frame, type, 2);
  put(frame, packet);
  return frame;
}

inline constexpr unsigned kFin = 1, kSyn = 2, kRst = 4, kPush = 8, kAck = 16;

class Wire {
 public:
  std::uint16_t client_port = 50'000, server_port = 443;
  std::uint32_t client_next = 1'000, server_next = 5'000;
  std::vector<base::Bytes> packets;  // IP

  void segment(bool from_client, unsigned flags, base::ByteView payload = {}) {
    auto& next = from_client ? client_next : server_next;
    segment_at(from_client, next, flags, payload);
    next += static_cast<std::uint32_t>(payload.size()) + ((flags & (kSyn | kFin)) != 0 ? 1 : 0);
  }
  void segment_at(bool from_client, std::uint32_t sequence, unsigned flags,
                  base::ByteView payload) {
    base::Bytes tcp;
    put(tcp, from_client ? client_port : server_port, 2);
    put(tcp, from_client ? server_port : client_port, 2);
    put(tcp, sequence, 4);
    put(tcp, (flags & kAck) != 0 ? (from_client ? server_next : client_next) : 0, 4);
    tcp.push_back(0x50);
    tcp.push_back(static_cast<std::uint8_t>(flags));
    put(tcp, base::Bytes{0x20, 0, 0, 0, 0, 0});
    put(tcp, payload);
    packets.push_back(ipv4(6, tcp, from_client));
  }
  void open() {
    segment(true, kSyn);
    segment(false, kSyn | kAck);
    segment(true, kAck);
  }
  void says(bool client, base::ByteView octets, std::size_t most = 1'400) {
    while (!octets.empty()) {
      const auto now = octets.first(std::min(octets.size(), most));
      segment(client, kPush | kAck, now);
      octets = octets.subspan(now.size());
    }
  }
  void says(bool client, std::string_view text) { says(client, base::view(text)); }
  void close(bool client_first) {
    segment(client_first, kFin | kAck);
    segment(!client_first, kFin | kAck);
    segment(client_first, kAck);
  }
};

inline base::Bytes pcap_header(std::uint32_t link = 1) {
  base::Bytes file;
  put_little(file, 0xA1B2C3D4, 4);
  put_little(file, 2, 2);
  put_little(file, 4, 2);
  put_little(file, 0, 8);
  put_little(file, 262'144, 4);
  put_little(file, link, 4);
  return file;
}

// As captured of each at most so many octets.
inline base::Bytes pcap_of(const std::vector<base::Bytes>& packets, std::size_t snap = 262'144) {
  auto file = pcap_header();
  std::uint32_t micros = 0;
  for (const auto& packet : packets) {
    const auto frame = ethernet(packet);
    const auto kept = std::min(frame.size(), snap);
    put_little(file, 1'700'000'000 + micros / 1'000'000, 4);
    put_little(file, micros % 1'000'000, 4);
    put_little(file, kept, 4);
    put_little(file, frame.size(), 4);
    put(file, base::ByteView(frame).first(kept));
    micros += 1'000;
  }
  return file;
}

struct Seen {
  std::vector<Connection> connections;
  Totals totals;
  std::map<std::string, std::string> agents;
  std::optional<base::Error> error;
};

inline Seen read_all(base::Bytes file, Options options = {}) {
  auto reader = Reader::of(std::move(file), std::move(options));
  Seen seen;
  const auto ended = [&](Connection one) { seen.connections.push_back(std::move(one)); };
  for (bool more = true; more;) {
    const auto step = reader.read(100, ended);
    if (!step) seen.error = step.error();
    more = step && *step;
  }
  seen.totals = reader.totals();
  seen.agents = reader.user_agents();
  return seen;
}

inline Seen read_wire(const Wire& wire) { return read_all(pcap_of(wire.packets)); }

}  // namespace sealtone::capture::testing
