// SPDX-License-Identifier: Apache-2.0
//
// A running phone as the kernel sees it: confined, in each of its threads.
#include <gmock/gmock.h>

#include "e2e/phone_under_test.h"

namespace sealtone::test {
namespace {

using testing::HasSubstr;

TEST(RunningPhone, IsConfinedInEachOfItsThreads) {
  PhoneUnderTest phone;
  const auto tasks = "/proc/" + std::to_string(phone.process().pid()) + "/task";
  int threads = 0;
  for (const auto& task : std::filesystem::directory_iterator(tasks)) {
    const auto status = read_text(task.path() / "status");
    EXPECT_THAT(status, HasSubstr("\nNoNewPrivs:\t1\n"));
    EXPECT_THAT(status, HasSubstr("\nSeccomp:\t2\n"));  // SECCOMP_MODE_FILTER
    ++threads;
  }
  EXPECT_EQ(threads, 2) << "the loop and the worker";
}

TEST(RunningPhone, LeavesNoCoreDump) {
  PhoneUnderTest phone;
  const auto limits = read_text("/proc/" + std::to_string(phone.process().pid()) + "/limits");
  EXPECT_THAT(limits, testing::ContainsRegex("Max core file size +0 +0 "));
}

}  // namespace
}  // namespace sealtone::test
