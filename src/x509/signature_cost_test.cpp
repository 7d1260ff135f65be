// SPDX-License-Identifier: Apache-2.0
//
// x509/signature_cost: keys that are slow to verify with are known before they are used.
#include <algorithm>

#include <gmock/gmock.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "crypto/crypto.h"
#include "x509/issue.h"
#include "x509/openssl.h"
#include "x509/path_builder.h"
#include "x509/test_data.h"

namespace sealtone::x509 {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;
using test::certificate;

const std::chrono::sys_seconds kNow = sys_days{2026y / 6 / 1};

using Key = Owned<EVP_PKEY, EVP_PKEY_free>;

// No RSA key that anybody could sign with: made to be verified with, for as long as it takes.
Key rsa_public_key(int bits, int exponent_bits) {
  const Owned<BIGNUM, BN_free> modulus(BN_new()), exponent(BN_new());
  BN_rand(modulus.get(), bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD);
  BN_rand(exponent.get(), exponent_bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD);
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
  const Owned<OSSL_PARAM, OSSL_PARAM_free> parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(
      EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* key = nullptr;
  EVP_PKEY_fromdata_init(context.get());
  EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get());
  return Key(key);
}

Request authority(const std::string& name) {
  return {.common_name = name,
          .organization = "",
          .names = {},
          .validity = {sys_days{2026y / 1 / 1}, sys_days{2027y / 1 / 1}},
          .ca = true,
          .extended_key_usage = {},
          .aia_issuers = ""};
}

// The certificate with another public key; its own signature no longer fits.
Certificate with_key(const Certificate& original, const Key& key) {
  const Owned<X509, X509_free> changed(X509_dup(original.native()));
  X509_set_pubkey(changed.get(), key.get());
  unsigned char* octets = nullptr;
  EXPECT_GT(i2d_re_X509_tbs(changed.get(), &octets), 0);  // written anew with that key
  OPENSSL_free(octets);
  return Certificate::from_native(changed.get()).value();
}

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
  return std::ranges::any_of(checked.faults, [](const Fault& fault) {
    return fault.code == PathFault::other && fault.detail.find("not checked") != std::string::npos;
  });
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
