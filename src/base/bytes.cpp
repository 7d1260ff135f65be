// SPDX-License-Identifier: Apache-2.0
//
// base/bytes: see bytes.h.
#include "base/bytes.h"

namespace sealtone::base {
namespace {

std::optional<std::uint8_t> digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
  return {};
}

}  // namespace

std::string hex(ByteView bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const auto byte : bytes) {
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

std::string hex_colons(ByteView bytes) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  out.reserve(bytes.size() * 3);
  for (const auto byte : bytes) {
    if (!out.empty()) out += ':';
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

std::optional<Bytes> from_hex(std::string_view text) {
  const bool colons = text.size() > 2 && text[2] == ':';
  const std::size_t step = colons ? 3 : 2;
  if ((text.size() + (colons ? 1 : 0)) % step != 0) return {};
  Bytes out;
  out.reserve(text.size() / 2);
  for (std::size_t at = 0; at < text.size(); at += step) {
    const auto high = digit(text[at]);
    const auto low = digit(text[at + 1]);
    if (!high || !low) return {};
    if (colons && at + 2 < text.size() && text[at + 2] != ':') return {};
    out.push_back(static_cast<std::uint8_t>(*high << 4 | *low));
  }
  return out;
}

}  // namespace sealtone::base
