// SPDX-License-Identifier: Apache-2.0
//
// phone/password: made, hashed, compared, kept.
#include "phone/password.h"

#include <gmock/gmock.h>

#include <set>

#include "crypto/crypto.h"

namespace sealtone::phone {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(OneTimePassword, HasTwentyCharactersThatNobodyConfuses) {
  crypto::SystemRandom random;
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) {
    const auto password = make_one_time_password(random);
    EXPECT_EQ(password.size(), kOneTimeLength);
    EXPECT_EQ(password.find_first_of("ilo01ILO "), std::string::npos) << password;
    EXPECT_TRUE(seen.insert(password).second);
  }
}

// Hands out each octet in turn.
class Counting final : public base::Random {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (auto& octet : out) octet = next_++;
  }

 private:
  std::uint8_t next_ = 240;
};

TEST(OneTimePassword, DrawsOctetsThatWouldFavourACharacterAgain) {
  Counting random;
  // 240 to 247 stand for the last eight characters; 248 to 255 for none; then 0 for the first.
  EXPECT_EQ(make_one_time_password(random), "23456789abcdefghjkmn");
}

TEST(Password, FitsItselfAndNothingElse) {
  crypto::SystemRandom random;
  const auto record = hash_password("correct horse", make_salt(random), false);
  ASSERT_TRUE(record);
  EXPECT_EQ(matches(*record, "correct horse"), true);
  EXPECT_EQ(matches(*record, "correct horse "), false);
  EXPECT_EQ(matches(*record, ""), false);
  EXPECT_EQ(matches(*record, std::string(kMaxPasswordBytes + 1, 'a')), false);
}

TEST(Password, IsKeptAsItsHashAlone) {
  crypto::SystemRandom random;
  const auto record = hash_password("correct horse", make_salt(random), true);
  ASSERT_TRUE(record);
  const auto text = to_text(*record);
  EXPECT_THAT(text, Not(HasSubstr("horse")));
  const auto read = password_from_text(text);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->one_time);
  EXPECT_EQ(matches(*read, "correct horse"), true);
}

TEST(Password, OfAnotherSaltHasAnotherHash) {
  crypto::SystemRandom random;
  const auto first = hash_password("correct horse", make_salt(random), false);
  const auto second = hash_password("correct horse", make_salt(random), false);
  EXPECT_NE(first->hash, second->hash);
}

TEST(Password, IsNotReadFromAnythingElse) {
  for (const char* text :
       {"", "{}", "[]", "1", R"({"one_time":1,"salt":"00","hash":"00"})",
        R"({"one_time":true,"salt":"00"})", R"({"one_time":true,"salt":"","hash":"00"})",
        R"({"one_time":true,"salt":"0g","hash":"00"})",
        R"({"one_time":true,"salt":7,"hash":"00"})"}) {
    EXPECT_FALSE(password_from_text(text)) << text;
  }
}

TEST(NewPassword, HasTenCharactersOrMore) {
  EXPECT_FALSE(check_new_password("123456789"));
  EXPECT_TRUE(check_new_password("1234567890"));
  EXPECT_FALSE(check_new_password("\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4"));
  EXPECT_TRUE(check_new_password(std::string(kMaxPasswordBytes, 'a')));
  EXPECT_FALSE(check_new_password(std::string(kMaxPasswordBytes + 1, 'a')));
}

}  // namespace
}  // namespace sealtone::phone
