// SPDX-License-Identifier: Apache-2.0
#include "capture/link.h"

#include <algorithm>
#include <array>

#include "capture/wifi.h"
#include "handshake/reader.h"

namespace sealtone::capture {
namespace {

using base::ByteView;
using Found = std::optional<ByteView>;
using Decode = Found (*)(ByteView, unsigned layers);

// Of tags, labels and frames in frames, all together: each kind may hold each other one.
constexpr unsigned kMostLayers = 16;

ByteView behind(ByteView octets, std::size_t header) {
  return octets.subspan(std::min(octets.size(), header));
}

std::uint16_t u16_at(ByteView octets, std::size_t at) {
  handshake::Reader reader(behind(octets, at));
  return reader.u16();
}

std::size_t little_u16_at(ByteView octets, std::size_t at) {
  const auto value = u16_at(octets, at);
  return static_cast<std::size_t>((value & 0xFFU) << 8U | value >> 8U);
}

Found raw(ByteView octets, unsigned /*layers*/ = 0) {
  if (octets.empty()) return std::nullopt;
  const auto version = octets[0] >> 4U;
  if (version != 4 && version != 6) return std::nullopt;
  return octets;
}

// layers: gone through by now.
Found by_ether_type(std::uint16_t type, ByteView rest, unsigned layers);

// RFC 1661 §2 with protocol-field-compression, behind address and control if they are there.
Found ppp(ByteView octets, unsigned layers) {
  constexpr std::uint8_t all_stations = 0xFF, unnumbered = 0x03;
  if (octets.size() >= 2 && octets[0] == all_stations && octets[1] == unnumbered) {
    octets = octets.subspan(2);
  }
  handshake::Reader reader(octets);
  std::uint16_t protocol = reader.u8();
  if ((protocol & 1U) == 0) protocol = static_cast<std::uint16_t>(protocol << 8U | reader.u8());
  if (!reader.ok()) return std::nullopt;
  constexpr std::uint16_t ipv4 = 0x21, ipv6 = 0x57, mpls = 0x281;
  const auto rest = behind(octets, (protocol & 0xFF00U) == 0 && (octets[0] & 1U) != 0 ? 1 : 2);
  if (protocol == ipv4 || protocol == ipv6) return raw(rest);
  return protocol == mpls ? by_ether_type(0x8847, rest, layers) : std::nullopt;
}

// IEEE 802.2: SNAP, or IP's own service access point.
Found logical_link(ByteView octets, unsigned layers) {
  handshake::Reader reader(octets);
  const auto destination = reader.u8(), source = reader.u8(), control = reader.u8();
  constexpr std::uint8_t snap = 0xAA, ip = 0x06, unnumbered = 0x03;
  if (!reader.ok() || control != unnumbered || destination != source) return std::nullopt;
  if (destination == ip) return raw(behind(octets, 3));
  if (destination != snap) return std::nullopt;
  return by_ether_type(u16_at(octets, 6), behind(octets, 8), layers);
}

Found ethernet(ByteView octets, unsigned layers) {
  constexpr std::size_t addresses = 12, header = 14;
  if (octets.size() < header) return std::nullopt;
  return by_ether_type(u16_at(octets, addresses), octets.subspan(header), layers);
}

// RFC 3032 §2.1: labels until the bottom of the stack; what follows says by itself what it is.
Found labels(ByteView octets, unsigned layers) {
  constexpr std::size_t label = 4;
  while (++layers <= kMostLayers && octets.size() >= label) {
    const bool bottom = (octets[2] & 1U) != 0;
    octets = octets.subspan(label);
    if (!bottom) continue;
    if (const auto found = raw(octets)) return found;
    // RFC 4448 §4.6: a control word, then an Ethernet frame.
    const bool control_word = !octets.empty() && octets[0] >> 4U == 0;
    return control_word ? ethernet(behind(octets, label), layers) : std::nullopt;
  }
  return std::nullopt;
}

Found by_ether_type(std::uint16_t type, ByteView rest, unsigned layers) {
  while (++layers <= kMostLayers) {
    switch (type) {
      case 0x0800:
      case 0x86DD: return raw(rest);
      case 0x8100:  // IEEE 802.1Q, 802.1ad, and QinQ as it was before
      case 0x88A8:
      case 0x9100:
      case 0x9200:
        type = u16_at(rest, 2);
        rest = behind(rest, 4);
        continue;
      case 0x8847:
      case 0x8848: return labels(rest, layers);
      case 0x8864: return ppp(behind(rest, 6), layers);  // RFC 2516
      default: break;
    }
    constexpr std::uint16_t most_length = 1'500, novell = 4, cooked_llc = 1;
    if (type <= most_length && (type >= 3 || type == novell || type == cooked_llc)) {
      return logical_link(rest, layers);
    }
    return std::nullopt;
  }
  return std::nullopt;
}

// The address family as the writer's system numbers it, in its own order of octets.
Found by_family(ByteView octets, std::size_t header) {
  if (octets.size() < header) return std::nullopt;
  return raw(octets.subspan(header));
}
Found null(ByteView octets, unsigned /*layers*/) { return by_family(octets, 4); }
Found enc(ByteView octets, unsigned /*layers*/) { return by_family(octets, 12); }

Found pflog(ByteView octets, unsigned /*layers*/) {
  if (octets.empty()) return std::nullopt;
  return raw(behind(octets, (octets[0] + std::size_t{3}) / 4 * 4));
}

Found cisco_hdlc(ByteView octets, unsigned layers) {
  return by_ether_type(u16_at(octets, 2), behind(octets, 4), layers);
}

Found ppp_or_hdlc(ByteView octets, unsigned layers) {
  constexpr std::uint8_t unicast = 0x0F, broadcast = 0x8F;
  const bool cisco = !octets.empty() && (octets[0] == unicast || octets[0] == broadcast);
  return cisco ? cisco_hdlc(octets, layers) : ppp(octets, layers);
}

// RFC 2427: an address of two octets or more, control, and what protocol follows.
Found frame_relay(ByteView octets, unsigned layers) {
  std::size_t at = 0;
  while (at < octets.size() && (octets[at] & 1U) == 0) ++at;
  auto rest = behind(octets, at + 1);
  constexpr std::uint8_t unnumbered = 0x03, padding = 0, snap = 0x80, ipv4 = 0xCC, ipv6 = 0x8E;
  if (rest.empty() || rest[0] != unnumbered) return std::nullopt;
  rest = rest.subspan(1);
  if (!rest.empty() && rest[0] == padding) rest = rest.subspan(1);
  if (rest.empty()) return std::nullopt;
  if (rest[0] == ipv4 || rest[0] == ipv6) return raw(rest.subspan(1));
  if (rest[0] == snap) return by_ether_type(u16_at(rest, 4), behind(rest, 6), layers);
  return std::nullopt;
}

Found token_ring(ByteView octets, unsigned layers) {
  constexpr std::size_t header = 14, source = 8;
  if (octets.size() <= header) return std::nullopt;
  const bool routed = (octets[source] & 0x80U) != 0;
  return logical_link(behind(octets, header + (routed ? octets[header] & 0x1FU : 0)), layers);
}

// Linux netfilter: attributes, each with its length, in the order of octets of the writer.
Found nflog(ByteView octets, unsigned /*layers*/) {
  constexpr std::size_t head = 4, payload = 9;
  for (octets = behind(octets, head); octets.size() >= head;) {
    auto length = little_u16_at(octets, 0), type = little_u16_at(octets, 2);
    if (length > octets.size()) {
      length = u16_at(octets, 0);
      type = u16_at(octets, 2);
    }
    if (length < head || length > octets.size()) return std::nullopt;
    if ((type & 0x7FFFU) == payload) return raw(octets.subspan(head, length - head));
    octets = behind(octets, (length + 3) / 4 * 4);
  }
  return std::nullopt;
}

Found sunatm(ByteView octets, unsigned layers) {
  constexpr std::size_t header = 4;
  return logical_link(behind(octets, header), layers);
}

Found wireless(ByteView octets, unsigned layers) {
  const auto inner = wifi_payload(octets);
  return inner ? logical_link(*inner, layers) : std::nullopt;
}
Found radiotap(ByteView octets, unsigned layers) {
  const auto inner = behind_radiotap(octets);
  return inner ? wireless(*inner, layers) : std::nullopt;
}
Found prism(ByteView octets, unsigned layers) {
  const auto inner = behind_prism(octets);
  return inner ? wireless(*inner, layers) : std::nullopt;
}

// A header that says how long it is and of which link type what follows.
Found per_packet_information(ByteView octets, unsigned /*layers*/) {
  constexpr std::size_t least = 8;
  const auto length = little_u16_at(octets, 2), inner = little_u16_at(octets, 4);
  constexpr std::size_t itself = 192;
  if (octets.size() < least || length < least || inner == itself) return std::nullopt;
  return internet_packet(static_cast<std::uint32_t>(inner), behind(octets, length));
}

template <std::size_t header, Decode inner>
Found skip(ByteView octets, unsigned layers) {
  return octets.size() < header ? std::nullopt : inner(octets.subspan(header), layers);
}

// An EtherType at one place, the packet at another.
template <std::size_t type_at, std::size_t header>
Found typed(ByteView octets, unsigned layers) {
  if (octets.size() < header) return std::nullopt;
  return by_ether_type(u16_at(octets, type_at), octets.subspan(header), layers);
}

struct KnownLink {
  std::uint32_t link;
  Decode decode;
};
constexpr auto kKnownLinks = std::to_array<KnownLink>({
    {0, null},                      // BSD loopback
    {1, ethernet},                  //
    {6, token_ring},                // IEEE 802.5
    {8, skip<16, raw>},             // SLIP
    {9, ppp},                       //
    {10, skip<13, logical_link>},   // FDDI
    {12, raw},                      // as the numbers of some systems have it
    {14, raw},                      //
    {50, ppp_or_hdlc},              //
    {51, skip<6, ppp>},             // PPPoE
    {100, logical_link},            // ATM, RFC 2684
    {101, raw},                     //
    {104, cisco_hdlc},              //
    {105, wireless},                // IEEE 802.11
    {106, logical_link},            // ATM, RFC 2225
    {107, frame_relay},             //
    {108, null},                    // OpenBSD loopback
    {109, enc},                     // OpenBSD IPsec
    {113, typed<14, 16>},           // Linux cooked
    {117, pflog},                   // OpenBSD pf
    {119, prism},                   //
    {122, skip<16, logical_link>},  // IP over Fibre Channel
    {123, sunatm},                  //
    {127, radiotap},                //
    {138, typed<16, 18>},           // IP over IEEE 1394
    {163, prism},                   // AVS
    {166, skip<2, ppp>},            // pppd, with the direction
    {192, per_packet_information},  //
    {204, skip<1, ppp>},            // with the direction
    {205, skip<1, cisco_hdlc>},     //
    {206, skip<1, frame_relay>},    //
    {219, labels},                  // MPLS
    {226, skip<24, raw>},           // Solaris IPNET
    {228, raw},                     //
    {229, raw},                     //
    {239, nflog},                   //
    {240, skip<4, ethernet>},       // netANALYZER
    {241, skip<12, ethernet>},      // and with the preamble
    {242, typed<40, 44>},           // IP over InfiniBand
    {274, skip<8, ethernet>},       // IEEE 802.3br
    {276, typed<0, 20>},            // Linux cooked, version 2
});

const KnownLink* find_link(std::uint32_t link) {
  const auto* found = std::ranges::lower_bound(kKnownLinks, link, {}, &KnownLink::link);
  return found != kKnownLinks.end() && found->link == link ? found : nullptr;
}

}  // namespace

std::optional<base::ByteView> internet_packet(std::uint32_t link, base::ByteView octets) {
  const auto* known = find_link(link);
  return known == nullptr ? std::nullopt : known->decode(octets, 0);
}

bool link_is_known(std::uint32_t link) { return find_link(link) != nullptr; }

}  // namespace sealtone::capture
