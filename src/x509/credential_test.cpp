// SPDX-License-Identifier: Apache-2.0
//
// x509/parse: the certificate that fits the key, and its chain.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "x509/parse.h"
#include "x509/slow_keys.h"
#include "x509/test_data.h"

namespace sealtone::x509 {
namespace {

using base::ErrorCode;
using test::certificate;
using test::file;
using testing::ElementsAre;
using testing::HasSubstr;

Contents contents(const std::string& name) { return parse(file("files/" + name), name).value(); }

TEST(DeviceCredential, IsLeafFirstWithItsIntermediate) {
  const auto credential = device_credential(contents("credential.pem"), "up.pem").value();
  EXPECT_THAT(credential.chain, ElementsAre(certificate("leaf"), certificate("int")));
  EXPECT_TRUE(credential.leaf().matches(credential.key));
}

TEST(DeviceCredential, IsPutInOrderAndWithoutItsRoot) {
  const auto credential = device_credential(contents("bundle-any-order.pem"), "up.pem").value();
  EXPECT_THAT(credential.chain, ElementsAre(certificate("leaf"), certificate("int")));
}

TEST(DeviceCredential, MayBeSelfSigned) {
  auto both = contents("leaf.key");
  both.certificates = {certificate("root"), certificate("self_signed")};
  EXPECT_THAT(device_credential(both, "x")->chain, ElementsAre(certificate("self_signed")));
}

TEST(DeviceCredential, LeavesOutWhatDidNotSignTheOneBefore) {
  auto both = contents("leaf.key");
  both.certificates = {certificate("int_same_name"), certificate("leaf"),
                       certificate("other_root")};
  EXPECT_THAT(device_credential(both, "x")->chain, ElementsAre(certificate("leaf")));
}

TEST(DeviceCredential, EndsWhenTwoCertifiedEachOther) {
  auto loop = contents("leaf.key");
  loop.certificates = {certificate("leaf_by_loop"), certificate("loop_a_by_b"),
                       certificate("loop_b"), certificate("loop_a")};
  EXPECT_EQ(device_credential(loop, "x")->chain.front(), certificate("leaf_by_loop"));
}

// Its issuer might be the one that was not looked at.
TEST(DeviceCredential, IsRefusedWhereWhatIssuedWhatTakesTooLongToFindOut) {
  auto both = contents("leaf.key");
  const auto slow = test::with_key(certificate("int"), test::rsa_public_key(3'072, 3'071));
  both.certificates = {certificate("leaf"), slow};
  const auto result = device_credential(both, "up.pem");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::too_large);
  EXPECT_THAT(result.error().detail, HasSubstr("takes longer to find out than is allowed"));
  // Where the issuer is found all the same, nothing is missing.
  both.certificates.push_back(certificate("int"));
  EXPECT_THAT(device_credential(both, "up.pem")->chain,
              ElementsAre(certificate("leaf"), certificate("int")));
}

TEST(DeviceCredential, WithoutAKeySaysWhatToDo) {
  const auto result = device_credential(contents("leaf.pem"), "leaf.pem");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::mismatch);
  EXPECT_EQ(result.error().where, "leaf.pem");
  EXPECT_THAT(result.error().detail, HasSubstr("holds no private key"));
}

TEST(DeviceCredential, WithoutACertificateSaysWhatToDo) {
  const auto result = device_credential(contents("leaf.key"), "leaf.key");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::mismatch);
  EXPECT_THAT(result.error().detail, HasSubstr("(EC P-256) but no certificate"));
}

TEST(DeviceCredential, WithTheWrongKeyNamesBoth) {
  auto wrong = contents("leaf.pem");
  wrong.keys = parse(file("keys/rsa2048.pkcs8.pem"), "k")->keys;
  const auto result = device_credential(wrong, "up.pem");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::mismatch);
  EXPECT_THAT(result.error().detail, HasSubstr("RSA 2048"));
  EXPECT_THAT(result.error().detail, HasSubstr("\"prov.example.com\" (EC P-256)"));
}

TEST(DeviceCredential, PicksTheKeyThatFitsOutOfSeveral) {
  auto several = contents("leaf.pem");
  several.keys = parse(file("keys/rsa2048.pkcs8.pem"), "k")->keys;
  several.keys.push_back(contents("leaf.key").keys.front());
  EXPECT_EQ(device_credential(several, "x")->key.description(), "EC P-256");
}

}  // namespace
}  // namespace sealtone::x509
