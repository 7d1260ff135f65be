// SPDX-License-Identifier: Apache-2.0
#include "capture/wifi.h"

#include <algorithm>

#include "handshake/reader.h"

namespace sealtone::capture {

std::optional<base::ByteView> wifi_payload(base::ByteView frame) {
  handshake::Reader reader(frame);
  const unsigned kind = reader.u8(), flags = reader.u8();
  if (!reader.ok()) return std::nullopt;
  constexpr unsigned data = 0x08, type = 0x0F, none = 0x40, quality = 0x80;
  constexpr unsigned to = 0x01, from = 0x02, is_protected = 0x40, order = 0x80;
  if ((kind & type) != data || (kind & none) != 0 || (flags & is_protected) != 0) {
    return std::nullopt;
  }
  std::size_t header = 24;
  if ((flags & to) != 0 && (flags & from) != 0) header += 6;  // a fourth address
  if ((kind & quality) != 0) header += (flags & order) != 0 ? 6 : 2;
  if (frame.size() < header) return std::nullopt;
  return frame.subspan(header);
}

std::optional<base::ByteView> behind_radiotap(base::ByteView octets) {
  constexpr std::size_t least = 8;
  if (octets.size() < least) return std::nullopt;
  const std::size_t length = octets[2] | static_cast<unsigned>(octets[3]) << 8U;
  if (length < least || length > octets.size()) return std::nullopt;
  return octets.subspan(length);
}

std::optional<base::ByteView> behind_prism(base::ByteView octets) {
  handshake::Reader reader(octets);
  const auto magic = reader.number(4), length = reader.number(4);
  constexpr std::uint32_t avs = 0x80211000, mask = 0xFFFFF000;
  constexpr std::size_t fixed = 144;
  const std::size_t header = (magic & mask) == avs ? length : fixed;
  if (!reader.ok() || header > octets.size()) return std::nullopt;
  return octets.subspan(header);
}

}  // namespace sealtone::capture
