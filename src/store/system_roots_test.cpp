// SPDX-License-Identifier: Apache-2.0
#include "store/system_roots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sealtone::store {
namespace {

TEST(SystemRoots, AreThisComputersOrTheReasonWhyNot) {
  const auto roots = system_roots();
  if (roots) {
    EXPECT_GT(roots->size(), 50U);
  } else {
    EXPECT_EQ(roots.error().code, base::ErrorCode::io);
    EXPECT_THAT(roots.error().detail, testing::HasSubstr("install the package ca-certificates"));
  }
}

}  // namespace
}  // namespace sealtone::store
