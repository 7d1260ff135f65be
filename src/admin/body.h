// SPDX-License-Identifier: Apache-2.0
//
// admin/body: a request's body as a JSON object, within limits.
//
// Errors: bad_input (no JSON, no object, nested deeper than kMaxJsonDepth).  How long it may be is
// decided before it is read, by the table of routes.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/result.h"

namespace sealtone::admin {

inline constexpr std::size_t kMaxJsonBytes = 64 * 1024;  // of the routes that take one
inline constexpr int kMaxJsonDepth = 8;

[[nodiscard]] base::Result<nlohmann::json> json_object(const std::string& body);

// A member that is text; empty if there is none.
[[nodiscard]] std::string text_member(const nlohmann::json& object, const char* name);

}  // namespace sealtone::admin
