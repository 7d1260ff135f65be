// SPDX-License-Identifier: Apache-2.0
#include "e2e/browser.h"

#include <cstdlib>
#include <stdexcept>

namespace sealtone::test {
namespace {

// Chromium's start and a dozen steps, on a machine that does other things as well.
constexpr std::chrono::minutes kVisitLimit{3};

}  // namespace

nlohmann::json Browser::visit(const std::vector<Step>& steps) {
  nlohmann::json all = nlohmann::json::array();
  if (has_password_) {
    all.push_back({"log-in", password_});
  } else {
    all.push_back({"choose-password", phone_.one_time_password(), password_});
  }
  for (const auto& step : steps) all.push_back(step);
  const std::string driver = std::string(std::getenv("SEALTONE_SOURCE")) + "/tests/e2e/page.mjs";
  const auto said = run({"node", driver, phone_.page(), all.dump()}, {}, kVisitLimit);
  if (said.status != 0) throw std::runtime_error(said.err + said.out);
  has_password_ = true;
  auto results = nlohmann::json::parse(said.out);
  results.erase(results.begin());
  return results;
}

std::string Browser::served_serial() { return visit({{"served-serial"}}).at(0); }

}  // namespace sealtone::test
