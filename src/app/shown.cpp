// SPDX-License-Identifier: Apache-2.0
#include "app/shown.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/screen.h"
#include "base/text.h"
#include "explain/wording.h"

namespace sealtone::app {
namespace {

using nlohmann::json;

std::string lines(const json& row, const char* key, const char* indent) {
  std::string out;
  const auto list = row.find(key);
  if (list == row.end()) return out;
  for (const auto& line : *list) {
    out += paragraph(base::visible(line.get<std::string>()), indent, indent);
  }
  return out;
}

// As explain::to_text ends: each finding's code, with numbers and the library's words.
std::string details_text(const json& findings) {
  std::string out = findings.empty() ? "" : "\nDetails:\n";
  for (const auto& finding : findings) {
    const auto details = shown(finding, "details");
    out += paragraph(shown(finding, "code") + (details.empty() ? "" : ": " + details));
  }
  return out;
}

}  // namespace

std::string json_text(const json& answer) {
  return answer.dump(2, ' ', false, json::error_handler_t::replace);
}

void tell_json(const json& answer, const Surroundings& with) {
  if (with.json != nullptr) with.json->given = true;
  fmt::print(with.out, "{}\n", json_text(answer));
}

std::string shown(const json& row, const char* key) {
  const auto value = row.find(key);
  if (value == row.end() || !value->is_string()) return {};
  return base::visible(value->get_ref<const std::string&>(), 4'000);
}

std::string shown_time(const json& row, const char* key) {
  const auto text = shown(row, key);
  const auto time = base::parse_utc(text);
  return time ? explain::when(*time) : text;
}

std::string paragraph(const std::string& text, const char* first_indent, const char* indent) {
  const auto width = text_width(stdout);
  std::string out;
  for (const auto& line : explain::wrapped(text, width - std::string_view(indent).size())) {
    out += (out.empty() ? first_indent : indent) + line + "\n";
  }
  return out;
}

std::string connection_text(const json& connection) {
  const auto& verdict = connection.at("verdict");
  std::string out = paragraph(shown(verdict, "headline"));
  const auto& findings = verdict.at("findings");
  for (const auto& finding : findings) {
    // The headline says the gravest finding, which is the first.
    if (&finding != &findings.front()) out += paragraph(shown(finding, "says"));
    const auto& fix = finding.at("fix");
    out += paragraph(shown(fix, "say"));
    const auto& desk = fix.at("desk_phones");
    if (desk.empty()) continue;
    out += "On desk phones, in the common configuration file:\n";
    // As they are to stand in the file: not broken.
    for (const auto& line : desk) out += "  " + base::visible(line.get<std::string>()) + "\n";
    out += paragraph(shown(fix, "desk_phones_note"));
  }
  return out;
}

std::string connection_text(const json& connection, const std::string& drawn) {
  auto out = connection_text(connection);
  const auto own = connection.find("own_certificate");
  if (own != connection.end() && own->is_object()) out += "\n" + paragraph(shown(*own, "says"));
  return out + details_text(connection.at("verdict").at("findings")) + "\n" + drawn;
}

std::string run_text(const json& report) {
  const std::string summary = shown(report, "summary");
  std::string out = paragraph(summary);
  for (const auto& file : report.at("files")) {
    const std::string says = shown(file, "says");
    if (summary.find(says) == std::string::npos) out += paragraph(says, "  ", "  ");
    out += lines(file, "mistakes", "    ");
    out += lines(file, "remarks", "    ");
  }
  return out + lines(report, "warnings", "");
}

}  // namespace sealtone::app
