// SPDX-License-Identifier: Apache-2.0
//
// sip/pace: see pace.h.
#include "sip/pace.h"

#include <algorithm>

namespace sealtone::sip {

using std::chrono::milliseconds;
using std::chrono::seconds;

milliseconds share_of(milliseconds whole, std::uint32_t random) {
  // In parts of 2^16, so that a wait of years does not overflow.
  return whole / 0x1'0000 * (random >> 16U) + whole % 0x1'0000 * (random >> 16U) / 0x1'0000;
}

milliseconds renew_after(seconds expires, int overlap, milliseconds shortest) {
  constexpr seconds kLong{1'200}, kBeforeItsEnd{600};
  seconds before = expires > kLong ? kBeforeItsEnd : seconds(0);
  milliseconds after =
      before > seconds(0) ? milliseconds(expires - before) : milliseconds(expires) / 2;
  // An overlap that is as long as what was granted would mean now, and again now.
  if (overlap > 0 && seconds(overlap) < expires) after = expires - seconds(overlap);
  return std::max(after, shortest);
}

milliseconds retry_after(const Backoff& backoff, int failures, std::uint32_t random) {
  const bool grows = backoff.minimum > milliseconds(0) || backoff.maximum > milliseconds(0);
  if (!grows) return std::max(backoff.fixed, backoff.shortest);
  const auto base = std::max(backoff.minimum > milliseconds(0) ? backoff.minimum : backoff.fixed,
                             backoff.shortest);
  const auto most = std::max(backoff.maximum, base);
  auto upper = base;
  for (int i = 0; i < failures && upper < most; ++i) upper *= 2;
  upper = std::min(upper, most);
  // "The wait time is computed by selecting a uniform random time between 50 and 100% of the
  // upper-bound wait time."
  return std::max(upper / 2 + share_of(upper - upper / 2, random), backoff.shortest);
}

milliseconds longer_wait(milliseconds own, std::optional<seconds> asked) {
  if (!asked) return own;
  return std::max(own, milliseconds(std::min(*asked, kLongestRetryAfter)));
}

milliseconds ping_interval(std::optional<seconds> flow_timer, milliseconds shortest,
                           std::uint32_t random) {
  // "If the Flow-Timer header field is not present … the UA … SHOULD select a random number between
  // … 95 and 120 seconds for connection-oriented transports."
  constexpr seconds kLeast{95}, kMost{120}, kLongest{1'800};
  if (!flow_timer) return kLeast + share_of(kMost - kLeast, random);
  // "the UA MUST send its keep-alives … at a random interval between 80% and 100% of this value."
  const milliseconds timer = std::min(*flow_timer, kLongest);
  return std::max(timer * 4 / 5 + share_of(timer / 5, random), shortest);
}

}  // namespace sealtone::sip
