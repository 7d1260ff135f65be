// SPDX-License-Identifier: Apache-2.0
#include "app/nearest.h"

#include <gtest/gtest.h>

#include <vector>

namespace sealtone::app {
namespace {

const std::vector<std::string> kWords{"check", "crl", "clock", "cert", "trust", "trace"};

TEST(Nearest, IsTheWordThatWasMeant) {
  EXPECT_EQ(nearest("chekc", kWords), "check");
  EXPECT_EQ(nearest("CHECK", kWords), "check");
  EXPECT_EQ(nearest("truts", kWords), "trust");
  EXPECT_EQ(nearest("cloc", kWords), "clock");
  EXPECT_EQ(nearest("cll", kWords), "crl") << "one of three letters is wrong";
}

TEST(Nearest, IsNoneWhereNoWordIsNear) {
  EXPECT_EQ(nearest("dance", kWords), std::nullopt);
  EXPECT_EQ(nearest("", kWords), std::nullopt);
  EXPECT_EQ(nearest("check", {}), std::nullopt);
  EXPECT_EQ(nearest(std::string(10'000'000, 'a'), kWords), std::nullopt);
}

}  // namespace
}  // namespace sealtone::app
