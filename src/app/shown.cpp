// SPDX-License-Identifier: Apache-2.0
#include "app/shown.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "explain/wording.h"

namespace sealtone::app {
namespace {

using nlohmann::json;

std::string lines(const json& row, const char* key, std::string_view indent) {
  std::string out;
  const auto list = row.find(key);
  if (list == row.end()) return out;
  for (const auto& line : *list) {
    out += fmt::format("{}{}\n", indent, base::visible(line.get<std::string>()));
  }
  return out;
}

// As explain::to_text ends: each finding's code, with numbers and the library's words.
std::string details_text(const json& findings) {
  std::string out = findings.empty() ? "" : "\nDetails:\n";
  for (const auto& finding : findings) {
    const auto details = shown(finding, "details");
    out += shown(finding, "code") + (details.empty() ? "" : ": " + details) + "\n";
  }
  return out;
}

}  // namespace

std::string json_text(const json& answer) {
  return answer.dump(2, ' ', false, json::error_handler_t::replace);
}

std::string shown(const json& row, const char* key) {
  const auto value = row.find(key);
  if (value == row.end() || !value->is_string()) return {};
  return base::visible(value->get_ref<const std::string&>(), 4'000);
}

std::string paragraph(const std::string& text, const char* first_indent, const char* indent) {
  constexpr std::size_t width = 100;
  std::string out;
  for (const auto& line : explain::wrapped(text, width - std::string_view(indent).size())) {
    out += (out.empty() ? first_indent : indent) + line + "\n";
  }
  return out;
}

std::string connection_text(const json& connection) {
  const auto& verdict = connection.at("verdict");
  std::string out = shown(verdict, "headline") + "\n";
  const auto& findings = verdict.at("findings");
  for (const auto& finding : findings) {
    // The headline says the gravest finding, which is the first.
    if (&finding != &findings.front()) out += shown(finding, "says") + "\n";
    const auto& fix = finding.at("fix");
    if (const auto say = shown(fix, "say"); !say.empty()) out += say + "\n";
    if (const auto desk = lines(fix, "desk_phones", "  "); !desk.empty()) {
      out += "On desk phones, in the common configuration file:\n" + desk;
      if (const auto note = shown(fix, "desk_phones_note"); !note.empty()) out += note + "\n";
    }
  }
  return out;
}

std::string connection_text(const json& connection, const std::string& drawn) {
  auto out = connection_text(connection);
  const auto own = connection.find("own_certificate");
  if (own != connection.end() && own->is_object()) out += "\n" + shown(*own, "says") + "\n";
  return out + details_text(connection.at("verdict").at("findings")) + "\n" + drawn;
}

std::string run_text(const json& report) {
  const std::string summary = shown(report, "summary");
  std::string out = summary + "\n";
  for (const auto& file : report.at("files")) {
    const std::string says = shown(file, "says");
    if (summary.find(says) == std::string::npos) out += fmt::format("  {}\n", says);
    out += lines(file, "mistakes", "    ");
    out += lines(file, "remarks", "    ");
  }
  return out + lines(report, "warnings", "");
}

}  // namespace sealtone::app
