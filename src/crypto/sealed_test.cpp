// SPDX-License-Identifier: Apache-2.0
//
// crypto/sealed: the values that the standards print.
#include "crypto/sealed.h"

#include <gtest/gtest.h>

namespace sealtone::crypto {
namespace {

base::Bytes octets(std::string_view hex) { return base::from_hex(hex).value(); }
template <typename Octets>
std::string shown_hex(const std::optional<Octets>& found) {
  if (!found) return "nothing";
  if constexpr (std::is_same_v<Octets, Secret>) {
    return base::hex(found->view());
  } else {
    return base::hex(*found);
  }
}

struct SealedCase {
  Aead aead;
  std::string_view key, nonce, additional, text, sealed;
};
const SealedCase kSealed[] = {
    // NIST "The Galois/Counter Mode of Operation", test case 4
    {{"AES-128-GCM", 16},
     "feffe9928665731c6d6a8f9467308308",
     "cafebabefacedbaddecaf888",
     "feedfacedeadbeeffeedfacedeadbeefabaddad2",
     "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b5"
     "25b16aedf5aa0de657ba637b39",
     "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa"
     "051ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47"},
    // RFC 3610, packet vector 1 (a tag of eight octets)
    {{"AES-128-CCM", 8},
     "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf",
     "00000003020100a0a1a2a3a4a5",
     "0001020304050607",
     "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e",
     "588c979a61c663d2f066d0c2c0f989806d5f6b61dac38417e8d12cfdf926e0"},
    // RFC 8439 §2.8.2
    {{"ChaCha20-Poly1305", 16},
     "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
     "070000004041424344454647",
     "50515253c0c1c2c3c4c5c6c7",
     "4c616469657320616e642047656e746c656d656e206f662074686520636c617373206f66202739393a204966204920"
     "636f756c64206f6666657220796f75206f6e6c79206f6e652074697020666f7220746865206675747572652c207375"
     "6e73637265656e20776f756c642062652069742e",
     "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da9272"
     "8b1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831"
     "d7bc3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691"}};

TEST(OpenAead, OpensWhatTheStandardsSealed) {
  for (const auto& one : kSealed) {
    EXPECT_EQ(shown_hex(open_aead(one.aead, octets(one.key), octets(one.nonce),
                                  octets(one.additional), octets(one.sealed))),
              one.text);
  }
}

TEST(OpenAead, GivesNothingWhereOneBitIsAnother) {
  for (const auto& one : kSealed) {
    const base::Bytes parts[] = {octets(one.key), octets(one.nonce), octets(one.additional),
                                 octets(one.sealed)};
    for (std::size_t changed = 0; changed < 4; ++changed) {
      auto with = std::to_array(parts);
      with[changed].back() ^= 1;
      EXPECT_FALSE(open_aead(one.aead, with[0], with[1], with[2], with[3])) << changed;
    }
  }
}

TEST(OpenAead, GivesNothingForAKeyOfAnotherSizeOrLessThanATag) {
  const auto& gcm = kSealed[0];
  const auto nonce = octets(gcm.nonce);
  EXPECT_FALSE(open_aead(gcm.aead, base::Bytes(15), nonce, {}, octets(gcm.sealed)));
  EXPECT_FALSE(open_aead(gcm.aead, base::Bytes(17), nonce, {}, octets(gcm.sealed)));
  EXPECT_FALSE(open_aead(gcm.aead, octets(gcm.key), nonce, {}, base::Bytes(15)));
  EXPECT_FALSE(open_aead({"no such cipher", 16}, octets(gcm.key), nonce, {}, octets(gcm.sealed)));
}

TEST(DecryptBlocks, IsCbcAsNistPrintsIt) {
  // NIST SP 800-38A F.2.2
  const auto key = octets("2b7e151628aed2a6abf7158809cf4f3c");
  const auto iv = octets("000102030405060708090a0b0c0d0e0f");
  const auto text = octets("7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2");
  EXPECT_EQ(shown_hex(decrypt_blocks("AES-128-CBC", key, iv, text)),
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
  EXPECT_FALSE(decrypt_blocks("AES-128-CBC", key, iv, base::ByteView(text).first(31)));
  EXPECT_FALSE(decrypt_blocks("AES-128-CBC", key, base::ByteView(iv).first(15), text));
}

TEST(Hmac, IsWhatRfc4231Prints) {
  // §4.3
  EXPECT_EQ(
      shown_hex(hmac("SHA256", base::view("Jefe"), base::view("what do ya want for nothing?"))),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(HkdfExpand, IsWhatRfc5869Prints) {
  // A.1
  EXPECT_EQ(
      shown_hex(hkdf_expand(
          "SHA256", octets("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"),
          octets("f0f1f2f3f4f5f6f7f8f9"), 42)),
      "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
}

TEST(Tls1Prf, IsWhatItsAuthorsPrinted) {
  // P_SHA256 test vector of the IETF's TLS list (2009)
  EXPECT_EQ(
      shown_hex(tls1_prf("SHA256", octets("9bbe436ba940f017b17652849a71db35"),
                         octets("74657374206c6162656c"
                                "a0ba9f936cda311827a6f796ffd5198c"),
                         100)),
      "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14"
      "baf9af0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e"
      "5a5110fff70187347b66");
  EXPECT_FALSE(tls1_prf("no such hash", octets("00"), octets("00"), 16));
}

}  // namespace
}  // namespace sealtone::crypto
