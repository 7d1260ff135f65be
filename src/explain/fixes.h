// SPDX-License-Identifier: Apache-2.0
//
// explain/fixes: the next step for each finding, tried before it is named where it can be.
//
// A certificate is only called the one to upload if trusting it cures the path; a missing one that
// nobody holds is described by what its child says of it, and never by a fingerprint.
#pragma once

#include "explain/clauses.h"

namespace sealtone::explain {

[[nodiscard]] Fix fix_for(const trust::Finding& finding, const Scene& scene);

}  // namespace sealtone::explain
