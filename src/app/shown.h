// SPDX-License-Identifier: Apache-2.0
//
// app/shown: the API's answers in words for a terminal.
//
// Texts in an answer were made visible by explain; visible() here guards what came another way.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/app.h"

namespace sealtone::app {

// The answer to --json, in one piece.
void tell_json(const nlohmann::json& answer, const Surroundings& with);

// What could_not answers where JSON is asked for; of one at least.
[[nodiscard]] nlohmann::json could_not_json(std::span<const base::Error> errors);

// For --json: indented; what is not UTF-8 (a file's name, an argument) is replaced, never refused.
[[nodiscard]] std::string json_text(const nlohmann::json& answer);

// The string at key, fit to show; empty if there is none.
[[nodiscard]] std::string shown(const nlohmann::json& row, const char* key);

// The time at key (RFC 3339) as people are shown it; empty if there is none.
[[nodiscard]] std::string shown_time(const nlohmann::json& row, const char* key);

// A sentence or more, broken into the terminal's lines, each with its end.
[[nodiscard]] std::string paragraph(const std::string& text, const char* first_indent = "",
                                    const char* indent = "");

// One connection: what happened, the findings with their next steps.
[[nodiscard]] std::string connection_text(const nlohmann::json& connection);
// Their details, and the ladder as it is drawn already.
[[nodiscard]] std::string connection_text(const nlohmann::json& connection,
                                          const std::string& drawn);

// One provisioning run: summary, files with mistakes and remarks, warnings.
[[nodiscard]] std::string run_text(const nlohmann::json& report);

}  // namespace sealtone::app
