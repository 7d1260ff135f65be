// SPDX-License-Identifier: Apache-2.0
#include "net/descriptors.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

namespace sealtone::net {
namespace {

TEST(DescriptorsForOthers, LeaveTheReserve) {
  rlimit limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &limit), 0);
  EXPECT_GE(limit.rlim_cur, 2 * kReservedDescriptors) << "this machine's limit is too low to tell";
  EXPECT_EQ(descriptors_for_others(), limit.rlim_cur - kReservedDescriptors);
}

}  // namespace
}  // namespace sealtone::net
