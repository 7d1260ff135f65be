// SPDX-License-Identifier: Apache-2.0
//
// store/folder: modes, owners, symbolic links, disks that refuse.
#include <sys/wait.h>

#include "store/fixture.h"

namespace sealtone::store {
namespace {

constexpr uid_t kNobody = 65'534;

class FolderTest : public StoreTest {
 protected:
  void expect_all_closed(const Store& store) const {
    EXPECT_EQ(mode_of(dir_), 0700);
    int seen = 0;
    for (const auto& entry : fs::directory_iterator(dir_)) {
      EXPECT_EQ(mode_of(entry.path()), 0600) << entry.path();
      ++seen;
    }
    EXPECT_GE(seen, 3) << "database, log and lock of " << &store;
  }
};

TEST_F(FolderTest, IsClosedToOthersWhateverTheUmask) {
  for (const mode_t mask : {0000, 0022, 0777}) {
    const mode_t before = ::umask(mask);
    const auto store = open();
    ASSERT_NE(store, nullptr);
    EXPECT_TRUE(store->add_trusted(numbered(1), kNow, "page"));
    ::umask(before);
    expect_all_closed(*store);
    EXPECT_FALSE(fs::exists(dir_ / "sealtone.db-shm"));
    fs::remove_all(dir_);
  }
}

TEST_F(FolderTest, IsClosedIfItWasEmptyAndOpenToOthers) {
  fs::create_directory(dir_);
  ::chmod(dir_.c_str(), 0755);
  EXPECT_NE(open(), nullptr);
  EXPECT_EQ(mode_of(dir_), 0700);
}

TEST_F(FolderTest, IsClosedWithItsFilesIfAStoreWasOpenToOthers) {
  with_store([](Store& store) { EXPECT_TRUE(store.set_value("mac", "1")); });
  ::chmod(dir_.c_str(), 0777);
  for (const auto* name : {"lock", "sealtone.db"}) ::chmod((dir_ / name).c_str(), 0666);
  for (const auto* name : {"sealtone.db-wal", "sealtone.db-shm", "sealtone.db-journal"}) {
    write(dir_ / name, "");
    ::chmod((dir_ / name).c_str(), 0666);
  }
  const auto store = open();
  ASSERT_NE(store, nullptr);
  EXPECT_EQ(store->value("mac").value(), "1");
  expect_all_closed(*store);
}

TEST_F(FolderTest, IsLeftOpenAndRefusedIfOthersUseItForOtherThings) {
  fs::create_directory(dir_);
  write(dir_ / "somebody's", "thing");
  ::chmod(dir_.c_str(), 01777);
  expect_failure(Store::open(dir_), ErrorCode::not_allowed, "holds other things");
  EXPECT_EQ(mode_of(dir_), 01777);
  EXPECT_EQ(files().size(), 1U);
  ::chmod(dir_.c_str(), 0700);
  EXPECT_NE(open(), nullptr) << "among other things of one's own it may be";
}

TEST_F(FolderTest, IsRefusedIfItIsAnotherUsers) {
  fs::path others = "/";  // root's, for an ordinary user
  if (::geteuid() == 0) {
    fs::create_directory(dir_);
    ASSERT_EQ(::chown(dir_.c_str(), kNobody, kNobody), 0);
    others = dir_;
  }
  expect_failure(Store::open(others), ErrorCode::not_allowed, "belongs to another user");
}

TEST_F(FolderTest, MayBeReachedThroughALink) {
  fs::create_directory(scratch_ / "elsewhere");
  fs::create_directory_symlink(scratch_ / "elsewhere", dir_);
  EXPECT_NE(open(), nullptr);
  EXPECT_TRUE(fs::exists(scratch_ / "elsewhere" / "sealtone.db"));
}

TEST_F(FolderTest, FollowsNoLinkInside) {
  with_store([](Store&) {});
  const auto elsewhere = scratch_ / "elsewhere";
  for (const std::string name : {"lock", "sealtone.db", "sealtone.db-wal"}) {
    const auto kept = fs::exists(dir_ / name) ? content(dir_ / name) : "";
    fs::remove(dir_ / name);
    write(elsewhere, "what must not be touched");
    fs::create_symlink(elsewhere, dir_ / name);
    expect_failure(Store::open(dir_), ErrorCode::not_allowed, "symbolic link");
    EXPECT_EQ(content(elsewhere), "what must not be touched") << name;
    fs::remove(elsewhere);
    expect_failure(Store::open(dir_), ErrorCode::not_allowed, "symbolic link");
    EXPECT_FALSE(fs::exists(elsewhere)) << name;
    fs::remove(dir_ / name);
    if (!kept.empty()) write(dir_ / name, kept);
  }
  EXPECT_NE(open(), nullptr);
}

TEST_F(FolderTest, IsNotHeldUpByAPipe) {
  fs::create_directory(dir_);
  ASSERT_EQ(::mkfifo((dir_ / "sealtone.db").c_str(), 0600), 0);
  expect_failure(Store::open(dir_), ErrorCode::not_allowed, "not a file of your own");
}

TEST_F(FolderTest, IsNoFile) {
  write(dir_, "a file");
  expect_failure(Store::open(dir_), ErrorCode::io, "as a folder");
  expect_failure(Store::open(dir_ / "below"), ErrorCode::io, "cannot be made");
  expect_failure(Store::open(""), ErrorCode::io);
}

TEST_F(FolderTest, SaysSoIfNothingCanBeWrittenIntoIt) {
  const bool root = ::geteuid() == 0;
  // Files that can be written in a folder that cannot: the log is what fails; then the folder with
  // nothing in it: the lock.
  with_store([](Store& store) { EXPECT_TRUE(store.set_value("mac", "1")); });
  const auto empty = scratch_ / "empty";
  fs::create_directory(empty);
  if (root) {
    for (const auto& path : {scratch_, dir_, dir_ / "lock", dir_ / "sealtone.db", empty})
      ASSERT_EQ(::chown(path.c_str(), kNobody, kNobody), 0);
  }
  for (const auto& path : {dir_, empty}) {
    ::chmod(path.c_str(), 0500);
    const pid_t child = ::fork();
    if (child == 0) {
      if (root && ::setuid(kNobody) != 0) ::_exit(2);
      const auto opened = Store::open(path);
      ::_exit(!opened && opened.error().code == ErrorCode::io ? 0 : 1);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0) << path;
    ::chmod(path.c_str(), 0700);
  }
  if (root) {
    for (const auto& path : {dir_, dir_ / "lock", dir_ / "sealtone.db"})
      ASSERT_EQ(::chown(path.c_str(), 0, 0), 0);
  }
  EXPECT_EQ(open()->value("mac").value(), "1");
}

}  // namespace
}  // namespace sealtone::store
