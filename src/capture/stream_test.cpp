// SPDX-License-Identifier: Apache-2.0
#include "capture/stream.h"

#include <gtest/gtest.h>

#include <string>

namespace sealtone::capture {
namespace {

// What was told: octets as they are, what is missing as "[5]".
class Told final : public Stream::Reader {
 public:
  void data(base::ByteView octets) override { text += base::text(octets); }
  void gap(std::uint64_t octets) override { text += "[" + std::to_string(octets) + "]"; }
  std::string text;
};

class OneStream : public ::testing::Test {
 protected:
  void say(std::uint32_t at, const std::string& octets, std::size_t cut_off = 0) {
    stream_.segment({base_ + at, base::view(octets), octets.size() + cut_off}, told_);
  }
  void acknowledge(std::uint32_t at, int times) {
    for (int i = 0; i < times; ++i) stream_.acknowledged(base_ + at, told_);
  }
  std::uint32_t base_ = 100;
  Stream stream_;
  Told told_;
};

TEST_F(OneStream, TellsWhatComesInOrder) {
  say(0, "abc");
  say(3, "def");
  EXPECT_EQ(told_.text, "abcdef");
  EXPECT_EQ(stream_.missing(), 0U);
}

TEST_F(OneStream, PutsWhatComesOutOfOrderInItsPlace) {
  stream_.begins(base_);
  say(6, "ghi");
  say(3, "def");
  EXPECT_EQ(told_.text, "");
  say(0, "abc");
  EXPECT_EQ(told_.text, "abcdefghi");
  EXPECT_EQ(stream_.kept(), 0U);
}

TEST_F(OneStream, LeavesDuplicatesOut) {
  say(0, "abc");
  say(0, "abc");
  say(6, "ghi");
  say(6, "ghi");
  say(3, "def");
  say(3, "def");
  EXPECT_EQ(told_.text, "abcdefghi");
}

TEST_F(OneStream, TakesOfWhatOverlapsWhatCameFirst) {
  say(0, "abcd");
  say(2, "XXef");
  EXPECT_EQ(told_.text, "abcdef");
  say(8, "ijkl");
  say(6, "ghYYYYmn");
  EXPECT_EQ(told_.text, "abcdefghYYYYmn");
}

TEST_F(OneStream, GoesOnWhereNumbersBeginAnew) {
  base_ = 0xFFFFFFFE;
  say(0, "abc");
  say(6, "ghi");
  say(3, "def");
  EXPECT_EQ(told_.text, "abcdefghi");
}

TEST_F(OneStream, TellsWhatIsMissingAtTheEnd) {
  say(0, "abc");
  say(6, "ghi");
  say(12, "m");
  EXPECT_EQ(told_.text, "abc");
  stream_.flush(told_);
  EXPECT_EQ(told_.text, "abc[3]ghi[3]m");
  EXPECT_EQ(stream_.missing(), 6U);
  EXPECT_EQ(stream_.kept(), 0U);
}

// The other side has it, so that only the capture has not, or not yet.
TEST_F(OneStream, GivesUpWhatWasAcknowledgedSixteenTimesWithoutComing) {
  say(0, "abc");
  say(6, "ghi");
  acknowledge(9, 15);
  EXPECT_EQ(told_.text, "abc");
  acknowledge(3, 20);  // that much was told
  EXPECT_EQ(told_.text, "abc");
  acknowledge(9, 1);
  EXPECT_EQ(told_.text, "abc[3]ghi");
}

TEST_F(OneStream, TellsWhatIsMissingBeforeItsEnd) {
  say(0, "abc");
  stream_.ends(base_ + 8);
  EXPECT_EQ(told_.text, "abc");
  say(3, "de");
  stream_.flush(told_);
  EXPECT_EQ(told_.text, "abcde[3]");
  EXPECT_EQ(stream_.missing(), 3U);
  Stream whole;
  whole.segment({0, base::view("a"), 1}, told_);
  whole.ends(1);
  whole.flush(told_);
  EXPECT_EQ(whole.missing(), 0U);
}

TEST_F(OneStream, SaysWhatWasCutOffWhenItWasCaptured) {
  say(0, "abc", 5);
  say(8, "ijk");
  EXPECT_EQ(told_.text, "abc[5]ijk");
  EXPECT_EQ(stream_.missing(), 5U);
}

TEST_F(OneStream, WaitsWithAThousandSegmentsAndNoMore) {
  stream_.begins(base_);
  for (std::uint32_t i = 0; i < 1'000; ++i) say(1 + i, "x");
  EXPECT_EQ(told_.text, "");
  say(2'000, "y");
  EXPECT_EQ(told_.text, "[1]" + std::string(1'000, 'x'));
}

TEST_F(OneStream, WaitsWithAMillionOctetsAndNoMore) {
  stream_.begins(base_);
  const std::string half(499'000, 'x');
  say(1, half);
  say(1 + 499'000, half);
  EXPECT_EQ(told_.text.size(), 0U);
  say(1 + 2 * 499'000, std::string(2'100, 'y'));
  EXPECT_EQ(told_.text.size(), 3U + 2 * 499'000 + 2'100);
}

constexpr std::uint32_t kFar = 70'000'000, kWindow = 1U << 30U;

// The capture may lack more than anybody keeps: who has it says so.
TEST_F(OneStream, GoesOnBehindALargeGapThatWasAcknowledged) {
  say(0, "a");
  say(1 + kFar, "z");
  acknowledge(1 + kFar, 15);
  EXPECT_EQ(told_.text, "a");
  acknowledge(1 + kFar, 1);
  EXPECT_EQ(told_.text, "a[70000000]z");
  EXPECT_EQ(stream_.missing(), kFar);
}

TEST_F(OneStream, BelievesNoFarPlaceThatNobodyAcknowledged) {
  say(0, "a");
  say(1 + (1U << 26U), "z");
  stream_.flush(told_);
  EXPECT_EQ(told_.text, "a[67108864]z");
  Told told;
  Stream other;
  other.segment({0, base::view("a"), 1}, told);
  other.segment({2 + (1U << 26U), base::view("z"), 1}, told);
  for (int i = 0; i < 20; ++i) other.acknowledged(1U << 26U, told);  // short of it
  other.segment({1, base::view("b"), 1}, told);
  other.flush(told);
  EXPECT_EQ(told.text, "ab[67108862]");  // as far as the other side has it
  EXPECT_EQ(other.missing(), (1U << 26U) - 2);
  EXPECT_EQ(other.kept(), 0U);
}

TEST_F(OneStream, BelievesNoPlaceBeyondEveryWindow) {
  say(0, "a");
  say(1 + kWindow, "z");
  EXPECT_TRUE(stream_.waits());
  Stream other;
  other.segment({0, base::view("a"), 1}, told_);
  other.segment({2 + kWindow, base::view("z"), 1}, told_);
  EXPECT_FALSE(other.waits());
}

// What the other side has and the capture has not is missing, also at the end.
TEST_F(OneStream, SaysWhatWasAcknowledgedAndIsNotThere) {
  say(0, "abc");
  acknowledge(3, 1);
  acknowledge(10, 2);
  stream_.flush(told_);
  EXPECT_EQ(told_.text, "abc[7]");
  EXPECT_EQ(stream_.missing(), 7U);
}

// RFC 9293 §3.4: a FIN takes a number, too, and is no octet.
TEST_F(OneStream, TakesNoEndForAnOctet) {
  say(0, "abc");
  acknowledge(3, 1);
  acknowledge(4, 1);
  stream_.flush(told_);
  EXPECT_EQ(stream_.missing(), 0U);
  Stream late;
  late.begins(0);
  late.acknowledged(4, told_);
  late.segment({0, base::view("abc"), 3}, told_);
  late.flush(told_);
  EXPECT_EQ(late.missing(), 0U);
  Stream other;
  other.segment({0, base::view("abc"), 3}, told_);
  other.ends(5);
  other.acknowledged(6, told_);
  EXPECT_FALSE(other.reached(6));
  other.flush(told_);
  EXPECT_EQ(other.missing(), 2U);
  EXPECT_TRUE(other.reached(6));
  EXPECT_FALSE(other.reached(7));
}

TEST_F(OneStream, OfWhichNothingWasSeenHasWhatWasAcknowledged) {
  for (const std::uint32_t at : {0U, 1'000U, 1'000U, 500U, 2'579U, 2'580U}) acknowledge(at, 1);
  stream_.flush(told_);
  EXPECT_EQ(told_.text, "[2579]");
  EXPECT_EQ(stream_.missing(), 2'579U);
  Stream later;
  later.acknowledged(50, told_);
  later.begins(10);
  later.flush(told_);
  EXPECT_EQ(later.missing(), 40U);
}

TEST_F(OneStream, OfWhichAResetStandsFurtherOnLacksWhatIsBetween) {
  say(0, "abc");
  stream_.said_before(base_ + 10);
  stream_.said_before(base_ + 2);
  stream_.flush(told_);
  EXPECT_EQ(stream_.missing(), 7U);
}

}  // namespace
}  // namespace sealtone::capture
