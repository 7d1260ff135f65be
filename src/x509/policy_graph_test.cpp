// SPDX-License-Identifier: Apache-2.0
//
// x509/policy_graph: which policies are left at the end of a path, and where one is asked for.
#include "x509/policy_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "x509/made.h"

namespace sealtone::x509 {
namespace {

using test::made;
using testing::HasSubstr;

// The extensions of a path's certificates, from below the trust anchor to the peer's own; one that
// begins with "self" belongs to a self-issued certificate.
using Path = std::vector<std::string>;

std::optional<PolicyViolation> check(const Path& extensions, const PolicyInput& input = {}) {
  std::vector<Certificate> certificates;
  const auto anchor = made({.subject = "/CN=ca"});
  for (auto one : extensions) {
    const bool self = one.starts_with("self");
    if (self) one = one.substr(4);
    certificates.insert(
        certificates.begin(),
        made({.subject = self ? "/CN=ca" : "/CN=other", .extensions = one, .issuer = &anchor}));
  }
  std::vector<const Certificate*> path;
  for (const auto& one : certificates) path.push_back(&one);
  return policy_violation(path, input);
}

std::string policies(const std::string& list) { return "certificatePolicies=" + list + "\n"; }
std::string explicitly(int skip) {
  return "policyConstraints=requireExplicitPolicy:" + std::to_string(skip) + "\n";
}
const std::string kAny = std::string(kAnyPolicy);
const PolicyInput kExplicit{.initial_explicit_policy = true};

PolicyInput wanted(const std::string& policy) {
  return {.initial_policy_set = {policy}, .initial_explicit_policy = true};
}

TEST(PolicyViolation, AsksForNoPolicyWhereNobodyDoes) {
  EXPECT_FALSE(check({}));
  EXPECT_FALSE(check({"", ""}));
  EXPECT_FALSE(check({policies("1.2.3"), policies("1.2.4")}));
  EXPECT_FALSE(check({}, kExplicit));  // the peer's own certificate is trusted
}

TEST(PolicyViolation, AsksForAPolicyWhereTheCallerDoes) {
  EXPECT_FALSE(check({policies("1.2.3"), policies("1.2.3")}, kExplicit));
  EXPECT_FALSE(check({policies("1.2.3,1.2.4"), policies("1.2.4,1.2.5")}, kExplicit));
  EXPECT_TRUE(check({policies("1.2.3"), policies("1.2.4")}, kExplicit));
  EXPECT_TRUE(check({policies("1.2.3"), ""}, kExplicit));
  EXPECT_TRUE(check({"", policies("1.2.3")}, kExplicit));
  EXPECT_FALSE(check({policies("1.2.3"), policies("1.2.3")}, wanted("1.2.3")));
  EXPECT_TRUE(check({policies("1.2.3"), policies("1.2.3")}, wanted("1.2.4")));
  EXPECT_FALSE(check({policies("1.2.3"), policies("1.2.3")}, wanted(kAny)));
  // Who wants a certain one and does not insist gets none.
  EXPECT_FALSE(check({policies("1.2.3"), policies("1.2.3")}, {.initial_policy_set = {"1.2.4"}}));
}

TEST(PolicyViolation, SaysWhichCertificateHasNone) {
  EXPECT_EQ(check({policies("1.2.3"), "", ""}, kExplicit)->index, 1U);
  EXPECT_EQ(check({policies("1.2.3"), policies("1.2.3"), ""}, kExplicit)->index, 0U);
}

TEST(PolicyViolation, AsksForAPolicyAfterAsManyAsACertificateSays) {
  EXPECT_TRUE(check({explicitly(0), ""}));
  EXPECT_TRUE(check({explicitly(1), ""}));  // the end counts as one (§6.1.5 (a))
  EXPECT_TRUE(check({explicitly(2), "", ""}));
  EXPECT_FALSE(check({explicitly(3), "", ""}));
  EXPECT_TRUE(check({explicitly(0)}));  // of the peer's own (§6.1.5 (b))
  EXPECT_FALSE(check({explicitly(1)}));
  EXPECT_FALSE(check({policies("1.2.3") + explicitly(0), policies("1.2.3")}));
  // What a later one says can only be sooner.
  EXPECT_TRUE(check({explicitly(9), explicitly(0), ""}));
  EXPECT_TRUE(check({explicitly(1), explicitly(9), "", ""}));
  // Self-issued ones do not count.
  EXPECT_FALSE(check({explicitly(2), "self", ""}));
  EXPECT_TRUE(check({explicitly(2), "", ""}));
}

TEST(PolicyViolation, TakesAnyPolicyForAllUntilItIsInhibited) {
  const std::string any = policies(kAny);
  EXPECT_FALSE(check({any, policies("1.2.3")}, wanted("1.2.3")));
  EXPECT_FALSE(check({policies("1.2.3"), any}, wanted("1.2.3")));
  EXPECT_TRUE(check({policies("1.2.3"), any}, wanted("1.2.4")));
  EXPECT_FALSE(check({any, any}, wanted("1.2.3")));
  PolicyInput inhibited = wanted("1.2.3");
  inhibited.initial_any_policy_inhibit = true;
  EXPECT_TRUE(check({any, policies("1.2.3")}, inhibited));
  EXPECT_FALSE(check({policies("1.2.3"), policies("1.2.3")}, inhibited));
  // After as many as a certificate says.
  const auto skip = [&](int count) {
    return policies("1.2.3") + "inhibitAnyPolicy=" + std::to_string(count) + "\n";
  };
  EXPECT_TRUE(check({skip(0), any}, wanted("1.2.3")));
  EXPECT_FALSE(check({skip(1), any}, wanted("1.2.3")));
  EXPECT_TRUE(check({skip(1), any, any}, wanted("1.2.3")));
  EXPECT_FALSE(check({skip(2), any, any}, wanted("1.2.3")));
  // "…or the certificate is self-issued", which the peer's own is not excused by.
  EXPECT_FALSE(check({skip(0), "self" + any, policies("1.2.3")}, wanted("1.2.3")));
  EXPECT_TRUE(check({skip(0), "self" + any}, wanted("1.2.3")));
}

TEST(PolicyViolation, FollowsMappings) {
  const std::string maps = policies("1.2.3") + "policyMappings=1.2.3:1.2.4\n";
  EXPECT_FALSE(check({maps, policies("1.2.4")}, wanted("1.2.3")));
  EXPECT_TRUE(check({maps, policies("1.2.4")}, wanted("1.2.4")));  // the caller's words are above
  EXPECT_TRUE(check({maps, policies("1.2.3")}, wanted("1.2.3")));  // mapped away
  // Two steps; one policy to two; two to one.
  EXPECT_FALSE(check({maps, policies("1.2.4") + "policyMappings=1.2.4:1.2.5\n", policies("1.2.5")},
                     wanted("1.2.3")));
  const std::string forks = policies("1.2.3") + "policyMappings=1.2.3:1.2.4,1.2.3:1.2.5\n";
  EXPECT_FALSE(check({forks, policies("1.2.4")}, wanted("1.2.3")));
  EXPECT_FALSE(check({forks, policies("1.2.5")}, wanted("1.2.3")));
  const std::string joins = policies("1.2.3,1.2.6") + "policyMappings=1.2.3:1.2.4,1.2.6:1.2.4\n";
  EXPECT_FALSE(check({joins, policies("1.2.4")}, wanted("1.2.6")));
  EXPECT_TRUE(check({joins, policies("1.2.4")}, wanted("1.2.7")));
  // A policy that the certificate does not have is not mapped; under anyPolicy it has all.
  EXPECT_TRUE(check({policies("1.2.9") + "policyMappings=1.2.3:1.2.4\n", policies("1.2.4")},
                    wanted("1.2.3")));
  EXPECT_FALSE(
      check({policies(kAny) + "policyMappings=1.2.3:1.2.4\n", policies("1.2.4")}, wanted("1.2.3")));
}

TEST(PolicyViolation, LosesWhatIsMappedWhereMappingIsInhibited) {
  const std::string maps = policies("1.2.3,1.2.6") + "policyMappings=1.2.3:1.2.4\n";
  PolicyInput inhibited = wanted("1.2.3");
  inhibited.initial_policy_mapping_inhibit = true;
  EXPECT_TRUE(check({maps, policies("1.2.4")}, inhibited));
  EXPECT_TRUE(check({maps, policies("1.2.3")}, inhibited));
  inhibited.initial_policy_set = {"1.2.6"};
  EXPECT_FALSE(check({maps, policies("1.2.6")}, inhibited));
  const auto skip = [&](int count) {
    return policies("1.2.3") + "policyConstraints=inhibitPolicyMapping:" + std::to_string(count) +
           "\n";
  };
  EXPECT_TRUE(check({skip(0), maps, policies("1.2.4")}, wanted("1.2.3")));
  EXPECT_FALSE(check({skip(1), maps, policies("1.2.4")}, wanted("1.2.3")));
  EXPECT_TRUE(check({skip(1), policies("1.2.3"), maps, policies("1.2.4")}, wanted("1.2.3")));
  EXPECT_FALSE(
      check({skip(1), "self" + policies("1.2.3"), maps, policies("1.2.4")}, wanted("1.2.3")));
}

TEST(PolicyViolation, RefusesWhatNoCertificateMaySay) {
  EXPECT_THAT(check({policies("1.2.3,1.2.4,1.2.3")})->detail, HasSubstr("twice"));
  EXPECT_THAT(check({"policyMappings=1.2.3:" + kAny})->detail, HasSubstr("maps anyPolicy"));
  EXPECT_THAT(check({"policyMappings=" + kAny + ":1.2.3"})->detail, HasSubstr("maps anyPolicy"));
  EXPECT_EQ(check({"", policies("1.2.3,1.2.3"), ""})->index, 1U);
}

// RFC 9618: as a tree, this would have 2 to the power of 20 leaves.
TEST(PolicyViolation, DoesNotGrowWithMappingsThatFork) {
  const std::string level =
      policies("1.2.1,1.2.2") + "policyMappings=1.2.1:1.2.1,1.2.1:1.2.2,1.2.2:1.2.1,1.2.2:1.2.2\n";
  EXPECT_FALSE(check(Path(20, level), wanted("1.2.1")));
  EXPECT_TRUE(check(Path(20, level), wanted("1.2.3")));
}

TEST(PolicySteps, CountsWhatIsPassedOnByEachCertificate) {
  const auto one = made({.subject = "/CN=a", .extensions = policies("1.2.3,1.2.4")});
  const auto other =
      made({.subject = "/CN=a", .extensions = policies("1.2.3") + "policyMappings=1.2.3:1.2.4\n"});
  const auto none = made({.subject = "/CN=a"});
  EXPECT_EQ(policy_steps(std::vector{&one, &other, &none}), 12U);
  EXPECT_EQ(policy_steps(std::vector{&none, &none}), 0U);
}

}  // namespace
}  // namespace sealtone::x509
