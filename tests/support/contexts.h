// SPDX-License-Identifier: Apache-2.0
//
// tests/support/contexts: what `sealtone verify --cases` says of a case, read as a program reads
// it.
#pragma once

#include <regex>
#include <string>
#include <vector>

namespace sealtone::test {

// "expired at 1 (valid until …); name-mismatch at 0": the codes alone.
inline std::vector<std::string> codes_in(const std::string& context) {
  static const std::regex finding(R"((?:^|; )([a-z]+(?:-[a-z]+)*)(?= at \d|;|$))");
  std::vector<std::string> out;
  for (std::sregex_iterator at(context.begin(), context.end(), finding), end; at != end; ++at) {
    out.push_back((*at)[1]);
  }
  return out;
}

}  // namespace sealtone::test
