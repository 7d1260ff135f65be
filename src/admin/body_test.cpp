// SPDX-License-Identifier: Apache-2.0
#include "admin/body.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace sealtone::admin {
namespace {

using base::ErrorCode;

// {"a":{"a":…}}, so many objects in each other.
std::string nested(int objects) {
  std::string text;
  for (int i = 0; i < objects; ++i) text += R"({"a":)";
  return text + "7" + std::string(static_cast<std::size_t>(objects), '}');
}

TEST(JsonObjectTest, IsReadWithItsMembers) {
  EXPECT_EQ(json_object(R"({"a":"1","b":null})").value().at("a"), "1");
  EXPECT_TRUE(json_object("{}").value().empty());
}

TEST(JsonObjectTest, MayBeNestedSoFarAndNoFarther) {
  EXPECT_TRUE(json_object(nested(kMaxJsonDepth)));
  EXPECT_EQ(json_object(nested(kMaxJsonDepth + 1)).error().code, ErrorCode::bad_input);
  EXPECT_EQ(json_object(nested(10'000)).error().code, ErrorCode::bad_input);
  EXPECT_EQ(json_object(R"({"a":)" + std::string(30'000, '[')).error().code, ErrorCode::bad_input);
}

TEST(JsonObjectTest, IsNothingElse) {
  for (const char* const other : {"", "[]", "7", "null", "\"a\"", "{", "{}{}", R"({"a":1,})",
                                  "{\"a\":\"\xFF\"}", "\xEF\xBB\xBF", "{'a':1}"}) {
    EXPECT_EQ(json_object(other).error().code, ErrorCode::bad_input) << other;
  }
}

}  // namespace
}  // namespace sealtone::admin
