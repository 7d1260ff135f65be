// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/check_fixture: sealtone check against one server, and what it answers.
//
// The program check_test, whose sources use it, is where every finding is produced live:
// every_finding.cpp holds it to that.
#pragma once

#include <gtest/gtest.h>

#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::test {

class Check : public testing::Test {
 protected:
  struct Answer {
    std::string decision, codes;
    int status;
    nlohmann::json all;
  };

  Answer check(const std::string& target, const std::filesystem::path& trust,
               Arguments further = {}) {
    Arguments arguments{"check", target, "--trust", trust.string(), "--json"};
    arguments.insert(arguments.end(), further.begin(), further.end());
    const auto finished = sealtone(arguments);
    if (finished.status > 1) {
      ADD_FAILURE() << finished.err;
      return {"", "", finished.status, {}};
    }
    auto all = nlohmann::json::parse(finished.out);
    const auto& verdict = all.at("verdict");
    return {verdict.at("decision"), codes(verdict), finished.status, all};
  }
  Answer check(std::uint16_t port, const std::filesystem::path& trust, Arguments further = {}) {
    return check("127.0.0.1:" + std::to_string(port), trust, std::move(further));
  }

  void expect(const Answer& answer, const std::string& decision, const std::string& expected,
              int status) {
    EXPECT_EQ(answer.decision, decision);
    EXPECT_EQ(answer.codes, expected);
    EXPECT_EQ(answer.status, status);
  }

  static Wish server_wish() {
    Wish wish;
    wish.common_name = "localhost";
    wish.names = {"DNS:localhost", "IP:127.0.0.1"};
    wish.extended_key_usage = "serverAuth";
    return wish;
  }
  Identity issued(const Wish& wish) { return certificates_.issue("under-test", wish, root_); }

  Certificates certificates_;
  Identity root_ = certificates_.root();
  Identity other_root_ = certificates_.root("other-root");
  TempDir folder_;
};

}  // namespace sealtone::test
