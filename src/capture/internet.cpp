// SPDX-License-Identifier: Apache-2.0
#include "capture/internet.h"

#include <arpa/inet.h>

#include <algorithm>

#include "capture/link.h"
#include "handshake/reader.h"

namespace sealtone::capture {

namespace {

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr std::size_t kMostDatagram = 65'535, kMostRanges = 128;
constexpr unsigned kMostDepth = 4;  // of tunnels in tunnels
// RFC 8200 §4.5: "If insufficient fragments are received to complete reassembly of a packet within
// 60 seconds of the reception of the first-arriving fragment of that packet, reassembly of that
// packet must be abandoned".
constexpr std::chrono::seconds kMostAge{60};
constexpr std::uint8_t kFragmentHeader = 44;

Address mapped(base::ByteView four) {
  Address address{};
  std::ranges::copy(kMapped, address.begin());
  std::ranges::copy(four.first(4), address.begin() + kMapped.size());
  return address;
}

// GTP-U (3GPP TS 29.281 §5.1) and VXLAN (RFC 7348 §5), by their ports.
std::optional<base::ByteView> in_datagram(base::ByteView udp) {
  handshake::Reader reader(udp);
  reader.u16();
  const auto port = reader.u16();
  reader.take(4);
  constexpr std::uint16_t gtp = 2152, vxlan = 4789;
  constexpr std::size_t header = 8;
  if (!reader.ok() || udp.size() < 2 * header) return std::nullopt;
  auto rest = udp.subspan(2 * header);
  constexpr std::uint32_t ethernet = 1;
  if (port == vxlan) return internet_packet(ethernet, rest);
  constexpr std::uint8_t version_1 = 0x30, mask = 0xF8, options = 0x07, extension = 0x04,
                         user = 255;
  const auto flags = udp[header], kind = udp[header + 1];
  if (port != gtp || (flags & mask) != version_1 || kind != user) return std::nullopt;
  if ((flags & options) != 0) {
    if (rest.size() < 4) return std::nullopt;
    auto more = (flags & extension) != 0 ? rest[3] : 0;
    rest = rest.subspan(4);
    while (more != 0) {
      const std::size_t size = rest.empty() ? 0 : rest[0] * std::size_t{4};
      if (size == 0 || size > rest.size()) return std::nullopt;
      more = rest[size - 1];
      rest = rest.subspan(size);
    }
  }
  const bool internet = !rest.empty() && (rest[0] >> 4U == 4 || rest[0] >> 4U == 6);
  return internet ? std::optional(rest) : std::nullopt;
}

}  // namespace

std::string text_of(const Address& address) {
  if (std::equal(kMapped.begin(), kMapped.end(), address.begin())) {
    std::string text;
    for (std::size_t i = kMapped.size(); i < address.size(); ++i) {
      if (!text.empty()) text += '.';
      text += std::to_string(address[i]);
    }
    return text;
  }
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(AF_INET6, address.data(), text.data(), text.size());
  return text.data();
}

Internet::Reading Internet::read(base::ByteView packet, Datagram& datagram, Time at,
                                 std::size_t cut_off) {
  depth_ = 0;
  now_ = at;
  cut_off_ = cut_off;
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
  total = std::min(total, packet.size() + cut_off_);
  if (header < least || header > packet.size() || total < header) return Reading::unreadable;
  datagram.source = mapped(packet.subspan(12));
  datagram.destination = mapped(packet.subspan(16));
  datagram.size = total - header;
  datagram.payload = packet.first(std::min(packet.size(), total)).subspan(header);
  constexpr unsigned more = 0x2000, offset = 0x1FFF;
  if ((place & (more | offset)) == 0) return carried(datagram);
  return fragment(datagram, {.identification = identification,
                             .at = std::size_t{place & offset} * 8,
                             .more = (place & more) != 0,
                             .version6 = false});
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
  length = std::min(length, packet.size() - header + cut_off_);
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
      return fragment(datagram, {.identification = identification,
                                 .at = place & offset,
                                 .more = (place & more) != 0,
                                 .version6 = true});
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
  } else if (datagram.protocol == kUdp) {
    const auto found = in_datagram(inner);
    if (!found) return Reading::whole;
    inner = *found;
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
  give_up_old();
  auto& one = fragmented(datagram, fragment);
  // RFC 8200 §4.5: the Next Header is "that of the first fragment packet".
  if (fragment.at == 0) one.protocol = datagram.protocol;
  if (!fragment.more && !one.size) one.size = fragment.at + datagram.payload.size();
  cover(one, fragment.at, datagram.payload);
  const auto place = fragmented_.begin() + (&one - fragmented_.data());
  if (one.covered.size() > kMostRanges) {
    fragmented_.erase(place);
    ++given_up_;
    return Reading::unreadable;
  }
  const bool whole = one.size && !one.covered.empty() && one.covered.front().begin == 0 &&
                     one.covered.front().end >= *one.size;
  if (!whole) return Reading::part;
  auto found = std::move(one);
  fragmented_.erase(place);
  whole_ = std::move(found.octets);
  whole_.resize(*found.size);
  if (++depth_ > kMostDepth) return Reading::unreadable;
  datagram.size = whole_.size();
  if (found.version6) return extensions(found.protocol, whole_, datagram);
  datagram.payload = whole_;
  return carried(datagram);
}

// RFC 791 §3.2 tells them apart by protocol, too; RFC 8200 §4.5 does not.
Internet::Fragmented& Internet::fragmented(const Datagram& datagram, const Fragment& fragment) {
  const auto found = std::ranges::find_if(fragmented_, [&](const Fragmented& one) {
    return one.identification == fragment.identification && one.source == datagram.source &&
           one.destination == datagram.destination && one.version6 == fragment.version6 &&
           (one.version6 || one.protocol == datagram.protocol);
  });
  if (found != fragmented_.end()) return *found;
  if (fragmented_.size() == kMostFragmented) {
    fragmented_.erase(fragmented_.begin());
    ++given_up_;
  }
  auto& one = fragmented_.emplace_back();
  one.source = datagram.source;
  one.destination = datagram.destination;
  one.protocol = datagram.protocol;
  one.version6 = fragment.version6;
  one.identification = fragment.identification;
  one.first = now_;
  return one;
}

void Internet::give_up_old() {
  given_up_ += std::erase_if(fragmented_,
                             [&](const Fragmented& one) { return now_ - one.first > kMostAge; });
}

// Fills in what is not there by now.
void Internet::cover(Fragmented& one, std::size_t at, base::ByteView octets) {
  const auto end = at + octets.size();
  if (octets.empty()) return;
  if (one.octets.size() < end) one.octets.resize(end);
  Range joined{at, end};
  std::vector<Range> covered;
  covered.reserve(one.covered.size() + 1);
  auto next = at;  // up to here it is there
  const auto fill = [&](std::size_t to) {
    if (to <= next) return;
    const auto part = octets.subspan(next - at, to - next);
    std::ranges::copy(part, one.octets.begin() + static_cast<std::ptrdiff_t>(next));
    moved_ += part.size();
  };
  auto known = one.covered.begin();
  for (; known != one.covered.end() && known->end < at; ++known) covered.push_back(*known);
  for (; known != one.covered.end() && known->begin <= end; ++known) {
    fill(known->begin);
    next = std::max(next, known->end);
    joined = {std::min(joined.begin, known->begin), std::max(joined.end, known->end)};
  }
  fill(end);
  covered.push_back(joined);
  covered.insert(covered.end(), known, one.covered.end());
  one.covered = std::move(covered);
}

}  // namespace sealtone::capture
