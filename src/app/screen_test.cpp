// SPDX-License-Identifier: Apache-2.0
#include "app/screen.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace sealtone::app {
namespace {

TEST(Frame, CutsWhatIsWiderAtACodePoint) {
  const auto drawn = frame({"ääääb"}, {.columns = 4, .rows = 10});
  EXPECT_THAT(drawn, testing::HasSubstr("ääää\x1B[K"));
  EXPECT_THAT(frame({"ääää"}, {.columns = 4, .rows = 10}), testing::HasSubstr("ääää\x1B[K"));
}

TEST(Frame, CountsWhatHasNoRoomAndNeverScrolls) {
  const std::vector<std::string> lines(5, "a row");
  const auto ends = [&](std::size_t rows) {
    const auto drawn = frame(lines, {.columns = 80, .rows = rows});
    return std::ranges::count(drawn, '\n');
  };
  EXPECT_EQ(ends(6), 5);
  EXPECT_EQ(ends(5), 4);
  EXPECT_THAT(frame(lines, {.columns = 80, .rows = 5}), testing::HasSubstr("and 2 more"));
  EXPECT_EQ(ends(2), 1);
  EXPECT_EQ(ends(1), 1);
}

TEST(Screen, OfNoTerminalHasAUsualSize) {
  std::FILE* file = std::tmpfile();
  EXPECT_FALSE(is_terminal(file));
  EXPECT_EQ(screen_size(file).columns, 80U);
  std::fclose(file);
}

}  // namespace
}  // namespace sealtone::app
