// SPDX-License-Identifier: Apache-2.0
//
// capture/packet_writer: see packet_writer.h.
#include "capture/packet_writer.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sealtone::capture {
namespace {

using base::Bytes;
using base::ByteView;
using handshake::Direction;

constexpr std::uint8_t kFin = 0x01, kSyn = 0x02, kPush = 0x08, kAck = 0x10;
constexpr std::uint8_t kTcpProtocol = 6, kWrittenHops = 64;
constexpr std::size_t kWrittenSegment = 1'400;

void put(Bytes& to, std::uint64_t number, int octets) {
  for (int i = octets - 1; i >= 0; --i) to.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
}
void put(Bytes& to, ByteView octets) { to.insert(to.end(), octets.begin(), octets.end()); }
void put_at(Bytes& to, std::size_t place, std::uint16_t number) {
  to[place] = static_cast<std::uint8_t>(number >> 8);
  to[place + 1] = static_cast<std::uint8_t>(number);
}

// RFC 1071 §1: "the 16-bit 1's complement sum is computed … and the 1's complement of this sum".
std::uint16_t checksum(ByteView first, ByteView second = {}) {
  std::uint64_t sum = 0;
  for (const auto part : {first, second}) {  // the first is even
    for (std::size_t i = 0; i < part.size(); ++i) {
      sum += static_cast<std::uint64_t>(part[i]) << (i % 2 == 0 ? 8 : 0);
    }
  }
  while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

Bytes address_octets(const std::string& text) {
  Bytes octets(16);
  // Of "fe80::1%eth0" the zone means nothing elsewhere.
  const auto address = text.substr(0, text.find('%'));
  if (inet_pton(AF_INET6, address.c_str(), octets.data()) == 1) return octets;
  octets.assign(4, 0);
  (void)inet_pton(AF_INET, address.c_str(), octets.data());
  return octets;
}

struct WrittenSide {
  Bytes address;
  std::uint16_t port;
  std::uint32_t next = 0;  // sequence number
};

class Made {
 public:
  explicit Made(const KeptConversation& conversation)
      : conversation_(conversation),
        client_{address_octets(conversation.client.address), conversation.client.port},
        server_{address_octets(conversation.server.address), conversation.server.port} {
    if (client_.address.size() != server_.address.size()) {
      client_.address.assign(4, 0);
      server_.address.assign(4, 0);
    }
  }

  std::vector<WrittenPacket> all() {
    const auto began = conversation_.began;
    send(true, began, kSyn, {});
    send(false, began, kSyn | kAck, {});
    send(true, began, kAck, {});
    packets_.front().comment = conversation_.comment;
    data();
    end();
    return std::move(packets_);
  }

 private:
  void data() {
    ByteView rest = conversation_.octets;
    std::vector<std::size_t> first_packets;
    for (const auto& piece : conversation_.pieces) {
      first_packets.push_back(packets_.size());
      auto part = rest.first(std::min(piece.size, rest.size()));
      rest = rest.subspan(part.size());
      while (!part.empty()) {
        const auto segment = part.first(std::min(part.size(), kWrittenSegment));
        send(piece.direction == Direction::sent, piece.at, kAck | kPush, segment);
        part = part.subspan(segment.size());
      }
    }
    for (const auto& [piece, text] : conversation_.comments) {
      const auto at = piece < first_packets.size() ? first_packets[piece] : packets_.size();
      auto& comment = packets_[std::min(at, packets_.size() - 1)].comment;
      comment += (comment.empty() ? "" : " ") + text;
    }
  }

  void end() {
    if (conversation_.not_kept_sent + conversation_.not_kept_received > 0) {
      auto& comment = packets_.back().comment;
      comment += fmt::format(
          "{}Cut here: Sealtone kept the first {} octets of this connection, both directions "
          "together. {} octets of the client and {} of the server that followed are not in this "
          "file.",
          comment.empty() ? "" : " ", conversation_.octets.size(), conversation_.not_kept_sent,
          conversation_.not_kept_received);
      client_.next += static_cast<std::uint32_t>(conversation_.not_kept_sent);
      server_.next += static_cast<std::uint32_t>(conversation_.not_kept_received);
    }
    const auto& by_client = conversation_.client_ended;
    const auto& by_server = conversation_.server_ended;
    const bool client_first = by_client && (!by_server || *by_client <= *by_server);
    if (client_first) send(true, *by_client, kFin | kAck, {});
    if (by_server) send(false, *by_server, kFin | kAck, {});
    if (by_client && !client_first) send(true, *by_client, kFin | kAck, {});
  }

  void send(bool by_client, Time at, std::uint8_t flags, ByteView content) {
    auto& from = by_client ? client_ : server_;
    const auto& to = by_client ? server_ : client_;
    const auto segment = tcp(from, to, flags, content);
    auto packet =
        from.address.size() == 4 ? ipv4(from, to, segment.size()) : ipv6(from, to, segment.size());
    put(packet, segment);
    packets_.push_back({at, std::move(packet), {}});
    const bool counts = (flags & (kSyn | kFin)) != 0;  // "occupies one sequence number"
    from.next += static_cast<std::uint32_t>(content.size()) + (counts ? 1 : 0);
  }

  static Bytes tcp(const WrittenSide& from, const WrittenSide& to, std::uint8_t flags,
                   ByteView content) {
    // RFC 9293 §3.7.1 and RFC 7323 §2: segments of 1460 octets, windows by 2^7: nobody had to wait.
    static constexpr std::array<std::uint8_t, 8> kOptions{2, 4, 0x05, 0xB4, 1, 3, 3, 7};
    const bool syn = (flags & kSyn) != 0;
    const std::size_t header = syn ? 28 : 20;
    Bytes segment;
    segment.reserve(header + content.size());
    put(segment, from.port, 2);
    put(segment, to.port, 2);
    put(segment, from.next, 4);
    put(segment, (flags & kAck) != 0 ? to.next : 0, 4);
    put(segment, header / 4 << 4, 1);
    put(segment, flags, 1);
    put(segment, 0xFFFF, 2);  // window
    put(segment, 0, 4);       // checksum, urgent pointer
    if (syn) put(segment, kOptions);
    put(segment, content);
    Bytes pseudo;  // RFC 9293 §3.1, RFC 8200 §8.1: the same sum for both
    put(pseudo, from.address);
    put(pseudo, to.address);
    put(pseudo, segment.size(), 4);
    put(pseudo, kTcpProtocol, 4);
    put_at(segment, 16, checksum(pseudo, segment));
    return segment;
  }

  static Bytes ipv4(const WrittenSide& from, const WrittenSide& to, std::size_t payload) {
    constexpr std::size_t header_size = 20;
    Bytes header{0x45, 0};
    put(header, header_size + payload, 2);
    put(header, 0, 2);       // identification
    put(header, 0x4000, 2);  // "Don't Fragment"
    put(header, kWrittenHops, 1);
    put(header, kTcpProtocol, 1);
    put(header, 0, 2);
    put(header, from.address);
    put(header, to.address);
    put_at(header, 10, checksum(header));
    return header;
  }

  static Bytes ipv6(const WrittenSide& from, const WrittenSide& to, std::size_t payload) {
    Bytes header{0x60, 0, 0, 0};
    put(header, payload, 2);
    put(header, kTcpProtocol, 1);
    put(header, kWrittenHops, 1);
    put(header, from.address);
    put(header, to.address);
    return header;
  }

  const KeptConversation& conversation_;
  WrittenSide client_, server_;
  std::vector<WrittenPacket> packets_;
};

}  // namespace

std::vector<WrittenPacket> packets_of(const KeptConversation& conversation) {
  return Made(conversation).all();
}

}  // namespace sealtone::capture
