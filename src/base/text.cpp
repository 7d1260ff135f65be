// SPDX-License-Identifier: Apache-2.0
//
// base/text: see text.h.
#include "base/text.h"

#include <array>
#include <cstdint>

#include <fmt/format.h>

namespace sealtone::base {
namespace {

struct Character {
  char32_t code = 0;
  std::size_t length = 0;  // in bytes; 0 if the bytes here are not UTF-8
};

// RFC 3629 §3: shortest form only, no surrogates, nothing above U+10FFFF.
Character decode(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
  const auto first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t length = first < 0xC2   ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  if (length == 0 || text.size() < length) return {};
  char32_t code = first & (0x7FU >> length);
  for (std::size_t at = 1; at < length; ++at) {
    if ((byte(at) & 0xC0) != 0x80) return {};
    code = code << 6 | (byte(at) & 0x3FU);
  }
  static constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  if (code < smallest[length] || code > 0x10FFFF) return {};
  if (code >= 0xD800 && code <= 0xDFFF) return {};
  return {code, length};
}

struct Range {
  char32_t first, last;
};

// What a reader cannot see, or what changes how the rest is seen.
constexpr std::array kHidden{
    Range{0x00, 0x1F},        // C0 controls
    Range{0x7F, 0x9F},        // DEL, C1 controls
    Range{0xAD, 0xAD},        // soft hyphen
    Range{0x34F, 0x34F},      // combining grapheme joiner
    Range{0x61C, 0x61C},      // Arabic letter mark
    Range{0x115F, 0x1160},    // Hangul fillers
    Range{0x17B4, 0x17B5},    // Khmer inherent vowels
    Range{0x180B, 0x180F},    // Mongolian selectors and vowel separator
    Range{0x200B, 0x200F},    // zero width, direction marks
    Range{0x2028, 0x202E},    // line and paragraph separator, embeddings, overrides
    Range{0x2060, 0x206F},    // word joiner, invisible operators, isolates
    Range{0x3164, 0x3164},    // Hangul filler
    Range{0xFE00, 0xFE0F},    // variation selectors
    Range{0xFEFF, 0xFEFF},    // zero width no-break space
    Range{0xFFA0, 0xFFA0},    // halfwidth Hangul filler
    Range{0xFFF0, 0xFFFB},    // unassigned, interlinear annotation
    Range{0xFFFE, 0xFFFF},    // not characters
    Range{0xE0000, 0xE0FFF},  // tags, further variation selectors
};

bool hidden(char32_t code) {
  for (const auto& range : kHidden) {
    if (code >= range.first && code <= range.last) return true;
  }
  return false;
}

// Scripts whose letters are taken for each other's (Unicode Technical Standard 39, "confusables").
enum class Script { none, latin, greek, cyrillic, armenian, cherokee };

struct ScriptRange {
  Range range;
  Script script;
};
constexpr std::array kScripts{
    ScriptRange{{'A', 'Z'}, Script::latin},
    ScriptRange{{'a', 'z'}, Script::latin},
    ScriptRange{{0xC0, 0xD6}, Script::latin},
    ScriptRange{{0xD8, 0xF6}, Script::latin},
    ScriptRange{{0xF8, 0x2AF}, Script::latin},
    ScriptRange{{0x370, 0x3FF}, Script::greek},
    ScriptRange{{0x400, 0x52F}, Script::cyrillic},
    ScriptRange{{0x531, 0x587}, Script::armenian},
    ScriptRange{{0x13A0, 0x13FD}, Script::cherokee},
    ScriptRange{{0x1C80, 0x1C8F}, Script::cyrillic},
    ScriptRange{{0x1D00, 0x1D25}, Script::latin},
    ScriptRange{{0x1E00, 0x1EFF}, Script::latin},
    ScriptRange{{0x1F00, 0x1FFF}, Script::greek},
    ScriptRange{{0x2C60, 0x2C7F}, Script::latin},
    ScriptRange{{0xA640, 0xA69F}, Script::cyrillic},
    ScriptRange{{0xA722, 0xA7FF}, Script::latin},
    ScriptRange{{0xAB70, 0xABBF}, Script::cherokee},
    ScriptRange{{0xFF21, 0xFF5A}, Script::latin},
};

Script script_of(char32_t code) {
  for (const auto& [range, script] : kScripts) {
    if (code >= range.first && code <= range.last) return script;
  }
  return Script::none;
}

// Of the word at the front, which ends before the first character that is neither a letter of
// these nor a digit: the script whose letters may stay, or none if it does not mix any.  Of a long
// one max_chars are looked at.
Script kept_script(std::string_view text, std::size_t max_chars) {
  Script kept = Script::none;
  bool mixed = false;
  for (; !text.empty() && max_chars > 0; --max_chars) {
    const auto next = decode(text);
    if (next.length == 0) break;
    const auto script = script_of(next.code);
    const bool digit = next.code >= '0' && next.code <= '9';
    if (script == Script::none && !digit) break;
    if (script != Script::none) {
      mixed = mixed || (kept != Script::none && script != kept);
      if (kept == Script::none || script == Script::latin) kept = script;
    }
    text.remove_prefix(next.length);
  }
  return mixed ? kept : Script::none;
}

bool blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Exactly `length` digits at the front of text, taken off it.
std::optional<unsigned> take_number(std::string_view& text, std::size_t length) {
  if (text.size() < length) return {};
  unsigned value = 0;
  for (const char c : text.substr(0, length)) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  text.remove_prefix(length);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::chrono::sys_days> take_date(std::string_view& text) {
  const auto year = take_number(text, 4);
  if (!year || !take(text, '-')) return {};
  const auto month = take_number(text, 2);
  if (!month || !take(text, '-')) return {};
  const auto day = take_number(text, 2);
  if (!day) return {};
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(*month), std::chrono::day(*day)};
  if (!date.ok()) return {};
  return std::chrono::sys_days(date);
}

std::optional<std::chrono::seconds> take_time(std::string_view& text) {
  const auto hour = take_number(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return {};
  const auto minute = take_number(text, 2);
  if (!minute || *minute > 59 || !take(text, ':')) return {};
  const auto second = take_number(text, 2);
  if (!second || *second > 59) return {};
  return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

}  // namespace

std::string visible(std::string_view text, std::size_t max_chars) {
  std::string out;
  out.reserve(std::min(text.size(), max_chars));
  bool in_word = false;
  auto kept = Script::none;  // of the word that is being read, if it mixes scripts
  for (std::size_t chars = 0; !text.empty(); ++chars) {
    if (chars == max_chars) return out + "…";
    const auto next = decode(text);
    const auto script = next.length == 0 ? Script::none : script_of(next.code);
    if (script != Script::none && !in_word) kept = kept_script(text, max_chars - chars);
    in_word = script != Script::none || (in_word && next.code >= '0' && next.code <= '9');
    if (next.length == 0) {
      out += fmt::format("\\x{{{:02X}}}", static_cast<std::uint8_t>(text.front()));
      text.remove_prefix(1);
      continue;
    }
    const bool stranger = script != Script::none && kept != Script::none && script != kept;
    if (hidden(next.code) || stranger) {
      out += fmt::format("\\u{{{:X}}}", static_cast<std::uint32_t>(next.code));
    } else {
      out += text.substr(0, next.length);
    }
    text.remove_prefix(next.length);
  }
  return out;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (auto& c : out) c = lower(c);
  return out;
}

bool equal_ignoring_ascii_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t at = 0; at < a.size(); ++at) {
    if (lower(a[at]) != lower(b[at])) return false;
  }
  return true;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string utc(std::chrono::sys_seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::optional<std::chrono::sys_seconds> parse_utc(std::string_view text) {
  const auto date = take_date(text);
  if (!date) return {};
  if (text.empty()) return std::chrono::sys_seconds(*date);
  if (!take(text, 'T') && !take(text, ' ')) return {};
  const auto time = take_time(text);
  if (!time) return {};
  take(text, 'Z');
  if (!text.empty()) return {};
  return *date + *time;
}

}  // namespace sealtone::base
