// SPDX-License-Identifier: Apache-2.0
//
// capture/internet: what IP packets carry, fragments put together again.
//
// Source: RFC 791, RFC 8200; IP in IP (RFC 2003, 2473, 4213) and GRE (RFC 2784).  Units: octets.
// Bounded: 64 datagrams of which parts are missing, the oldest given up first.
#pragma once

#include <array>
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
  [[nodiscard]] Reading read(base::ByteView packet, Datagram& datagram);
  // Datagrams of which a part never came.
  [[nodiscard]] std::uint64_t given_up() const { return given_up_; }

 private:
  struct Part {
    std::size_t at;
    base::Bytes octets;
  };
  struct Fragmented {
    Address source{}, destination{};
    std::uint8_t protocol = 0;
    std::uint32_t identification = 0;
    std::vector<Part> parts;
    std::size_t octets = 0;  // of all parts
    std::optional<std::size_t> size;
  };
  struct Fragment {
    std::uint32_t identification;
    std::size_t at;
    bool more;
  };
  [[nodiscard]] Reading version4(base::ByteView packet, Datagram& datagram);
  [[nodiscard]] Reading version6(base::ByteView packet, Datagram& datagram);
  [[nodiscard]] Reading extensions(std::uint8_t next, base::ByteView rest, Datagram& datagram);
  [[nodiscard]] Reading carried(Datagram& datagram);
  [[nodiscard]] Reading fragment(Datagram& datagram, const Fragment& fragment);
  [[nodiscard]] bool put_together(const Fragmented& fragmented);

  std::vector<Fragmented> fragmented_;  // oldest first
  base::Bytes whole_;
  std::uint64_t given_up_ = 0;
  unsigned depth_ = 0;
};

}  // namespace sealtone::capture
