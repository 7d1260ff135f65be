// SPDX-License-Identifier: Apache-2.0
#include "base/ends.h"

#include <gtest/gtest.h>

namespace sealtone::base {
namespace {

Ends<int> row_of(int count) {
  Ends<int> row(2, 3);
  for (int i = 1; i <= count; ++i) row.add(i);
  return row;
}

TEST(Ends, KeepsAllThatThereIsRoomFor) {
  EXPECT_EQ(row_of(0).all(), (std::vector<int>{}));
  EXPECT_EQ(row_of(2).all(), (std::vector<int>{1, 2}));
  EXPECT_EQ(row_of(5).all(), (std::vector<int>{1, 2, 3, 4, 5}));
  EXPECT_EQ(row_of(5).left_out(), 0U);
}

TEST(Ends, BeyondLeavesOutWhatIsNeitherFirstNorLast) {
  EXPECT_EQ(row_of(6).all(), (std::vector<int>{1, 2, 4, 5, 6}));
  EXPECT_EQ(row_of(6).left_out(), 1U);
  const auto many = row_of(1'000);
  EXPECT_EQ(many.all(), (std::vector<int>{1, 2, 998, 999, 1'000}));
  EXPECT_EQ(many.size(), 5U);
  EXPECT_EQ(many.first_size(), 2U);
  EXPECT_EQ(many.left_out(), 995U);
}

TEST(Ends, ClearedItBeginsAnew) {
  auto row = row_of(1'000);
  row.clear();
  EXPECT_EQ(row.size(), 0U);
  EXPECT_EQ(row.left_out(), 0U);
  row.add(7);
  EXPECT_EQ(row.all(), (std::vector<int>{7}));
}

}  // namespace
}  // namespace sealtone::base
