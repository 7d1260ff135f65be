// SPDX-License-Identifier: Apache-2.0
//
// base/text: hostile text, and the small tools.
#include "base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealtone::base {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using testing::ElementsAre;

// Latin letters and such that look like them, in one word.
TEST(Cut, FallsBetweenCharacters) {
  EXPECT_EQ(cut("abc", 3), "abc");
  EXPECT_EQ(cut("abc", 2), "ab");
  EXPECT_EQ(cut("a\u20ACb", 4), "a\u20AC");
  EXPECT_EQ(cut("a\u20ACb", 3), "a");
  EXPECT_EQ(cut("\u20AC", 2), "");
  EXPECT_EQ(cut("", 0), "");
}

TEST(Visible, EscapesLettersThatAreOutOfPlaceInAWord) {
  EXPECT_EQ(visible("p\u0430ypal"), "p\\u{430}ypal");
  EXPECT_EQ(visible("Acme \u0420\u043E\u0441\u0441\u0438\u044F"),
            "Acme \u0420\u043E\u0441\u0441\u0438\u044F");
  EXPECT_EQ(visible("\u0410cme R1"), "\\u{410}cme R1");
  EXPECT_EQ(visible("\u03BFracle24"), "\\u{3BF}racle24");
  EXPECT_EQ(visible("24\u0430"), "24\u0430");
  EXPECT_EQ(visible("\u0430-a \u0430.a"), "\u0430-a \u0430.a");
  EXPECT_EQ(visible("b\u00FCro \u65E5\u672CJP"), "b\u00FCro \u65E5\u672CJP");
  EXPECT_EQ(visible(visible("p\u0430ypal\xFF\u0430")), visible("p\u0430ypal\xFF\u0430"));
  EXPECT_EQ(visible("a\u0430", 1), "a…");
}

TEST(Visible, LeavesReadableTextOfAnyLanguageAlone) {
  for (const auto* text :
       {"prov.example.com", "Zürich \"quoted\" \\ back", "日本語", "עברית", "🔒", ""}) {
    EXPECT_EQ(visible(text), text);
  }
}

TEST(Visible, EscapesWhatATerminalWouldObey) {
  EXPECT_EQ(visible("a\x1b[31mb"), "a\\u{1B}[31mb");
  EXPECT_EQ(visible("a\r\nb\tc"), "a\\u{D}\\u{A}b\\u{9}c");
  EXPECT_EQ(visible(std::string_view("a\0b", 3)), "a\\u{0}b");
  EXPECT_EQ(visible("\x7f"), "\\u{7F}");
  EXPECT_EQ(visible("\u009b2J"), "\\u{9B}2J");
}

TEST(Visible, EscapesWhatTurnsOrHidesText) {
  EXPECT_EQ(visible("exe.\u202Egnp"), "exe.\\u{202E}gnp");
  EXPECT_EQ(visible("\u2066x\u2069"), "\\u{2066}x\\u{2069}");
  EXPECT_EQ(visible("a\u200Bb\uFEFFc"), "a\\u{200B}b\\u{FEFF}c");
  EXPECT_EQ(visible("a\u2028b\u2029"), "a\\u{2028}b\\u{2029}");
  EXPECT_EQ(visible("\u061C\u00AD"), "\\u{61C}\\u{AD}");
  EXPECT_EQ(visible("\U000E0041"), "\\u{E0041}");
}

TEST(Visible, EscapesBlanksThatOnlyLookLikeASpace) {
  EXPECT_EQ(visible("Acme\u00A0Root"), "Acme\\u{A0}Root");
  EXPECT_EQ(visible("\u1680\u2000\u200A"), "\\u{1680}\\u{2000}\\u{200A}");
  EXPECT_EQ(visible("\u202F\u205F\u3000\u2800"), "\\u{202F}\\u{205F}\\u{3000}\\u{2800}");
  for (const auto* text :
       {"a b", "a\u00A1b", "a\u2010b", "a\u2030b", "a\u205Eb", "\u3001", "\u2801"}) {
    EXPECT_EQ(visible(text), text);
  }
}

TEST(Visible, EscapesLettersOfAnotherScriptWithinAWord) {
  EXPECT_EQ(visible("\u0410cme Root"), "\\u{410}cme Root");  // a Cyrillic A
  EXPECT_EQ(visible("p\u0430yp\u0430l.example"), "p\\u{430}yp\\u{430}l.example");
  EXPECT_EQ(visible("\u039F365 \u039Fne"), "\u039F365 \\u{39F}ne");  // a Greek O, alone and not
  EXPECT_EQ(visible("a1\u0430"), "a1\\u{430}");                      // a digit ends no word
  EXPECT_EQ(visible("\u0430\u03B1"), "\u0430\\u{3B1}");              // the first one's stay
  EXPECT_EQ(visible("\uFF21\u0410"), "\uFF21\\u{410}");
}

TEST(Visible, LeavesScriptsAloneThatStandBesideEachOther) {
  for (const auto* text :
       {"TLS-\u0441\u0435\u0440\u0442\u0438\u0444\u0438\u043A\u0430\u0442", "\u0410\u041E Acme",
        "\u0391\u03B8\u03AE\u03BD\u03B1.example", "5 \u00B5m", "\u65E5\u672CTLS"}) {
    EXPECT_EQ(visible(text), text);
  }
}

TEST(Visible, EscapesBytesThatAreNotUtf8) {
  EXPECT_EQ(visible("a\xFFz"), "a\\x{FF}z");
  EXPECT_EQ(visible("\xC3"), "\\x{C3}");                                   // cut short
  EXPECT_EQ(visible("\xC0\xAF"), "\\x{C0}\\x{AF}");                        // "/" in two bytes
  EXPECT_EQ(visible("\xE0\x80\xAF"), "\\x{E0}\\x{80}\\x{AF}");             // "/" in three
  EXPECT_EQ(visible("\xED\xA0\x80"), "\\x{ED}\\x{A0}\\x{80}");             // a surrogate
  EXPECT_EQ(visible("\xF4\x90\x80\x80"), "\\x{F4}\\x{90}\\x{80}\\x{80}");  // above U+10FFFF
  EXPECT_EQ(visible("\xF4\x8F\xBF\xBD"), "\xF4\x8F\xBF\xBD");              // below it
}

TEST(Visible, EndsInAnEllipsisPastTheLimitOnly) {
  EXPECT_EQ(visible("abcd", 5), "abcd");
  EXPECT_EQ(visible("abcde", 5), "abcde");
  EXPECT_EQ(visible("abcdef", 5), "abcde…");
  EXPECT_EQ(visible("äöüäö", 5), "äöüäö");
}

TEST(Trim, TakesBlanksOffBothEndsOnly) {
  EXPECT_EQ(trim(" \t\r\na b\f\v\n"), "a b");
  EXPECT_EQ(trim(" \n"), "");
  EXPECT_EQ(trim(""), "");
}

TEST(AsciiCase, IsTheOnlyCaseThatIsIgnored) {
  EXPECT_EQ(lower_ascii("AZ[ÄK"), "az[Äk");
  EXPECT_TRUE(equal_ignoring_ascii_case("Host", "hOST"));
  EXPECT_FALSE(equal_ignoring_ascii_case("Host", "Hos"));
  EXPECT_FALSE(equal_ignoring_ascii_case("Ä", "ä"));
  EXPECT_FALSE(equal_ignoring_ascii_case("@", "`"));
}

TEST(Split, KeepsEmptyParts) {
  EXPECT_THAT(split("a,b", ','), ElementsAre("a", "b"));
  EXPECT_THAT(split(",a,", ','), ElementsAre("", "a", ""));
  EXPECT_THAT(split("", ','), ElementsAre(""));
}

TEST(Utc, IsSpelledAsRfc3339) {
  EXPECT_EQ(utc(sys_days{2026y / 11 / 23} + 22h + 12min + 55s), "2026-11-23T22:12:55Z");
  EXPECT_EQ(utc(sys_days{1970y / 1 / 1} - 1s), "1969-12-31T23:59:59Z");
  EXPECT_EQ(utc(sys_days{9999y / 12 / 31} + 24h - 1s), "9999-12-31T23:59:59Z");
}

TEST(ParseUtc, TakesWhatPeopleType) {
  const std::chrono::sys_seconds day = sys_days{2026y / 11 / 23};
  EXPECT_EQ(parse_utc("2026-11-23"), day);
  EXPECT_EQ(parse_utc("2026-11-23T22:12:55Z"), day + 22h + 12min + 55s);
  EXPECT_EQ(parse_utc("2026-11-23 22:12:55"), day + 22h + 12min + 55s);
  EXPECT_EQ(parse_utc("2026-11-23 22:12:55 UTC"), day + 22h + 12min + 55s) << "as it is shown";
  EXPECT_EQ(utc_in_words(day + 22h + 12min + 55s), "2026-11-23 22:12:55 UTC");
  EXPECT_EQ(parse_utc("2026-11-23T22:12:55"), day + 22h + 12min + 55s);
  EXPECT_EQ(parse_utc("2024-02-29"), sys_days{2024y / 2 / 29});
  EXPECT_EQ(parse_utc("2026-11-23T23:59:59Z"), day + 24h - 1s);
}

TEST(ParseUtc, RefusesWhatIsNoTime) {
  for (const auto* text : {"",
                           "2026",
                           "2026-11",
                           "2026-1-1",
                           "2026-13-01",
                           "2026-00-01",
                           "2026-02-29",
                           "2026-11-31",
                           "2026-11-23T24:00:00Z",
                           "2026-11-23T22:60:00Z",
                           "2026-11-23T22:12:60Z",
                           "2026-11-23T22:12",
                           "2026-11-23T22:12:55+01:00",
                           "2026-11-23T22:12:55ZZ",
                           "2026-11-23Z",
                           " 2026-11-23",
                           "2026-11-23T",
                           "2026-11-23T22:12:55Z UTC",
                           "2026-11-23 22:12:55 CET",
                           "+026-11-23"}) {
    EXPECT_FALSE(parse_utc(text)) << text;
  }
}

}  // namespace
}  // namespace sealtone::base
