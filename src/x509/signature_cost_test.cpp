// SPDX-License-Identifier: Apache-2.0
//
// x509/signature_cost: keys that are slow to verify with are known before they are used.
#include <algorithm>

#include <gmock/gmock.h>

#include "crypto/crypto.h"
#include "x509/path.h"
#include "x509/signatures.h"
#include "x509/slow_keys.h"
#include "x509/test_data.h"

namespace sealtone::x509 {
namespace {

using namespace std::chrono_literals;
using test::authority;
using test::certificate;
using test::kNow;
using test::rsa_public_key;
using test::with_key;

class SlowKeys : public ::testing::Test {
 protected:
  Certificate of(int bits, int exponent_bits) {
    return with_key(issuer_.certificate, rsa_public_key(bits, exponent_bits));
  }
  crypto::SystemRandom random_;
  Issued issuer_ = issue_self_signed(authority("Slow"), random_).value();
  Certificate leaf_ = issue(authority("leaf"), issuer_, random_).value().certificate;
};

TEST_F(SlowKeys, CostWhatTheirSizeAndExponentMakeThem) {
  EXPECT_LT(signature_cost(certificate("root")), 200us);  // P-256
  EXPECT_LT(signature_cost(of(2'048, 17)), 50us);
  EXPECT_LT(signature_cost(of(8'192, 17)), 1ms);
  EXPECT_GT(signature_cost(of(8'192, 17)), signature_cost(of(4'096, 17)));
  EXPECT_LE(signature_cost(of(16'384, 60)), kMaxSignatureCost);
  EXPECT_GT(signature_cost(of(3'072, 3'071)), kMaxSignatureCost);
}

bool not_checked(const CheckedPath& checked) {
  return std::ranges::any_of(
      checked.faults, [](const Fault& fault) { return fault.code == PathFault::path_budget; });
}
bool bad_signature(const CheckedPath& checked) {
  return std::ranges::find(checked.faults, PathFault::bad_signature, &Fault::code) !=
         checked.faults.end();
}

TEST_F(SlowKeys, AreNotVerifiedWithAndThatIsSaid) {
  const auto slow = of(3'072, 3'071);
  const std::vector<Certificate> sent{leaf_, slow};
  const auto checked = check_path(sent, AnchorSet({slow}), kNow, {});
  EXPECT_TRUE(not_checked(checked));
  EXPECT_FALSE(bad_signature(checked));
  const std::vector<Certificate> fast{leaf_, of(3'072, 17)};
  EXPECT_TRUE(bad_signature(check_path(fast, AnchorSet({fast.back()}), kNow, {})));
}

// Forty issuers of one name, each of which could have signed; the one that did stands last.
TEST_F(SlowKeys, AreNotVerifiedWithOneAfterTheOtherForLong) {
  const auto top = issue_self_signed(authority("Top"), random_).value();
  const auto right = issue(authority("Slow"), top, random_).value();
  const auto leaf = issue(authority("leaf"), right, random_).value().certificate;
  const auto check_among = [&](int bits) {
    std::vector<Certificate> sent{leaf};
    for (int i = 0; i < 40; ++i) {
      sent.push_back(with_key(right.certificate, rsa_public_key(bits, 17)));
    }
    sent.push_back(right.certificate);
    return check_path(sent, AnchorSet({top.certificate}), kNow, {});
  };
  EXPECT_FALSE(bad_signature(check_among(2'048)));
  EXPECT_TRUE(not_checked(check_among(8'192)));
}

}  // namespace
}  // namespace sealtone::x509
