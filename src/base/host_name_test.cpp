// SPDX-License-Identifier: Apache-2.0
#include "base/host_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealtone::base {
namespace {

using testing::HasSubstr;

std::string a_labels(std::string_view name) {
  const auto labels = to_a_labels(name);
  return labels ? *labels : "refused: " + labels.error().detail;
}

TEST(ToALabels, TurnsWhatPeopleTypeIntoWhatIsComparedAndResolved) {
  EXPECT_EQ(a_labels("b\u00FCcher.example"), "xn--bcher-kva.example");
  EXPECT_EQ(a_labels("B\u00DCCHER.Example"), "xn--bcher-kva.example");
  EXPECT_EQ(a_labels("bu\u0308cher.example"), "xn--bcher-kva.example");      // not composed
  EXPECT_EQ(a_labels("b\u00FCcher\u3002example"), "xn--bcher-kva.example");  // an ideographic dot
  EXPECT_EQ(a_labels("fa\u00DF.example"), "xn--fa-hia.example");  // IDNA2008 keeps it, 2003 did not
  EXPECT_EQ(a_labels("\u65E5\u672C.jp"), "xn--wgv71a.jp");
}

TEST(ToALabels, LeavesNamesOfAsciiAsTheyAre) {
  EXPECT_EQ(a_labels("prov.Example.com"), "prov.Example.com");
  EXPECT_EQ(a_labels("a_b.example"), "a_b.example");
  EXPECT_EQ(a_labels(""), "");
  EXPECT_EQ(a_labels("192.0.2.7"), "192.0.2.7");
}

TEST(ToALabels, TakesALabelsThatStandForANameAndNoOthers) {
  EXPECT_EQ(a_labels("XN--BCHER-KVA.example"), "xn--bcher-kva.example");
  EXPECT_THAT(a_labels("xn--bcher-kv.example"), HasSubstr("refused"));
  EXPECT_THAT(a_labels("xn--.example"), HasSubstr("refused"));
  EXPECT_THAT(a_labels("xn--a.example"), HasSubstr("refused"));
}

TEST(ToALabels, RefusesWhatIsNoName) {
  EXPECT_THAT(a_labels("a\u202Eb.example"), HasSubstr("refused"));
  EXPECT_THAT(a_labels("-\u00FC.example"), HasSubstr("refused"));
  EXPECT_THAT(a_labels("\xFF.example"), HasSubstr("refused"));
  EXPECT_THAT(a_labels(std::string_view("\xC3\xBC\0.example", 11)), HasSubstr("refused"));
  std::string long_label;
  for (int i = 0; i < 70; ++i) long_label += "\u00FC";
  EXPECT_THAT(a_labels(long_label), HasSubstr("refused"));
  EXPECT_THAT(a_labels(std::string(100'000, '\xC3')), HasSubstr("refused"));
}

TEST(ShownHost, SaysWhatALabelsStandFor) {
  EXPECT_EQ(shown_host("xn--bcher-kva.example"), "xn--bcher-kva.example (b\u00FCcher.example)");
  EXPECT_EQ(shown_host("*.xn--bcher-kva.example"),
            "*.xn--bcher-kva.example (*.b\u00FCcher.example)");
  EXPECT_EQ(shown_host("prov.example.com"), "prov.example.com");
}

// All of it Cyrillic, and it looks like a well-known name.
TEST(ShownHost, NamesLettersThatAreNotLatin) {
  EXPECT_EQ(shown_host("xn--80ak6aa92e.com"),
            "xn--80ak6aa92e.com (\u0430\u0440\u0440\u04CF\u0435.com, in Cyrillic letters)");
}

TEST(ShownHost, EscapesLettersThatNobodyWritesTogether) {
  EXPECT_EQ(shown_host("xn--pypal-4ve.com"),
            "xn--pypal-4ve.com (p\\u{430}ypal.com, which mixes Cyrillic and Latin letters)");
  EXPECT_THAT(shown_host("xn--wgv71a.jp"), HasSubstr("\u65E5\u672C.jp, in Han letters"));
}

TEST(ShownHost, SaysThatALabelStandsForNothing) {
  EXPECT_THAT(shown_host("xn--bcher-kv.example"), HasSubstr("not valid"));
  EXPECT_THAT(shown_host("xn--\x1B.example"), HasSubstr("xn--\\u{1B}.example"));
  EXPECT_EQ(shown_host(std::string(300, 'a') + ".xn--a").find(" ("), std::string::npos);
}

}  // namespace
}  // namespace sealtone::base
