// SPDX-License-Identifier: Apache-2.0
//
// x509/der: see der.h.
#include "x509/der.h"

#include <openssl/asn1.h>

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

std::optional<std::vector<DerElement>> elements(base::ByteView content) {
  std::vector<DerElement> out;
  while (!content.empty()) {
    const auto* at = content.data();
    long length = 0;
    int tag = 0, tag_class = 0;
    const int form =
        ASN1_get_object(&at, &length, &tag, &tag_class, static_cast<long>(content.size()));
    constexpr int failed = 0x80, indefinite = 1;
    if ((form & failed) != 0 || (form & indefinite) != 0) return std::nullopt;
    const auto head = static_cast<std::size_t>(at - content.data());
    const auto size = static_cast<std::size_t>(length);
    if (size > content.size() - head) return std::nullopt;
    out.push_back({.tag = tag,
                   .context_specific = tag_class == V_ASN1_CONTEXT_SPECIFIC,
                   .whole = content.first(head + size),
                   .content = content.subspan(head, size)});
    content = content.subspan(head + size);
  }
  return out;
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
