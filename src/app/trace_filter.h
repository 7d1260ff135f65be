// SPDX-License-Identifier: Apache-2.0
//
// app/trace_filter: which connections of a capture are meant.
//
// Errors: bad_input, with what can be written.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "capture/capture.h"

namespace sealtone::app {

// "192.0.2.7", "192.0.2.0/24", "2001:db8::/32".
class AddressRange {
 public:
  [[nodiscard]] static base::Result<AddressRange> parse(const std::string& text);
  [[nodiscard]] bool holds(const std::string& address) const;

 private:
  std::array<std::uint8_t, 16> first_{};
  std::size_t octets_ = 0;  // 4 or 16
  unsigned bits_ = 0;       // that count
};

// "prov.example.com", "*.example.com", "prov?.example.com": any case.  Without * and ? also what
// ends in it, ".example.com" or "example.com".
[[nodiscard]] bool name_fits(std::string_view pattern, std::string_view name);

struct ConnectionFilter {
  std::optional<AddressRange> address;  // of either end
  std::optional<std::uint16_t> port;    // of either end
  std::string name;                     // that was asked for (SNI)
  [[nodiscard]] bool takes(const capture::Connection& connection) const;
};

}  // namespace sealtone::app
