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

void take_out(std::string& text, const std::string& what) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what)) {
    text.erase(at, what.size());
  }
}

// Whether what the engine says is this ("one | another") and nothing else.
bool is_all_of(std::string said, const std::string& reasons) {
  take_out(said, "The certificate is NOT trusted.");
  constexpr std::string_view between = " | ";
  for (std::size_t from = 0; from <= reasons.size();) {
    const auto to = std::min(reasons.find(between, from), reasons.size());
    take_out(said, reasons.substr(from, to - from));
    from = to + between.size();
  }
  return said.find_first_not_of(' ') == std::string::npos;
}

}  // namespace

bool EngineRule::explains(const std::string& which, const FreshCase& fresh,
                          const EngineAnswer& answer) const {
  if (engine != which || accepts != answer.accepts) return false;
  if (!is_all_of(answer.words, words)) return false;
  if (where != "anywhere" && (where == "mesh") != fresh.in_a_mesh) return false;
  return kind == fresh.kind->name || (kind == "sound" && fresh.kind->sound);
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
