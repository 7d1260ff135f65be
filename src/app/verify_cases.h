// SPDX-License-Identifier: Apache-2.0
//
// app/verify_cases: judges cases of certification path suites by the code that the TLS client runs.
//
// Shapes: docs/conformance.md (x509-limbo's schema, with "x").  Nothing of what a suite says of the
// answer (expected_result, description, x.soft, x.group, the id) is looked at; the id is given
// back.
#pragma once

#include <chrono>
#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "x509/path.h"

namespace sealtone::app {

inline constexpr std::size_t kMaxSuiteBytes = 64'000'000;

// now: the time of cases that have none of their own.  bad_input if the suite is none; a case that
// is none is SKIPPED, and its context says why.
[[nodiscard]] base::Result<nlohmann::json> verify_cases(const nlohmann::json& suite,
                                                        x509::Profile profile,
                                                        std::chrono::sys_seconds now);

}  // namespace sealtone::app
