// SPDX-License-Identifier: Apache-2.0
//
// explain/trusted_fix: the next step where the certificate at fault is the trusted one.
//
// What has to be replaced then stands in the list of trusted certificates, and on the server only
// if it is the server's own, too.  Of one that expired fixes.h says so.
#pragma once

#include <optional>

#include "explain/clauses.h"

namespace sealtone::explain {

// Nothing where another certificate is at fault, or none.
[[nodiscard]] std::optional<std::string> trusted_fix(const trust::Finding& finding,
                                                     const Scene& scene);

}  // namespace sealtone::explain
