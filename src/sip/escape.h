// SPDX-License-Identifier: Apache-2.0
//
// sip/escape: "%41" in the parts of a SIP URI.
//
// Source: RFC 3261 §25.1 (which characters may stand for themselves in which part), §19.1.2.
// Unescaping is done once: "%2541" is "%41" (RFC 3986 §2.4).  "%00" is an octet like others.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sealtone::sip {

enum class Within { user, password, parameter, headers };

[[nodiscard]] std::string escape(std::string_view plain, Within part);
// Nothing: a character that must be escaped there, or a '%' without two hexadecimal digits.
[[nodiscard]] std::optional<std::string> unescape(std::string_view text, Within part);

}  // namespace sealtone::sip
