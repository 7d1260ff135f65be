// SPDX-License-Identifier: Apache-2.0
//
// x509/der: see der.h.
#include "x509/der.h"

#include <algorithm>

namespace sealtone::x509 {

std::optional<std::size_t> element_length(base::ByteView file) {
  if (file.size() < 2 || file[0] != 0x30) return {};
  std::size_t length = file[1];
  std::size_t head = 2;
  if (length >= 0x80) {
    const std::size_t count = length & 0x7FU;
    if (count == 0 || count > 4 || file.size() < 2 + count) return {};
    length = 0;
    for (std::size_t at = 0; at < count; ++at) length = length << 8U | file[2 + at];
    head += count;
  }
  return head + length;
}

bool looks_like_der(base::ByteView file) {
  if (file.size() < 2 || file[0] != 0x30) return false;
  return std::ranges::any_of(file.first(std::min<std::size_t>(file.size(), 16)),
                             [](std::uint8_t byte) { return byte >= 0x80 || byte < 0x09; });
}

bool is_padding(base::ByteView rest) {
  return std::ranges::all_of(rest, [](std::uint8_t byte) {
    return byte == 0 || byte == '\r' || byte == '\n' || byte == ' ';
  });
}

}  // namespace sealtone::x509
