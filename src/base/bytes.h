// SPDX-License-Identifier: Apache-2.0
//
// base/bytes: octet strings and their hexadecimal spelling.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sealtone::base {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

// What a certificate file, a configuration file or a body holds at most.
inline constexpr std::size_t kMaxUploadBytes = 5'000'000;

[[nodiscard]] inline ByteView view(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// "8f3a", lower case; hex_colons gives "8F:3A", as fingerprints are printed.
[[nodiscard]] std::string hex(ByteView bytes);
[[nodiscard]] std::string hex_colons(ByteView bytes);
// Accepts either spelling and either case; nothing if any other character is met.
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text);

}  // namespace sealtone::base
