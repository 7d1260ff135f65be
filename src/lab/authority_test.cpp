// SPDX-License-Identifier: Apache-2.0
#include "lab/authority.h"

#include <gtest/gtest.h>

#include "crypto/crypto.h"
#include "x509/path.h"

namespace sealtone::lab {
namespace {

using namespace std::chrono;
constexpr sys_seconds kNow = sys_days{2026y / 11 / 23};

class LabAuthority : public testing::Test {
 protected:
  crypto::SystemRandom random_;
  base::Result<Authority> authority_ = Authority::make(random_, kNow);
};

TEST_F(LabAuthority, ServerShowsAChainOfThreeThatEndsInTheRoot) {
  ASSERT_TRUE(authority_);
  const auto server = authority_->server(random_, kNow);
  ASSERT_TRUE(server);
  ASSERT_EQ(server->chain.size(), 3U);
  const x509::AnchorSet anchors{{authority_->root.certificate}};
  const auto checked = x509::check_path(server->chain, anchors, kNow, {});
  EXPECT_TRUE(checked.reaches_anchor);
  EXPECT_TRUE(checked.faults.empty());
}

TEST_F(LabAuthority, PhoneCertificateServesBothRolesAndCarriesTheMac) {
  ASSERT_TRUE(authority_);
  const auto phone = authority_->phone("001565000001", random_, kNow);
  ASSERT_TRUE(phone);
  EXPECT_EQ(phone->leaf().subject().common_name, "001565000001");
  EXPECT_TRUE(phone->leaf().allows_client_use());
  EXPECT_TRUE(phone->leaf().allows_server_use());
  const x509::AnchorSet anchors{{authority_->root.certificate}};
  for (const auto purpose : {x509::Purpose::server, x509::Purpose::client}) {
    x509::PathOptions options;
    options.purpose = purpose;
    EXPECT_TRUE(x509::check_path(phone->chain, anchors, kNow, options).faults.empty());
  }
}

TEST_F(LabAuthority, CertificatesAreGoodForAMonthAndNoLonger) {
  ASSERT_TRUE(authority_);
  const auto server = authority_->server(random_, kNow);
  ASSERT_TRUE(server);
  const x509::AnchorSet anchors{{authority_->root.certificate}};
  const auto last = server->leaf().validity().not_after;
  EXPECT_EQ(last, kNow + days(31));
  EXPECT_TRUE(x509::check_path(server->chain, anchors, last, {}).faults.empty());
  EXPECT_FALSE(x509::check_path(server->chain, anchors, last + 1s, {}).faults.empty());
}

TEST_F(LabAuthority, CredentialPemIsWhatAnUploadTakes) {
  ASSERT_TRUE(authority_);
  const auto phone = authority_->phone("001565000001", random_, kNow);
  ASSERT_TRUE(phone);
  const auto pem = credential_pem(*phone);
  ASSERT_TRUE(pem);
  const auto contents = x509::parse(base::view(*pem), "phone.pem");
  ASSERT_TRUE(contents);
  const auto again = x509::device_credential(*contents, "phone.pem");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->leaf(), phone->leaf());
}

}  // namespace
}  // namespace sealtone::lab
