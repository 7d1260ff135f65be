// SPDX-License-Identifier: Apache-2.0
//
// base/files: whole files, with limit and mode.
#include "base/files.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

namespace sealtone::base {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "sealtone-files-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path make(const std::string& name, std::string_view content) {
    std::ofstream(folder_ / name, std::ios::binary) << content;
    return folder_ / name;
  }
  [[nodiscard]] std::size_t entries() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }
  static int mode_of(const fs::path& path) {
    struct stat facts{};
    return ::stat(path.c_str(), &facts) == 0 ? static_cast<int>(facts.st_mode & 07777) : -1;
  }

  fs::path folder_;
};

TEST_F(Files, AreReadWholeUpToTheLimit) {
  const auto path = make("five", std::string_view("a\0b\nc", 5));
  EXPECT_EQ(text(read_file(path, 6).value()), std::string_view("a\0b\nc", 5));
  EXPECT_EQ(read_file(path, 5).value().size(), 5U);
  const auto over = read_file(path, 4);
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, ErrorCode::too_large);
  EXPECT_EQ(over.error().where, path.string());
}

// A shell's `<(command)`, and a pipe by name.
TEST_F(Files, ThatArePipesAreReadToTheirEndInTime) {
  const auto pipe = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const std::chrono::milliseconds brief{20};
  const auto nobody = read_file(pipe, 10, brief);
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().code, ErrorCode::timeout);
  EXPECT_EQ(nobody.error().where, pipe.string());

  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const auto name = "/dev/fd/" + std::to_string(ends[0]);
  ASSERT_EQ(::write(ends[1], "octets", 6), 6);
  EXPECT_EQ(read_file(name, 10, brief).error().code, ErrorCode::timeout) << "it stays open";
  ASSERT_EQ(::write(ends[1], "octets", 6), 6);
  ::close(ends[1]);
  EXPECT_EQ(text(read_file(name, 6).value()), "octets");
  ::close(ends[0]);
}

// Standard input, which may also be a socket, and stands where another reader left it.
TEST_F(Files, ThatAreOpenAreReadFromWhereTheyStand) {
  const std::chrono::milliseconds brief{20};
  std::array<int, 2> ends{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
  const auto silent = read_open_file(ends[0], "standard input", 10, brief);
  ASSERT_FALSE(silent);
  EXPECT_EQ(silent.error().code, ErrorCode::timeout);
  EXPECT_EQ(silent.error().where, "standard input");
  EXPECT_NE(silent.error().detail.find("it is a pipe"), std::string::npos) << silent.error().detail;
  ASSERT_EQ(::write(ends[1], "octets", 6), 6);
  ::close(ends[1]);
  EXPECT_EQ(text(read_open_file(ends[0], "standard input", 6, brief).value()), "octets");
  ::close(ends[0]);

  const auto file = make("lines", "one\ntwo");
  std::FILE* const open = std::fopen(file.c_str(), "r");
  ASSERT_EQ(::lseek(::fileno(open), 4, SEEK_SET), 4);
  EXPECT_EQ(text(read_open_file(::fileno(open), file, 3).value()), "two");
  std::fclose(open);
}

TEST_F(Files, ThatNeverEndAreOverTheLimit) {
  EXPECT_EQ(read_file("/dev/zero", 100).error().code, ErrorCode::too_large);
  EXPECT_TRUE(read_file("/dev/null", 100).value().empty());
}

TEST_F(Files, ThatAreNoneAreCalledWhatTheyAre) {
  const auto folder = read_file(folder_, 10);
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().code, ErrorCode::io);
  EXPECT_EQ(folder.error().detail, "it is a folder, not a file");
  const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const auto path = (folder_ / "s").string();
  path.copy(address.sun_path, sizeof(address.sun_path) - 1);
  ASSERT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  EXPECT_EQ(read_file(path, 10).error().detail, "it is a socket, not a file");
  ::close(fd);
}

TEST_F(Files, ThatAreEmptyGiveNoBytes) {
  EXPECT_TRUE(read_file(make("empty", ""), 0).value().empty());
}

TEST_F(Files, ThatAreNotThereAreNotFound) {
  EXPECT_EQ(read_file(folder_ / "none", 10).error().code, ErrorCode::not_found);
  EXPECT_EQ(read_file(folder_ / "none" / "deeper", 10).error().code, ErrorCode::not_found);
  EXPECT_EQ(write_file(folder_ / "none" / "deeper", {}, 0600).error().code, ErrorCode::not_found);
}

TEST_F(Files, ThatAreFoldersAreSaidToBe) {
  EXPECT_EQ(read_file(folder_, 10).error().code, ErrorCode::io);
  EXPECT_EQ(write_file(folder_, {}, 0600).error().code, ErrorCode::io);
}

TEST_F(Files, ThatStateNoSizeAreReadToTheirEnd) {
  // /proc files state a size of 0 and still have content.
  EXPECT_FALSE(read_file("/proc/self/status", 100'000).value().empty());
  EXPECT_EQ(read_file("/proc/self/status", 10).error().code, ErrorCode::too_large);
  EXPECT_EQ(read_file("/dev/zero", 200'000).error().code, ErrorCode::too_large);
}

TEST_F(Files, AreWrittenWithTheirModeWhateverTheUmask) {
  const auto before = ::umask(0);
  ASSERT_TRUE(write_file(folder_ / "secret", view("key"), 0600));
  ::umask(0077);
  ASSERT_TRUE(write_file(folder_ / "public", view("certificate"), 0644));
  ::umask(before);
  EXPECT_EQ(mode_of(folder_ / "secret"), 0600);
  EXPECT_EQ(mode_of(folder_ / "public"), 0644);
  EXPECT_EQ(text(read_file(folder_ / "public", 100).value()), "certificate");
}

TEST_F(Files, AreReplacedWholeAndLeaveNothingBeside) {
  const auto path = make("target", "old content, longer than the new");
  ASSERT_TRUE(write_file(path, view("new"), 0640));
  EXPECT_EQ(text(read_file(path, 100).value()), "new");
  EXPECT_EQ(mode_of(path), 0640);
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, BehindASymbolicLinkAreReplacedAndTheLinkStays) {
  const auto path = make("target", "old");
  fs::create_symlink(path, folder_ / "link");
  ASSERT_TRUE(write_file(folder_ / "link", view("new"), 0600));
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(text(read_file(path, 100).value()), "new");
}

TEST_F(Files, ThatAreDevicesAreNeverReplaced) {
  const auto result = write_file("/dev/null", view("x"), 0600);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::io);
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

}  // namespace
}  // namespace sealtone::base
