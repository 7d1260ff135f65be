// SPDX-License-Identifier: Apache-2.0
#include "profile/fit.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"

namespace sealtone::profile {
namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// What toml++ takes for the end of a line besides the usual, so that nobody else finds lines where
// none are seen here.
bool has_another_end(std::string_view line) {
  constexpr std::array<std::string_view, 6> ends{"\v",       "\f",           "\r",
                                                 "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
  return std::ranges::any_of(ends, [&](auto end) { return line.find(end) != line.npos; });
}

// toml++ takes for granted that a name follows the bracket of a section, and ends the program if
// the line ends there.
bool is_section_without_name(std::string_view line) {
  const auto first = line.find_first_not_of(" \t");
  if (first == line.npos || line[first] != '[') return false;
  const auto name = line.find_first_not_of("[ \t", first);
  if (name == line.npos) return true;
  const auto c = static_cast<unsigned char>(line[name]);
  return std::isalnum(c) == 0 && c != '-' && c != '_' && c != '"' && c != '\'';
}

// toml++ asks of each character that is in no text and in no comment whether it is a blank, and has
// no answer for many beyond ASCII: its code for that ends in "unreachable".  Where a text begins
// and ends only its parser can tell, so that only lines that are comments may have them.
const char* unfit_in_line(std::string_view line) {
  const auto first = line.find_first_not_of(" \t");
  if (first == line.npos || line[first] == '#') return nullptr;
  if (!std::ranges::all_of(line, is_ascii)) {
    return R"(a character beyond ASCII outside of a comment line; in a text it is written \u00E9)";
  }
  // Which would hide from a look at one line what is a comment.
  if (line.find(R"(""")") != line.npos || line.find("'''") != line.npos) {
    return "a text of several lines, which no value of a profile is";
  }
  return nullptr;
}

}  // namespace

std::optional<Unfit> first_unfit(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";  // some editors begin a file with it
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  std::size_t number = 0;
  for (auto line : base::split(text, '\n')) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (has_another_end(line) || is_section_without_name(line)) {
      return Unfit{number, "this is not TOML: a section without a name, or another end of a line"};
    }
    if (const char* const why = unfit_in_line(line)) return Unfit{number, why};
  }
  return std::nullopt;
}

}  // namespace sealtone::profile
