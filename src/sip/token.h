// SPDX-License-Identifier: Apache-2.0
//
// sip/token: random words for branches, tags and Call-IDs.
#pragma once

#include <array>
#include <string>

#include "base/bytes.h"
#include "base/random.h"

namespace sealtone::sip {

// RFC 3261 §8.1.1.7: branches that begin like this are unique across space and time.
inline constexpr const char* kBranchCookie = "z9hG4bK";

// RFC 3261 §19.3: tags are "cryptographically random with at least 32 bits of randomness"; these
// have 128, in hexadecimal.
[[nodiscard]] inline std::string random_token(base::Random& random) {
  std::array<std::uint8_t, 16> octets{};
  random.fill(octets);
  return base::hex(octets);
}

}  // namespace sealtone::sip
