// SPDX-License-Identifier: Apache-2.0
//
// net/ntp_packet: what an SNTP client asks, and whether an answer can be gone by.
//
// Source: RFC 4330 §4, §5 (the checks), §8 (kiss-o'-death); RFC 5905 §7.3 (the header), §14.
// Nothing here is authenticated: whoever sees the question can answer it.  Units: UTC milliseconds.
// Errors: bad_input (an answer that says nothing), busy (RATE: ask less often), not_allowed (DENY,
// RSTR: do not ask again).
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"

namespace sealtone::net {

inline constexpr std::size_t kNtpOctets = 48;
using NtpTime = std::chrono::sys_time<std::chrono::milliseconds>;

// The question: version 4, mode 3.  nonce takes the place of this side's time, which would tell
// what this clock says and be easy to guess; the answer has to repeat it.
[[nodiscard]] std::array<std::uint8_t, kNtpOctets> ntp_question(std::uint64_t nonce);

// Whether it is an answer to that question at all; another one was sent by somebody who did not see
// it, and is passed over.
[[nodiscard]] bool answers_ntp(base::ByteView packet, std::uint64_t nonce);

// When the answer left the server; held: how long it had the question.  packet: answers_ntp().
struct NtpAnswer {
  NtpTime sent;
  std::chrono::milliseconds held{0};
};
[[nodiscard]] base::Result<NtpAnswer> read_ntp_answer(base::ByteView packet);

}  // namespace sealtone::net
