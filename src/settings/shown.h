// SPDX-License-Identifier: Apache-2.0
//
// settings/shown: the value of a setting as it may be seen.
//
// Of a URL (RFC 3986 §3.2) without the user information in it, of any scheme and however malformed.
// A secret has no shown value: is_secret() is asked first.
#pragma once

#include <string>

#include "settings/settings.h"

namespace sealtone::settings {

[[nodiscard]] std::string shown_value(const Key& key, const std::string& value);

}  // namespace sealtone::settings
