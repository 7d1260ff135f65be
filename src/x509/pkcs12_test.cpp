// SPDX-License-Identifier: Apache-2.0
//
// x509/pkcs12: files as openssl, GnuTLS, NSS and Java write them, and as nobody does.

#include <openssl/pkcs12.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/sanitized.h"
#include "x509/format_files.h"
#include "x509/openssl.h"

namespace sealtone::x509 {
namespace {

using base::ErrorCode;
using test::cpu_seconds;
using test::format_file;
using test::kRight;
using test::opened;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct Pkcs12Case {
  const char* name;
  std::vector<std::string> names;  // of the certificates, in the order of the file
  bool with_key = true;
};

class Pkcs12 : public testing::TestWithParam<Pkcs12Case> {};

TEST_P(Pkcs12, NeedsItsPassphrase) {
  const auto& expected = GetParam();
  const auto right = opened(expected.name);
  ASSERT_TRUE(right) << right.error().detail;
  std::vector<std::string> names;
  for (const auto& one : right->certificates) names.push_back(one.subject().common_name);
  EXPECT_EQ(names, expected.names);
  EXPECT_THAT(right->notes, IsEmpty());
  EXPECT_FALSE(right->pem);
  ASSERT_EQ(right->keys.size(), expected.with_key ? 1U : 0U);
  EXPECT_EQ(device_credential(*right, "x").has_value(), expected.with_key);

  const auto none = opened(expected.name, std::nullopt);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::not_allowed) << none.error().detail;
  EXPECT_EQ(none.error().detail, "it is encrypted: a passphrase is needed");
  const auto wrong = opened(expected.name, "wrong-made-for-the-test");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, ErrorCode::mismatch);
  EXPECT_EQ(wrong.error().detail, "the passphrase does not open it");
}

TEST(Pkcs12, IsOpenedByNothingLikeItsPassphrase) {
  for (const auto* wrong : {"secret ", "Secret", "secre", ""}) {
    EXPECT_EQ(opened("openssl-aes.p12", wrong).error().code, ErrorCode::mismatch) << wrong;
  }
}

const std::vector<std::string> kBoth = {"phone p256", "Acme Root"};
const std::vector<std::string> kLeaf = {"phone p256"};
const std::vector<std::string> kRoot = {"Acme Root"};

INSTANTIATE_TEST_SUITE_P(
    OfEveryTool, Pkcs12,
    testing::Values(Pkcs12Case{"openssl-aes.p12", kBoth}, Pkcs12Case{"openssl-legacy.p12", kBoth},
                    Pkcs12Case{"openssl-rc4.p12", kBoth}, Pkcs12Case{"openssl-des.p12", kBoth},
                    Pkcs12Case{"openssl-plain.p12", kBoth}, Pkcs12Case{"openssl-sha512.p12", kBoth},
                    Pkcs12Case{"openssl-keys-open.p12", kBoth},
                    Pkcs12Case{"openssl-many.p12", kBoth},
                    Pkcs12Case{"openssl-rsa.p12", {"phone rsa2048"}},
                    Pkcs12Case{"openssl-trust.p12", kRoot, false}, Pkcs12Case{"gnutls.p12", kLeaf},
                    Pkcs12Case{"gnutls-3des.p12", kLeaf}, Pkcs12Case{"nss.p12", kLeaf},
                    Pkcs12Case{"nss-3des.p12", kLeaf}, Pkcs12Case{"java.p12", kLeaf},
                    Pkcs12Case{"java-legacy.p12", kLeaf},
                    Pkcs12Case{"java-trust.p12", kRoot, false}));

TEST(Pkcs12, WithoutAPassphraseOrWithAnEmptyOneNeedsNone) {
  for (const auto* name :
       {"openssl-empty-password.p12", "gnutls-null-password.p12", "gnutls-empty-password.p12"}) {
    for (const auto passphrase : {crypto::Password(), crypto::Password("")}) {
      const auto read = opened(name, passphrase);
      ASSERT_TRUE(read) << name << ": " << read.error().detail;
      EXPECT_TRUE(device_credential(*read, name)) << name;
    }
  }
}

TEST(Pkcs12, WithoutAMacIsTriedByItsContent) {
  EXPECT_THAT(opened("openssl-no-mac.p12")->certificates, SizeIs(2));
  EXPECT_EQ(opened("openssl-no-mac.p12", std::nullopt).error().code, ErrorCode::not_allowed);
  EXPECT_EQ(opened("openssl-no-mac.p12", "wrong").error().code, ErrorCode::mismatch);
}

TEST(Pkcs12, TakesAPassphraseOutsideAscii) {
  EXPECT_TRUE(opened("openssl-umlaut.p12", "Gr\u00fc\u00dfe"));
  EXPECT_EQ(opened("openssl-umlaut.p12", "Gruesse").error().code, ErrorCode::mismatch);
}

TEST(Pkcs12, IsReadFromPemToo) {
  EXPECT_THAT(opened("openssl-aes-p12.pem")->certificates, SizeIs(2));
  EXPECT_THAT(opened("openssl-aes-p12.pem", std::nullopt).error().detail,
              HasSubstr("PEM block 1 (PKCS12, from line 1) is encrypted: a passphrase is needed"));
}

TEST(Pkcs12, SaysWhatItLeftOut) {
  const auto read = opened("java-secret-key.p12").value();
  EXPECT_THAT(read.certificates, SizeIs(1));
  EXPECT_THAT(read.notes,
              ElementsAre("of it only certificates and private keys were taken: 1 entry of another "
                          "kind in it was left out"));
  const auto nothing = opened("java-only-secret-key.p12");
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, ErrorCode::wrong_kind);
  EXPECT_THAT(nothing.error().detail, HasSubstr("neither a certificate nor a private key"));
}

TEST(Pkcs12, ThatWasChangedIsNotOpened) {
  auto changed = format_file("openssl-plain.p12");
  changed[changed.size() / 3] ^= 1;
  const auto refused = parse(changed, "x", kRight);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::mismatch) << refused.error().detail;
}

TEST(Pkcs12, CutShortIsSaidToBe) {
  const auto whole = format_file("openssl-aes.p12");
  const auto cut = parse(base::ByteView(whole).first(whole.size() - 1), "x", kRight);
  EXPECT_THAT(cut.error().detail, HasSubstr("1 bytes are missing"));
}

TEST(Pkcs12, AskingForMoreThanASecondsWorkIsRefusedAtOnce) {
  // The file ends with its MAC's count: INTEGER 600000.
  auto hostile = format_file("openssl-many.p12");
  ASSERT_EQ(base::hex(base::ByteView(hostile).last(5)), "02030927c0");
  for (const int octet : {0x7F, 0x50}) {
    hostile[hostile.size() - 3] = static_cast<std::uint8_t>(octet);
    const double before = cpu_seconds();
    const auto refused = parse(hostile, "x", kRight);
    EXPECT_LT(cpu_seconds() - before, 0.1);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::too_large);
    EXPECT_THAT(refused.error().detail, HasSubstr("it asks for "));
  }
  hostile[hostile.size() - 3] = 0xFF;
  EXPECT_EQ(parse(hostile, "x", kRight).error().code, ErrorCode::bad_input) << "less than nothing";
}

// Files that no tool writes: a PKCS#12 of our own, without a MAC.
using KeyBags = STACK_OF(PKCS12_SAFEBAG);

base::Bytes without_mac(STACK_OF(PKCS7) * safes) {
  const Owned<PKCS12, PKCS12_free> file(PKCS12_add_safes(safes, 0));
  sk_PKCS7_pop_free(safes, PKCS7_free);
  base::Bytes der(static_cast<std::size_t>(i2d_PKCS12(file.get(), nullptr)));
  auto* at = der.data();
  i2d_PKCS12(file.get(), &at);
  return der;
}

base::Bytes bagged(KeyBags* bags) {
  STACK_OF(PKCS7)* safes = nullptr;
  PKCS12_add_safe(&safes, bags, -1, 0, nullptr);
  sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
  return without_mac(safes);
}

TEST(Pkcs12, HoldsAtMostSoManyKeysAndCertificates) {
  const auto key = opened("p256.pem", std::nullopt)->keys.front();
  for (const std::size_t count : {kMaxKeys, kMaxKeys + 1}) {
    KeyBags* bags = nullptr;
    for (std::size_t i = 0; i < count; ++i) PKCS12_add_key(&bags, key.native(), 0, 0, -1, nullptr);
    const auto read = parse(bagged(bags), "x");
    if (count == kMaxKeys) {
      ASSERT_TRUE(read) << read.error().detail;
      EXPECT_THAT(read->keys, SizeIs(kMaxKeys));
    } else {
      EXPECT_EQ(read.error().code, ErrorCode::too_large);
    }
  }
  const auto root = opened("root.crt")->certificates.front();
  for (const std::size_t count : {kMaxCertificates, kMaxCertificates + 1}) {
    KeyBags* bags = nullptr;
    for (std::size_t i = 0; i < count; ++i) PKCS12_add_cert(&bags, root.native());
    const auto read = parse(bagged(bags), "x");
    if (count == kMaxCertificates) {
      ASSERT_TRUE(read) << read.error().detail;
      EXPECT_THAT(read->certificates, SizeIs(kMaxCertificates));
    } else {
      EXPECT_EQ(read.error().code, ErrorCode::too_large);
    }
  }
}

base::Bytes tagged(std::uint8_t tag, base::ByteView content) {
  const auto length = content.size();
  base::Bytes out{tag, 0x82, static_cast<std::uint8_t>(length >> 8U),
                  static_cast<std::uint8_t>(length)};
  out.insert(out.end(), content.begin(), content.end());
  return out;
}

// A SafeContentsBag (RFC 7292 §4.2.6) with the bags in it, alone in SafeContents.
KeyBags* nested(KeyBags* bags) {
  const auto* const kind = ASN1_ITEM_rptr(PKCS12_SAFEBAGS);
  unsigned char* inner = nullptr;
  const int length = ASN1_item_i2d(reinterpret_cast<ASN1_VALUE*>(bags), &inner, kind);
  auto bag = base::from_hex("060b2a864886f70d010c0a0106").value();
  const auto value = tagged(0xA0, {inner, static_cast<std::size_t>(length)});
  bag.insert(bag.end(), value.begin(), value.end());
  OPENSSL_free(inner);
  sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
  const auto outer = tagged(0x30, tagged(0x30, bag));
  const auto* at = outer.data();
  return reinterpret_cast<KeyBags*>(
      ASN1_item_d2i(nullptr, &at, static_cast<long>(outer.size()), kind));
}

TEST(Pkcs12, NestedTooDeepIsRefused) {
  const auto root = opened("root.crt")->certificates.front();
  for (const int depth : {4, 5}) {
    KeyBags* bags = nullptr;
    PKCS12_add_cert(&bags, root.native());
    for (int i = 0; i < depth; ++i) bags = nested(bags);
    const auto read = parse(bagged(bags), "x");
    if (depth == 4) {
      EXPECT_TRUE(read) << read.error().detail;
    } else {
      EXPECT_EQ(read.error().code, ErrorCode::too_large) << read.error().detail;
    }
  }
}

TEST(Pkcs12, OfManyEncryptedPartsEndsWithinASecond) {
  // Each is small, and cheap to derive a key for; what there is of them fills a file.
  const auto root = opened("root.crt")->certificates.front();
  STACK_OF(PKCS7)* safes = nullptr;
  for (int i = 0; i < 6'000; ++i) {
    KeyBags* bags = nullptr;
    if (i == 0) PKCS12_add_cert(&bags, root.native());
    if (bags == nullptr) bags = sk_PKCS12_SAFEBAG_new_null();
    PKCS12_add_safe(&safes, bags, NID_aes_256_cbc, 1, "secret");
    sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
  }
  const auto many = without_mac(safes);
  ASSERT_LE(many.size(), base::kMaxUploadBytes);
  for (const auto passphrase : {crypto::Password(kRight), crypto::Password("wrong")}) {
    const double before = cpu_seconds();
    (void)parse(many, "x", passphrase);
    EXPECT_LT(cpu_seconds() - before, sealtone::test::kSanitized ? 10.0 : 1.0);
  }
}

}  // namespace
}  // namespace sealtone::x509
