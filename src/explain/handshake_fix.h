// SPDX-License-Identifier: Apache-2.0
//
// explain/handshake_fix: the next step where both sides find nothing that they have in common.
#pragma once

#include "explain/clauses.h"

namespace sealtone::explain {

[[nodiscard]] Fix enable_version(const trust::Finding& finding, const Scene& scene);
[[nodiscard]] Fix common_cipher(const trust::Finding& finding, const Scene& scene);

}  // namespace sealtone::explain
