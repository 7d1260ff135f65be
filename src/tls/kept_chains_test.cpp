// SPDX-License-Identifier: Apache-2.0
//
// tls: what was judged a moment ago counts for whoever keeps it, and for nothing else.
#include "tls/kept_chains.h"

#include <gmock/gmock.h>

#include "tls/ends.h"

namespace sealtone::tls::testing {
namespace {

class Kept : public ::testing::Test {
 protected:
  trust::Verdict ask(std::shared_ptr<const x509::AnchorSet> anchors, const std::string& host) {
    auto asked = check(std::move(anchors), host);
    asked.kept = kept_;
    return meet(loop_, client_, asked, server_).client.verdict;
  }
  net::asio::io_context loop_;
  std::shared_ptr<const Context> client_ = build(client_options());
  std::shared_ptr<const Context> server_ = build(server_options());
  std::shared_ptr<KeptChains> kept_ = std::make_shared<KeptChains>();
  std::shared_ptr<const x509::AnchorSet> root_ = trusting({"root"});
};

TEST_F(Kept, ChainIsDecodedAndJudgedOnce) {
  const auto first = ask(root_, "localhost");
  const auto again = ask(root_, "localhost");
  EXPECT_EQ(first.decision, Decision::trusted);
  EXPECT_EQ(again.decision, Decision::trusted);
  ASSERT_FALSE(again.path.path.empty());
  // The very same object: neither made nor found anew.
  EXPECT_EQ(again.path.path.front().native(), first.path.path.front().native());
}

TEST_F(Kept, VerdictEndsWithTheListItWasGivenUnder) {
  EXPECT_EQ(ask(root_, "localhost").decision, Decision::trusted);
  EXPECT_EQ(ask(trusting({}), "localhost").decision, Decision::untrusted);
  EXPECT_EQ(ask(nullptr, "localhost").decision, Decision::untrusted);
  EXPECT_EQ(words(ask(root_, "elsewhere.example")), Words{"name-mismatch"});
}

}  // namespace
}  // namespace sealtone::tls::testing
