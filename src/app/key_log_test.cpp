// SPDX-License-Identifier: Apache-2.0
#include "app/key_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

namespace sealtone::app {
namespace {

class AKeyLog : public ::testing::Test {
 protected:
  AKeyLog() : descriptor_(mkstemp(path_)) {}
  ~AKeyLog() override {
    close(descriptor_);
    unlink(path_);
  }
  void grow(const std::string& text) {
    EXPECT_EQ(write(descriptor_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  [[nodiscard]] KeyLog open() const { return KeyLog::open(path_).value(); }

 private:
  char path_[32] = "/tmp/sealtone-keys-XXXXXX";
  int descriptor_;
};

TEST_F(AKeyLog, IsToldInWholeLinesAsItGrows) {
  grow("one\ntw");
  auto log = open();
  EXPECT_EQ(log.more(), "one\n");
  EXPECT_EQ(log.more(), "");
  grow("o\nthree\nfour");
  EXPECT_EQ(log.more(), "two\nthree\n");
  EXPECT_EQ(log.more(), "");
  EXPECT_EQ(log.rest(), "four");
  EXPECT_EQ(log.rest(), "");
}

TEST_F(AKeyLog, IsToldInPartsWhereItIsLong) {
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += std::to_string(i) + "\n";
  grow(text);
  auto log = open();
  std::string told;
  std::size_t longest = 0;
  for (auto more = log.more(); !more.empty(); more = log.more()) {
    told += more;
    longest = std::max(longest, more.size());
  }
  EXPECT_TRUE(told == text);
  EXPECT_LE(longest, 131'072U);
}

TEST_F(AKeyLog, KeepsNoLineThatNeverEnds) {
  grow(std::string(1'000'000, 'x') + "\nCLIENT_RANDOM\n");
  auto log = open();
  std::string told;
  for (auto more = log.more(); !more.empty(); more = log.more()) told += more;
  EXPECT_LE(told.size(), 131'072U);
  EXPECT_THAT(told, ::testing::EndsWith("\nCLIENT_RANDOM\n"));
}

TEST(KeyLogs, AreFilesThatCanBeRead) {
  EXPECT_EQ(KeyLog::open("/nowhere/at/all").error().code, base::ErrorCode::not_found);
  EXPECT_EQ(KeyLog::open("/tmp").error().code, base::ErrorCode::bad_input);
}

// As of a shell's <(…): what its writer has not said yet is not waited for any more.
TEST(KeyLogs, MayBeAPipe) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  auto log = KeyLog::open("/proc/self/fd/" + std::to_string(ends[0])).value();
  ASSERT_EQ(write(ends[1], "one\n", 4), 4);
  EXPECT_EQ(log.more(), "one\n");
  log.stop_waiting();
  EXPECT_EQ(log.more(), "");
  ASSERT_EQ(write(ends[1], "two\n", 4), 4);
  EXPECT_EQ(log.more(), "two\n");
  close(ends[0]);
  close(ends[1]);
}

}  // namespace
}  // namespace sealtone::app
