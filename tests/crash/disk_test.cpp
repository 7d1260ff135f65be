// SPDX-License-Identifier: Apache-2.0
//
// The model of a disk: what may be lost until it is synced, and what may not after that.
#include <gmock/gmock.h>

#include <set>

#include "crash/disk.h"

namespace sealtone::crash {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;
using testing::UnorderedElementsAre;

Call made(const std::string& path) {
  return {.kind = Call::Kind::open, .path = path, .words = "opening " + path};
}
Call written(const std::string& path, const std::string& data, std::uint64_t at = 0) {
  return {.kind = Call::Kind::write, .path = path, .data = data, .at = at, .words = "writing"};
}
Call resized(const std::string& path, std::uint64_t size) {
  return {.kind = Call::Kind::resize, .path = path, .at = size, .words = "resizing"};
}
Call synced(const std::string& path) {
  return {.kind = Call::Kind::sync, .path = path, .words = "syncing"};
}
Call renamed(const std::string& from, const std::string& to) {
  return {.kind = Call::Kind::rename, .path = from, .to = to, .words = "renaming"};
}
Call removed(const std::string& path) {
  return {.kind = Call::Kind::remove, .path = path, .words = "removing"};
}

Disk after(const std::vector<Call>& calls) {
  Disk disk;
  for (const auto& call : calls) disk.apply(call);
  return disk;
}
// What a file may hold, over all states; "-" where it has no name.
std::set<std::string> may_hold(const Disk& disk, const std::string& path) {
  std::set<std::string> held;
  disk.each_state([&](const std::string&, const Tree& tree) {
    const auto found = tree.find(path);
    held.insert(found == tree.end() ? "-" : found->second.value_or("folder"));
  });
  return held;
}

TEST(Disk, HoldsWhatWasSyncedInEveryState) {
  const auto disk = after({made("f"), written("f", "data"), synced("f"), synced("")});
  EXPECT_THAT(may_hold(disk, "f"), ElementsAre("data"));
}

TEST(Disk, MayLoseTheNameOfAFileThatWasSynced) {
  const auto disk = after({made("f"), written("f", "data"), synced("f")});
  EXPECT_THAT(may_hold(disk, "f"), UnorderedElementsAre("-", "data"));
}

TEST(Disk, MayLoseTheDataOfANameThatWasSynced) {
  const auto disk = after({made("f"), synced(""), written("f", "abcd")});
  EXPECT_THAT(may_hold(disk, "f"), UnorderedElementsAre("", std::string(4, '\0'), "abcd", "ab",
                                                        std::string("\0\0cd", 4)));
}

TEST(Disk, MayKeepALaterWriteAndLoseAnEarlierOne) {
  const auto disk = after({made("f"), synced(""), written("f", "a"), written("f", "b", 1)});
  EXPECT_THAT(may_hold(disk, "f"), Contains(std::string("\0b", 2)));
  EXPECT_THAT(may_hold(disk, "f"), Contains("a"));
}

TEST(Disk, TearsAWriteAtASectorAPageAndHalf) {
  const std::string old(10'000, 'o'), fresh(10'000, 'n');
  const auto disk =
      after({made("f"), synced(""), written("f", old), synced("f"), written("f", fresh)});
  for (const std::size_t cut : {512, 4'096, 5'000}) {
    EXPECT_THAT(may_hold(disk, "f"), Contains(fresh.substr(0, cut) + old.substr(cut)));
    EXPECT_THAT(may_hold(disk, "f"), Contains(old.substr(0, cut) + fresh.substr(cut)));
  }
}

TEST(Disk, MayUndoACutThatWasNotSynced) {
  const auto before = std::vector<Call>{made("f"), written("f", "long"), synced("f"), synced("")};
  auto calls = before;
  calls.push_back(resized("f", 1));
  EXPECT_THAT(may_hold(after(calls), "f"), UnorderedElementsAre("long", "l"));
  calls.push_back(synced("f"));
  EXPECT_THAT(may_hold(after(calls), "f"), ElementsAre("l"));
}

TEST(Disk, RenamesWholeOrNotAtAll) {
  auto calls = std::vector<Call>{made("f"),   written("f", "old"),   synced("f"),
                                 made("new"), written("new", "new"), synced("new"),
                                 synced(""),  renamed("new", "f")};
  EXPECT_THAT(may_hold(after(calls), "f"), UnorderedElementsAre("old", "new"));
  calls.push_back(synced(""));
  EXPECT_THAT(may_hold(after(calls), "f"), ElementsAre("new"));
  EXPECT_THAT(may_hold(after(calls), "new"), ElementsAre("-"));
}

TEST(Disk, MayBringBackAFileThatWasRemoved) {
  const auto disk = after({made("f"), written("f", "data"), synced("f"), synced(""), removed("f")});
  EXPECT_THAT(may_hold(disk, "f"), UnorderedElementsAre("-", "data"));
}

TEST(Disk, LosesWithAFolderAllThatIsInIt) {
  const Call folder{.kind = Call::Kind::folder, .path = "d", .words = "making"};
  auto calls =
      std::vector<Call>{folder, made("d/f"), written("d/f", "data"), synced("d/f"), synced("d")};
  EXPECT_THAT(may_hold(after(calls), "d/f"), UnorderedElementsAre("-", "data"));
  calls.push_back(synced(""));
  EXPECT_THAT(may_hold(after(calls), "d/f"), ElementsAre("data"));
}

TEST(Recording, IsReadFromWhatStraceWrites) {
  // openat("/r/a"), a write of "hi" that is cut in two by another thread, a rename, fsync("/r"),
  // one that failed, a file elsewhere, one that lost its name; what is not understood is told.
  const auto recording = read_trace(
      R"(7 openat(AT_FDCWD<\x2f>, "\x2f\x72\x2f\x61", O_RDWR|O_CREAT, 0600) = 3<\x2f\x72\x2f\x61>)"
      "\n"
      R"(7 pwrite64(3<\x2f\x72\x2f\x61>, "\x68\x69", 2, 5 <unfinished ...>)"
      "\n"
      R"(8 write(1<\x70>, "\x41\x43\x4b\x20\x30\x0a", 6) = 6)"
      "\n"
      R"(7 <... pwrite64 resumed>)           = 2)"
      "\n"
      R"(7 rename("\x2f\x72\x2f\x61", "\x2f\x72\x2f\x62") = 0)"
      "\n"
      R"(7 fsync(4<\x2f\x72>) = 0)"
      "\n"
      R"(7 unlink("\x2f\x72\x2f\x61") = -1 ENOENT (No such file or directory))"
      "\n"
      R"(7 fsync(5<\x2f\x73>) = 0)"
      "\n"
      R"(7 ftruncate(3<\x2f\x72\x2f\x62>(deleted), 9) = 0)"
      "\n"
      R"(7 link("\x2f\x72\x2f\x62", "\x2f\x72\x2f\x63") = 0)"
      "\n"
      R"(7 +++ exited with 0 +++)"
      "\n",
      "/r");
  std::vector<std::string> words;
  for (const auto& call : recording.calls) words.push_back(call.words);
  EXPECT_THAT(words,
              ElementsAre("opening for writing of a", "saying ACK 0", "writing 2 octets at 5 of a",
                          "renaming of a to b", "syncing of the folder", "resizing of b"));
  EXPECT_EQ(recording.calls[2].data, "hi");
  EXPECT_TRUE(recording.calls[5].removed);
  EXPECT_THAT(recording.not_understood, ElementsAre("link /r/b /r/c"));
}

}  // namespace
}  // namespace sealtone::crash
