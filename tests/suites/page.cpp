// SPDX-License-Identifier: Apache-2.0
//
// tests/suites/page: see page.h.
#include "suites/page.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace sealtone::test {
namespace {

// Why and as what it was answered: neighbours that share both share a row.
struct Row {
  std::string cases, wanted, answer, standing, reason;
};

std::string rows_of(const SuiteRun& run, const std::vector<Disagreement>& list) {
  std::vector<Row> rows;
  for (const auto& one : list) {
    const auto found = std::ranges::find(run.answers, one.id, &CaseAnswer::id);
    if (found == run.answers.end()) continue;
    const Row row{"`" + one.id + "`", found->expected, one.answer,
                  one.disputed ? "disputed" : "counted", one.reason};
    const bool same = !rows.empty() && rows.back().wanted == row.wanted &&
                      rows.back().answer == row.answer && rows.back().standing == row.standing &&
                      rows.back().reason == row.reason;
    if (same) {
      rows.back().cases += "<br>" + row.cases;
    } else {
      rows.push_back(row);
    }
  }
  std::ostringstream out;
  if (rows.empty()) return "";
  out << "| case | the suite | Sealtone | | why |\n|---|---|---|---|---|\n";
  for (const auto& row : rows) {
    out << "| " << row.cases << " | " << row.wanted << " | " << row.answer << " | " << row.standing
        << " | " << row.reason << " |\n";
  }
  return out.str();
}

}  // namespace

std::string figures_part(const Runs& runs) {
  std::ostringstream out;
  out << "| suite | profile | cases | passed | undisputed | passed | wrongly accepted | the best of "
         "the others |\n|---|---|---|---|---|---|---|---|\n";
  for (const auto& about : all_suites()) {
    const auto sums = figures(runs.at(about.name).answers);
    out << "| " << about.name << " | " << about.profile << " | " << sums.cases << " | "
        << sums.passed << " | " << sums.counted << " | " << sums.counted_passed << " | "
        << sums.wrongly_accepted << " | " << about.best << " |\n";
  }
  return out.str();
}

std::string cases_part(const Runs& runs, const std::vector<Disagreement>& list) {
  std::ostringstream out;
  for (const auto& about : all_suites()) {
    const auto rows = rows_of(runs.at(about.name), list);
    if (rows.empty()) continue;
    const auto sums = figures(runs.at(about.name).answers);
    if (out.tellp() > 0) out << "\n";
    out << "### " << about.name << ": " << sums.cases - sums.passed << " of " << sums.cases
        << "\n\n"
        << rows;
  }
  return out.str();
}

std::string with_part(const std::string& page, const std::string& name, const std::string& part) {
  const auto head = "<!-- " + name + ", written by suites_test -->\n";
  const auto begin = page.find(head);
  const auto end = begin == std::string::npos ? begin : page.find("<!-- end -->", begin);
  if (end == std::string::npos) throw std::runtime_error("the page has no place for " + name);
  return page.substr(0, begin + head.size()) + part + page.substr(end);
}

}  // namespace sealtone::test
