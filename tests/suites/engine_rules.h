// SPDX-License-Identifier: Apache-2.0
//
// tests/suites/engine_rules: why another engine answers a fresh case otherwise than it is, one rule
// a line of engine_rules.tsv.
//
// Errors: std::runtime_error, if a line is no rule.
#pragma once

#include <string>
#include <vector>

#include "suites/engines.h"
#include "suites/fresh_cases.h"

namespace sealtone::test {

struct EngineRule {
  std::string engine;  // "OpenSSL", "GnuTLS"
  std::string kind;    // a kind's name; "sound": all that are in order
  std::string where;   // "mesh", "alone", "anywhere"
  bool accepts;        // what the engine answers
  std::string words;   // its own for it: "one | another"
  std::string why;     // and the source
  [[nodiscard]] bool applies(const std::string& which, const FreshCase& fresh,
                             const EngineAnswer& answer) const;
};
[[nodiscard]] std::vector<EngineRule> engine_rules();
// Takes the rule's words out of what an engine says; whether any of them was in it.
bool take_out(std::string& said, const EngineRule& rule);
// Of what an engine says, what no rule has taken out.
[[nodiscard]] std::string left_unexplained(const std::string& said);

}  // namespace sealtone::test
