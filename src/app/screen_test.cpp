// SPDX-License-Identifier: Apache-2.0
#include "app/screen.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace sealtone::app {
namespace {

TEST(Frame, CutsWhatIsWiderAtACodePoint) {
  const auto of = [](const char* line) {
    return frame(std::vector<Block>(1, Block(1, line)), {.columns = 4, .rows = 10});
  };
  EXPECT_THAT(of("ääääb"), testing::HasSubstr("ääää\x1B[K"));
  EXPECT_THAT(of("ääää"), testing::HasSubstr("ääää\x1B[K"));
}

TEST(TextWidth, IsThatOfAPageWhereThereIsNoTerminal) {
  std::FILE* const file = std::tmpfile();
  EXPECT_EQ(text_width(file), 80U);
  std::fclose(file);
}

TEST(TextWidth, FollowsTheTerminalBetweenFortyAndAHundredColumns) {
  const int master = ::posix_openpt(O_RDWR | O_NOCTTY);
  ASSERT_GE(master, 0);
  ASSERT_EQ(::grantpt(master), 0);
  ASSERT_EQ(::unlockpt(master), 0);
  std::FILE* const terminal = std::fopen(::ptsname(master), "r+");
  ASSERT_NE(terminal, nullptr);
  const auto width_at = [&](unsigned short columns) {
    winsize size{};
    size.ws_col = columns;
    size.ws_row = 24;
    EXPECT_EQ(::ioctl(master, TIOCSWINSZ, &size), 0);
    return text_width(terminal);
  };
  EXPECT_EQ(width_at(80), 80U);
  EXPECT_EQ(width_at(90), 90U);
  EXPECT_EQ(width_at(100), 100U);
  EXPECT_EQ(width_at(200), 100U);
  EXPECT_EQ(width_at(60), 60U);
  EXPECT_EQ(width_at(10), 40U);
  std::fclose(terminal);
  ::close(master);
}

TEST(Frame, CountsWhatHasNoRoomAndNeverScrolls) {
  const std::vector<Block> lines(5, Block(1, "a row"));
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

// What belongs together is one thing to who counts.
TEST(Frame, CountsBlocksAndNotTheirLines) {
  const std::vector<Block> blocks(4, Block{"a client", "its sentence"});
  const auto drawn = [&](std::size_t rows) { return frame(blocks, {.columns = 80, .rows = rows}); };
  EXPECT_EQ(drawn(9).find("…"), std::string::npos);
  EXPECT_THAT(drawn(8), testing::HasSubstr("and 1 more"));
  EXPECT_THAT(drawn(7), testing::HasSubstr("and 1 more")) << "the third without its sentence";
  EXPECT_THAT(drawn(6), testing::HasSubstr("and 2 more"));
  EXPECT_EQ(std::ranges::count(drawn(6), '\n'), 5);
  // Where only an end is missing there is none to be counted.
  const auto last = frame({{"first"}, {"last", "of it", "its end"}}, {.columns = 80, .rows = 4});
  EXPECT_THAT(last, testing::HasSubstr("…\x1B[K"));
  EXPECT_THAT(last, testing::Not(testing::HasSubstr("more")));
}

TEST(Screen, OfNoTerminalHasAUsualSize) {
  std::FILE* file = std::tmpfile();
  EXPECT_FALSE(is_terminal(file));
  EXPECT_EQ(screen_size(file).columns, 80U);
  std::fclose(file);
}

}  // namespace
}  // namespace sealtone::app
