// SPDX-License-Identifier: Apache-2.0
//
// crypto: private keys made by the openssl tool, read and written back.
#include <filesystem>
#include <map>

#include <openssl/err.h>
#include <openssl/evp.h>

#include <gtest/gtest.h>

#include "base/files.h"
#include "crypto/crypto.h"

namespace sealtone::crypto {
namespace {

base::Bytes key_file(const std::string& name) {
  return base::read_file(std::filesystem::path(SEALTONE_TEST_DATA) / "x509/keys" / name, 100'000)
      .value();
}

TEST(PrivateKey, IsReadFromPkcs8AndFromTheTraditionalForms) {
  const std::map<std::string, std::string> descriptions = {
      {"rsa2048.pkcs8.der", "RSA 2048"},       {"rsa2048.traditional.der", "RSA 2048"},
      {"p256.pkcs8.der", "EC P-256"},          {"p256.traditional.der", "EC P-256"},
      {"p384.pkcs8.der", "EC P-384"},          {"ed25519.pkcs8.der", "Ed25519"},
      {"secp256k1.pkcs8.der", "EC secp256k1"}, {"explicit.pkcs8.der", "EC explicit"},
  };
  for (const auto& [file, description] : descriptions) {
    const auto key = PrivateKey::from_der(key_file(file));
    ASSERT_TRUE(key) << file;
    EXPECT_EQ(key->description(), description) << file;
  }
}

TEST(PrivateKey, LeavesAsThePkcs8ThatOpensslWrites) {
  const auto pkcs8 = key_file("p256.pkcs8.der");
  EXPECT_EQ(PrivateKey::from_der(pkcs8)->pkcs8_der().value(), pkcs8);
  const auto traditional = PrivateKey::from_der(key_file("rsa2048.traditional.der"));
  EXPECT_EQ(traditional->pkcs8_der().value(), key_file("rsa2048.pkcs8.der"));
  EXPECT_EQ(traditional->pkcs8_pem().value(),
            std::string(base::text(key_file("rsa2048.pkcs8.pem"))));
}

TEST(PrivateKey, IsNotReadFromAnythingElse) {
  auto cut = key_file("p256.pkcs8.der");
  cut.pop_back();
  auto longer = key_file("p256.pkcs8.der");
  longer.push_back(0);
  for (const auto& der : {cut, longer, key_file("encrypted.pkcs8.der"), key_file("p256.public.der"),
                          key_file("rsa2048.pkcs8.pem"), base::Bytes{}, base::Bytes{0x30}}) {
    const auto key = PrivateKey::from_der(der);
    ASSERT_FALSE(key) << base::hex(der);
    EXPECT_EQ(key.error().code, base::ErrorCode::bad_input);
  }
  EXPECT_EQ(ERR_peek_error(), 0U) << "OpenSSL's queue must be as it was before";
  EXPECT_TRUE(PrivateKey::from_der(key_file("p256.pkcs8.der"))) << "a failure must leave no trace";
}

TEST(PrivateKey, OfOurOwnMakingIsANewP256EachTime) {
  const auto one = PrivateKey::generate_p256().value();
  const auto two = PrivateKey::generate_p256().value();
  EXPECT_EQ(one.description(), "EC P-256");
  EXPECT_NE(one.pkcs8_der().value(), two.pkcs8_der().value());
  const auto again = PrivateKey::from_der(one.pkcs8_der().value()).value();
  EXPECT_EQ(EVP_PKEY_eq(one.native(), again.native()), 1);
}

TEST(PrivateKey, ThatIsEmptySaysSo) {
  const PrivateKey none;
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(none.description(), "no key");
  EXPECT_FALSE(none.pkcs8_der());
  EXPECT_FALSE(none.pkcs8_pem());
}

}  // namespace
}  // namespace sealtone::crypto
