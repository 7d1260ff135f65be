// SPDX-License-Identifier: Apache-2.0
#include "x509/kept_certificates.h"

#include <gtest/gtest.h>

#include "x509/test_data.h"

namespace sealtone::x509 {
namespace {

using test::certificate;

TEST(KeptCertificates, DecodeTheSameOctetsOnce) {
  KeptCertificates kept;
  const auto first = certificate("leaf");
  const auto second = certificate("leaf");
  ASSERT_NE(first.native(), second.native());
  EXPECT_EQ(kept.from_native(first.native())->native(), first.native());
  EXPECT_EQ(kept.from_native(second.native())->native(), first.native());
}

TEST(KeptCertificates, TellOthersApart) {
  KeptCertificates kept;
  const auto leaf = certificate("leaf");
  const auto other = certificate("int");
  EXPECT_EQ(*kept.from_native(leaf.native()), leaf);
  EXPECT_EQ(*kept.from_native(other.native()), other);
}

// The signature alone differs, which is all that a forger might have to change.
TEST(KeptCertificates, TellThemApartByTheLastOctet) {
  KeptCertificates kept;
  const auto leaf = certificate("leaf");
  auto der = leaf.der();
  der.back() ^= 1;
  const auto forged = Certificate::from_der(der).value();
  EXPECT_EQ(*kept.from_native(leaf.native()), leaf);
  EXPECT_EQ(kept.from_native(forged.native())->native(), forged.native());
}

TEST(KeptCertificates, AreForgottenBehindNewerOnes) {
  KeptCertificates kept;
  const auto first = certificate("leaf");
  (void)kept.from_native(first.native());
  auto der = first.der();
  for (std::size_t i = 1; i < KeptCertificates::kMaxKept; ++i) {
    ++der.back();
    (void)kept.from_native(Certificate::from_der(der)->native());
  }
  EXPECT_EQ(kept.from_native(certificate("leaf").native())->native(), first.native());
  ++der.back();
  (void)kept.from_native(Certificate::from_der(der)->native());
  const auto again = certificate("leaf");
  EXPECT_EQ(kept.from_native(again.native())->native(), again.native());
}

}  // namespace
}  // namespace sealtone::x509
