// SPDX-License-Identifier: Apache-2.0
//
// base/clock: the clock for tests.
#include "base/clock.h"

#include <gtest/gtest.h>

namespace sealtone::base {
namespace {

using namespace std::chrono_literals;

TEST(FakeClock, StandsStillUntilTicked) {
  const sys_seconds start{std::chrono::sys_days{2026y / 11 / 23}};
  FakeClock clock(start);
  const auto steady = clock.steady();
  EXPECT_EQ(clock.now(), start);
  clock.tick(90s);
  EXPECT_EQ(clock.now(), start + 90s);
  EXPECT_EQ(clock.steady() - steady, 90s);
}

TEST(SystemClock, IsPastTheDayItWasWritten) {
  EXPECT_GT(SystemClock{}.now(), sys_seconds{std::chrono::sys_days{2024y / 1 / 1}});
}

}  // namespace
}  // namespace sealtone::base
