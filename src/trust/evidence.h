// SPDX-License-Identifier: Apache-2.0
//
// trust/evidence: a fault of a certificate as a finding, with both values that were compared.  For
// trust's own use.
#pragma once

#include "trust/trust.h"

namespace sealtone::trust {

// certificate: the one that the fault's index means.
[[nodiscard]] Finding finding_of(const x509::Fault& fault, const x509::Certificate& certificate,
                                 const x509::PathOptions& options, std::chrono::sys_seconds now);

}  // namespace sealtone::trust
