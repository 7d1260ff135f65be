// SPDX-License-Identifier: Apache-2.0
#include "phone/phone_clock.h"

#include <gtest/gtest.h>

namespace sealtone::phone {
namespace {

using namespace std::chrono_literals;

constexpr base::sys_seconds kFloor = std::chrono::sys_days{std::chrono::year{2026} / 11 / 1};
constexpr base::sys_seconds kNeverSet = std::chrono::sys_days{std::chrono::year{1970} / 1 / 2};

// Time passes, and the wall clock is set to whatever it is set to.
class TwoClocks final : public base::Clock {
 public:
  [[nodiscard]] base::sys_seconds now() const override { return wall; }
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override { return passed; }
  void pass(std::chrono::seconds time) {
    wall += time;
    passed += time;
  }
  base::sys_seconds wall = kNeverSet;
  std::chrono::steady_clock::time_point passed{1'234'567ms};
};

TEST(PhoneClock, IsThisComputersUntilSomethingWasTold) {
  TwoClocks system;
  PhoneClock clock(system);
  EXPECT_EQ(clock.now(), kNeverSet);
  EXPECT_FALSE(clock.unset());  // no floor: any time is believed
  clock.set_floor(kFloor);
  EXPECT_EQ(clock.now(), kNeverSet);
  EXPECT_TRUE(clock.unset());
}

TEST(PhoneClock, GoesOnFromWhatWasToldWhileThisComputersIsUnset) {
  TwoClocks system;
  PhoneClock clock(system);
  clock.set_floor(kFloor);
  clock.tell(kFloor + 24h);
  EXPECT_TRUE(clock.goes_by_told());
  EXPECT_FALSE(clock.unset());
  EXPECT_EQ(clock.now(), kFloor + 24h);
  system.pass(90s);
  EXPECT_EQ(clock.now(), kFloor + 24h + 90s);
  // Set somehow, and still unset: what was told does not jump with it.
  system.wall += 24h * 365;
  EXPECT_EQ(clock.now(), kFloor + 24h + 90s);
  EXPECT_EQ(clock.floor(), kFloor);
}

TEST(PhoneClock, GoesByThisComputersAsSoonAsThatIsSet) {
  TwoClocks system;
  PhoneClock clock(system);
  clock.set_floor(kFloor);
  clock.tell(kFloor + 24h * 400);
  system.wall = kFloor;
  EXPECT_FALSE(clock.goes_by_told());
  EXPECT_EQ(clock.now(), kFloor);
  clock.prefer_told(true);
  EXPECT_EQ(clock.now(), kFloor + 24h * 400);
  EXPECT_EQ(clock.system_now(), kFloor);
}

TEST(PhoneClock, StaysUnsetWhereWhatWasToldCannotBeEither) {
  TwoClocks system;
  PhoneClock clock(system);
  clock.set_floor(kFloor);
  clock.tell(kFloor - 1s);
  EXPECT_TRUE(clock.unset());
}

}  // namespace
}  // namespace sealtone::phone
