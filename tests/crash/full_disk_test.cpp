// SPDX-License-Identifier: Apache-2.0
//
// A file system that is full: changes are refused in words, nothing is lost, the page goes on being
// served, a phone starts, and with room again the change succeeds.
//
// A tmpfs of limited size, and an ext4 image, in a mount namespace of this process alone.
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <gmock/gmock.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <iostream>

#include "crash/provisioning_phone.h"

namespace sealtone::crash {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTmpfs = "tmpfs";
constexpr const char* kExt4 = "ext4";

// Mounts made from now on are seen by this process and its children only.  As root, or as one in a
// user namespace.  "" or why not.
std::string have_own_mounts() {
  const auto user = std::to_string(::geteuid()), group = std::to_string(::getegid());
  if (::unshare(CLONE_NEWNS) != 0) {
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
      return std::string("no mounts may be made here: ") + std::strerror(errno);
    test::write_text("/proc/self/setgroups", "deny");
    test::write_text("/proc/self/uid_map", "0 " + user + " 1");
    test::write_text("/proc/self/gid_map", "0 " + group + " 1");
  }
  if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
    return std::string("no mounts may be made here: ") + std::strerror(errno);
  return "";
}

class FullDisk : public testing::TestWithParam<const char*> {
 protected:
  static void SetUpTestSuite() { why_none_ = have_own_mounts(); }

  void SetUp() override {
    if (!why_none_.empty()) GTEST_SKIP() << why_none_;
    fs::create_directory(disk_);
    const auto why = std::string_view(GetParam()) == kTmpfs ? mount_tmpfs() : mount_ext4();
    if (!why.empty()) GTEST_SKIP() << why;
    mounted_ = true;
  }
  void TearDown() override {
    phone_.reset();
    if (mounted_) ::umount(disk_.c_str());
  }

  std::string mount_tmpfs() const {
    if (::mount("tmpfs", disk_.c_str(), "tmpfs", 0, "size=1m,mode=0700") == 0) return "";
    return std::string("no tmpfs may be mounted here: ") + std::strerror(errno);
  }
  std::string mount_ext4() const {
    const auto image = (folder_.path() / "image").string();
    const int file = ::open(image.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    const bool sized = ::ftruncate(file, 4'000'000) == 0;
    ::close(file);
    const auto made = test::run({"/usr/sbin/mkfs.ext4", "-q", "-m", "0", image});
    if (!sized || made.status != 0) return "no ext4 can be made here: " + made.err;
    const auto mounted = test::run({"mount", "-o", "loop", image, disk_.string()});
    return mounted.status == 0 ? "" : "no image may be mounted here: " + mounted.err;
  }

  // Fills the disk up, then gives back so many octets.
  void leave(off_t octets) const {
    const int file = ::open(filler_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND, 0600);
    ASSERT_GE(file, 0);
    for (std::size_t size : {65'536, 4'096, 512}) {
      const std::string some(size, 'f');
      while (::write(file, some.data(), size) > 0) {
      }
    }
    EXPECT_EQ(::fsync(file), 0);
    const auto size = ::lseek(file, 0, SEEK_END);
    EXPECT_EQ(::ftruncate(file, std::max<off_t>(0, size - octets)), 0);
    EXPECT_EQ(::fsync(file), 0);
    ::close(file);
  }
  void make_room() const { fs::remove(filler_); }

  void start() {
    phone_ = std::make_unique<test::PhoneUnderTest>(test::PhoneUnderTest::on(state_));
  }
  void take(const Step& step) {
    const auto finished = phone_->command(step.arguments);
    ASSERT_EQ(finished.status, 0) << finished.out << finished.err;
    held_ = step.then;
  }
  // With more room or less: it succeeds, or is refused in words.
  bool try_to(const Step& step) {
    const auto finished = phone_->command(step.arguments);
    if (finished.status == 0) {
      held_ = step.then;
      return true;
    }
    EXPECT_THAT(finished.err + finished.out, testing::HasSubstr("no room left"));
    return false;
  }
  [[nodiscard]] bool page_is_served() const {
    const auto asked = test::run({"curl", "-sk", "--max-time", "20", "-o", "/dev/null", "-w",
                                  "%{http_code}", phone_->page()});
    return asked.out == "200";
  }
  [[nodiscard]] Held found() const {
    return from_json_text(test::run_ok({HELD_READER, state_.string()}));
  }

  static inline std::string why_none_;
  Scene scene_;
  test::TempDir folder_;
  std::filesystem::path disk_ = folder_.path() / "disk", state_ = disk_ / "state",
                        filler_ = disk_ / "filler";
  std::unique_ptr<test::PhoneUnderTest> phone_;
  Held held_;
  bool mounted_ = false;
};

TEST_P(FullDisk, RefusesChangesInWordsAndLosesNothing) {
  start();
  take({{"set", std::string(kPowerOnKey), "0"}, held_});
  held_.settings[std::string(kPowerOnKey)] = "0";
  take(trust(scene_, held_));
  take(point_at_server(scene_, held_));

  int refused = 0, minutes = 1;
  bool second = false;
  for (const off_t octets : {0, 4'096, 8'192, 12'288, 16'384, 24'576, 32'768, 65'536, 131'072}) {
    leave(octets);
    const auto upload = upload_own(scene_, held_, second);
    const bool uploaded = try_to(upload);
    const bool set = try_to(set_relog(held_, ++minutes));
    EXPECT_TRUE(page_is_served());
    refused += (uploaded ? 0 : 1) + (set ? 0 : 1);
    make_room();
    if (!uploaded) take(upload);
    if (!set) take(set_relog(held_, minutes));
    take(provision(scene_, held_, ++minutes));
    second = !second;
  }
  std::cout << refused << " changes refused" << std::endl;
  EXPECT_GT(refused, 0);

  // The disk fills up, and then the power goes.
  leave(0);
  phone_->process().signal(SIGKILL);
  EXPECT_EQ(phone_->process().wait(), 128 + SIGKILL);
  start();  // on the full disk
  EXPECT_TRUE(page_is_served());
  // There may be room for it in what the database has already.
  const bool uploaded = try_to(upload_own(scene_, held_, second));
  make_room();
  if (!uploaded) take(upload_own(scene_, held_, second));
  EXPECT_EQ(phone_->process().stop(), 0);
  const auto left = found();
  EXPECT_EQ(left.changes_text(), held_.changes_text());
  EXPECT_EQ(left.verdicts_text(), held_.verdicts_text());
}

INSTANTIATE_TEST_SUITE_P(Of, FullDisk, testing::Values(kTmpfs, kExt4),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace sealtone::crash
