// SPDX-License-Identifier: Apache-2.0
#include "e2e/browser.h"

#include <cstdlib>

namespace sealtone::test {
namespace {

constexpr const char* kPassword = "made for the test";

}  // namespace

nlohmann::json Browser::visit(const std::vector<Step>& steps) {
  nlohmann::json all = nlohmann::json::array();
  if (has_password_) {
    all.push_back({"log-in", kPassword});
  } else {
    all.push_back({"choose-password", phone_.one_time_password(), kPassword});
  }
  for (const auto& step : steps) all.push_back(step);
  const std::string driver = std::string(std::getenv("SEALTONE_SOURCE")) + "/tests/e2e/page.mjs";
  const auto said = run_ok({"node", driver, phone_.page(), all.dump()});
  has_password_ = true;
  auto results = nlohmann::json::parse(said);
  results.erase(results.begin());
  return results;
}

std::string Browser::served_serial() { return visit({{"served-serial"}}).at(0); }

}  // namespace sealtone::test
