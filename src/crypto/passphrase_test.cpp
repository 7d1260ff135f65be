// SPDX-License-Identifier: Apache-2.0
//
// crypto/passphrase: what openssl and others encrypted, and what hostile files ask for.
#include "crypto/passphrase.h"

#include <climits>
#include <ctime>
#include <filesystem>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "crypto/crypto.h"

namespace sealtone::crypto {
namespace {

using base::ErrorCode;
using testing::HasSubstr;

constexpr std::string_view kRight = "secret";  // of all files made for these tests

using Encrypted = std::unique_ptr<X509_SIG, decltype(&X509_SIG_free)>;
using Algorithm = std::unique_ptr<X509_ALGOR, decltype(&X509_ALGOR_free)>;

base::Bytes file(const std::string& name) {
  return base::read_file(std::filesystem::path(SEALTONE_TEST_DATA) / "x509/formats" / name, 100'000)
      .value();
}

Encrypted pkcs8(const std::string& name) {
  const auto content = file(name);
  BIO* const bio = BIO_new_mem_buf(content.data(), static_cast<int>(content.size()));
  Encrypted read(PEM_read_bio_PKCS8(bio, nullptr, nullptr, nullptr), X509_SIG_free);
  BIO_free(bio);
  return read;
}

base::Result<Secret> opened(const X509_SIG& encrypted, std::string_view passphrase) {
  const X509_ALGOR* algorithm = nullptr;
  const ASN1_OCTET_STRING* content = nullptr;
  X509_SIG_get0(&encrypted, &algorithm, &content);
  Effort effort;
  return decrypt(
      *algorithm,
      {ASN1_STRING_get0_data(content), static_cast<std::size_t>(ASN1_STRING_length(content))},
      passphrase, effort);
}

base::Result<Secret> opened(const Algorithm& algorithm) {
  static constexpr std::array<std::uint8_t, 32> octets{};
  Effort effort;
  return decrypt(*algorithm, octets, kRight, effort);
}

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

class Pkcs8Method : public testing::TestWithParam<const char*> {};

TEST_P(Pkcs8Method, IsOpenedByItsPassphraseAlone) {
  const auto encrypted = pkcs8(std::string("pkcs8-") + GetParam() + ".key");
  ASSERT_TRUE(encrypted);
  const auto right = opened(*encrypted, kRight);
  ASSERT_TRUE(right) << right.error().detail;
  EXPECT_TRUE(PrivateKey::from_der(right->view()));
  for (const auto wrong : {"Secret", "secret ", ""}) {
    const auto other = opened(*encrypted, wrong);
    // An end that looks right comes about once in 256 times; a key comes never.
    if (other) {
      EXPECT_FALSE(PrivateKey::from_der(other->view())) << wrong;
      continue;
    }
    EXPECT_EQ(other.error().code, ErrorCode::mismatch) << wrong << ": " << other.error().detail;
  }
}

INSTANTIATE_TEST_SUITE_P(OfOpensslAndGnutls, Pkcs8Method,
                         testing::Values("aes256", "aes256-rsa", "aes128-sha1", "aes256-sha512",
                                         "des3", "scrypt", "gnutls", "ed448", "million",
                                         "v1-pbe-md5-des", "v1-pbe-sha1-des", "v1-pbe-sha1-rc2-64",
                                         "v1-pbe-md5-rc2-64", "v1-pbe-sha1-3des",
                                         "v1-pbe-sha1-2des", "v1-pbe-sha1-rc2-40",
                                         "v1-pbe-sha1-rc2-128", "v1-pbe-sha1-rc4-40",
                                         "v1-pbe-sha1-rc4-128"));

TEST(Passphrase, IsTriedAMillionTimesOver) {
  EXPECT_TRUE(opened(*pkcs8("pkcs8-million.key"), kRight));
}

TEST(Passphrase, KeepsTheOldCiphersAwayFromTls) {
  ASSERT_TRUE(opened(*pkcs8("pkcs8-v1-pbe-sha1-rc2-40.key"), kRight));
  EXPECT_EQ(OSSL_PROVIDER_available(nullptr, "legacy"), 0);
  EXPECT_EQ(EVP_CIPHER_fetch(nullptr, "RC2-40-CBC", nullptr), nullptr);
  ERR_clear_error();
}

TEST(Passphrase, LeavesOpensslsQueueAsItWas) {
  (void)opened(*pkcs8("pkcs8-aes256.key"), "wrong");
  (void)decrypt_pem("AES-128-CBC,00", {}, "wrong");
  EXPECT_EQ(ERR_peek_error(), 0U);
}

TEST(Passphrase, IsAtMostSoLong) {
  const auto encrypted = pkcs8("pkcs8-aes256.key");
  for (const std::size_t length : {kMaxPassphraseBytes, kMaxPassphraseBytes + 1}) {
    const auto wrong = opened(*encrypted, std::string(length, 'x'));
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, ErrorCode::mismatch);
  }
}

// PBES2 with PBKDF2 and HMAC-SHA-256: three units a repetition.
Algorithm pbkdf2(long repetitions) {
  std::array<unsigned char, 8> salt{};
  Algorithm made(PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), 1, salt.data(), salt.size(), nullptr,
                                   NID_hmacWithSHA256),
                 X509_ALGOR_free);
  PBE2PARAM* const outer = static_cast<PBE2PARAM*>(
      ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBE2PARAM), made->parameter));
  PBKDF2PARAM* const inner = static_cast<PBKDF2PARAM*>(
      ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBKDF2PARAM), outer->keyfunc->parameter));
  ASN1_INTEGER_set_int64(inner->iter, repetitions);
  ASN1_TYPE_pack_sequence(ASN1_ITEM_rptr(PBKDF2PARAM), inner, &outer->keyfunc->parameter);
  ASN1_TYPE_pack_sequence(ASN1_ITEM_rptr(PBE2PARAM), outer, &made->parameter);
  PBKDF2PARAM_free(inner);
  PBE2PARAM_free(outer);
  return made;
}

Algorithm scrypt(std::uint64_t n, std::uint64_t r, std::uint64_t p) {
  std::array<unsigned char, 8> salt{};
  Algorithm made(
      PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), salt.data(), salt.size(), nullptr, 2, 1, 1),
      X509_ALGOR_free);
  PBE2PARAM* const outer = static_cast<PBE2PARAM*>(
      ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBE2PARAM), made->parameter));
  SCRYPT_PARAMS* const inner = static_cast<SCRYPT_PARAMS*>(
      ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(SCRYPT_PARAMS), outer->keyfunc->parameter));
  ASN1_INTEGER_set_uint64(inner->costParameter, n);
  ASN1_INTEGER_set_uint64(inner->blockSize, r);
  ASN1_INTEGER_set_uint64(inner->parallelizationParameter, p);
  ASN1_TYPE_pack_sequence(ASN1_ITEM_rptr(SCRYPT_PARAMS), inner, &outer->keyfunc->parameter);
  ASN1_TYPE_pack_sequence(ASN1_ITEM_rptr(PBE2PARAM), outer, &made->parameter);
  SCRYPT_PARAMS_free(inner);
  PBE2PARAM_free(outer);
  return made;
}

TEST(Effort, IsTakenUpToItsLastUnit) {
  Effort effort;
  EXPECT_TRUE(effort.take(Effort::kMost - 1));
  EXPECT_TRUE(effort.take(1));
  EXPECT_FALSE(effort.take(1));
  EXPECT_TRUE(effort.take(0));
}

TEST(Effort, IsSharedByAllThatOneFileAsksFor) {
  const auto algorithm = pbkdf2(500'000);
  static constexpr std::array<std::uint8_t, 32> octets{};
  Effort effort;
  ASSERT_TRUE(effort.take(Effort::kMost - 1'600'000));
  EXPECT_NE(decrypt(*algorithm, octets, kRight, effort).error().code, ErrorCode::too_large);
  EXPECT_EQ(decrypt(*algorithm, octets, kRight, effort).error().code, ErrorCode::too_large);
}

TEST(Effort, BoundsTheRepetitionsBeforeAnyIsDone) {
  // 250 units for one derivation, three for a repetition.
  const long most = (static_cast<long>(Effort::kMost) - 250) / 3;
  EXPECT_NE(opened(pbkdf2(most)).error().code, ErrorCode::too_large);
  const double before = cpu_seconds();
  for (const long repetitions : {most + 1, 10'000'000L, 10'000'001L, 1L << 31, LONG_MAX}) {
    const auto refused = opened(pbkdf2(repetitions));
    ASSERT_FALSE(refused) << repetitions;
    EXPECT_EQ(refused.error().code, ErrorCode::too_large) << repetitions;
    EXPECT_THAT(refused.error().detail, HasSubstr(std::to_string(repetitions)));
  }
  for (const long repetitions : {0L, -1L, LONG_MIN}) {
    EXPECT_EQ(opened(pbkdf2(repetitions)).error().code, ErrorCode::bad_input) << repetitions;
  }
  EXPECT_LT(cpu_seconds() - before, 0.1);
}

TEST(Effort, BoundsScryptsTimeAndMemory) {
  const double before = cpu_seconds();
  const std::array<std::array<std::uint64_t, 3>, 5> too_much = {{
      {1U << 18U, 8, 1},          // 256 MB
      {2, 8, 1U << 20U},          // a long time
      {1U << 17U, 1, 1U << 17U},  // little memory, a very long time
      {UINT64_MAX, 8, 1},
      {UINT64_MAX, UINT64_MAX, UINT64_MAX},
  }};
  for (const auto& [n, r, p] : too_much) {
    EXPECT_EQ(opened(scrypt(n, r, p)).error().code, ErrorCode::too_large) << n << " " << r;
  }
  EXPECT_EQ(opened(scrypt(0, 8, 1)).error().code, ErrorCode::bad_input);
  EXPECT_EQ(opened(scrypt(3, 8, 1)).error().code, ErrorCode::bad_input) << "no power of two";
  EXPECT_LT(cpu_seconds() - before, 0.1);
}

TEST(PemEncryption, IsOpenedByTheMethodItNames) {
  const base::Bytes octets(32);
  for (const char* method : {"", ",", "AES-128-CBC", "AES-128-CBC,", "AES-128-CBC,0011",
                             "AES-128-CBC,zz", "AES-128-GCM,000102030405060708090A0B", "NULL,",
                             "RC4,00", "AES-128-XTS,00", "nonsense,00", "AES-128-ECB,"}) {
    const auto refused = decrypt_pem(method, octets, kRight);
    ASSERT_FALSE(refused) << method;
    EXPECT_TRUE(refused.error().code == ErrorCode::unsupported ||
                refused.error().code == ErrorCode::bad_input)
        << method << ": " << refused.error().detail;
  }
  const auto wrong = decrypt_pem("AES-128-CBC,000102030405060708090A0B0C0D0E0F", octets, kRight);
  EXPECT_EQ(wrong.error().code, ErrorCode::mismatch);
}

TEST(Secret, IsWipedWhereItIsCutOff) {
  Secret secret(std::string_view("made-for-the-test"));
  const auto* const octets = secret.octets().data();
  secret.shorten(4);
  EXPECT_EQ(secret.text(), "made");
  for (std::size_t at = 4; at < 17; ++at) EXPECT_EQ(octets[at], 0) << at;
  Secret other(std::move(secret));
  EXPECT_EQ(other.text(), "made");
  other = Secret(std::string_view("new"));
  EXPECT_EQ(other.text(), "new");
}

}  // namespace
}  // namespace sealtone::crypto
