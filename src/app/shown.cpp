// SPDX-License-Identifier: Apache-2.0
#include "app/shown.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

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

// What was said already is not said again.
class Sentences {
 public:
  void say(const std::string& sentence) { add(paragraph(sentence)); }
  void add(const std::string& lines) {
    if (said_.insert(lines).second) text_ += lines;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::set<std::string> said_;
};

// As explain::to_text ends: each finding's code, with numbers and the library's words.
std::string details_text(const json& findings) {
  Sentences said;
  for (const auto& finding : findings) {
    const auto details = shown(finding, "details");
    said.say(shown(finding, "code") + (details.empty() ? "" : ": " + details));
  }
  return said.text().empty() ? "" : "\nDetails:\n" + said.text();
}

std::string verdict_text(const json& verdict) {
  Sentences said;
  said.say(shown(verdict, "headline"));
  const auto& findings = verdict.at("findings");
  for (const auto& finding : findings) {
    // The headline says the gravest finding, which is the first.
    if (&finding != &findings.front()) said.say(shown(finding, "says"));
    const auto& fix = finding.at("fix");
    said.say(shown(fix, "say"));
    const auto& desk = fix.at("desk_phones");
    if (desk.empty()) continue;
    // As they are to stand in the file: not broken.
    std::string block = "On desk phones, in the common configuration file:\n";
    for (const auto& line : desk) block += "  " + base::visible(line.get<std::string>()) + "\n";
    said.add(block);
    said.say(shown(fix, "desk_phones_note"));
  }
  return said.text();
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
  return verdict_text(verdict) + details_text(verdict.at("findings"));
}

std::string connection_text(const json& connection, const std::string& drawn) {
  const auto& verdict = connection.at("verdict");
  auto out = verdict_text(verdict);
  const auto own = connection.find("own_certificate");
  if (own != connection.end() && own->is_object()) out += "\n" + paragraph(shown(*own, "says"));
  return out + details_text(verdict.at("findings")) + "\n" + drawn;
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
