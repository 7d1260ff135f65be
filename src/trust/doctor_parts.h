// SPDX-License-Identifier: Apache-2.0
//
// trust/doctor_parts: the two halves of the doctor.  For trust's own use.
#pragma once

#include "trust/doctor.h"

namespace sealtone::trust {

// Both add to roles, remarks, chain and key; duplicates have their role already.
void examine_server(const Upload& upload, const DoctorOptions& options, Diagnosis& diagnosis);
void examine_trusted(const Upload& upload, const DoctorOptions& options, Diagnosis& diagnosis);

// Valid now, and not for much longer.
[[nodiscard]] std::optional<Remark> expires_soon(const x509::Certificate& certificate,
                                                 std::size_t index, std::chrono::sys_seconds now);

}  // namespace sealtone::trust
