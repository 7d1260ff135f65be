// SPDX-License-Identifier: Apache-2.0
//
// provision/trusting: each switch of the settings is a rule of the judge.
#include "provision/trusting.h"

#include <gtest/gtest.h>

namespace sealtone::provision {
namespace {

TEST(PolicyOf, IsClosedFromTheFactory) {
  const auto policy = policy_of(settings::tls_settings({}, "auto_provision"));
  EXPECT_TRUE(policy.only_accept_trusted);
  EXPECT_TRUE(policy.check_name);
  EXPECT_FALSE(policy.allow_common_name);
  EXPECT_TRUE(policy.sip_address_names);
  EXPECT_FALSE(policy.path.revocation_required);
  EXPECT_EQ(policy.path.profile, x509::Profile::standard);
}

TEST(PolicyOf, TakesTheRulesAsTheyAreSet) {
  settings::Settings settings;
  settings.set("sealtone.security.rules", "strict");
  settings.set("sealtone.security.sip_address_names", "0");
  const auto policy = policy_of(settings::tls_settings(settings, "sip"));
  EXPECT_EQ(policy.path.profile, x509::Profile::strict);
  EXPECT_FALSE(policy.sip_address_names);
}

}  // namespace
}  // namespace sealtone::provision
