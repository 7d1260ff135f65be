// SPDX-License-Identifier: Apache-2.0
// sealtone verify --cases: suites from standard input, judged, to standard output.
#include <fmt/format.h>

#include <unistd.h>

#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/paths.h"
#include "app/shown.h"
#include "app/verify_cases.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using base::Result;

constexpr const char* kWhere = "standard input";

Result<base::Bytes> read_suite() {
  if (::isatty(STDIN_FILENO) == 1) {
    return base::fail(ErrorCode::bad_input, kWhere,
                      "it is a terminal, and cases come from a file: sealtone verify --cases "
                      "<SUITE.json >RESULT.json");
  }
  return read_input("-", kMaxSuiteBytes);
}

Result<nlohmann::json> answers(const std::string& profile, const Surroundings& with) {
  const auto text = read_suite();
  if (!text) return std::unexpected(text.error());
  const auto suite = nlohmann::json::parse(*text, nullptr, false);
  if (suite.is_discarded()) return base::fail(ErrorCode::bad_input, kWhere, "it is no JSON");
  auto results =
      verify_cases(suite, profile == "strict" ? x509::Profile::strict : x509::Profile::standard,
                   with.clock.now());
  if (!results) return base::fail(results.error().code, kWhere, results.error().detail);
  return results;
}

}  // namespace

int verify(const std::string& profile, const Surroundings& with) {
  if (auto confined = with.confine(); !confined) return could_not(with, confined.error());
  const auto results = answers(profile, with);
  if (!results) return could_not(with, results.error());
  tell_json(*results, with);
  return kDone;
}

}  // namespace sealtone::app
