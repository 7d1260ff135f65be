// SPDX-License-Identifier: Apache-2.0
//
// tests/suites/suite: one certification path suite, and what `sealtone verify --cases` answers.
//
// The program sees nothing of what a suite expects: of a case it gets what docs/conformance.md
// lists, under an id of chance, in an order of chance.
// Errors: std::runtime_error, if the archive is none or the program does not answer.
#pragma once

#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

namespace sealtone::test {

struct SuiteAbout {
  std::string name;     // of tests/data/suites/NAME.tar.xz
  std::string profile;  // "strict" for limbo, whose reading that is; else "default"
  // The best of the other engines, of a suite that is an engine's own the best but that one:
  // passed, of them undisputed; and in words, with how many they wrongly accept.
  int best_passed, best_counted;
  std::string best;
};
[[nodiscard]] const std::vector<SuiteAbout>& all_suites();

struct CaseAnswer {
  std::string id, expected, actual, context;
  bool disputed = false;  // the suite says so (x.soft)
  [[nodiscard]] bool as_expected() const { return actual == expected; }
};

struct Figures {
  int cases = 0, passed = 0;
  int counted = 0, counted_passed = 0;  // undisputed ones
  int wrongly_accepted = 0;             // of those
};
[[nodiscard]] Figures figures(const std::vector<CaseAnswer>& answers);

// All answers, in the suite's order.  No case may take more than kCaseSeconds: no kAtOnce may.
inline constexpr double kCaseSeconds = 5;
inline constexpr std::size_t kAtOnce = 100;
struct SuiteRun {
  std::vector<CaseAnswer> answers;
  double longest_seconds = 0;  // of kAtOnce cases
};
[[nodiscard]] SuiteRun run_suite(const SuiteAbout& about, std::mt19937_64& chance);

}  // namespace sealtone::test
