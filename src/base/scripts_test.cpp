// SPDX-License-Identifier: Apache-2.0
#include "base/scripts.h"

#include <gtest/gtest.h>

namespace sealtone::base {
namespace {

TEST(Scripts, AreTheLettersOwnAtTheEdgesOfTheirBlocks) {
  EXPECT_EQ(script_of(U'a'), "Latin");
  EXPECT_EQ(script_of(U'Z'), "Latin");
  EXPECT_EQ(script_of(U'@'), "");
  EXPECT_EQ(script_of(U'['), "");
  EXPECT_EQ(script_of(U'7'), "");
  EXPECT_EQ(script_of(U'-'), "");
  EXPECT_EQ(script_of(0xFC), "Latin");
  EXPECT_EQ(script_of(0x430), "Cyrillic");
  EXPECT_EQ(script_of(0x52F), "Cyrillic");
  EXPECT_EQ(script_of(0x530), "other");
  EXPECT_EQ(script_of(0x531), "Armenian");
  EXPECT_EQ(script_of(0x3BF), "Greek");
  EXPECT_EQ(script_of(0x301), "");  // a combining accent
  EXPECT_EQ(script_of(0x30AB), "Katakana");
  EXPECT_EQ(script_of(0x30FC), "");  // the long sound mark of both kana
  EXPECT_EQ(script_of(0x6F22), "Han");
  EXPECT_EQ(script_of(0x10FFFF), "other");
}

TEST(Scripts, OfATextAreThoseOfItsLetters) {
  EXPECT_EQ(scripts_of("b\u00FCcher-24"), (std::set<std::string_view>{"Latin"}));
  EXPECT_EQ(scripts_of("p\u0430ypal"), (std::set<std::string_view>{"Cyrillic", "Latin"}));
  EXPECT_TRUE(scripts_of("2026-11\xFF").empty());
}

TEST(Scripts, AreReadTogetherWhereOneLanguageWritesThem) {
  EXPECT_TRUE(read_together({}));
  EXPECT_TRUE(read_together({"Cyrillic"}));
  EXPECT_TRUE(read_together({"Han", "Hiragana", "Katakana", "Latin"}));
  EXPECT_TRUE(read_together({"Hangul", "Latin"}));
  EXPECT_FALSE(read_together({"Cyrillic", "Latin"}));
  EXPECT_FALSE(read_together({"Bopomofo", "Hiragana"}));
  EXPECT_FALSE(read_together({"Latin", "other"}));
}

}  // namespace
}  // namespace sealtone::base
