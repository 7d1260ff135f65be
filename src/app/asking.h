// SPDX-License-Identifier: Apache-2.0
//
// app/asking: what the commands that ask a phone have in common.
#pragma once

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "app/commands.h"
#include "app/shown.h"
#include "http/http.h"

namespace sealtone::app {

// Of the phone that runs on the state folder, or of one opened for it.  refused: where to put the
// body of an answer that refuses, if it is JSON.
[[nodiscard]] base::Result<nlohmann::json> ask(const StateArguments& arguments,
                                               const Surroundings& with, std::string method,
                                               std::string target, std::string body = {},
                                               http::Fields fields = {},
                                               nlohmann::json* refused = nullptr);

// RFC 8259 §8.1: JSON is UTF-8; an argument may hold any octets.
[[nodiscard]] base::Result<std::string> body_of(const nlohmann::json& members,
                                                const std::string& where);

// Prints the answer as JSON, or lets words do it.
template <typename Words>
int told(const base::Result<nlohmann::json>& answer, const StateArguments& arguments,
         const Surroundings& with, Words words) {
  if (!answer) return could_not(with, answer.error());
  if (arguments.json) {
    tell_json(*answer, with);
  } else {
    words(*answer);
  }
  return kDone;
}

}  // namespace sealtone::app
