// SPDX-License-Identifier: Apache-2.0
//
// net/sntp: what time it is, by a time server.
//
// Source: RFC 4330 (SNTP).  One question over UDP; the answer has to come from the address that was
// asked, and to repeat 64 random bits of the question.  It is not authenticated: whoever is on the
// way can say any time.  Errors: as ntp_packet's, timeout, unreachable.
#pragma once

#include <chrono>

#include "base/random.h"
#include "net/net.h"
#include "net/ntp_packet.h"

namespace sealtone::net {

inline constexpr std::uint16_t kNtpPort = 123;

// time was at `at`, give or take half of round_trip.
struct TimeTold {
  NtpTime time;
  std::chrono::steady_clock::time_point at;
  std::chrono::milliseconds round_trip;
};

[[nodiscard]] Task<base::Result<TimeTold>> ask_time(std::string host, std::uint16_t port,
                                                    std::chrono::milliseconds limit,
                                                    base::Random& random);

}  // namespace sealtone::net
