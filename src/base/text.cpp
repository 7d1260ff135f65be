// SPDX-License-Identifier: Apache-2.0
//
// base/text: see text.h.
#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "base/scripts.h"
#include "base/utf8.h"

namespace sealtone::base {
namespace {

struct Range {
  char32_t first, last;
};

// What a reader cannot see, or what changes how the rest is seen.
constexpr std::array kHidden{
    Range{0x00, 0x1F},        // C0 controls
    Range{0x7F, 0x9F},        // DEL, C1 controls
    Range{0xA0, 0xA0},        // no-break space
    Range{0xAD, 0xAD},        // soft hyphen
    Range{0x34F, 0x34F},      // combining grapheme joiner
    Range{0x61C, 0x61C},      // Arabic letter mark
    Range{0x115F, 0x1160},    // Hangul fillers
    Range{0x1680, 0x1680},    // Ogham space mark
    Range{0x17B4, 0x17B5},    // Khmer inherent vowels
    Range{0x180B, 0x180F},    // Mongolian selectors and vowel separator
    Range{0x2000, 0x200F},    // spaces that are not one, zero width, direction marks
    Range{0x2028, 0x202F},    // line and paragraph separator, embeddings, narrow no-break space
    Range{0x205F, 0x206F},    // mathematical space, word joiner, invisible operators, isolates
    Range{0x2800, 0x2800},    // Braille blank
    Range{0x3000, 0x3000},    // ideographic space
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

// A word is letters, digits and combining marks.
bool in_a_word(char32_t code) {
  const bool digit = code >= '0' && code <= '9';
  const bool mark = code >= 0x300 && code <= 0x36F;
  return digit || mark || !script_of(code).empty();
}

struct Word {
  std::size_t length = 0;  // in bytes
  // Of scripts whose letters are taken for each other's: the one whose letters may stay.
  std::string_view kept;
  bool mixed = false;  // somebody means to be read as somebody else

  [[nodiscard]] bool out_of_place(std::string_view script) const {
    return mixed && looks_latin(script) && script != kept;
  }
};

// The one that the text begins with; of no length if it does not begin with one.  Of a long one
// max_chars are looked at.
Word first_word(std::string_view text, std::size_t max_chars) {
  Word word;
  for (; word.length < text.size() && max_chars > 0; --max_chars) {
    const auto next = first_character(text.substr(word.length));
    if (next.length == 0 || hidden(next.code) || !in_a_word(next.code)) break;
    const auto script = script_of(next.code);
    if (script == "Latin" || looks_latin(script)) {
      word.mixed = word.mixed || (!word.kept.empty() && script != word.kept);
      if (word.kept.empty() || script == "Latin") word.kept = script;
    }
    word.length += next.length;
  }
  return word;
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
  Word word;
  std::size_t behind_word = 0;  // octets of it that are still to come
  for (std::size_t chars = 0; !text.empty(); ++chars) {
    if (chars == max_chars) return out + "…";
    if (behind_word == 0) {
      word = first_word(text, max_chars - chars);
      behind_word = word.length;
    }
    const auto next = first_character(text);
    if (next.length == 0) {
      out += fmt::format("\\x{{{:02X}}}", static_cast<std::uint8_t>(text.front()));
      text.remove_prefix(1);
      continue;
    }
    const bool out_of_place = behind_word > 0 && word.out_of_place(script_of(next.code));
    if (hidden(next.code) || out_of_place) {
      out += fmt::format("\\u{{{:X}}}", static_cast<std::uint32_t>(next.code));
    } else {
      out += text.substr(0, next.length);
    }
    text.remove_prefix(next.length);
    behind_word -= std::min(behind_word, next.length);
  }
  return out;
}

std::string cut(std::string text, std::size_t octets) {
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; };
  auto end = std::min(text.size(), octets);
  while (end < text.size() && end > 0 && continues(text[end])) --end;
  text.resize(end);
  return text;
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

std::string utc_in_words(std::chrono::sys_seconds time) {
  auto text = utc(time);
  text[text.find('T')] = ' ';
  text.replace(text.size() - 1, 1, " UTC");
  return text;
}

std::optional<std::chrono::sys_seconds> parse_utc(std::string_view text) {
  const auto date = take_date(text);
  if (!date) return {};
  if (text.empty()) return std::chrono::sys_seconds(*date);
  if (!take(text, 'T') && !take(text, ' ')) return {};
  const auto time = take_time(text);
  if (!time) return {};
  if (!text.empty() && text != "Z" && text != " UTC") return {};
  return *date + *time;
}

}  // namespace sealtone::base
