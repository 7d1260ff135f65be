// SPDX-License-Identifier: Apache-2.0
//
// tests/suites/page: the parts of docs/conformance.md that say what came of a run.
//
// Each stands in the page between "<!-- NAME, written by suites_test -->" and "<!-- end -->".
#pragma once

#include <map>
#include <string>

#include "suites/disagreements.h"
#include "suites/suite.h"

namespace sealtone::test {

// By the suite's name.
using Runs = std::map<std::string, SuiteRun>;

[[nodiscard]] std::string figures_part(const Runs& runs);
[[nodiscard]] std::string cases_part(const Runs& runs, const std::vector<Disagreement>& list);

// The page with that part in the place of what was there; throws if there is no such place.
[[nodiscard]] std::string with_part(const std::string& page, const std::string& name,
                                    const std::string& part);

}  // namespace sealtone::test
