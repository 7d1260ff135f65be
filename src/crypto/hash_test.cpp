// SPDX-License-Identifier: Apache-2.0
//
// crypto/hash: the values that the standards print.
#include "crypto/hash.h"

#include <gtest/gtest.h>

namespace sealtone::crypto {
namespace {

std::string hashed(Hash which, std::string_view text) {
  const auto octets = hash(which, base::view(text));
  return octets ? base::hex(*octets) : base::word(octets.error().code);
}

TEST(Hash, IsWhatTheStandardsPrint) {
  EXPECT_EQ(hashed(Hash::md5, "abc"), "900150983cd24fb0d6963f7d28e17f72");  // RFC 1321 A.5
  EXPECT_EQ(hashed(Hash::sha256, "abc"),                                    // FIPS 180-4
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hashed(Hash::sha512_256, "abc"),
            "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23");
}

TEST(Hash, TakesNothingForNothing) {
  EXPECT_EQ(hashed(Hash::md5, ""), "d41d8cd98f00b204e9800998ecf8427e");
}

}  // namespace
}  // namespace sealtone::crypto
