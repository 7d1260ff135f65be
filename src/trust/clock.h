// SPDX-License-Identifier: Apache-2.0
//
// trust/clock: which times a clock cannot honestly say, and what proves that a time has been.
//
// The floor is raised by signed data of trusted peers alone: what a peer that was trusted had
// signed at some time proves that this time has been.  A verdict is trusted only if all of that
// lies in the past of the clock it was judged by, so that the floor never passes that clock: a
// certificate from the far future raises nothing.  Quiet: values in, values out.
#pragma once

#include "trust/trust.h"

namespace sealtone::trust {

[[nodiscard]] bool is_unset(const std::optional<ClockFloor>& clock, std::chrono::sys_seconds now);

// The latest time that a trusted peer's certificates and the revocation lists about them are signed
// with: notBefore of its own certificate, thisUpdate of lists that its authorities signed.  Nothing
// unless the verdict is trusted, by a clock that was set.
[[nodiscard]] std::optional<std::chrono::sys_seconds> signed_time(
    const Verdict& verdict, const std::shared_ptr<const std::vector<x509::Crl>>& crls,
    std::chrono::sys_seconds now);

// What the dates of a certificate are told by, such as the days that it has left: the clock; while
// that is unset the floor, or when the certificate begins, which may have been since.
[[nodiscard]] std::chrono::sys_seconds dates_at(const std::optional<ClockFloor>& clock,
                                                std::chrono::sys_seconds now,
                                                const x509::Certificate& certificate);

}  // namespace sealtone::trust
