// SPDX-License-Identifier: Apache-2.0
#include "explain/authority_name.h"

#include <algorithm>
#include <array>

#include "handshake/reader.h"

namespace sealtone::explain {
namespace {

constexpr std::uint8_t kSequence = 0x30, kSet = 0x31, kObjectIdentifier = 0x06, kUtf8 = 0x0C,
                       kPrintable = 0x13, kT61 = 0x14, kIa5 = 0x16;
constexpr std::array<std::uint8_t, 3> kCommonName{0x55, 0x04, 0x03};
constexpr std::array<std::uint8_t, 3> kOrganization{0x55, 0x04, 0x0A};

struct Element {
  std::uint8_t tag = 0;
  base::ByteView content;
};

Element next(handshake::Reader& reader) {
  Element element{.tag = reader.u8(), .content = {}};
  const std::uint8_t first = reader.u8();
  constexpr std::uint8_t long_form = 0x80, longest = 3;
  if (first < long_form) {
    element.content = reader.take(first);
  } else if (const auto octets = static_cast<std::uint8_t>(first - long_form);
             octets >= 1 && octets <= longest) {
    element.content = reader.vector(octets);
  } else {
    reader.take(SIZE_MAX);
  }
  return element;
}

bool is_text(std::uint8_t tag) {
  return tag == kUtf8 || tag == kPrintable || tag == kT61 || tag == kIa5;
}

}  // namespace

std::string authority_name(base::ByteView der_name) {
  handshake::Reader outside(der_name);
  const auto name = next(outside);
  if (!outside.finished() || name.tag != kSequence) return {};
  std::string common_name, organization;
  handshake::Reader sets(name.content);
  while (sets.ok() && !sets.empty()) {
    const auto set = next(sets);
    handshake::Reader pairs(set.tag == kSet ? set.content : base::ByteView{});
    while (pairs.ok() && !pairs.empty()) {
      handshake::Reader pair(next(pairs).content);
      const auto kind = next(pair);
      const auto value = next(pair);
      if (!pair.ok() || kind.tag != kObjectIdentifier || !is_text(value.tag)) continue;
      if (std::ranges::equal(kind.content, kCommonName)) common_name = base::text(value.content);
      if (std::ranges::equal(kind.content, kOrganization)) {
        organization = base::text(value.content);
      }
    }
  }
  return common_name.empty() ? organization : common_name;
}

}  // namespace sealtone::explain
