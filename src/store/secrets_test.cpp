// SPDX-License-Identifier: Apache-2.0
//
// store: what was replaced is gone from every file of the folder, at once.
#include <fmt/format.h>

#include "store/fixture.h"

namespace sealtone::store {
namespace {

using testing::IsEmpty;
using testing::Not;

class Secrets : public StoreTest {
 protected:
  // Whether any stretch of 16 octets of a key's private half stands in a file.
  [[nodiscard]] std::string file_with(const std::string& octets) const {
    constexpr std::size_t kStretch = 16;
    for (const auto& [name, held] : files()) {
      for (std::size_t at = 0; at + kStretch <= octets.size(); ++at) {
        if (held.find(octets.substr(at, kStretch)) != std::string::npos) return name;
      }
    }
    return "";
  }
  // PKCS#8 without the first octets, which are the same for every key of a kind, and for P-256
  // without the public half, which stands in the certificate too.
  static std::string private_octets(const std::string& name) {
    const auto der = credential(name).key.pkcs8_der().value();
    const std::string octets(base::text(der));
    return name == "p256.pem" ? octets.substr(36, 32) : octets.substr(octets.size() / 2 + 40);
  }
};

TEST_F(Secrets, KeysBeforeThePreviousOneAreGone) {
  const auto store = open();
  ASSERT_NE(store, nullptr);
  // Among rows that grow and shrink, so that pages are split, merged and used again.
  const char* const names[] = {"p256.pem", "rsa4096.pem", "chain.pem"};
  for (std::size_t round = 0; round < 12; ++round) {
    ASSERT_TRUE(store->set_credential(credential(names[round % 3]), kNow));
    EXPECT_THAT(file_with(private_octets(names[round % 3])), Not(IsEmpty()))
        << "else this test sees nothing";
    EXPECT_EQ(file_with(private_octets(names[(round + 2) % 3])).empty(), round == 0);
    EXPECT_THAT(file_with(private_octets(names[(round + 1) % 3])), IsEmpty()) << round;
    ASSERT_TRUE(store->put_connection(
        row(fmt::format("server {}", round % 5), std::string(round * 3'000, 'j'))));
    ASSERT_TRUE(store->add_trusted(numbered(static_cast<std::uint32_t>(round)), kNow, ""));
  }
  ASSERT_TRUE(store->clear_credential());
  EXPECT_THAT(file_with(private_octets("chain.pem")), Not(IsEmpty())) << "the previous one now";
  EXPECT_THAT(file_with(private_octets("rsa4096.pem")), IsEmpty());
  ASSERT_TRUE(store->forget_previous_credential());
  for (const auto* name : names) EXPECT_THAT(file_with(private_octets(name)), IsEmpty()) << name;
}

TEST_F(Secrets, KeysThatABatchReplacesAreGoneOnceTheyAreNotThePreviousOne) {
  const auto store = open();
  ASSERT_NE(store, nullptr);
  ASSERT_TRUE(store->set_credential(credential("rsa4096.pem"), kNow));
  Store::Batch batch;
  batch.credential = credential("p256.pem");
  ASSERT_TRUE(store->apply(batch, kNow));
  EXPECT_THAT(file_with(private_octets("rsa4096.pem")), Not(IsEmpty()));
  batch.credential.reset();
  batch.clear_credential = true;
  ASSERT_TRUE(store->apply(batch, kNow));
  EXPECT_THAT(file_with(private_octets("rsa4096.pem")), IsEmpty());
  EXPECT_THAT(file_with(private_octets("p256.pem")), Not(IsEmpty()));
  ASSERT_TRUE(store->forget_previous_credential());
  EXPECT_THAT(file_with(private_octets("p256.pem")), IsEmpty());
}

TEST_F(Secrets, ReplacedPasswordsAreGone) {
  const auto store = open();
  ASSERT_NE(store, nullptr);
  settings::Settings settings;
  const auto password = [](int i) { return fmt::format("correct horse battery staple {:03}", i); };
  for (int i = 0; i < 20; ++i) {
    settings.set("static.auto_provision.server.password", password(i));
    settings.set("static.auto_provision.server.username",
                 std::string(static_cast<std::size_t>(i) * 300, 'u'));
    ASSERT_TRUE(store->set_settings(settings));
    EXPECT_THAT(file_with(password(i)), Not(IsEmpty()));
    for (const auto& [name, held] : files())
      EXPECT_TRUE(i == 0 || held.find(password(i - 1)) == std::string::npos) << name << i;
  }
  settings.reset("static.auto_provision.server.password");
  ASSERT_TRUE(store->set_settings(settings));
  for (const auto& [name, held] : files()) EXPECT_EQ(held.find("staple 019"), std::string::npos);
}

TEST_F(Secrets, ReplacedValuesAreGone) {
  const auto store = open();
  ASSERT_NE(store, nullptr);
  const auto value = [](int i) { return fmt::format("temporary key {:03} of the page", i); };
  for (int i = 0; i < 20; ++i) {
    const std::string before(static_cast<std::size_t>(i) * 300, 'x');
    ASSERT_TRUE(store->set_value("temporary", before + value(i)));
    for (const auto& [name, held] : files())
      EXPECT_TRUE(i == 0 || held.find(value(i - 1)) == std::string::npos) << name << i;
  }
  EXPECT_THAT(file_with(value(19)), Not(IsEmpty()));
}

// A power cut between the commit and the scrub: the log still holds the key.
TEST_F(Secrets, LogThatALostOwnerLeftIsScrubbedAtTheNextStart) {
  const auto copy = scratch_ / "copy";
  {
    const auto store = open();
    ASSERT_NE(store, nullptr);
    ASSERT_TRUE(store->set_credential(credential("p256.pem"), kNow));
    ASSERT_TRUE(store->put_connection(row("a")));
    // What stands in the folder now is what a power cut would leave.
    fs::copy(dir_, copy);
  }
  ASSERT_GT(fs::file_size(copy / "sealtone.db-wal"), 0U);
  ::chmod(copy.c_str(), 0700);
  dir_ = copy;
  const auto store = open();
  ASSERT_NE(store, nullptr);
  EXPECT_EQ(store->connections().value().size(), 1U);
  EXPECT_TRUE(store->snapshot()->credential);
  EXPECT_EQ(fs::file_size(copy / "sealtone.db-wal"), 0U);
}

}  // namespace
}  // namespace sealtone::store
