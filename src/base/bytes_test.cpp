// SPDX-License-Identifier: Apache-2.0
//
// base/bytes: hexadecimal in both spellings, there and back.
#include "base/bytes.h"

#include <gtest/gtest.h>

namespace sealtone::base {
namespace {

const Bytes kSample{0x00, 0x8f, 0x3a, 0xff};

TEST(Hex, IsLowerCaseWithoutSeparators) {
  EXPECT_EQ(hex(kSample), "008f3aff");
  EXPECT_EQ(hex({}), "");
}

TEST(Hex, WithColonsIsSpelledAsFingerprintsArePrinted) {
  EXPECT_EQ(hex_colons(kSample), "00:8F:3A:FF");
  EXPECT_EQ(hex_colons(Bytes{7}), "07");
  EXPECT_EQ(hex_colons({}), "");
}

TEST(FromHex, TakesEitherSpellingAndEitherCase) {
  EXPECT_EQ(from_hex("008f3aff"), kSample);
  EXPECT_EQ(from_hex("008F3AFF"), kSample);
  EXPECT_EQ(from_hex("00:8F:3a:ff"), kSample);
  EXPECT_EQ(from_hex("07"), Bytes{7});
  EXPECT_EQ(from_hex(""), Bytes{});
}

TEST(FromHex, RefusesEverythingElse) {
  for (const auto* text : {"0", "008", "0g", "00:8", "00:8F:", "00:8F3A", "008F:3A", ":00", "00-8F",
                           " 00", "0x00", "00:8F 3A", "00::8F"}) {
    EXPECT_FALSE(from_hex(text)) << text;
  }
}

TEST(View, AndTextShowTheSameOctets) {
  const std::string zero_inside("a\0b", 3);
  EXPECT_EQ(view(zero_inside).size(), 3U);
  EXPECT_EQ(text(view(zero_inside)), zero_inside);
}

}  // namespace
}  // namespace sealtone::base
