// SPDX-License-Identifier: Apache-2.0
//
// x509/parse: PKCS#7 and encrypted keys, as openssl and GnuTLS write them.
#include <openssl/pkcs7.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "x509/format_files.h"
#include "x509/look.h"
#include "x509/openssl.h"

namespace sealtone::x509 {
namespace {

using base::ErrorCode;
using test::format_file;
using test::format_leaf;
using test::kRight;
using test::opened;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// --- keys ---------------------------------------------------------------------------------------

class EncryptedKey : public testing::TestWithParam<const char*> {};

TEST_P(EncryptedKey, NeedsItsPassphrase) {
  const std::string name = GetParam();
  const auto right = opened(name);
  ASSERT_TRUE(right) << right.error().detail;
  ASSERT_THAT(right->keys, SizeIs(1));
  const bool rsa = name.find("rsa") != std::string::npos;
  const bool ed448 = name.find("ed448") != std::string::npos;
  EXPECT_EQ(right->keys.front().description(), rsa ? "RSA 2048" : ed448 ? "Ed448" : "EC P-256");
  EXPECT_EQ(format_leaf().matches(right->keys.front()), !rsa && !ed448);

  const auto none = opened(name, std::nullopt);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::not_allowed);
  EXPECT_THAT(none.error().detail, HasSubstr("is encrypted: a passphrase is needed"));
  EXPECT_EQ(none.error().where, name);
  for (const auto* wrong : {"wrong-made-for-the-test", ""}) {
    const auto refused = opened(name, wrong);
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().code, ErrorCode::mismatch) << refused.error().detail;
    EXPECT_THAT(refused.error().detail, HasSubstr("the passphrase does not open"));
    EXPECT_EQ(refused.error().detail.find("wrong-made-for-the-test"), std::string::npos);
  }
}

INSTANTIATE_TEST_SUITE_P(InEveryForm, EncryptedKey,
                         testing::Values("pkcs8-aes256.key", "pkcs8-aes256.der",
                                         "pkcs8-aes256-rsa.key", "pkcs8-aes128-sha1.key",
                                         "pkcs8-aes256-sha512.key", "pkcs8-des3.key",
                                         "pkcs8-scrypt.key", "pkcs8-gnutls.key", "pkcs8-ed448.key",
                                         "pkcs8-v1-pbe-md5-des.key", "pkcs8-v1-pbe-sha1-rc2-40.key",
                                         "pkcs8-v1-pbe-sha1-rc4-128.key", "pem-des.key",
                                         "pem-des3.key", "pem-aes128.key", "pem-aes192.key",
                                         "pem-aes256.key", "pem-camellia256.key", "pem-seed.key",
                                         "pem-aes256-rsa.key"));

TEST(EncryptedKey, BesideItsCertificateIsNamedByItsBlock) {
  const auto both = opened("certificate-and-encrypted.pem").value();
  EXPECT_THAT(both.certificates, ElementsAre(format_leaf()));
  EXPECT_TRUE(device_credential(both, "x"));
  EXPECT_THAT(opened("certificate-and-encrypted.pem", std::nullopt).error().detail,
              HasSubstr("PEM block 2 (EC PRIVATE KEY, from line 14) is encrypted"));
  EXPECT_THAT(opened("certificate-and-encrypted.pem", "x").error().detail,
              HasSubstr("the passphrase does not open PEM block 2 (EC PRIVATE KEY, from line 14)"));
}

TEST(EncryptedKey, BesideItsCertificateStaysClosedToALook) {
  const auto both = format_file("certificate-and-encrypted.pem");
  const auto closed = look(both, "x").value();
  EXPECT_THAT(closed.certificates, ElementsAre(format_leaf()));
  EXPECT_THAT(closed.keys, IsEmpty());
  EXPECT_THAT(closed.notes, ElementsAre("PEM block 2 (EC PRIVATE KEY, from line 14) is encrypted, "
                                        "and was not opened"));
  const auto open = look(both, "x", kRight).value();
  EXPECT_THAT(open.keys, SizeIs(1));
  EXPECT_THAT(open.notes, IsEmpty());
  EXPECT_EQ(look(both, "x", "wrong").error().code, ErrorCode::mismatch);
  for (const auto* name : {"pem-aes256.key", "pkcs8-aes256.key", "openssl-aes.p12"}) {
    EXPECT_EQ(look(format_file(name), name).error().code, ErrorCode::not_allowed) << name;
  }
}

TEST(EncryptedKey, WithoutItsMethodIsNotOpened) {
  std::string text(base::text(format_file("pem-aes256.key")));
  const auto line = text.find("DEK-Info");
  text.erase(line, text.find('\n', line) - line + 1);
  const auto refused = parse(base::view(text), "x", kRight);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unsupported);
  EXPECT_THAT(refused.error().detail, HasSubstr("a method that it does not name"));
}

TEST(Passphrase, ThatIsNotNeededIsNotLookedAt) {
  EXPECT_TRUE(opened("p256.pem", "anything"));
  EXPECT_TRUE(opened("root.crt", "anything"));
  EXPECT_TRUE(opened("chain.p7b", "anything"));
  EXPECT_TRUE(opened("openssl-empty-password.p12", "anything"));
}

class KeyKind : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(KeyKind, IsACredential) {
  const auto [name, description] = GetParam();
  const auto both = opened(name, std::nullopt).value();
  EXPECT_EQ(both.certificates.front().public_key().description(), description);
  const auto credential = device_credential(both, name);
  ASSERT_TRUE(credential) << credential.error().detail;
  EXPECT_EQ(credential->key.description(), description);
}

INSTANTIATE_TEST_SUITE_P(
    Every, KeyKind,
    testing::Values(std::pair("rsa2048.pem", "RSA 2048"), std::pair("rsa3072.pem", "RSA 3072"),
                    std::pair("rsa4096.pem", "RSA 4096"), std::pair("rsa8192.pem", "RSA 8192"),
                    std::pair("p256.pem", "EC P-256"), std::pair("p384.pem", "EC P-384"),
                    std::pair("p521.pem", "EC P-521"), std::pair("ed25519.pem", "Ed25519"),
                    std::pair("ed448.pem", "Ed448")));

// --- PKCS#7 -------------------------------------------------------------------------------------

TEST(Pkcs7, IsReadInEveryForm) {
  for (const auto* name : {"chain.p7b", "chain.p7c", "cms.pem"}) {
    const auto read = opened(name, std::nullopt);
    ASSERT_TRUE(read) << name << ": " << read.error().detail;
    ASSERT_THAT(read->certificates, SizeIs(2)) << name;
    EXPECT_EQ(read->certificates.front(), format_leaf()) << name;
    EXPECT_EQ(read->certificates.back(), opened("root.crt")->certificates.front()) << name;
    EXPECT_THAT(read->notes, IsEmpty()) << name;
  }
  EXPECT_THAT(opened("gnutls.p7b", std::nullopt)->certificates, SizeIs(1));
  EXPECT_TRUE(opened("chain.p7b")->pem);
  EXPECT_FALSE(opened("chain.p7c")->pem);
}

TEST(Pkcs7, SaysWhatItLeftOut) {
  const auto with_list = opened("with-crl.p7b", std::nullopt).value();
  EXPECT_THAT(with_list.certificates, SizeIs(1));
  EXPECT_THAT(with_list.notes,
              ElementsAre(HasSubstr("1 revocation list (CRL) in it was left out")));
  for (const auto* name : {"signed-message.p7m", "signed-indefinite.p7m"}) {
    const auto message = opened(name, std::nullopt);
    ASSERT_TRUE(message) << name << ": " << message.error().detail;
    EXPECT_THAT(message->certificates, ElementsAre(format_leaf())) << name;
    EXPECT_THAT(message->notes, ElementsAre(HasSubstr("it is a signed message"))) << name;
  }
}

TEST(Pkcs7, WithoutACertificateIsNamedForWhatItIs) {
  const auto list = opened("only-crl.p7b", std::nullopt);
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().code, ErrorCode::wrong_kind);
  EXPECT_THAT(list.error().detail, HasSubstr("a PKCS#7 bundle with no certificate in it"));
  const auto encrypted = opened("encrypted.p7m", std::nullopt);
  ASSERT_FALSE(encrypted);
  EXPECT_EQ(encrypted.error().code, ErrorCode::wrong_kind);
  EXPECT_THAT(encrypted.error().detail, HasSubstr("a PKCS#7 message without certificates"));
}

TEST(Pkcs7, HoldsAtMostSoManyCertificates) {
  const auto root = opened("root.crt")->certificates.front();
  for (const std::size_t count : {kMaxCertificates, kMaxCertificates + 1}) {
    const Owned<PKCS7, PKCS7_free> bundle(PKCS7_new());
    PKCS7_set_type(bundle.get(), NID_pkcs7_signed);
    PKCS7_content_new(bundle.get(), NID_pkcs7_data);
    bundle->d.sign->cert = sk_X509_new_null();
    for (std::size_t i = 0; i < count; ++i) {
      X509_up_ref(root.native());
      sk_X509_push(bundle->d.sign->cert, root.native());
    }
    base::Bytes der(static_cast<std::size_t>(i2d_PKCS7(bundle.get(), nullptr)));
    auto* at = der.data();
    i2d_PKCS7(bundle.get(), &at);
    const auto read = parse(der, "x");
    if (count == kMaxCertificates) {
      ASSERT_TRUE(read) << read.error().detail;
      EXPECT_THAT(read->certificates, SizeIs(kMaxCertificates));
    } else {
      EXPECT_EQ(read.error().code, ErrorCode::too_large);
    }
  }
}

TEST(Formats, OfAnyPrefixAndAnyChangedOctetGiveAValueOrAReason) {
  for (const auto* name : {"openssl-aes.p12", "java-legacy.p12", "with-crl.p7b", "chain.p7c",
                           "signed-indefinite.p7m", "pem-aes256.key", "pkcs8-aes256.der"}) {
    const auto whole = format_file(name);
    const auto look = [&](base::ByteView octets, std::size_t at) {
      const auto result = parse(octets, name, kRight);
      EXPECT_TRUE(result || !result.error().detail.empty()) << name << " " << at;
    };
    for (std::size_t at = 0; at < whole.size(); at += 29) {
      look(base::ByteView(whole).first(at), at);
      auto changed = whole;
      changed[at] ^= 0x55;
      look(changed, at);
    }
  }
}

}  // namespace
}  // namespace sealtone::x509
