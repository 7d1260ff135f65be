// SPDX-License-Identifier: Apache-2.0
#include "app/drawing.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace sealtone::app {
namespace {

TEST(Drawing, NeedsAsciiWhereTheLocaleIsNotOfUtf8) {
  for (const char* locale : {"C.UTF-8", "de_DE.UTF-8", "en_GB.utf8"}) {
    EXPECT_FALSE(locale_needs_ascii(locale)) << locale;
  }
  for (const char* locale : {"", "C", "POSIX", "de_DE.ISO-8859-1", "de_DE@euro"}) {
    EXPECT_TRUE(locale_needs_ascii(locale)) << locale;
  }
}

TEST(Drawing, IsUnicodeWhereNoTerminalIs) {
  std::FILE* file = std::tmpfile();
  EXPECT_FALSE(needs_ascii(file));
  std::fclose(file);
}

TEST(Drawing, WritesAPictureAndNeverOverAnotherFile) {
  auto folder = (std::filesystem::temp_directory_path() / "drawing-XXXXXX").string();
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const auto file = folder + "/ladder.svg";
  explain::Ladder ladder;
  ladder.result = "established";
  EXPECT_TRUE(write_picture(ladder, "").has_value());
  EXPECT_FALSE(std::filesystem::exists(file));
  ASSERT_TRUE(write_picture(ladder, file).has_value());
  const auto size = std::filesystem::file_size(file);
  EXPECT_EQ(write_picture({}, file).error().code, base::ErrorCode::exists);
  EXPECT_EQ(std::filesystem::file_size(file), size);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace sealtone::app
