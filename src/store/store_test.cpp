// SPDX-License-Identifier: Apache-2.0
//
// store: the trusted list, the server certificate, settings, values; each kept or refused.
#include <thread>

#include <fmt/format.h>

#include "store/fixture.h"

namespace sealtone::store {
namespace {

using testing::HasSubstr;
using testing::Not;

class Stored : public StoreTest {
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

  std::unique_ptr<Store> store_;
};

TEST_F(Stored, TrustedCertificateIsListedAndKept) {
  const auto added = store_->add_trusted(numbered(1), kNow, "command line");
  ASSERT_TRUE(added);
  EXPECT_EQ(added->id, 1);
  for (int i = 0; i < 2; ++i, reopen()) {
    const auto& listed = store_->snapshot()->trusted;
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0].id, 1);
    EXPECT_EQ(listed[0].certificate.der(), numbered(1).der());
    EXPECT_EQ(listed[0].added, kNow);
    EXPECT_EQ(listed[0].origin, "command line");
  }
}

TEST_F(Stored, TrustedCertificateIsListedOnce) {
  ASSERT_TRUE(store_->add_trusted(numbered(1), kNow, "page"));
  const auto before = store_->snapshot();
  expect_failure(store_->add_trusted(numbered(1), kNow + 1s, "page"), ErrorCode::exists,
                 numbered(1).fingerprint());
  EXPECT_EQ(store_->snapshot(), before);
  EXPECT_TRUE(store_->add_trusted(numbered(2), kNow, "page"));
}

TEST_F(Stored, NumberOfATrustedCertificateIsNeverGivenAgain) {
  for (std::uint32_t i = 1; i <= 3; ++i) ASSERT_TRUE(store_->add_trusted(numbered(i), kNow, ""));
  ASSERT_TRUE(store_->remove_trusted(2));
  ASSERT_TRUE(store_->remove_trusted(3));
  reopen();
  ASSERT_EQ(store_->snapshot()->trusted.size(), 1U);
  EXPECT_EQ(store_->add_trusted(numbered(3), kNow, "")->id, 4);
  expect_failure(store_->remove_trusted(3), ErrorCode::not_found, "trusted certificate 3");
  expect_failure(store_->remove_trusted(-1), ErrorCode::not_found);
  EXPECT_EQ(store_->snapshot()->trusted.size(), 2U);
}

TEST_F(Stored, TrustedListHasAThousandAndNoMore) {
  Store::Batch batch;
  for (std::uint32_t i = 1; i <= kMaxTrusted; ++i) batch.add_trusted.push_back(numbered(i));
  ASSERT_TRUE(store_->apply(batch, kNow));
  EXPECT_EQ(store_->snapshot()->trusted.size(), kMaxTrusted);
  expect_failure(store_->add_trusted(numbered(1'001), kNow, ""), ErrorCode::too_large, "1000");
  expect_failure(store_->add_trusted(numbered(1'000), kNow, ""), ErrorCode::exists);
  ASSERT_TRUE(store_->remove_trusted(1));
  EXPECT_TRUE(store_->add_trusted(numbered(1'001), kNow, ""));
  reopen();
  EXPECT_EQ(store_->snapshot()->trusted.size(), kMaxTrusted);
}

TEST_F(Stored, CertificatesThatStayAreNotParsedAgain) {
  ASSERT_TRUE(store_->add_trusted(numbered(1), kNow, ""));
  const auto before = store_->snapshot();
  ASSERT_TRUE(store_->add_trusted(numbered(2), kNow, ""));
  const auto after = store_->snapshot();
  EXPECT_EQ(after->trusted[0].certificate.native(), before->trusted[0].certificate.native());
  EXPECT_EQ(before->trusted.size(), 1U) << "a snapshot that was taken stays as it is";
}

TEST_F(Stored, OriginHasALongestLength) {
  EXPECT_TRUE(store_->add_trusted(numbered(1), kNow, std::string(kMaxTextBytes, 'o')));
  expect_failure(store_->add_trusted(numbered(2), kNow, std::string(kMaxTextBytes + 1, 'o')),
                 ErrorCode::too_large);
  EXPECT_EQ(store_->snapshot()->trusted.size(), 1U);
}

TEST_F(Stored, ServerCertificateReplacesTheOneBefore) {
  ASSERT_TRUE(store_->set_credential(credential("chain.pem"), kNow));
  EXPECT_EQ(store_->snapshot()->credential->chain.size(), 2U);
  ASSERT_TRUE(store_->set_credential(credential("p256.pem"), kNow + 1s));
  for (int i = 0; i < 2; ++i, reopen()) {
    const auto snapshot = store_->snapshot();
    ASSERT_TRUE(snapshot->credential);
    EXPECT_EQ(snapshot->credential->chain, credential("p256.pem").chain);
    EXPECT_EQ(snapshot->credential->key.pkcs8_der().value(),
              credential("p256.pem").key.pkcs8_der().value());
    EXPECT_EQ(snapshot->credential_added, kNow + 1s);
  }
  ASSERT_TRUE(store_->clear_credential());
  EXPECT_TRUE(store_->clear_credential()) << "twice is no mistake";
  reopen();
  EXPECT_FALSE(store_->snapshot()->credential);
}

TEST_F(Stored, ServerCertificateNeedsItsOwnKeyAndAChainInOrder) {
  ASSERT_TRUE(store_->set_credential(credential("p256.pem"), kNow));
  const auto before = store_->snapshot();
  const auto chain = credential("chain.pem");
  const x509::DeviceCredential another_key{chain.chain, credential("p256.pem").key};
  const x509::DeviceCredential no_key{chain.chain, {}};
  const x509::DeviceCredential no_chain{{}, chain.key};
  const x509::DeviceCredential stranger{{chain.chain[0], numbered(1)}, chain.key};
  const x509::DeviceCredential backwards{{chain.chain[1], chain.chain[0]}, chain.key};
  for (const auto& bad : {another_key, no_key, no_chain, stranger, backwards}) {
    expect_failure(store_->set_credential(bad, kNow), ErrorCode::mismatch);
    EXPECT_EQ(store_->snapshot(), before);
  }
  reopen();
  EXPECT_EQ(store_->snapshot()->credential->chain, credential("p256.pem").chain);
}

TEST_F(Stored, ServerCertificatesChainHasALongestLength) {
  // A root issues itself, so its repetition is a chain in order.
  auto long_chain = credential("p256.pem");
  const auto size = long_chain.leaf().der().size();
  while ((long_chain.chain.size() + 1) * size <= kMaxChainBytes)
    long_chain.chain.push_back(long_chain.leaf());
  EXPECT_TRUE(store_->set_credential(long_chain, kNow));
  long_chain.chain.push_back(long_chain.leaf());
  expect_failure(store_->set_credential(long_chain, kNow), ErrorCode::too_large);
}

TEST_F(Stored, SettingsAreKeptChangedAndGivenUp) {
  settings::Settings settings;
  settings.set("static.auto_provision.server.url", "https://a.example.com/");
  settings.set("static.auto_provision.server.username", "phone");
  ASSERT_TRUE(store_->set_settings(settings));
  settings.reset("static.auto_provision.server.username");
  settings.set("static.auto_provision.server.url", "https://b.example.com/");
  settings.set("static.security.trust_certificates", "0");
  ASSERT_TRUE(store_->set_settings(settings));
  EXPECT_EQ(store_->snapshot()->settings, settings);
  reopen();
  EXPECT_EQ(store_->snapshot()->settings, settings);
}

TEST_F(Stored, SettingsHaveNamesThatAreKnown) {
  settings::Settings good;
  good.set("static.auto_provision.server.username", "phone");
  ASSERT_TRUE(store_->set_settings(good));
  for (const std::string& name :
       {std::string("no.such.key"), std::string(""), std::string("account.X.password"),
        std::string("static.auto_provision.server.url\0x", 34)}) {
    auto bad = good;
    bad.set(name, "hush-hush");
    const auto refused = store_->set_settings(bad);
    expect_failure(refused, ErrorCode::bad_input, "no setting of that name");
    EXPECT_THAT(to_string(refused.error()), Not(HasSubstr("hush-hush")));
  }
  EXPECT_EQ(store_->snapshot()->settings, good);
}

TEST_F(Stored, SettingsHaveALongestValueAndNoRefusalShowsIt) {
  settings::Settings settings;
  settings.set("static.auto_provision.server.password", std::string(settings::kMaxLineBytes, 'p'));
  ASSERT_TRUE(store_->set_settings(settings));
  settings.set("static.auto_provision.server.password",
               std::string(settings::kMaxLineBytes + 1, 'p'));
  const auto refused = store_->set_settings(settings);
  expect_failure(refused, ErrorCode::too_large, "static.auto_provision.server.password");
  EXPECT_THAT(to_string(refused.error()), Not(HasSubstr("ppp")));
}

TEST_F(Stored, ValuesAreKeptByName) {
  const std::string octets("\0\x01 \xFF text", 9);
  ASSERT_TRUE(store_->set_value("mac", "first"));
  ASSERT_TRUE(store_->set_value("mac", octets));
  ASSERT_TRUE(store_->set_value("empty", ""));
  ASSERT_TRUE(store_->set_value("nothing", {}));
  reopen();
  EXPECT_EQ(store_->value("mac").value(), octets);
  EXPECT_EQ(store_->value("empty").value(), "");
  EXPECT_EQ(store_->value("nothing").value(), "");
  EXPECT_EQ(store_->value("none").value(), std::nullopt);
}

TEST_F(Stored, ValuesHaveNamesEvenWithNul) {
  const std::string name("mac\0mac", 7);
  ASSERT_TRUE(store_->set_value(name, "with"));
  ASSERT_TRUE(store_->set_value("mac", "without"));
  EXPECT_EQ(store_->value(name).value(), "with");
  EXPECT_EQ(store_->value("mac").value(), "without");
  expect_failure(store_->set_value("", "nameless"), ErrorCode::bad_input);
  EXPECT_EQ(store_->value("' OR 1 --").value(), std::nullopt);
}

TEST_F(Stored, ValuesHaveALongestLength) {
  EXPECT_TRUE(store_->set_value("report", std::string(kMaxRecordBytes, 'r')));
  const auto refused = store_->set_value("report", std::string(kMaxRecordBytes + 1, 's'));
  expect_failure(refused, ErrorCode::too_large, "report");
  EXPECT_THAT(to_string(refused.error()), Not(HasSubstr("sss")));
  EXPECT_EQ(store_->value("report").value()->size(), kMaxRecordBytes);
}

TEST_F(Stored, SnapshotMayBeTakenWhileTheOwnerChangesTheStore) {
  std::jthread reader([this](const std::stop_token& stop) {
    std::size_t most = 0;
    while (!stop.stop_requested()) {
      const auto size = store_->snapshot()->trusted.size();
      EXPECT_GE(size, most);
      most = size;
    }
  });
  for (std::uint32_t i = 1; i <= 50; ++i) ASSERT_TRUE(store_->add_trusted(numbered(i), kNow, ""));
}

}  // namespace
}  // namespace sealtone::store
