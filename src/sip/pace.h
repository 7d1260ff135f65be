// SPDX-License-Identifier: Apache-2.0
//
// sip/pace: how long an account waits before it renews, tries again, and pings.
//
// Source: RFC 5626 §4.4.1 (Flow-Timer), §4.5 (back-off); RFC 3261 §10.2.4, §20.33 (Retry-After);
// the keys register_expires_overlap, reg_fail_retry_interval, reg_failed_retry_min_time and
// reg_failed_retry_max_time.  Quiet: random words are arguments.  Whatever a server says, nothing
// comes sooner than `shortest` says.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace sealtone::sip {

// When to renew a binding: overlap seconds before its end (account.X.register_expires_overlap), or,
// for -1, at half of a short one and 600 s before the end of a long one (assumed: nothing that we
// found says what phones do).  At least `shortest`: a server that grants a second or none is not
// asked each second.
[[nodiscard]] std::chrono::milliseconds renew_after(std::chrono::seconds expires, int overlap,
                                                    std::chrono::milliseconds shortest);

struct Backoff {
  std::chrono::milliseconds fixed{30'000};                // reg_fail_retry_interval
  std::chrono::milliseconds minimum{0}, maximum{60'000};  // both 0: fixed
  std::chrono::milliseconds shortest{1'000};  // where the keys say 0: a server is not hammered
};
// RFC 5626 §4.5: W = min(maximum, base · 2^failures), and between 50 and 100 % of it at random.
// base is minimum, or fixed where there is none; a maximum below it does not count.
// random: any 32 bits.
[[nodiscard]] std::chrono::milliseconds retry_after(const Backoff& backoff, int failures,
                                                    std::uint32_t random);

// What a server asked for (Retry-After) counts where it is longer than our own wait, up to this:
// else one response would end a phone's service for good.
inline constexpr std::chrono::seconds kLongestRetryAfter{3'600};
[[nodiscard]] std::chrono::milliseconds longer_wait(std::chrono::milliseconds own,
                                                    std::optional<std::chrono::seconds> asked);

// Each how many milliseconds a flow is pinged: 80 to 100 % of Flow-Timer, or 95 to 120 s without.
[[nodiscard]] std::chrono::milliseconds ping_interval(
    std::optional<std::chrono::seconds> flow_timer, std::chrono::milliseconds shortest,
    std::uint32_t random);

// Between none and all of it.
[[nodiscard]] std::chrono::milliseconds share_of(std::chrono::milliseconds whole,
                                                 std::uint32_t random);

}  // namespace sealtone::sip
