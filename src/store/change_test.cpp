// SPDX-License-Identifier: Apache-2.0
//
// store: a provisioning run is applied as a whole, or leaves everything as it was.
#include "store/fixture.h"

namespace sealtone::store {
namespace {

class Apply : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    with_store([](Store& store) {
      ASSERT_TRUE(store.add_trusted(numbered(1), kNow, "page"));
      ASSERT_TRUE(store.add_trusted(numbered(2), kNow, "page"));
      ASSERT_TRUE(store.set_credential(credential("p256.pem"), kNow));
      ASSERT_TRUE(store.set_settings(settings("https://a.example.com/")));
    });
  }
  static settings::Settings settings(const std::string& url) {
    settings::Settings settings;
    settings.set("static.auto_provision.server.url", url);
    return settings;
  }
  // One that changes every part.
  static Store::Batch batch() {
    return {.settings = settings("https://b.example.com/"),
            .add_trusted = {numbered(3), numbered(4)},
            .credential = credential("chain.pem"),
            .clear_trusted = true,
            .clear_credential = false,
            .origin = "provisioning"};
  }
  // A bad one leaves the snapshot, and what the next start finds, as it was.
  void expect_nothing_changed(const Store::Batch& bad, ErrorCode code) const {
    with_store([&](Store& store) {
      const auto before = store.snapshot();
      expect_failure(store.apply(bad, kNow + 1s), code);
      EXPECT_EQ(store.snapshot(), before);
      EXPECT_TRUE(store.set_value("after", "the next change goes through"));
    });
    with_store([](Store& store) {
      const auto snapshot = store.snapshot();
      ASSERT_EQ(snapshot->trusted.size(), 2U);
      EXPECT_EQ(snapshot->trusted[1].certificate, numbered(2));
      EXPECT_EQ(snapshot->credential->chain, credential("p256.pem").chain);
      EXPECT_EQ(snapshot->settings, settings("https://a.example.com/"));
    });
  }
};

TEST_F(Apply, ChangesEveryPart) {
  with_store([](Store& store) { ASSERT_TRUE(store.apply(batch(), kNow + 1s)); });
  with_store([](Store& store) {
    const auto snapshot = store.snapshot();
    ASSERT_EQ(snapshot->trusted.size(), 2U);
    EXPECT_EQ(snapshot->trusted[0].certificate, numbered(3));
    EXPECT_EQ(snapshot->trusted[0].id, 3);
    EXPECT_EQ(snapshot->trusted[0].origin, "provisioning");
    EXPECT_EQ(snapshot->trusted[0].added, kNow + 1s);
    EXPECT_EQ(snapshot->credential->chain, credential("chain.pem").chain);
    EXPECT_EQ(snapshot->settings, settings("https://b.example.com/"));
  });
}

TEST_F(Apply, ClearsWhatIsToBeCleared) {
  with_store([](Store& store) {
    Store::Batch clearing;
    clearing.clear_trusted = clearing.clear_credential = true;
    ASSERT_TRUE(store.apply(clearing, kNow));
  });
  with_store([](Store& store) {
    EXPECT_TRUE(store.snapshot()->trusted.empty());
    EXPECT_FALSE(store.snapshot()->credential);
    EXPECT_TRUE(store.snapshot()->settings.stored().empty());
  });
}

TEST_F(Apply, PassesOverCertificatesThatAreThere) {
  auto again = batch();
  again.clear_trusted = false;
  again.add_trusted = {numbered(2), numbered(3), numbered(3), numbered(1)};
  with_store([&](Store& store) {
    ASSERT_TRUE(store.apply(again, kNow + 1s));
    const auto snapshot = store.snapshot();
    ASSERT_EQ(snapshot->trusted.size(), 3U);
    EXPECT_EQ(snapshot->trusted[1].origin, "page");
    EXPECT_EQ(snapshot->trusted[1].added, kNow);
    EXPECT_EQ(snapshot->trusted[2].certificate, numbered(3));
  });
}

TEST_F(Apply, KeepsTheVerySnapshotWhereNothingIsNew) {
  with_store([](Store& store) {
    const auto before = store.snapshot();
    Store::Batch same;
    same.settings = before->settings;
    same.add_trusted = {numbered(1)};
    ASSERT_TRUE(store.apply(same, kNow + 1s));
    EXPECT_EQ(store.snapshot(), before);
  });
}

TEST_F(Apply, ChangesNothingIfASettingIsUnknown) {
  auto bad = batch();
  bad.settings.set("no.such.key", "1");
  expect_nothing_changed(bad, ErrorCode::bad_input);
}

TEST_F(Apply, ChangesNothingIfTheKeyDoesNotFit) {
  auto bad = batch();
  bad.credential->key = credential("p256.pem").key;
  expect_nothing_changed(bad, ErrorCode::mismatch);
}

TEST_F(Apply, ChangesNothingIfTheCertificatesAreTooMany) {
  auto full = batch();
  full.add_trusted.clear();
  for (std::uint32_t i = 10; i < 10 + kMaxTrusted + 1; ++i) full.add_trusted.push_back(numbered(i));
  expect_nothing_changed(full, ErrorCode::too_large);
}

TEST_F(Apply, ChangesNothingIfTheOriginIsTooLong) {
  auto bad = batch();
  bad.origin.assign(kMaxTextBytes + 1, 'o');
  expect_nothing_changed(bad, ErrorCode::too_large);
}

}  // namespace
}  // namespace sealtone::store
