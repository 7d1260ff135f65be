// SPDX-License-Identifier: Apache-2.0
//
// The page with thousands of established connections that ask nothing: what each holds in memory,
// and others answered within a second.
#include <gmock/gmock.h>

#include "e2e/phone_under_test.h"
#include "e2e/stranger.h"

namespace sealtone::test {
namespace {

using namespace std::chrono_literals;

TEST(HostileLoad, FourThousandIdleConnectionsHoldNoMoreThanTheirShare) {
  PhoneUnderTest phone;
  phone.set("sealtone.idle_timeout_s", "600");
  const auto before = kilobytes(phone.process().pid(), "VmRSS");
  constexpr int kMany = 4'000;
  std::vector<Stranger> idle;
  idle.reserve(kMany);
  for (int i = 0; i < kMany; ++i) {
    idle.emplace_back(phone.port(), static_cast<std::uint8_t>(2 + i / 250));
    if (i % 500 != 0) continue;
    const auto began = std::chrono::steady_clock::now();
    Stranger other(phone.port(), 200);
    other.say("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(other.answer(), ::testing::StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_LT(std::chrono::steady_clock::now() - began, 1s);
  }
  const auto each = (kilobytes(phone.process().pid(), "VmRSS") - before) / kMany;
  std::printf("  each idle connection holds %ld kB\n", each);
  // With its record and without optimisation; the budget of 20 kB is for neither.
  EXPECT_LT(each, 50);
  EXPECT_TRUE(phone.process().running());
}

}  // namespace
}  // namespace sealtone::test
