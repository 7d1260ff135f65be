// SPDX-License-Identifier: Apache-2.0
#include "store/trusted_limit.h"

#include <gmock/gmock.h>

#include "store/fixture.h"

namespace sealtone::store {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class TrustedLimit : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    store_ = open();
  }
  void TearDown() override {
    store_.reset();
    StoreTest::TearDown();
  }
  void limit(const char* value) {
    auto settings = store_->snapshot()->settings;
    settings.set(kTrustedLimitKey, value);
    ASSERT_TRUE(store_->set_settings(settings));
  }
  base::Result<void> add(std::uint32_t from, std::uint32_t to) {
    Store::Batch batch;
    batch.settings = store_->snapshot()->settings;
    for (auto at = from; at <= to; ++at) batch.add_trusted.push_back(numbered(at));
    return store_->apply(batch, kNow);
  }

  std::unique_ptr<Store> store_;
};

TEST_F(TrustedLimit, IsWhatThePhoneKeepsAtMostFromTheFactory) {
  EXPECT_EQ(trusted_limit({}), kMaxTrusted);
}

TEST_F(TrustedLimit, HoldsInsideAtAndPastIt) {
  limit("3");
  EXPECT_TRUE(add(1, 2));
  EXPECT_TRUE(add(3, 3));
  const auto over = add(4, 5);
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, ErrorCode::too_large);
  EXPECT_THAT(over.error().detail,
              HasSubstr("holds 3, and 2 more do not fit: its limit is 3 (sealtone.trusted.limit); "
                        "delete at least 2 of those that are there, or raise that limit"));
  EXPECT_FALSE(store_->add_trusted(numbered(9), kNow, "page"));
  EXPECT_THAT(store_->snapshot()->trusted, SizeIs(3));
}

TEST_F(TrustedLimit, CountsNoneThatIsThereAlready) {
  limit("2");
  ASSERT_TRUE(add(1, 2));
  EXPECT_TRUE(add(1, 2));
}

TEST_F(TrustedLimit, LosesNothingWhenItGoesUnderWhatIsThere) {
  ASSERT_TRUE(add(1, 5));
  limit("3");
  EXPECT_THAT(store_->snapshot()->trusted, SizeIs(5));
  EXPECT_FALSE(add(6, 6));
  EXPECT_THAT(under_what_is_there(5, store_->snapshot()->settings),
              HasSubstr("5 certificates are in the list of trusted ones, more than its limit of 3 "
                        "now: all of them stay and count, and no other is taken until 3 of them"));
  EXPECT_EQ(under_what_is_there(3, store_->snapshot()->settings), "");
}

TEST_F(TrustedLimit, IsThatOfTheBatchItself) {
  limit("1");
  ASSERT_TRUE(add(1, 1));
  Store::Batch batch;
  batch.settings = store_->snapshot()->settings;
  batch.settings.set(kTrustedLimitKey, "2");
  batch.add_trusted = {numbered(2)};
  EXPECT_TRUE(store_->apply(batch, kNow));
  batch.settings.set(kTrustedLimitKey, "1");
  batch.clear_trusted = true;
  batch.add_trusted = {numbered(7)};
  EXPECT_TRUE(store_->apply(batch, kNow));
  EXPECT_THAT(store_->snapshot()->trusted, SizeIs(1));
}

TEST_F(TrustedLimit, SaysWhatToLeaveOutOfMoreThanItEverHolds) {
  settings::Settings settings;
  settings.set(kTrustedLimitKey, "10");
  EXPECT_THAT(over_trusted_limit(0, 12, settings)->detail,
              HasSubstr("leave out at least 2 of the new ones, or raise that limit"));
  EXPECT_THAT(over_trusted_limit(2, 12, settings)->detail,
              HasSubstr("leave out at least 2 of the new ones, and delete those that are there"));
  EXPECT_FALSE(over_trusted_limit(12, 0, settings));
}

}  // namespace
}  // namespace sealtone::store
