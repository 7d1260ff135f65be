// SPDX-License-Identifier: Apache-2.0
//
// tests/suites/engine_rules: see engine_rules.h.
#include "suites/engine_rules.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "support/process.h"

namespace sealtone::test {
namespace {

bool take_out_all(std::string& text, const std::string& what) {
  bool any = false;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what)) {
    text.erase(at, what.size());
    any = true;
  }
  return any;
}

}  // namespace

bool EngineRule::applies(const std::string& which, const FreshCase& fresh,
                         const EngineAnswer& answer) const {
  if (engine != which || accepts != answer.accepts) return false;
  if (where != "anywhere" && (where == "mesh") != fresh.in_a_mesh) return false;
  return kind == fresh.kind->name || (kind == "sound" && fresh.kind->sound);
}

bool take_out(std::string& said, const EngineRule& rule) {
  bool any = false;
  constexpr std::string_view between = " | ";
  for (std::size_t from = 0; from <= rule.words.size();) {
    const auto to = std::min(rule.words.find(between, from), rule.words.size());
    any = take_out_all(said, rule.words.substr(from, to - from)) || any;
    from = to + between.size();
  }
  return any;
}

std::string left_unexplained(const std::string& said) {
  auto left = said;
  take_out_all(left, "The certificate is NOT trusted.");
  return left.find_first_not_of(' ') == std::string::npos ? "" : left;
}

std::vector<EngineRule> engine_rules() {
  std::vector<EngineRule> rules;
  std::istringstream lines(
      read_text(std::string(std::getenv("SEALTONE_SOURCE")) + "/tests/suites/engine_rules.tsv"));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    std::vector<std::string> parts;
    std::istringstream fields(line);
    for (std::string part; std::getline(fields, part, '\t');) parts.push_back(part);
    constexpr std::size_t fields_of_a_rule = 6;
    if (parts.size() != fields_of_a_rule ||
        (parts[2] != "mesh" && parts[2] != "alone" && parts[2] != "anywhere") ||
        (parts[3] != "accepts" && parts[3] != "refuses")) {
      throw std::runtime_error("no rule: " + line);
    }
    rules.push_back({parts[0], parts[1], parts[2], parts[3] == "accepts", parts[4], parts[5]});
  }
  return rules;
}

}  // namespace sealtone::test
