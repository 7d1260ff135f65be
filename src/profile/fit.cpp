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
// no answer for many beyond ASCII: its code for that ends in "unreachable".  A text of several
// lines, which no value here needs, would hide from a look at one line which are in it.
const char* unfit_beyond_ascii(std::string_view line) {
  while (!line.empty() && line.front() != '#') {
    const char c = line.front();
    if (!is_ascii(c)) {
      return "this is not TOML: a character beyond ASCII outside of a text and a comment";
    }
    if (line.starts_with(R"(""")") || line.starts_with("'''")) {
      return "a text of several lines, which no value of a profile is";
    }
    line.remove_prefix(1);
    if (c != '"' && c != '\'') continue;
    std::size_t end = 0;
    while (end < line.size() && line[end] != c) end += c == '"' && line[end] == '\\' ? 2 : 1;
    line.remove_prefix(std::min(end + 1, line.size()));
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
    if (const char* const why = unfit_beyond_ascii(line)) return Unfit{number, why};
  }
  return std::nullopt;
}

}  // namespace sealtone::profile
