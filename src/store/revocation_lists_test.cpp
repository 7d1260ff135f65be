// SPDX-License-Identifier: Apache-2.0
//
// store: lists of revoked certificates, each in the place of an older one of its kind.
#include "store/fixture.h"
#include "x509/made.h"

namespace sealtone::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using x509::test::kBegin;
using x509::test::ListDraft;

class RevocationLists : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    store_ = open();
    ASSERT_NE(store_, nullptr);
  }
  void TearDown() override {
    store_.reset();
    StoreTest::TearDown();
  }
  void reopen() {
    store_.reset();
    store_ = open();
    ASSERT_NE(store_, nullptr);
  }
  auto add(const std::vector<x509::Crl>& lists) {
    return store_->add_revocation_lists(lists, kNow, "test");
  }
  // So that it is known whose signature a list has.
  void trust_root() { ASSERT_TRUE(store_->add_trusted(root_, kNow, "test")); }
  std::vector<std::chrono::sys_seconds> dates() const {
    std::vector<std::chrono::sys_seconds> all;
    for (const auto& row : store_->snapshot()->revocation_lists) {
      all.push_back(row.crl.facts().this_update);
    }
    return all;
  }

  x509::Certificate root_ =
      x509::test::made({.subject = "/CN=root", .extensions = x509::test::ca()});
  x509::Certificate leaf_ = x509::test::made({.subject = "/CN=leaf", .issuer = &root_});
  std::unique_ptr<Store> store_;
};

TEST_F(RevocationLists, AreKeptAndGoneByAsOneObject) {
  EXPECT_EQ(store_->snapshot()->crls, nullptr);
  ASSERT_TRUE(add({x509::test::list({.issuer = &root_, .entries = {{&leaf_}}})}));
  for (int i = 0; i < 2; ++i, reopen()) {
    const auto snapshot = store_->snapshot();
    ASSERT_THAT(snapshot->revocation_lists, SizeIs(1));
    const auto& row = snapshot->revocation_lists[0];
    EXPECT_EQ(row.id, 1);
    EXPECT_EQ(row.origin, "test");
    EXPECT_EQ(row.added, kNow);
    EXPECT_EQ(row.octets, row.crl.der().size());
    EXPECT_EQ(row.crl.lists(leaf_), x509::Crl::Listed::revoked);
    ASSERT_NE(snapshot->crls, nullptr);
    EXPECT_THAT(*snapshot->crls, SizeIs(1));
  }
  // Another change leaves the object as it is, so that kept verdicts go on to hold.
  const auto before = store_->snapshot()->crls;
  ASSERT_TRUE(store_->add_trusted(numbered(1), kNow, "test"));
  EXPECT_EQ(store_->snapshot()->crls, before);
}

TEST_F(RevocationLists, ANewerOneOfTheSameIssuerTakesTheOldOnesPlace) {
  trust_root();
  ASSERT_TRUE(add({x509::test::list({.issuer = &root_})}));
  const auto before = store_->snapshot()->crls;
  ASSERT_TRUE(add({x509::test::list({.issuer = &root_, .this_update = kBegin + 24h})}));
  EXPECT_THAT(dates(), ElementsAre(kBegin + 24h));
  EXPECT_NE(store_->snapshot()->crls, before);
  EXPECT_EQ(store_->snapshot()->revocation_lists[0].id, 2);
  reopen();
  EXPECT_THAT(dates(), ElementsAre(kBegin + 24h));
}

TEST_F(RevocationLists, AnOlderOneIsRefusedWithWords) {
  ASSERT_TRUE(add({x509::test::list({.issuer = &root_, .this_update = kBegin + 24h})}));
  expect_failure(add({x509::test::list({.issuer = &root_})}), ErrorCode::exists,
                 "one of 2026-01-02 00:00:00 UTC is there already");
  const auto numbered_list = [&](const std::string& number) {
    return x509::test::list({.issuer = &root_,
                             .extensions = "crlNumber=DER:0201" + number + "\n",
                             .this_update = kBegin + 48h});
  };
  ASSERT_TRUE(add({numbered_list("09")}));
  ASSERT_TRUE(add({numbered_list("10")}));  // of the same second, and later
  expect_failure(add({numbered_list("09")}), ErrorCode::exists, "which stays");
  expect_failure(add({numbered_list("10")}), ErrorCode::exists);
}

// Whoever can put a list on the way here, as they are fetched without TLS, dates it as he likes.
TEST_F(RevocationLists, AForgedOneDrivesNoGoodOneOut) {
  trust_root();
  ASSERT_TRUE(add({x509::test::list({.issuer = &root_})}));
  const ListDraft forged{.issuer = &root_, .key = "somebody", .this_update = kBegin + 24h};
  expect_failure(add({x509::test::list(forged)}), ErrorCode::mismatch,
                 "none of the certificates at hand signed it");
  EXPECT_THAT(dates(), ElementsAre(kBegin));
  // Where the forged one was first, the good one takes its place, older or newer.
  ASSERT_TRUE(store_->remove_revocation_list(1));
  ASSERT_TRUE(add({x509::test::list(forged)}));
  ASSERT_TRUE(add({x509::test::list({.issuer = &root_})}));
  EXPECT_THAT(dates(), ElementsAre(kBegin));
}

TEST_F(RevocationLists, OneThatWouldNotCountDrivesNoGoodOneOut) {
  trust_root();
  ASSERT_TRUE(add({x509::test::list({.issuer = &root_})}));
  expect_failure(add({x509::test::list({.issuer = &root_, .this_update = kNow + 1s})}),
                 ErrorCode::mismatch, "it would not count: its list is of ");
  expect_failure(add({x509::test::list(
                     {.issuer = &root_, .this_update = kBegin + 24h, .next_update = kNow - 1s})}),
                 ErrorCode::mismatch, "its list ran out at ");
  expect_failure(add({x509::test::list({.issuer = &root_,
                                        .extensions = "1.2.3=critical,ASN1:NULL",
                                        .this_update = kBegin + 24h})}),
                 ErrorCode::mismatch, "critical extension");
  expect_failure(
      add({x509::test::list({.issuer = &root_, .this_update = kBegin + 24h, .hash = EVP_sha1})}),
      ErrorCode::mismatch, "signed with SHA-1");
  EXPECT_THAT(dates(), ElementsAre(kBegin));
  ASSERT_TRUE(add({x509::test::list({.issuer = &root_, .this_update = kNow})}));
  EXPECT_THAT(dates(), ElementsAre(kNow));
}

// Of an intermediate, whose certificate nobody gave: which of two is good shows at a server.
TEST_F(RevocationLists, ThoseThatNobodyAtHandSignedStandBesideEachOtherUntilTheyRunOut) {
  ASSERT_TRUE(add({x509::test::list({.issuer = &root_})}));
  ASSERT_TRUE(add({x509::test::list({.issuer = &root_, .this_update = kBegin + 24h})}));
  EXPECT_THAT(dates(), ElementsAre(kBegin, kBegin + 24h));
  expect_failure(add({x509::test::list({.issuer = &root_, .this_update = kBegin + 1h})}),
                 ErrorCode::exists, "which stays");
  const auto later = store_->add_revocation_lists(
      {x509::test::list({.issuer = &root_, .this_update = kBegin + 48h, .next_update = {}})},
      x509::test::kEnd + 1s, "test");
  ASSERT_TRUE(later);
  EXPECT_THAT(dates(), ElementsAre(kBegin + 48h));
}

// This computer's roots are no trusted certificates of the phone's, and know their own lists.
TEST_F(RevocationLists, AreProvedByACertificateThatIsAtHandBesides) {
  const std::vector<x509::Certificate> at_hand{root_};
  for (const auto update : {kBegin, kBegin + 24h}) {
    ASSERT_TRUE(store_->add_revocation_lists(
        {x509::test::list({.issuer = &root_, .this_update = update})}, kNow, "test", at_hand));
  }
  EXPECT_THAT(dates(), ElementsAre(kBegin + 24h));
}

TEST_F(RevocationLists, OfAnotherIssuerOrScopeStandBeside) {
  const auto other = x509::test::made({.subject = "/CN=other", .extensions = x509::test::ca()});
  const auto users = x509::test::list(
      {.issuer = &root_, .extensions = "issuingDistributionPoint=critical,onlyuser:TRUE\n"});
  const auto delta =
      x509::test::list({.issuer = &root_, .extensions = "deltaCRL=critical,DER:020101\n"});
  ASSERT_TRUE(add(
      {x509::test::list({.issuer = &root_}), x509::test::list({.issuer = &other}), users, delta}));
  EXPECT_THAT(dates(), SizeIs(4));
}

TEST_F(RevocationLists, AFileIsTakenWholeOrNotAtAll) {
  const auto newer = x509::test::list({.issuer = &root_, .this_update = kBegin + 24h});
  ASSERT_TRUE(add({newer}));
  const auto other = x509::test::made({.subject = "/CN=other", .extensions = x509::test::ca()});
  EXPECT_FALSE(add({x509::test::list({.issuer = &other}), x509::test::list({.issuer = &root_})}));
  EXPECT_THAT(dates(), ElementsAre(kBegin + 24h));
}

TEST_F(RevocationLists, AreDeletedOneByOne) {
  ASSERT_TRUE(add({x509::test::list({.issuer = &root_})}));
  ASSERT_TRUE(store_->remove_revocation_list(1));
  EXPECT_THAT(dates(), IsEmpty());
  EXPECT_EQ(store_->snapshot()->crls, nullptr);
  expect_failure(store_->remove_revocation_list(1), ErrorCode::not_found);
}

TEST_F(RevocationLists, AreLimitedInNumber) {
  std::vector<x509::Certificate> issuers;
  std::vector<x509::Crl> lists;
  for (std::size_t i = 0; i <= kMaxRevocationLists; ++i) {
    issuers.push_back(x509::test::made({.subject = "/CN=root" + std::to_string(i), .key = "one"}));
    lists.push_back(x509::test::list({.issuer = &issuers.back(), .key = "one"}));
  }
  expect_failure(add(lists), ErrorCode::too_large);
  lists.pop_back();
  ASSERT_TRUE(add(lists));
  // A newer one of a kind that is there needs no place.
  ASSERT_TRUE(store_->add_trusted(issuers.front(), kNow, "test"));
  EXPECT_TRUE(add(
      {x509::test::list({.issuer = &issuers.front(), .key = "one", .this_update = kBegin + 24h})}));
}

TEST_F(RevocationLists, ThatAreNotWhatWasStoredAreFound) {
  ASSERT_TRUE(add({x509::test::list({.issuer = &root_})}));
  store_.reset();
  sql("UPDATE revocation_list SET der = x'3000'");
  expect_failure(Store::open(dir_), ErrorCode::bad_input);
  store_.reset();
}

}  // namespace
}  // namespace sealtone::store
