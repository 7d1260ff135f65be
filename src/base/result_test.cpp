// SPDX-License-Identifier: Apache-2.0
//
// base/result: how an Error reads.
#include "base/result.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace sealtone::base {
namespace {

TEST(Error, ReadsAsWhereAndDetail) {
  EXPECT_EQ(to_string({ErrorCode::io, "/etc/x", "it is a folder"}), "/etc/x: it is a folder");
  EXPECT_EQ(to_string({ErrorCode::io, "", "the disk is full"}), "the disk is full");
}

TEST(ErrorCode, HasAWordOfItsOwnForEachCode) {
  std::set<std::string> words;
  for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
    words.insert(word(static_cast<ErrorCode>(code)));
  }
  EXPECT_EQ(words.size(), static_cast<std::size_t>(ErrorCode::internal) + 1);
  EXPECT_TRUE(words.contains("bad-input"));
}

TEST(Fail, MakesAnUnexpectedOfAnyResult) {
  const Result<int> result = fail(ErrorCode::not_found, "here", "nothing is here");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::not_found);
  EXPECT_EQ(result.error().where, "here");
}

}  // namespace
}  // namespace sealtone::base
