// SPDX-License-Identifier: Apache-2.0
#include "admin/body.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace sealtone::admin {

using base::ErrorCode;
using nlohmann::json;

base::Result<json> json_object(const std::string& body) {
  bool too_deep = false;
  const json::parser_callback_t shallow = [&](int depth, json::parse_event_t, json&) {
    too_deep = too_deep || depth > kMaxJsonDepth;
    return !too_deep;  // what is deeper is passed over, not kept
  };
  auto parsed = json::parse(body, shallow, false);
  if (too_deep) {
    return base::fail(ErrorCode::bad_input, "",
                      fmt::format("the request is nested deeper than {}", kMaxJsonDepth));
  }
  if (!parsed.is_object()) {
    return base::fail(ErrorCode::bad_input, "", "the request is no JSON object");
  }
  return parsed;
}

std::string text_member(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace sealtone::admin
