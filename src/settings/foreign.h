// SPDX-License-Identifier: Apache-2.0
//
// settings/foreign: names a file that is not a configuration file of V70 to V86 at all.
//
// Told apart by content: a page from a server, a certificate, a boot file, an encrypted file,
// the INI dialect of V60/61, a file of several dialects, UTF-16.
#pragma once

#include <optional>
#include <string_view>

#include "settings/settings.h"

namespace sealtone::settings {

// What the file is, with the line that shows it, or nothing.
[[nodiscard]] std::optional<Mistake> find_foreign(std::string_view text);

}  // namespace sealtone::settings
