// SPDX-License-Identifier: Apache-2.0
#include "capture/internet.h"

#include <arpa/inet.h>

#include <algorithm>

#include "handshake/reader.h"

namespace sealtone::capture {

namespace {

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr std::size_t kMostDatagram = 65'535, kMostParts = 128;
constexpr unsigned kMostDepth = 4;  // of tunnels in tunnels
constexpr std::uint8_t kFragmentHeader = 44;

Address mapped(base::ByteView four) {
  Address address{};
  std::ranges::copy(kMapped, address.begin());
  std::ranges::copy(four.first(4), address.begin() + kMapped.size());
  return address;
}

}  // namespace

std::string text_of(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool v4 = std::equal(kMapped.begin(), kMapped.end(), address.begin());
  inet_ntop(v4 ? AF_INET : AF_INET6, address.data() + (v4 ? kMapped.size() : 0), text.data(),
            text.size());
  return text.data();
}

Internet::Reading Internet::read(base::ByteView packet, Datagram& datagram) {
  depth_ = 0;
  datagram = {};
  if (packet.empty()) return Reading::unreadable;
  return packet[0] >> 4U == 4 ? version4(packet, datagram) : version6(packet, datagram);
}

Internet::Reading Internet::version4(base::ByteView packet, Datagram& datagram) {
  constexpr std::size_t least = 20;
  if (packet.size() < least) return Reading::unreadable;
  handshake::Reader reader(packet);
  const std::size_t header = (reader.u8() & 0x0FU) * 4;
  reader.u8();
  std::size_t total = reader.u16();
  const std::uint32_t identification = reader.u16();
  const unsigned place = reader.u16();
  reader.u8();
  datagram.protocol = reader.u8();
  // Where the network card was to cut a large one into packets, no length is there yet.
  if (total == 0) total = packet.size();
  if (header < least || header > packet.size() || total < header) return Reading::unreadable;
  datagram.source = mapped(packet.subspan(12));
  datagram.destination = mapped(packet.subspan(16));
  datagram.size = total - header;
  datagram.payload = packet.first(std::min(packet.size(), total)).subspan(header);
  constexpr unsigned more = 0x2000, offset = 0x1FFF;
  if ((place & (more | offset)) == 0) return carried(datagram);
  return fragment(datagram, {.identification = identification,
                             .at = std::size_t{place & offset} * 8,
                             .more = (place & more) != 0});
}

Internet::Reading Internet::version6(base::ByteView packet, Datagram& datagram) {
  constexpr std::size_t header = 40;
  if (packet.size() < header || packet[0] >> 4U != 6) return Reading::unreadable;
  handshake::Reader reader(packet);
  reader.take(4);
  std::size_t length = reader.u16();
  const auto next = reader.u8();
  std::ranges::copy(packet.subspan(8, 16), datagram.source.begin());
  std::ranges::copy(packet.subspan(24, 16), datagram.destination.begin());
  if (length == 0) length = packet.size() - header;  // as above, or RFC 2675
  datagram.size = length;
  return extensions(next, packet.subspan(header, std::min(length, packet.size() - header)),
                    datagram);
}

// RFC 8200 §4: "each extension header is identified by a distinct Next Header value".
Internet::Reading Internet::extensions(std::uint8_t next, base::ByteView rest, Datagram& datagram) {
  constexpr int most = 16;
  constexpr std::uint8_t hop_by_hop = 0, routing = 43, authentication = 51, options = 60;
  for (int i = 0; i < most; ++i) {
    const bool known = next == hop_by_hop || next == routing || next == authentication ||
                       next == options || next == kFragmentHeader;
    if (!known) {
      datagram.protocol = next;
      datagram.payload = rest;
      return carried(datagram);
    }
    constexpr std::size_t least = 8;
    if (rest.size() < least) return Reading::unreadable;
    std::size_t size = (rest[1] + std::size_t{1}) * 8;
    if (next == authentication) size = (rest[1] + std::size_t{2}) * 4;
    if (next == kFragmentHeader) size = least;
    if (size > rest.size()) return Reading::unreadable;
    handshake::Reader reader(rest);
    const auto is = next;
    next = reader.u8();
    reader.u8();
    const unsigned place = reader.u16();
    const auto identification = reader.number(4);
    rest = rest.subspan(size);
    datagram.size -= std::min(datagram.size, size);
    constexpr unsigned more = 1, offset = 0xFFF8;
    if (is == kFragmentHeader && (place & (more | offset)) != 0) {
      datagram.protocol = next;
      datagram.payload = rest;
      return fragment(
          datagram,
          {.identification = identification, .at = place & offset, .more = (place & more) != 0});
    }
  }
  return Reading::unreadable;
}

// A packet in a packet: the innermost counts.
Internet::Reading Internet::carried(Datagram& datagram) {
  constexpr std::uint8_t ipv4 = 4, ipv6 = 41, gre = 47;
  auto inner = datagram.payload;
  if (datagram.protocol == gre) {
    handshake::Reader reader(inner);
    const unsigned flags = reader.u16(), type = reader.u16();
    constexpr unsigned checksum = 0x8000, key = 0x2000, sequence = 0x1000, unknown = 0x4007;
    const std::size_t header = 4 + ((flags & checksum) != 0 ? 4U : 0U) +
                               ((flags & key) != 0 ? 4U : 0U) + ((flags & sequence) != 0 ? 4U : 0U);
    const bool internet = type == 0x0800 || type == 0x86DD;
    if (!reader.ok() || (flags & unknown) != 0 || !internet || header > inner.size()) {
      return Reading::whole;
    }
    inner = inner.subspan(header);
  } else if (datagram.protocol != ipv4 && datagram.protocol != ipv6) {
    return Reading::whole;
  }
  if (++depth_ > kMostDepth || inner.empty()) return Reading::unreadable;
  return inner[0] >> 4U == 4 ? version4(inner, datagram) : version6(inner, datagram);
}

Internet::Reading Internet::fragment(Datagram& datagram, const Fragment& fragment) {
  // What was cut off when it was captured cannot be put together.
  const bool cut = datagram.payload.size() < datagram.size;
  if (cut || fragment.at + datagram.payload.size() > kMostDatagram) return Reading::unreadable;
  auto found = std::ranges::find_if(fragmented_, [&](const Fragmented& one) {
    return one.identification == fragment.identification && one.source == datagram.source &&
           one.destination == datagram.destination && one.protocol == datagram.protocol;
  });
  if (found == fragmented_.end()) {
    if (fragmented_.size() == kMostFragmented) {
      fragmented_.erase(fragmented_.begin());
      ++given_up_;
    }
    Fragmented one;
    one.source = datagram.source;
    one.destination = datagram.destination;
    one.protocol = datagram.protocol;
    one.identification = fragment.identification;
    fragmented_.push_back(std::move(one));
    found = fragmented_.end() - 1;
  }
  found->octets += datagram.payload.size();
  if (found->parts.size() == kMostParts || found->octets > 2 * kMostDatagram) {
    fragmented_.erase(found);
    ++given_up_;
    return Reading::unreadable;
  }
  if (!fragment.more) found->size = fragment.at + datagram.payload.size();
  found->parts.push_back(
      {fragment.at, base::Bytes(datagram.payload.begin(), datagram.payload.end())});
  const bool may_be_whole = found->size && found->octets >= *found->size;
  if (!may_be_whole || !put_together(*found)) return Reading::part;
  fragmented_.erase(found);
  datagram.payload = whole_;
  datagram.size = whole_.size();
  return depth_ == 0 ? carried(datagram) : Reading::whole;
}

// Of what overlaps, what came first counts.
bool Internet::put_together(const Fragmented& fragmented) {
  base::Bytes octets(*fragmented.size);
  std::vector<bool> there(octets.size());
  for (const auto& part : fragmented.parts) {
    for (std::size_t i = 0; i < part.octets.size() && part.at + i < octets.size(); ++i) {
      if (there[part.at + i]) continue;
      octets[part.at + i] = part.octets[i];
      there[part.at + i] = true;
    }
  }
  if (!std::ranges::all_of(there, [](bool is) { return is; })) return false;
  whole_ = std::move(octets);
  return true;
}

}  // namespace sealtone::capture
