// SPDX-License-Identifier: Apache-2.0
//
// Certification path suites of other people (tests/data/suites), judged by the program: every case
// is answered as its suite has it, but for those that disagreements.tsv lists, each with the
// sentence that decides.  docs/conformance.md tells the same.
//
// SEALTONE_SUITES_SEED=N repeats the ids and the order of a run; SEALTONE_WRITE_PAGE=yes writes the
// page's parts anew.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <set>

#include "suites/page.h"
#include "support/process.h"

namespace sealtone::test {
namespace {

std::uint64_t seed() {
  const char* const given = std::getenv("SEALTONE_SUITES_SEED");
  return given == nullptr ? std::random_device{}() : std::stoull(given);
}

// Each suite is run once.
const SuiteRun& run_of(const SuiteAbout& about) {
  static Runs runs;
  auto found = runs.find(about.name);
  if (found != runs.end()) return found->second;
  const auto start = seed();
  std::printf("%s: SEALTONE_SUITES_SEED=%llu\n", about.name.c_str(),
              static_cast<unsigned long long>(start));
  std::mt19937_64 chance(start);
  return runs.emplace(about.name, run_suite(about, chance)).first->second;
}

class Suites : public testing::TestWithParam<SuiteAbout> {};

TEST_P(Suites, AreAnsweredAsTheyHaveItButForTheListedCases) {
  std::map<std::string, Disagreement> listed;
  for (const auto& one : disagreements()) listed.emplace(one.id, one);
  for (const auto& answer : run_of(GetParam()).answers) {
    const auto found = listed.find(answer.id);
    if (found == listed.end()) {
      EXPECT_EQ(answer.actual, answer.expected)
          << answer.id << (answer.disputed ? " (disputed)" : "") << ": " << answer.context;
      continue;
    }
    EXPECT_EQ(answer.actual, found->second.answer) << answer.id << ": " << answer.context;
    EXPECT_NE(answer.actual, answer.expected)
        << answer.id << " is answered as the suite has it: take it off the list";
    EXPECT_EQ(answer.disputed, found->second.disputed) << answer.id;
  }
}

TEST_P(Suites, ArePassedAsTheBestOfTheOthersDoes) {
  const auto& run = run_of(GetParam());
  const auto sums = figures(run.answers);
  std::printf("%s: %d of %d passed, %d of %d undisputed; %d wrongly accepted; %.1f s for %zu\n",
              GetParam().name.c_str(), sums.passed, sums.cases, sums.counted_passed, sums.counted,
              sums.wrongly_accepted, run.longest_seconds, kAtOnce);
  EXPECT_GE(sums.passed, GetParam().best_passed);
  EXPECT_GE(sums.counted_passed, GetParam().best_counted);
}

TEST_P(Suites, TakeNoMoreThanFiveSecondsForAnyCase) {
  EXPECT_LT(run_of(GetParam()).longest_seconds, kCaseSeconds);
}

INSTANTIATE_TEST_SUITE_P(All, Suites, testing::ValuesIn(all_suites()), [](const auto& info) {
  auto name = info.param.name;
  std::erase(name, '-');
  return name;
});

TEST(Disagreements, AreCasesThatThereAre) {
  std::set<std::string> ids;
  for (const auto& about : all_suites()) {
    for (const auto& answer : run_of(about).answers) ids.insert(answer.id);
  }
  std::set<std::string> seen;
  for (const auto& one : disagreements()) {
    EXPECT_TRUE(ids.contains(one.id)) << one.id;
    EXPECT_TRUE(seen.insert(one.id).second) << one.id << " is listed twice";
    EXPECT_GT(one.reason.size(), 20U) << one.id;
  }
}

TEST(Page, TellsTheFiguresAndEveryCaseAnsweredOtherwise) {
  Runs runs;
  for (const auto& about : all_suites()) runs.emplace(about.name, run_of(about));
  const std::string path = std::string(std::getenv("SEALTONE_SOURCE")) + "/docs/conformance.md";
  const auto page = read_text(path);
  auto wanted = with_part(page, "figures", figures_part(runs));
  wanted = with_part(wanted, "cases", cases_part(runs, disagreements()));
  if (std::getenv("SEALTONE_WRITE_PAGE") != nullptr) {
    write_text(path, wanted);
    return;
  }
  EXPECT_EQ(page, wanted) << "SEALTONE_WRITE_PAGE=yes writes it";
}

}  // namespace
}  // namespace sealtone::test
