// SPDX-License-Identifier: Apache-2.0
#include "app/paths.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <sched.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <csignal>
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
  EXPECT_EQ(read_secret(file.string(), "password").value().text(), "made-for-the-test");
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

// A child at a terminal of its own, asking for a secret with the echo off.
TEST(TypedSecret, TheTerminalEchoesAgainWhenTheProgramIsInterrupted) {
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, nullptr);
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto typed = read_secret("", "Password");
    _exit(typed ? 0 : 1);
  }
  const int other_side = open(ptsname(terminal), O_RDWR | O_NOCTTY);
  const auto echoes = [&] {
    termios now{};
    return tcgetattr(other_side, &now) == 0 && (now.c_lflag & ECHO) != 0;
  };
  while (echoes() && waitpid(child, nullptr, WNOHANG) == 0) sched_yield();
  ASSERT_EQ(write(terminal, "\x03", 1), 1);  // Ctrl-C
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
  EXPECT_TRUE(echoes());
  close(other_side);
  close(terminal);
}

}  // namespace
}  // namespace sealtone::app
