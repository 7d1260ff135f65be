// SPDX-License-Identifier: Apache-2.0
//
// The store is recorded while it saves, and the disk rebuilt as it could stand after every call:
// the last change that was acknowledged is there, or the next one whole.
//
// That the checker sees a loss is shown by faults: planted in the store, or in what was recorded.
#include <gmock/gmock.h>

#include <cstdlib>
#include <iostream>
#include <set>

#include "crash/checker.h"
#include "crash/content.h"

namespace sealtone::crash {
namespace {

class StoreStates : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto why = why_no_recording(); !why.empty()) GTEST_SKIP() << why;
    root_ = scratch_folder();
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  // plant: see planted.cpp; "" is the store as it is.
  Recording recorded(const std::string& plant = "", const std::string& lives = "3") const {
    test::StartOptions options;
    if (!plant.empty()) options.environment["SEALTONE_PLANT"] = plant;
    auto recording = record(
        {plant.empty() ? STORE_WORKLOAD : PLANTED_WORKLOAD, (root_ / "state").string(), lives},
        root_, options);
    EXPECT_EQ(recording.finished.status, 0) << recording.finished.err << recording.finished.out;
    EXPECT_THAT(recording.not_understood, testing::IsEmpty());
    return recording;
  }
  static Report checked(const std::vector<Call>& calls) {
    const auto report = check(calls, [](const std::filesystem::path& root) {
      return std::vector<std::string>{digest(found_in(root / "state"))};
    });
    std::cout << report.summary() << std::endl;
    return report;
  }

  std::filesystem::path root_;
};

bool of_a_folder(const Call& call) { return call.path == "state" || call.path.empty(); }
bool syncs(const Call& call) { return call.kind == Call::Kind::sync; }

TEST_F(StoreStates, LoseNothingWhereverThePowerGoes) {
  const auto recording = recorded();
  const auto report = checked(recording.calls);
  EXPECT_EQ(report.lost, 0U) << report.summary();
  EXPECT_EQ(report.acknowledged, 24U);
  // The model is right: it ends with the folder that the disk really holds.  SQLite keeps its index
  // of the log in memory (locking_mode=EXCLUSIVE), so there is no -shm that other processes map.
  const auto real = read_tree(root_);
  EXPECT_TRUE(real.contains("state/sealtone.db"));
  EXPECT_FALSE(real.contains("state/sealtone.db-shm"));
  EXPECT_EQ(report.end, real);
}

TEST_F(StoreStates, LoseNothingWhenTheLogIsWrittenBackWhileChangesGoOn) {
  const auto report = checked(recorded("early checkpoints").calls);
  EXPECT_EQ(report.lost, 0U) << report.summary();
  EXPECT_EQ(report.end, read_tree(root_));
}

// Each of these disks or stores is one on which something is lost, and the checker says so.
TEST_F(StoreStates, AreLostWhereNoFileIsSynced) {
  const auto calls = without(recorded("", "1").calls,
                             [](const Call& call) { return syncs(call) && !of_a_folder(call); });
  EXPECT_GT(checked(calls).lost, 0U);
}
TEST_F(StoreStates, AreLostWhereNoFolderIsSynced) {
  const auto calls = without(recorded("", "1").calls,
                             [](const Call& call) { return syncs(call) && of_a_folder(call); });
  EXPECT_GT(checked(calls).lost, 0U);
}
TEST_F(StoreStates, AreLostWhereNothingIsSynced) {
  EXPECT_GT(checked(without(recorded("", "1").calls, syncs)).lost, 0U);
}
TEST_F(StoreStates, AreLostBySynchronousOff) {
  EXPECT_GT(checked(recorded("synchronous off", "1").calls).lost, 0U);
}
// NORMAL syncs the log only when it is written back: a power cut takes what was acknowledged since.
TEST_F(StoreStates, AreLostBySynchronousNormal) {
  EXPECT_GT(checked(recorded("synchronous normal", "1").calls).lost, 0U);
}
TEST_F(StoreStates, AreLostByWritingInPlace) {
  EXPECT_GT(checked(recorded("in place", "1").calls).lost, 0U);
}

}  // namespace
}  // namespace sealtone::crash
