// SPDX-License-Identifier: Apache-2.0
//
// base/scripts: which script a letter belongs to, and which of them are not read together.
//
// Source: Unicode Standard Annex 24 (Scripts.txt, the blocks that names are written in), Unicode
// Technical Standard 39 §5.2 ("highly restrictive").
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace sealtone::base {

// "Latin", "Cyrillic"; "other" of letters that are not in the table; empty of what every script
// uses: digits, punctuation, combining marks.
[[nodiscard]] std::string_view script_of(char32_t code);

// Of a text in UTF-8, without what every script uses.
[[nodiscard]] std::set<std::string_view> scripts_of(std::string_view text);

// One script, or those that one language writes together: Japanese, Korean and Chinese ones, with
// Latin letters or without.
[[nodiscard]] bool read_together(const std::set<std::string_view>& scripts);

// Letters that look like Latin ones, and stand in one word with these: "p\u0430ypal".
[[nodiscard]] bool looks_latin(std::string_view script);

}  // namespace sealtone::base
