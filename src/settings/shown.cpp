// SPDX-License-Identifier: Apache-2.0
//
// settings/shown: see shown.h.
#include "settings/shown.h"

#include <algorithm>

namespace sealtone::settings {

// Up to the last @ before the path.
std::string shown_value(const Key& key, const std::string& value) {
  if (key.kind != Key::Kind::url) return value;
  const auto slashes = value.find("//");
  const auto start = slashes == std::string::npos ? 0 : slashes + 2;
  const auto end = std::min(value.find_first_of("/?#", start), value.size());
  const auto at = value.substr(start, end - start).rfind('@');
  return at == std::string::npos ? value : value.substr(0, start) + value.substr(start + at + 1);
}

}  // namespace sealtone::settings
