// SPDX-License-Identifier: Apache-2.0
//
// digest/offers: the lists of schemes and parameters that authentication fields are made of.
//
// Source: RFC 9110 §11.6.1 (WWW-Authenticate), RFC 7615 §3 (Authentication-Info).  Hostile input:
// what is not in the grammar is refused as a whole, control characters among it, so that no value
// can end a line.  Units: octets.  Errors: bad_input, too_large (kMaxFieldBytes, kMaxOffers,
// kMaxParameters).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace sealtone::digest {

inline constexpr std::size_t kMaxFieldBytes = 16 * 1024;  // as much as a whole HTTP header may have
inline constexpr std::size_t kMaxOffers = 64;             // of one field
inline constexpr std::size_t kMaxParameters = 32;         // of one offer

// Names in lower case; values without quotes and escapes.
using Parameters = std::vector<std::pair<std::string, std::string>>;

// Null if it is not there.
[[nodiscard]] const std::string* find(const Parameters& parameters, std::string_view name);

struct Offer {
  std::string scheme;  // lower case: "digest", "basic", "negotiate"
  Parameters parameters;
};

// A name that comes twice in one offer is bad_input: two readers could take different ones.
[[nodiscard]] base::Result<std::vector<Offer>> read_offers(std::string_view field);
[[nodiscard]] base::Result<Parameters> read_parameters(std::string_view field);

// "a\"b" with its quotes; bad_input for what no quoted-string can hold (control characters).
[[nodiscard]] base::Result<std::string> quoted(std::string_view value);

}  // namespace sealtone::digest
