// SPDX-License-Identifier: Apache-2.0
#include "app/paths.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "base/files.h"

namespace sealtone::app {
namespace {

TEST(StateFolder, IsTheOneGivenBeforeAnyOther) {
  ::setenv("SEALTONE_STATE", "/elsewhere", 1);
  EXPECT_EQ(state_folder("/given").value(), "/given");
  EXPECT_EQ(state_folder("").value(), "/elsewhere");
  ::unsetenv("SEALTONE_STATE");
}

TEST(StateFolder, FallsBackToTheUsersOwn) {
  ::unsetenv("SEALTONE_STATE");
  ::setenv("XDG_STATE_HOME", "/xdg", 1);
  EXPECT_EQ(state_folder("").value(), "/xdg/sealtone");
  ::unsetenv("XDG_STATE_HOME");
  ::setenv("HOME", "/people/somebody", 1);
  EXPECT_EQ(state_folder("").value(), "/people/somebody/.local/state/sealtone");
}

class SecretFile : public testing::Test {
 protected:
  void SetUp() override { folder_ = make_temporary_folder().value(); }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(SecretFile, GivesItsFirstLineWithoutTheLineEnd) {
  const auto file = folder_ / "password";
  ASSERT_TRUE(base::write_file(file, base::view("made-for-the-test\r\nsecond\n"), 0600));
  EXPECT_EQ(read_secret(file.string(), "password").value(), "made-for-the-test");
}

TEST_F(SecretFile, OverFourKilobytesIsRefused) {
  const auto file = folder_ / "password";
  ASSERT_TRUE(base::write_file(file, base::view(std::string(4096, 'x')), 0600));
  EXPECT_TRUE(read_secret(file.string(), "password"));
  ASSERT_TRUE(base::write_file(file, base::view(std::string(4097, 'x')), 0600));
  EXPECT_EQ(read_secret(file.string(), "password").error().code, base::ErrorCode::too_large);
}

TEST_F(SecretFile, TemporaryFolderIsTheUsersAlone) {
  EXPECT_EQ(std::filesystem::status(folder_).permissions(), std::filesystem::perms::owner_all);
}

}  // namespace
}  // namespace sealtone::app
