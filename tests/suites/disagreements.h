// SPDX-License-Identifier: Apache-2.0
//
// tests/suites/disagreements: the cases that are answered otherwise than their suite has it, and
// which sentence decides (disagreements.tsv).
//
// A line: the id, our answer, "disputed" (by the suite itself) or "counted", the reason; parted by
// tabulators.  A reason of = is that of the line above.
// Errors: std::runtime_error, for a line that is none.
#pragma once

#include <string>
#include <vector>

namespace sealtone::test {

struct Disagreement {
  std::string id, answer;
  bool disputed = false;
  std::string reason;
};
[[nodiscard]] std::vector<Disagreement> read_disagreements(const std::string& tsv);
// Those of the source folder.
[[nodiscard]] const std::vector<Disagreement>& disagreements();

}  // namespace sealtone::test
