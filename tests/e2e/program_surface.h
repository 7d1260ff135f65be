// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/program_surface: all that the program takes and answers, from its own tables, so that
// a new key, route or command is tested without anybody's doing.
//
// Sources: src/settings/keys.tsv, the routes in src/admin/api.cpp, and what --help prints.
// Errors: std::runtime_error if a table cannot be read.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "support/process.h"

namespace sealtone::test {

struct KeyRow {
  std::string name;  // its letters replaced by 1: "account.1.password"
  std::vector<std::string> aliases;
  bool secret, url;
  bool ignored;  // a configuration file cannot set it
};
[[nodiscard]] std::vector<KeyRow> table_of_keys();

// {"GET", "/api/settings/*"}
[[nodiscard]] std::vector<std::pair<std::string, std::string>> table_of_routes();

struct LeafCommand {
  Arguments words;  // {"trust", "add"}
  std::string help;
  bool runs_on = false;  // until it is stopped
  [[nodiscard]] bool takes(const std::string& option) const {
    return help.find(option) != std::string::npos;
  }
};
[[nodiscard]] std::vector<LeafCommand> commands_of_program();

}  // namespace sealtone::test
