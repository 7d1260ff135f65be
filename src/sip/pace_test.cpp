// SPDX-License-Identifier: Apache-2.0
//
// sip/pace: never faster than the keys allow, whatever a server says.
#include "sip/pace.h"

#include <gtest/gtest.h>

namespace sealtone::sip {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::uint32_t kNone = 0, kMost = 0xFFFF'FFFF;

TEST(RenewAfter, ComesBeforeTheEndOfABinding) {
  struct {
    seconds expires;
    int overlap;
    milliseconds after;
  } const cases[] = {
      {120s, 30, 90s},                          // the vendor's own example
      {3600s, -1, 3000s},                       // 600 s before the end of a long one
      {1201s, -1, 601s},                        // the shortest long one
      {1200s, -1, 600s},                        // the longest short one: at half
      {60s, -1, 30s},       {3600s, 3599, 5s},  // a second after it was granted: not so soon
      {3600s, 3600, 3000s},                     // an overlap of all of it says nothing
      {3600s, 5000, 3000s}, {3600s, 0, 3000s},
      {10s, -1, 5s},                                               // at the bound
      {9s, -1, 5s},                                                // past it
      {1s, -1, 5s},                                                // hostile
      {0s, -1, 5s},         {4'294'967'295s, -1, 4'294'966'695s},  // the most that a field can say
  };
  for (const auto& each : cases) {
    EXPECT_EQ(renew_after(each.expires, each.overlap, 5s), each.after)
        << each.expires.count() << " " << each.overlap;
  }
}

TEST(RetryAfter, GrowsAsRfc5626Says) {
  struct {
    Backoff backoff;
    int failures;
    milliseconds least, most;
  } const cases[] = {
      // The RFC's example: "if the base-time is 30 seconds, and there have been three failures,
      // then the upper-bound wait time is min(1800, 30*(2^3)) or 240 seconds", so 120 to 240 s.
      {{30s, 30s, 1800s}, 3, 120s, 240s},
      {{30s, 30s, 1800s}, 0, 15s, 30s},
      {{30s, 30s, 1800s}, 5, 480s, 960s},
      {{30s, 30s, 1800s}, 6, 900s, 1800s},  // 1920 is past the maximum
      {{30s, 30s, 1800s}, 2'000'000'000, 900s, 1800s},
      {{}, 0, 15s, 30s},  // the factory's 0 and 60: from 30 s
      {{}, 1, 30s, 60s},
      {{}, 9, 30s, 60s},
      {{30s, 0s, 0s}, 7, 30s, 30s},  // both 0: the fixed one, not at random
      {{1800s, 0s, 0s}, 0, 1800s, 1800s},
      {{0s, 0s, 0s}, 3, 1s, 1s},  // all 0: all the same not at once
      {{0s, 0s, 60s}, 0, 1s, 1s},
      {{30s, 10s, 0s}, 4, 5s, 10s},  // a maximum below the base does not count
      {{30s, 1s, 60s}, 0, 1s, 1s},   // at the shortest
      {{30s, 2s, 60s}, 0, 1s, 2s},
  };
  for (const auto& each : cases) {
    EXPECT_EQ(retry_after(each.backoff, each.failures, kNone), each.least) << each.failures;
    EXPECT_LE(retry_after(each.backoff, each.failures, kMost), each.most) << each.failures;
    EXPECT_GE(retry_after(each.backoff, each.failures, kMost), each.most - 1s) << each.failures;
  }
}

TEST(RetryAfter, HonoursAServerThatAsksForMoreButNotForEver) {
  EXPECT_EQ(longer_wait(30s, std::nullopt), 30s);
  EXPECT_EQ(longer_wait(30s, 29s), 30s);
  EXPECT_EQ(longer_wait(30s, 31s), 31s);
  EXPECT_EQ(longer_wait(30s, 3'600s), 3'600s);
  EXPECT_EQ(longer_wait(30s, 3'601s), 3'600s);
  EXPECT_EQ(longer_wait(30s, 4'294'967'295s), 3'600s);
}

TEST(PingInterval, IsEightyToHundredPercentOfFlowTimer) {
  EXPECT_EQ(ping_interval(100s, 10s, kNone), 80s);
  EXPECT_NEAR(std::chrono::duration<double>(ping_interval(100s, 10s, kMost)).count(), 100, 0.1);
  EXPECT_EQ(ping_interval(std::nullopt, 10s, kNone), 95s);
  EXPECT_NEAR(std::chrono::duration<double>(ping_interval(std::nullopt, 10s, kMost)).count(), 120,
              0.1);
  EXPECT_EQ(ping_interval(0s, 10s, kMost), 10s);  // hostile
  EXPECT_EQ(ping_interval(1s, 10s, kMost), 10s);
  EXPECT_EQ(ping_interval(4'294'967'295s, 10s, kNone), 1'440s);
}

TEST(ShareOf, IsBetweenNoneAndAll) {
  EXPECT_EQ(share_of(60s, kNone), 0s);
  EXPECT_EQ(share_of(60s, 0x8000'0000), 30s);
  EXPECT_LT(share_of(60s, kMost), 60s);
  EXPECT_GT(share_of(60s, kMost), 59'990ms);
  EXPECT_EQ(share_of(0s, kMost), 0s);
}

}  // namespace
}  // namespace sealtone::sip
