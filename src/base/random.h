// SPDX-License-Identifier: Apache-2.0
//
// base/random: where random octets come from; crypto has the real source, tests a fixed one.
#pragma once

#include <cstdint>
#include <span>

namespace sealtone::base {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;
};

}  // namespace sealtone::base
