// SPDX-License-Identifier: Apache-2.0
//
// tests/suites/disagreements: see disagreements.h.
#include "suites/disagreements.h"

#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "support/process.h"

namespace sealtone::test {

std::vector<Disagreement> read_disagreements(const std::string& tsv) {
  std::vector<Disagreement> out;
  std::istringstream lines(tsv);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    std::vector<std::string> fields;
    std::istringstream parts(line);
    for (std::string part; std::getline(parts, part, '\t');) fields.push_back(part);
    if (fields.size() != 4) throw std::runtime_error("not four fields: " + line);
    const auto& standing = fields[2];
    if (standing != "disputed" && standing != "counted") throw std::runtime_error(line);
    if (fields[3] == "=") {
      if (out.empty()) throw std::runtime_error("no line above: " + line);
      fields[3] = out.back().reason;
    }
    out.push_back({fields[0], fields[1], standing == "disputed", fields[3]});
  }
  return out;
}

const std::vector<Disagreement>& disagreements() {
  static const auto all = read_disagreements(
      read_text(std::string(std::getenv("SEALTONE_SOURCE")) + "/tests/suites/disagreements.tsv"));
  return all;
}

}  // namespace sealtone::test
