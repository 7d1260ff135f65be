// SPDX-License-Identifier: Apache-2.0
//
// settings/shown: see shown.h.
#include "settings/shown.h"

#include "base/user_information.h"

namespace sealtone::settings {

std::string shown_value(const Key& key, const std::string& value) {
  if (key.kind != Key::Kind::url) return value;
  // Of any scheme, and without one, too.
  constexpr std::string_view slashes = "//";
  if (value.find(slashes) != std::string::npos) return base::without_user_information(value);
  return base::without_user_information(std::string(slashes) + value).substr(slashes.size());
}

}  // namespace sealtone::settings
