// SPDX-License-Identifier: Apache-2.0
//
// explain/told_at: by which time a certificate's dates are told beside a verdict.  For explain's
// own use.
//
// That is the time of the verdict: where this clock was never set the floor.
#pragma once

#include "trust/trust.h"

namespace sealtone::explain {

[[nodiscard]] std::chrono::sys_seconds told_at(const trust::Verdict& verdict,
                                               std::chrono::sys_seconds now,
                                               const x509::Certificate& certificate);

}  // namespace sealtone::explain
