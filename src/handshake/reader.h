// SPDX-License-Identifier: Apache-2.0
//
// handshake/reader: takes numbers and length-prefixed vectors off the front of hostile octets.
//
// Source: RFC 8446 §3 (presentation language).  Errors: nothing is ever read past the end; once
// something is missing, ok() stays false and everything read from then on is zero or empty.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"

namespace sealtone::handshake {

class Reader {
 public:
  explicit Reader(base::ByteView octets) : rest_(octets) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool empty() const { return rest_.empty(); }
  [[nodiscard]] bool finished() const { return ok_ && rest_.empty(); }

  // A big-endian number of 1 to 4 octets.
  std::uint32_t number(std::size_t octets) {
    std::uint32_t value = 0;
    for (const std::uint8_t octet : take(octets)) value = value << 8 | octet;
    return value;
  }
  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }

  base::ByteView take(std::size_t octets) {
    if (!ok_ || octets > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const auto taken = rest_.first(octets);
    rest_ = rest_.subspan(octets);
    return taken;
  }
  // A vector whose length stands before it in so many octets.
  base::ByteView vector(std::size_t length_octets) { return take(number(length_octets)); }

 private:
  base::ByteView rest_;
  bool ok_ = true;
};

}  // namespace sealtone::handshake
