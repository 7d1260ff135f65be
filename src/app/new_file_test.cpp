// SPDX-License-Identifier: Apache-2.0
#include "app/new_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "app/paths.h"
#include "base/files.h"

namespace sealtone::app {
namespace {

namespace fs = std::filesystem;

class ANewFile : public testing::Test {
 protected:
  void TearDown() override { fs::remove_all(folder_); }
  [[nodiscard]] std::string content(const char* name) const {
    return std::string(base::text(base::read_file(folder_ / name, 100).value()));
  }
  fs::path folder_ = make_temporary_folder().value();
};

TEST_F(ANewFile, IsWrittenWithItsMode) {
  for (const int mode : {0600, 0644}) {
    const auto path = folder_ / std::to_string(mode);
    ASSERT_TRUE(write_new_file(path, base::view("text"), mode));
    struct stat facts{};
    ASSERT_EQ(::stat(path.c_str(), &facts), 0);
    EXPECT_EQ(static_cast<int>(facts.st_mode & 07777), mode);
  }
}

TEST_F(ANewFile, IsNeverWrittenOverAnotherOneOrThroughALink) {
  ASSERT_TRUE(write_new_file(folder_ / "first", base::view("first"), 0600));
  fs::create_symlink(folder_ / "nowhere", folder_ / "link");
  for (const char* name : {"first", "link"}) {
    const auto second = write_new_file(folder_ / name, base::view("second"), 0600);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, base::ErrorCode::exists);
  }
  EXPECT_EQ(content("first"), "first");
  EXPECT_FALSE(fs::exists(folder_ / "nowhere"));
}

// Whoever is interrupted between the two can try again.
TEST_F(ANewFile, CanBeTriedBeforeAndIsNotThereThen) {
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(can_be_made(folder_ / "made"));
    EXPECT_FALSE(fs::exists(folder_ / "made"));
  }
  ASSERT_TRUE(write_new_file(folder_ / "made", base::view("text"), 0600));
  const auto again = can_be_made(folder_ / "made");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, base::ErrorCode::exists);
  EXPECT_EQ(content("made"), "text");
  EXPECT_EQ(can_be_made("-").error().code, base::ErrorCode::bad_input);
  EXPECT_EQ(can_be_made(folder_ / "no" / "folder").error().code, base::ErrorCode::io);
}

TEST_F(ANewFile, SaysWhereItCannotBe) {
  const auto dash = write_new_file("-", base::view("x"), 0600);
  ASSERT_FALSE(dash);
  EXPECT_EQ(dash.error().code, base::ErrorCode::bad_input);
  EXPECT_FALSE(fs::exists("-"));
  const auto nowhere = write_new_file(folder_ / "no" / "folder", base::view("x"), 0600);
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, base::ErrorCode::io);
}

}  // namespace
}  // namespace sealtone::app
