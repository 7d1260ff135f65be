// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/check_files_fixture: sealtone check --chain and --as, with certificates by the openssl
// tool, and their answers in few words.
#pragma once

#include <gmock/gmock.h>

#include "e2e/check_fixture.h"

namespace sealtone::test {

class CheckFiles : public Check {
 protected:
  static Wish authority(const std::string& name) {
    Wish wish;
    wish.common_name = name;
    wish.ca = true;
    return wish;
  }
  Answer check_file(const std::filesystem::path& chain, const std::filesystem::path& trust,
                    const Arguments& further = {}) {
    Arguments arguments{"check",        "--chain", chain.string(), "--trust",
                        trust.string(), "--name",  "localhost",    "--json"};
    arguments.insert(arguments.end(), further.begin(), further.end());
    const auto finished = sealtone(arguments);
    if (finished.status > 1) {
      ADD_FAILURE() << finished.err;
      return {"", "", finished.status, {}};
    }
    auto all = nlohmann::json::parse(finished.out);
    return {all.at("verdict").at("decision"), codes(all.at("verdict")), finished.status, all};
  }
  // The verdict of each profile, "v70: untrusted issuer-unknown", and the exit status.
  struct AsAnswer {
    std::vector<std::string> verdicts;
    int status;
    nlohmann::json all;
  };
  AsAnswer as(const std::string& profiles, Arguments about) {
    about.insert(about.begin(), {"check", "--as", profiles, "--json"});
    const auto finished = sealtone(about);
    if (finished.status > 1) {
      ADD_FAILURE() << finished.err;
      return {{}, finished.status, {}};
    }
    AsAnswer answer{{}, finished.status, nlohmann::json::parse(finished.out)};
    for (const auto& row : answer.all) {
      auto line = row.at("profile").at("name").get<std::string>() + ": " +
                  row.at("verdict").at("decision").get<std::string>();
      const auto found = codes(row.at("verdict"));
      answer.verdicts.push_back(found.empty() ? line : line + " " + found);
    }
    return answer;
  }
  AsAnswer as_file(const std::string& profiles, const std::filesystem::path& chain,
                   const std::filesystem::path& trust) {
    return as(profiles,
              {"--chain", chain.string(), "--trust", trust.string(), "--name", "localhost"});
  }
  using Lines = std::vector<std::string>;
};

}  // namespace sealtone::test
