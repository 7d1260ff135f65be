// SPDX-License-Identifier: Apache-2.0
//
// base/text: hostile text made fit to show, and small text tools that every room needs.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sealtone::base {

// Control characters, bidirectional overrides and isolates, zero-width characters, blanks
// that only look like a space, line and paragraph separators, bytes that are not UTF-8, and in a
// word that mixes scripts the letters that look like Latin ones become visible escapes ("\u{202E}",
// "\x{FF}"); everything else stays. For terminal, log and JSON words alike.  Longer than max
// characters ends in an ellipsis.
[[nodiscard]] std::string visible(std::string_view text, std::size_t max_chars = 512);

// No longer than that many octets, and no character of UTF-8 is cut in two.
[[nodiscard]] std::string cut(std::string text, std::size_t octets);

[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::string lower_ascii(std::string_view text);
[[nodiscard]] bool equal_ignoring_ascii_case(std::string_view a, std::string_view b);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

// "2026-11-23T22:12:55Z" both ways (RFC 3339, UTC only); parse also takes "2026-11-23",
// "2026-11-23 22:12:55", "2026-11-23T22:12:55" (read as UTC) and what people are shown.
[[nodiscard]] std::string utc(std::chrono::sys_seconds time);
// As people are shown it everywhere: "2026-11-23 22:12:55 UTC".
[[nodiscard]] std::string utc_in_words(std::chrono::sys_seconds time);
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_utc(std::string_view text);

}  // namespace sealtone::base
