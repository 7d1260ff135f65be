// SPDX-License-Identifier: Apache-2.0
//
// The whole phone and the sealtone commands are recorded while their user works, and the disk
// rebuilt as it could stand after every call: what was acknowledged is there.
#include <gmock/gmock.h>

#include <iostream>

#include "crash/checker.h"
#include "crash/held.h"

namespace sealtone::crash {
namespace {

TEST(PhoneStates, LoseNothingWhereverThePowerGoes) {
  if (const auto why = why_no_recording(); !why.empty()) GTEST_SKIP() << why;
  const auto root = scratch_folder();
  const auto recording = record({PHONE_WORKLOAD, (root / "state").string()}, root);
  const auto real = read_tree(root);
  std::filesystem::remove_all(root);
  ASSERT_EQ(recording.finished.status, 0) << recording.finished.err;
  ASSERT_THAT(recording.not_understood, testing::IsEmpty());

  const auto report = check(recording.calls, [](const std::filesystem::path& crashed) {
    return held_in(crashed / "state").parts();
  });
  std::cout << report.summary() << std::endl;
  EXPECT_EQ(report.lost, 0U) << report.summary();
  EXPECT_EQ(report.acknowledged, 10U);
  EXPECT_EQ(report.end, real);
}

}  // namespace
}  // namespace sealtone::crash
