// SPDX-License-Identifier: Apache-2.0
//
// capture/replay: what the two sides of one connection said of TLS, as it came, kept for as long as
// secrets that open it may still turn up.
//
// Units: octets; microseconds since the connection began.  Bounded: the first 65,536 octets of each
// direction, what it costs to keep them counted in; and what all connections may keep together.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "handshake/record.h"

namespace sealtone::capture {

inline constexpr std::size_t kMostReplayed = 65'536;  // a direction

// What is left of what all connections may keep together; none: no secrets turn up later.
struct Allowance {
  std::size_t left = 0;
};

class Replay {
 public:
  using Direction = handshake::Direction;
  using Moment = std::chrono::microseconds;
  // Whom it is told, in the order in which it came.
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void hear_data(Direction direction, base::ByteView octets, Moment at) = 0;
    virtual void hear_gap(Direction direction, std::uint64_t octets) = 0;
    virtual void hear_ssl2_hello(base::ByteView body, Moment at) = 0;
    virtual void hear_other(base::ByteView octets, Moment at, bool ends) = 0;
  };

  explicit Replay(Allowance& allowance) : allowance_(allowance) {}
  ~Replay() { allowance_.left += kept(); }
  Replay(const Replay&) = delete;
  Replay& operator=(const Replay&) = delete;

  void data(Direction direction, base::ByteView octets, Moment at) {
    keep(Kind::data, direction, octets, octets.size(), at);
  }
  void gap(Direction direction, std::uint64_t octets) {
    keep(Kind::gap, direction, {}, octets, Moment{});
  }
  void ssl2_hello(base::ByteView body, Moment at) {
    keep(Kind::ssl2_hello, Direction::sent, body, body.size(), at);
  }
  void other(base::ByteView octets, Moment at, bool ends) {
    keep(ends ? Kind::other_that_ends : Kind::other, Direction::received, octets, octets.size(),
         at);
  }
  void tell(Listener& listener) const;
  // Something of this direction came that was not kept, and nothing behind it is.
  [[nodiscard]] bool is_cut(Direction direction) const { return cut_[index(direction)]; }
  [[nodiscard]] std::size_t kept() const { return used_[0] + used_[1]; }  // octets

 private:
  enum class Kind : std::uint8_t { data, gap, ssl2_hello, other, other_that_ends };
  struct Piece {
    Moment at;
    std::uint64_t size;
    Kind kind;
    Direction direction;
  };
  static std::size_t index(Direction direction) { return direction == Direction::sent ? 0 : 1; }
  void keep(Kind kind, Direction direction, base::ByteView octets, std::uint64_t size, Moment at);

  Allowance& allowance_;
  std::vector<Piece> pieces_;
  base::Bytes octets_;  // of all pieces, one behind the other
  std::array<std::size_t, 2> used_{};
  std::array<bool, 2> cut_{};
};

}  // namespace sealtone::capture
