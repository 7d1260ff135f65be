// SPDX-License-Identifier: Apache-2.0
//
// admin/answers: responses as the API gives them: JSON, refusals with a word and a sentence, and
// the fields that every answer carries.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/result.h"
#include "http/http.h"

namespace sealtone::admin {

[[nodiscard]] http::Response answer_json(int status, const nlohmann::json& body);
// {"code","says"}.
[[nodiscard]] http::Response refuse(int status, std::string_view code, std::string_view says);
[[nodiscard]] http::Response refuse(const base::Error& error);
[[nodiscard]] int status_for(base::ErrorCode code);

// Strict CSP with Trusted Types, no sniffing, no framing, no referrer; API answers are not stored.
void add_security_fields(http::Response& response, bool may_be_stored);

}  // namespace sealtone::admin
