// SPDX-License-Identifier: Apache-2.0
//
// base/scripts: see scripts.h.
#include "base/scripts.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace sealtone::base {
namespace {

struct Block {
  char32_t first, last;
  std::string_view script;
};

// In order.  What is used by every script stands there without a name.
constexpr auto kBlocks = std::to_array<Block>({
    {0x41, 0x5A, "Latin"},        {0x61, 0x7A, "Latin"},
    {0xAA, 0xAA, "Latin"},        {0xB7, 0xB7, ""},
    {0xBA, 0xBA, "Latin"},        {0xC0, 0xD6, "Latin"},
    {0xD8, 0xF6, "Latin"},        {0xF8, 0x2B8, "Latin"},
    {0x2B9, 0x36F, ""},           {0x370, 0x3E1, "Greek"},
    {0x3E2, 0x3EF, "Coptic"},     {0x3F0, 0x3FF, "Greek"},
    {0x400, 0x52F, "Cyrillic"},   {0x531, 0x58F, "Armenian"},
    {0x591, 0x5F4, "Hebrew"},     {0x600, 0x6FF, "Arabic"},
    {0x700, 0x74F, "Syriac"},     {0x750, 0x77F, "Arabic"},
    {0x780, 0x7BF, "Thaana"},     {0x8A0, 0x8FF, "Arabic"},
    {0x900, 0x963, "Devanagari"}, {0x964, 0x965, ""},
    {0x966, 0x97F, "Devanagari"}, {0x980, 0x9FF, "Bengali"},
    {0xA00, 0xA7F, "Gurmukhi"},   {0xA80, 0xAFF, "Gujarati"},
    {0xB00, 0xB7F, "Oriya"},      {0xB80, 0xBFF, "Tamil"},
    {0xC00, 0xC7F, "Telugu"},     {0xC80, 0xCFF, "Kannada"},
    {0xD00, 0xD7F, "Malayalam"},  {0xD80, 0xDFF, "Sinhala"},
    {0xE01, 0xE5B, "Thai"},       {0xE80, 0xEFF, "Lao"},
    {0xF00, 0xFFF, "Tibetan"},    {0x1000, 0x109F, "Myanmar"},
    {0x10A0, 0x10FF, "Georgian"}, {0x1100, 0x11FF, "Hangul"},
    {0x1200, 0x139F, "Ethiopic"}, {0x13A0, 0x13FD, "Cherokee"},
    {0x1780, 0x17FF, "Khmer"},    {0x1800, 0x18AF, "Mongolian"},
    {0x1C80, 0x1C8F, "Cyrillic"}, {0x1C90, 0x1CBF, "Georgian"},
    {0x1D00, 0x1D25, "Latin"},    {0x1D26, 0x1D2A, "Greek"},
    {0x1D2B, 0x1D2B, "Cyrillic"}, {0x1D2C, 0x1DBF, "Latin"},
    {0x1DC0, 0x1DFF, ""},         {0x1E00, 0x1EFF, "Latin"},
    {0x1F00, 0x1FFF, "Greek"},    {0x2000, 0x206F, ""},
    {0x2071, 0x2071, "Latin"},    {0x207F, 0x207F, "Latin"},
    {0x20A0, 0x20FF, ""},         {0x2C60, 0x2C7F, "Latin"},
    {0x2C80, 0x2CFF, "Coptic"},   {0x2D00, 0x2D2F, "Georgian"},
    {0x2DE0, 0x2DFF, "Cyrillic"}, {0x2E80, 0x2FD5, "Han"},
    {0x3000, 0x3004, ""},         {0x3005, 0x3007, "Han"},
    {0x3008, 0x3020, ""},         {0x3021, 0x3029, "Han"},
    {0x3041, 0x309F, "Hiragana"}, {0x30A1, 0x30FA, "Katakana"},
    {0x30FB, 0x30FC, ""},         {0x30FD, 0x30FF, "Katakana"},
    {0x3105, 0x312F, "Bopomofo"}, {0x3131, 0x318E, "Hangul"},
    {0x31F0, 0x31FF, "Katakana"}, {0x3400, 0x4DBF, "Han"},
    {0x4E00, 0x9FFF, "Han"},      {0xA640, 0xA69F, "Cyrillic"},
    {0xA722, 0xA7FF, "Latin"},    {0xA960, 0xA97F, "Hangul"},
    {0xAB30, 0xAB64, "Latin"},    {0xAB65, 0xAB65, "Greek"},
    {0xAB70, 0xABBF, "Cherokee"}, {0xAC00, 0xD7FF, "Hangul"},
    {0xF900, 0xFAFF, "Han"},      {0xFB00, 0xFB06, "Latin"},
    {0xFB13, 0xFB17, "Armenian"}, {0xFB1D, 0xFB4F, "Hebrew"},
    {0xFB50, 0xFDFF, "Arabic"},   {0xFE70, 0xFEFC, "Arabic"},
    {0xFF21, 0xFF3A, "Latin"},    {0xFF41, 0xFF5A, "Latin"},
    {0xFF66, 0xFF9D, "Katakana"}, {0x1D400, 0x1D7FF, ""},
    {0x20000, 0x3134F, "Han"},
});
static_assert(std::ranges::is_sorted(kBlocks, {}, &Block::first));

}  // namespace

std::string_view script_of(char32_t code) {
  const auto behind = std::ranges::upper_bound(kBlocks, code, {}, &Block::first);
  if (behind != kBlocks.begin()) {
    const auto& block = *std::prev(behind);
    if (code <= block.last) return block.script;
  }
  constexpr char32_t first_letters = 0xAA;  // below, all letters are in the table
  return code < first_letters ? "" : "other";
}

std::set<std::string_view> scripts_of(std::string_view text) {
  std::set<std::string_view> scripts;
  while (!text.empty()) {
    const auto next = first_character(text);
    if (next.length == 0) {
      text.remove_prefix(1);
      continue;
    }
    if (const auto script = script_of(next.code); !script.empty()) scripts.insert(script);
    text.remove_prefix(next.length);
  }
  return scripts;
}

bool read_together(const std::set<std::string_view>& scripts) {
  if (scripts.size() < 2) return true;
  using Set = std::set<std::string_view>;
  static const std::array<Set, 3> kLanguages{Set{"Han", "Hiragana", "Katakana", "Latin"},
                                             Set{"Han", "Hangul", "Latin"},
                                             Set{"Bopomofo", "Han", "Latin"}};
  return std::ranges::any_of(
      kLanguages, [&](const Set& together) { return std::ranges::includes(together, scripts); });
}

bool looks_latin(std::string_view script) {
  return script == "Cyrillic" || script == "Greek" || script == "Armenian" ||
         script == "Cherokee" || script == "Coptic";
}

}  // namespace sealtone::base
