// SPDX-License-Identifier: Apache-2.0
//
// admin/body: a request's body as a JSON object, within limits.
//
// Errors: too_large (kMaxJsonBytes), bad_input (no JSON, no object, nested deeper than
// kMaxJsonDepth).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/result.h"

namespace sealtone::admin {

inline constexpr std::size_t kMaxJsonBytes = 64 * 1024;
inline constexpr int kMaxJsonDepth = 8;

[[nodiscard]] base::Result<nlohmann::json> json_object(const std::string& body);

// A member that is text; empty if there is none.
[[nodiscard]] std::string text_member(const nlohmann::json& object, const char* name);

}  // namespace sealtone::admin
