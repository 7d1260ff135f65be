// SPDX-License-Identifier: Apache-2.0
//
// capture/internet: what IP packets carry, fragments put together again.
//
// Source: RFC 791, RFC 8200; IP in IP (RFC 2003, 2473, 4213), GRE (RFC 2784),
// GTP-U and VXLAN.  Units: octets.
// Bounded: 64 datagrams of which parts are missing, the oldest given up first, each after a minute;
// what is put together counts as a tunnel more.  Of what overlaps, what came first counts.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace sealtone::capture {

using Address = std::array<std::uint8_t, 16>;  // IPv4 as ::ffff:a.b.c.d
[[nodiscard]] std::string text_of(const Address& address);

struct Datagram {
  Address source{}, destination{};
  std::uint8_t protocol = 0;
  base::ByteView payload;  // as far as it was captured; good until the next read
  std::size_t size = 0;    // of the payload, as it was sent
};

inline constexpr std::uint8_t kTcp = 6, kUdp = 17;
inline constexpr std::size_t kMostFragmented = 64;  // datagrams

class Internet {
 public:
  enum class Reading { whole, part, unreadable };
  using Time = std::chrono::sys_time<std::chrono::microseconds>;
  // at: when it was captured.  Cut off: so many octets behind the packet's were not captured; no
  // packet says to be longer than it was on the wire.
  [[nodiscard]] Reading read(base::ByteView packet, Datagram& datagram, Time at = {},
                             std::size_t cut_off = 0);
  // Datagrams of which a part never came.
  [[nodiscard]] std::uint64_t given_up() const { return given_up_; }
  // Octets that were moved to put datagrams together: none is twice.
  [[nodiscard]] std::uint64_t moved() const { return moved_; }

 private:
  struct Range {
    std::size_t begin, end;
  };
  struct Fragmented {
    Address source{}, destination{};
    std::uint8_t protocol = 0;
    bool version6 = false;
    std::uint32_t identification = 0;
    Time first;
    base::Bytes octets;          // as far as any of it came
    std::vector<Range> covered;  // in order, apart from each other
    std::optional<std::size_t> size;
  };
  struct Fragment {
    std::uint32_t identification;
    std::size_t at;
    bool more, version6;
  };
  [[nodiscard]] Reading version4(base::ByteView packet, Datagram& datagram);
  [[nodiscard]] Reading version6(base::ByteView packet, Datagram& datagram);
  [[nodiscard]] Reading extensions(std::uint8_t next, base::ByteView rest, Datagram& datagram);
  [[nodiscard]] Reading carried(Datagram& datagram);
  [[nodiscard]] Reading fragment(Datagram& datagram, const Fragment& fragment);
  [[nodiscard]] Fragmented& fragmented(const Datagram& datagram, const Fragment& fragment);
  void cover(Fragmented& one, std::size_t at, base::ByteView octets);
  void give_up_old();

  std::vector<Fragmented> fragmented_;  // oldest first
  base::Bytes whole_;
  std::uint64_t given_up_ = 0, moved_ = 0;
  unsigned depth_ = 0;
  Time now_;
  std::size_t cut_off_ = 0;
};

}  // namespace sealtone::capture
