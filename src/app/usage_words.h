// SPDX-License-Identifier: Apache-2.0
//
// app/usage_words: what CLI11 says of a command line that it does not take, in words that name the
// next step.
//
// Quiet: texts in, texts out.  What it does not know stays as it is.
#pragma once

#include <string>

namespace sealtone::app {

// kind: CLI::Error's name, "RequiresError"; says: its what().
[[nodiscard]] std::string usage_words(const std::string& kind, const std::string& says);

}  // namespace sealtone::app
