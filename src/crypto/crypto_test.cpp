// SPDX-License-Identifier: Apache-2.0
//
// crypto: published test vectors, and what must be refused.
#include "crypto/crypto.h"

#include <set>

#include <openssl/err.h>

#include <gtest/gtest.h>

namespace sealtone::crypto {
namespace {

using base::Bytes;
using base::view;

TEST(Sha256Of, IsWhatFips180Says) {
  EXPECT_EQ(base::hex(sha256(view("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(base::hex(sha256({})),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Scrypt, IsWhatPythonsHashlibGives) {
  // hashlib.scrypt(b"pleaseletmein", salt=b"SodiumChloride", n=16384, r=8, p=1, dklen=32):
  // the first half of RFC 7914 §12's third vector.
  EXPECT_EQ(base::hex(scrypt("pleaseletmein", view("SodiumChloride")).value()),
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2");
}

TEST(Scrypt, DependsOnPasswordAndSalt) {
  EXPECT_NE(scrypt("a", view("salt")).value(), scrypt("b", view("salt")).value());
  EXPECT_NE(scrypt("a", view("salt")).value(), scrypt("a", view("pepper")).value());
}

TEST(SystemRandom, FillsEveryOctetWithSomethingNew) {
  SystemRandom random;
  std::set<Bytes> seen;
  for (int i = 0; i < 100; ++i) {
    Bytes out(16);
    random.fill(out);
    seen.insert(out);
  }
  EXPECT_EQ(seen.size(), 100U);
  random.fill({});
}

TEST(EqualInConstantTime, ComparesLengthAndEveryOctet) {
  EXPECT_TRUE(equal_in_constant_time(view("secret"), view("secret")));
  EXPECT_FALSE(equal_in_constant_time(view("secret"), view("secreT")));
  EXPECT_FALSE(equal_in_constant_time(view("secret"), view("Secret")));
  EXPECT_FALSE(equal_in_constant_time(view("secret"), view("secre")));
  EXPECT_TRUE(equal_in_constant_time({}, {}));
}

TEST(Base64, IsWhatRfc4648Says) {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"foobar", "Zm9vYmFy"},
  };
  for (const auto& [plain, encoded] : cases) {
    EXPECT_EQ(base64(view(plain)), encoded);
    EXPECT_EQ(base::text(from_base64(encoded).value()), plain);
  }
  EXPECT_EQ(base64(Bytes{0xfb, 0xff}), "+/8=");
}

TEST(Base64, JoinsLongInputWithoutASeam) {
  Bytes data((3U << 20U) + 2, 0xa5);
  EXPECT_EQ(from_base64(base64(data)).value(), data);
}

TEST(FromBase64, RefusesWhatIsNotExactlyBase64) {
  for (const auto* text : {"Z", "Zg", "Zg=", "Zm9v\n", "Zm 9", "Zm9-", "====", "=Zm9",
                           "Z===", "Zg==Zg==", "Zm9v\nZm9v\n", "Zäa"}) {
    const auto result = from_base64(text);
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(result.error().code, base::ErrorCode::bad_input);
  }
}

TEST(DrainOpensslErrors, SaysAllReasonsAndLeavesNone) {
  ERR_raise_data(ERR_LIB_USER, ERR_R_PASSED_NULL_PARAMETER, "hostile\n%s", "text");
  ERR_raise(ERR_LIB_USER, ERR_R_MALLOC_FAILURE);
  const auto said = drain_openssl_errors();
  EXPECT_NE(said.find("hostile\\u{A}text"), std::string::npos) << said;
  EXPECT_NE(said.find("; "), std::string::npos) << said;
  EXPECT_EQ(drain_openssl_errors(), "");
}

}  // namespace
}  // namespace sealtone::crypto
