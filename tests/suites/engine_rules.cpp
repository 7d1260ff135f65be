// SPDX-License-Identifier: Apache-2.0
//
// tests/suites/engine_rules: see engine_rules.h.
#include "suites/engine_rules.h"

#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "support/process.h"

namespace sealtone::test {

bool EngineRule::explains(const std::string& which, const FreshCase& fresh, bool accepted) const {
  if (engine != which || accepts != accepted) return false;
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
    constexpr std::size_t fields_of_a_rule = 5;
    if (parts.size() != fields_of_a_rule ||
        (parts[2] != "mesh" && parts[2] != "alone" && parts[2] != "anywhere") ||
        (parts[3] != "accepts" && parts[3] != "refuses")) {
      throw std::runtime_error("no rule: " + line);
    }
    rules.push_back({parts[0], parts[1], parts[2], parts[3] == "accepts", parts[4]});
  }
  return rules;
}

}  // namespace sealtone::test
