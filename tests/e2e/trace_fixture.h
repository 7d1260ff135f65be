// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/trace_fixture: `sealtone trace` on captures of real peers on the loopback interface.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "e2e/capture.h"
#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::test {

class Trace : public testing::Test {
 protected:
  // With --json, whatever it ends with.
  static nlohmann::json trace_json(Arguments arguments, int status) {
    arguments.insert(arguments.begin(), "trace");
    arguments.emplace_back("--json");
    const auto finished = sealtone(arguments);
    EXPECT_EQ(finished.status, status) << finished.err << finished.out;
    return nlohmann::json::parse(finished.out);
  }
  static Finished trace(Arguments arguments, StartOptions options = {}) {
    arguments.insert(arguments.begin(), "trace");
    return sealtone(std::move(arguments), std::move(options));
  }
  // openssl s_client, which says nothing and ends with its input.
  static Finished s_client(std::uint16_t port, Arguments further) {
    Arguments command{"openssl", "s_client", "-connect", "127.0.0.1:" + std::to_string(port)};
    command.insert(command.end(), further.begin(), further.end());
    return run(std::move(command));
  }

  Certificates certificates_;
  Identity root_ = certificates_.root();
  Identity other_root_ = certificates_.root("other-root");
  Identity server_ = certificates_.server(root_);
  TempDir folder_;
};

}  // namespace sealtone::test
