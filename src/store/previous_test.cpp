// SPDX-License-Identifier: Apache-2.0
//
// store: the previous server certificate, and going back to it.
#include "store/fixture.h"

namespace sealtone::store {
namespace {

class Previous : public StoreTest {
 protected:
  // "shown/previous" by the names of their files; "-" for none.
  static std::string both(const Store& store) {
    const auto name = [](const std::optional<x509::DeviceCredential>& kept) -> std::string {
      if (!kept) return "-";
      for (const char* file : {"p256", "rsa4096", "chain"}) {
        if (kept->chain == credential(std::string(file) + ".pem").chain &&
            kept->leaf().matches(kept->key))
          return file;
      }
      return "another";
    };
    const auto snapshot = store.snapshot();
    return name(snapshot->credential) + "/" + name(snapshot->previous);
  }
  // The same of the snapshot and, once more, of what the next start finds.
  void expect(std::unique_ptr<Store>& store, const std::string& expected) const {
    EXPECT_EQ(both(*store), expected);
    store.reset();
    store = open();
    ASSERT_NE(store, nullptr);
    EXPECT_EQ(both(*store), expected);
  }
};

TEST_F(Previous, IsTheOneThatWasReplaced) {
  auto store = open();
  ASSERT_NE(store, nullptr);
  ASSERT_TRUE(store->set_credential(credential("p256.pem"), kNow));
  expect(store, "p256/-");
  ASSERT_TRUE(store->set_credential(credential("chain.pem"), kNow + 1s));
  expect(store, "chain/p256");
  EXPECT_EQ(store->snapshot()->previous_added, kNow);
  EXPECT_EQ(store->snapshot()->credential_added, kNow + 1s);
  ASSERT_TRUE(store->set_credential(credential("rsa4096.pem"), kNow + 2s));
  expect(store, "rsa4096/chain");
}

TEST_F(Previous, AndTheOneShownChangePlaces) {
  auto store = open();
  ASSERT_NE(store, nullptr);
  ASSERT_TRUE(store->set_credential(credential("p256.pem"), kNow));
  ASSERT_TRUE(store->set_credential(credential("chain.pem"), kNow + 1s));
  ASSERT_TRUE(store->undo_credential());
  expect(store, "p256/chain");
  EXPECT_EQ(store->snapshot()->credential_added, kNow);
  EXPECT_EQ(store->snapshot()->previous_added, kNow + 1s);
  ASSERT_TRUE(store->undo_credential());
  expect(store, "chain/p256");
}

TEST_F(Previous, OutlivesDeletion) {
  auto store = open();
  ASSERT_NE(store, nullptr);
  ASSERT_TRUE(store->set_credential(credential("p256.pem"), kNow));
  ASSERT_TRUE(store->clear_credential());
  expect(store, "-/p256");
  ASSERT_TRUE(store->undo_credential());
  expect(store, "p256/-");
  ASSERT_TRUE(store->undo_credential());
  expect(store, "-/p256");
  ASSERT_TRUE(store->clear_credential());
  expect(store, "-/p256");
  ASSERT_TRUE(store->set_credential(credential("chain.pem"), kNow));
  expect(store, "chain/p256");
}

TEST_F(Previous, StaysWhereTheSameIsSetOnceMore) {
  auto store = open();
  ASSERT_NE(store, nullptr);
  ASSERT_TRUE(store->set_credential(credential("p256.pem"), kNow));
  ASSERT_TRUE(store->set_credential(credential("chain.pem"), kNow + 1s));
  ASSERT_TRUE(store->set_credential(credential("chain.pem"), kNow + 2s));
  expect(store, "chain/p256");
  EXPECT_EQ(store->snapshot()->credential_added, kNow + 2s);
}

TEST_F(Previous, IsWhatAProvisioningRunReplacedOrDeleted) {
  auto store = open();
  ASSERT_NE(store, nullptr);
  ASSERT_TRUE(store->set_credential(credential("p256.pem"), kNow));
  Store::Batch batch;
  batch.credential = credential("chain.pem");
  batch.clear_credential = true;  // deleting comes before adding
  ASSERT_TRUE(store->apply(batch, kNow));
  expect(store, "chain/p256");
  batch.credential.reset();
  ASSERT_TRUE(store->apply(batch, kNow));
  expect(store, "-/chain");
}

TEST_F(Previous, CanBeForgotten) {
  auto store = open();
  ASSERT_NE(store, nullptr);
  ASSERT_TRUE(store->set_credential(credential("p256.pem"), kNow));
  ASSERT_TRUE(store->set_credential(credential("chain.pem"), kNow));
  ASSERT_TRUE(store->forget_previous_credential());
  expect(store, "chain/-");
  expect_failure(store->forget_previous_credential(), ErrorCode::not_found);
}

TEST_F(Previous, IsNothingToGoBackToWhereNoneWasEverSet) {
  auto store = open();
  ASSERT_NE(store, nullptr);
  const auto before = store->snapshot();
  expect_failure(store->undo_credential(), ErrorCode::not_found, "none to go back to");
  EXPECT_EQ(store->snapshot(), before);
}

TEST_F(Previous, StaysWhereACertificateIsRefused) {
  auto store = open();
  ASSERT_NE(store, nullptr);
  ASSERT_TRUE(store->set_credential(credential("p256.pem"), kNow));
  ASSERT_TRUE(store->set_credential(credential("chain.pem"), kNow));
  auto wrong = credential("rsa4096.pem");
  wrong.key = credential("p256.pem").key;
  expect_failure(store->set_credential(wrong, kNow), ErrorCode::mismatch);
  expect(store, "chain/p256");
}

}  // namespace
}  // namespace sealtone::store
