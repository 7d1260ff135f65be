// SPDX-License-Identifier: Apache-2.0
#include "x509/own_faults.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "x509/test_data.h"

namespace sealtone::x509 {
namespace {

using test::certificate;
using test::kNow;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<PathFault> codes_alone(const std::string& name, Standing standing) {
  std::vector<PathFault> codes;
  for (const auto& fault : own_faults(certificate(name), standing, kNow, {})) {
    EXPECT_EQ(fault.index, 0U);
    codes.push_back(fault.code);
  }
  return codes;
}

TEST(OwnFaults, AreNoneOfASoundRootIntermediateOrServer) {
  EXPECT_THAT(codes_alone("root", Standing::issuer), IsEmpty());
  EXPECT_THAT(codes_alone("int", Standing::issuer), IsEmpty());
  EXPECT_THAT(codes_alone("leaf", Standing::server), IsEmpty());
  EXPECT_THAT(codes_alone("self_signed", Standing::server), IsEmpty());
}

TEST(OwnFaults, AreThoseOfAnIssuerWhereItStandsAsOne) {
  EXPECT_THAT(codes_alone("root_not_ca", Standing::issuer), ElementsAre(PathFault::not_a_ca));
  EXPECT_THAT(codes_alone("int_no_cert_sign", Standing::issuer), ElementsAre(PathFault::key_usage));
  EXPECT_THAT(codes_alone("int_client_only", Standing::issuer),
              ElementsAre(PathFault::eku_missing));
  EXPECT_THAT(codes_alone("root_expired", Standing::issuer), ElementsAre(PathFault::expired));
  EXPECT_THAT(codes_alone("root_future", Standing::issuer), ElementsAre(PathFault::not_yet_valid));
}

TEST(OwnFaults, DoNotCountASignatureThatNobodyReliesOn) {
  EXPECT_THAT(codes_alone("root_sha1", Standing::issuer), IsEmpty());
  EXPECT_THAT(codes_alone("leaf_sha1", Standing::server), IsEmpty());
}

TEST(OwnFaults, CountNoServerBelowAnIssuerThatAllowsNoOther) {
  EXPECT_THAT(codes_alone("root_pathlen0", Standing::issuer), IsEmpty());
}

TEST(OwnFaults, TakeARootOfVersion1AtItsOwnersWord) {
  EXPECT_THAT(codes_alone("root_v1", Standing::issuer), IsEmpty());
}

}  // namespace
}  // namespace sealtone::x509
