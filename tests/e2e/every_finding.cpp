// SPDX-License-Identifier: Apache-2.0
//
// Every finding code has a live test: at the end of check_test each code of
// trust::all_finding_codes() has stood in a verdict that the program itself gave about a real peer.
//
// A new code registers here by being produced: a test in one of check_test's sources that meets a
// peer with that fault and reads the verdict by codes().
#include <gtest/gtest.h>

#include <cstdlib>

#include "e2e/phone_under_test.h"
#include "trust/trust.h"

namespace sealtone::test {
namespace {

// Tests chosen by a filter say nothing about the others.
bool all_tests_ran() {
  const auto& unit = *testing::UnitTest::GetInstance();
  return unit.test_to_run_count() == unit.total_test_count() && unit.skipped_test_count() == 0;
}

class EveryFinding : public testing::Environment {
 public:
  void TearDown() override {
    if (!all_tests_ran()) return;
    for (const auto code : trust::all_finding_codes()) {
      EXPECT_TRUE(codes_seen().contains(trust::word(code)))
          << "no test of check_test produced " << trust::word(code)
          << " against a real peer; add one to tests/e2e/check_*_test.cpp";
    }
  }
};

const auto* const kRegistered = testing::AddGlobalTestEnvironment(new EveryFinding);

}  // namespace
}  // namespace sealtone::test
