// SPDX-License-Identifier: Apache-2.0
//
// Would the search find a secret?  The encodings are made by other people's programs, not by the
// code that looks for them.
#include <gtest/gtest.h>

#include "e2e/secrets.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

std::string by(const Arguments& program, const std::string& input) {
  StartOptions options;
  options.input = input;
  return run_ok(program, options);
}

class Search : public testing::Test {
 protected:
  Secrets secrets_;
  Secret planted_ = secrets_.plant("account.1.password");

  void expect_found(const std::string& form, const std::string& octets) {
    const auto found = secrets_.found_in("an output", octets);
    ASSERT_EQ(found.size(), 1U) << form << ": " << octets;
    EXPECT_EQ(found.front(), "account.1.password in an output as " + form);
  }
};

TEST_F(Search, FindsNothingInOtherText) {
  EXPECT_TRUE(secrets_.found_in("an output", "account.1.password = (set)\n").empty());
  EXPECT_TRUE(secrets_.found_in("an output", "").empty());
  auto all_but_one = planted_.core;
  all_but_one.pop_back();
  EXPECT_TRUE(secrets_.found_in("an output", all_but_one).empty());
}

TEST_F(Search, FindsItAsItIsAndInOtherCase) {
  expect_found("plain", "before" + planted_.value + "behind");
  expect_found("plain in lower case", by({"tr", "a-z", "A-Z"}, planted_.value));
  expect_found("plain", by({"fold", "-w", "7"}, planted_.value));
}

TEST_F(Search, FindsItInBase64AtEachPlace) {
  for (const char* const before : {"", "a", "ab", "abc", "user:"}) {
    expect_found("base64", by({"base64"}, before + planted_.value + " and more"));
    expect_found("base64", by({"base64", "-w", "10"}, before + planted_.value));
  }
}

TEST_F(Search, FindsItInHexadecimal) {
  expect_found("hexadecimal", by({"od", "-An", "-v", "-tx1"}, "x" + planted_.value));
  expect_found("hexadecimal",
               by({"sh", "-c", "od -An -v -tx1 | tr -d ' \\n' | tr a-f A-F"}, planted_.value));
  expect_found("hexadecimal with colons",
               by({"sh", "-c", "od -An -v -tx1 -w999 | tr ' ' :"}, planted_.value));
}

TEST_F(Search, FindsItPercentEncodedAndEscapedForJson) {
  expect_found("percent-encoded",
               by({"sh", "-c", "od -An -v -tx1 -w999 | sed 's/ /%/g'"}, planted_.value));
  expect_found("JSON-escaped",
               by({"sh", "-c", "od -An -v -tx1 -w999 | sed 's/ /\\\\u00/g'"}, planted_.value));
}

TEST_F(Search, FindsAPrivateKeyInEveryWayThatOpensslWritesIt) {
  Certificates certificates;
  Wish wish;
  for (const char* const kind : {"ec", "rsa:2048"}) {
    wish.key = kind;
    wish.common_name = kind;
    const auto identity = certificates.self_signed(std::string("own-") + kind[0], wish);
    Secrets secrets;
    secrets.know("key", private_octets(identity.key.string()));
    const auto is_found = [&](const std::string& octets) {
      return !secrets.found_in("an output", octets).empty();
    };
    const auto key = identity.key.string();
    EXPECT_TRUE(is_found(identity.key_pem()));
    EXPECT_TRUE(is_found(run_ok({"openssl", "pkey", "-in", key, "-traditional"})));
    EXPECT_TRUE(is_found(run_ok({"openssl", "pkey", "-in", key, "-outform", "DER"})));
    EXPECT_TRUE(is_found(run_ok({"openssl", "pkey", "-in", key, "-text", "-noout"})));
    EXPECT_FALSE(is_found(identity.pem()));
    EXPECT_FALSE(is_found(run_ok({"openssl", "pkey", "-in", key, "-pubout"})));
    EXPECT_FALSE(is_found(run_ok({"openssl", "pkey", "-in", key, "-pubout", "-outform", "DER"})));
  }
}

TEST_F(Search, LeavesOutWhatBelongsThereAndNoMore) {
  secrets_.belongs("account.1.password", "the database");
  EXPECT_TRUE(secrets_.found_in("the database", planted_.value).empty());
  EXPECT_EQ(secrets_.found_in("the log", planted_.value).size(), 1U);
}

}  // namespace
}  // namespace sealtone::test
