// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/advised: see advised.h.
#include "e2e/advised.h"

#include <cstdlib>
#include <fstream>

namespace sealtone::test {

Wish Advised::authority(const std::string& name, std::vector<std::string> extensions) {
  Wish wish;
  wish.common_name = name;
  wish.ca = true;
  wish.extensions = std::move(extensions);
  return wish;
}

Identity Advised::issue(const Wish& wish, const Identity& issuer) {
  return certificates_.issue("made-" + std::to_string(++issued_), wish, issuer);
}

Identity Advised::self_signed(const Wish& wish) {
  return certificates_.self_signed("made-" + std::to_string(++issued_), wish);
}

void EveryFix::TearDown() {
  const auto& unit = *testing::UnitTest::GetInstance();
  if (unit.test_to_run_count() != unit.total_test_count() || !unit.Passed()) return;
  const auto documented = documented_();
  EXPECT_GT(documented.size(), at_least_);
  for (const auto& fix : documented) {
    EXPECT_TRUE(cured_.contains(fix))
        << fix << ": nobody carried it out; add a scene, or make its kind none";
  }
}

void for_each_line_of(const std::string& page,
                      const std::function<void(const std::string&)>& told) {
  std::ifstream file(std::string(std::getenv("SEALTONE_SOURCE")) + "/docs/" + page);
  for (std::string line; std::getline(file, line);) told(line);
}

}  // namespace sealtone::test
