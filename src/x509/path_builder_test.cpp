// SPDX-License-Identifier: Apache-2.0
//
// x509/path_builder: which path is taken out of what the peer sent, junk and traps included.
#include "x509/path_builder.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "x509/issue.h"
#include "x509/parse.h"
#include "x509/slow_keys.h"
#include "x509/test_data.h"

namespace sealtone::x509 {
namespace {

using namespace std::chrono_literals;
using test::certificate;
using test::file;
using test::kNow;
using testing::ElementsAre;
using testing::SizeIs;

std::vector<Certificate> all(std::initializer_list<const char*> names) {
  std::vector<Certificate> out;
  for (const auto* name : names) out.push_back(certificate(name));
  return out;
}

std::vector<Certificate> build(const std::vector<Certificate>& presented,
                               const std::vector<Certificate>& trusted) {
  const AnchorSet anchors(trusted);
  return PathBuilder(presented, anchors, kNow).build();
}

TEST(PathBuilder, TakesTheSentOnesInAnyOrderWithJunkBetween) {
  EXPECT_EQ(build(all({"leaf", "root", "other_root", "leaf_by_v1", "int", "leaf"}), all({"root"})),
            all({"leaf", "int", "root"}));
}

TEST(PathBuilder, PrefersAnIssuerThatIsValidNow) {
  EXPECT_EQ(build(all({"leaf", "int_expired", "int_future", "int"}), all({"root"})),
            all({"leaf", "int", "root"}));
  EXPECT_EQ(build(all({"leaf", "int_expired"}), all({"root"})),
            all({"leaf", "int_expired", "root"}));
}

TEST(PathBuilder, PrefersATrustedCertificateToOneOnlySent) {
  EXPECT_EQ(build(all({"leaf", "int_sha1"}), all({"int"})), all({"leaf", "int"}));
}

TEST(PathBuilder, PrefersTheIssuerThatSigned) {
  EXPECT_EQ(build(all({"leaf", "int_same_name", "int"}), all({"root_same_name", "root"})),
            all({"leaf", "int", "root"}));
}

TEST(PathBuilder, GoesBackWhereAnIssuerLeadsNowhere) {
  EXPECT_EQ(build(all({"leaf", "int_by_other", "int"}), all({"root"})),
            all({"leaf", "int", "root"}));
  EXPECT_EQ(build(all({"leaf", "int", "int_by_other"}), all({"other_root"})),
            all({"leaf", "int_by_other", "other_root"}));
}

TEST(PathBuilder, ComesBackToAnExpiredAnchorIfNothingBetterLeadsOn) {
  EXPECT_EQ(build(all({"leaf", "int", "root"}), all({"root_expired"})),
            all({"leaf", "int", "root_expired"}));
}

TEST(PathBuilder, FollowsACrossCertificate) {
  EXPECT_EQ(build(all({"leaf", "int_by_other", "other_root_cross"}), all({"root"})),
            all({"leaf", "int_by_other", "other_root_cross", "root"}));
}

TEST(PathBuilder, TellsTheFirstPathIfNoneReachesATrustedCertificate) {
  EXPECT_EQ(build(all({"leaf", "int", "int_by_other"}), {}), all({"leaf", "int"}));
  EXPECT_EQ(build(all({"leaf"}), {}), all({"leaf"}));
}

TEST(PathBuilder, EndsWhereTwoCertifiedEachOther) {
  const auto path = build(all({"leaf_by_loop", "loop_a_by_b", "loop_b", "loop_a"}), {});
  EXPECT_LE(path.size(), 4U);
  EXPECT_EQ(path.front(), certificate("leaf_by_loop"));
}

TEST(PathBuilder, FollowsNoMoreThanItsMostCertificates) {
  auto deep = parse(file("path/deep.pem"), "deep").value().certificates;
  std::ranges::reverse(deep);  // the lowest first
  // 18 CAs below the root: with leaf and root as many as allowed.
  const std::vector fits(deep.end() - static_cast<long>(kMaxPath - 1), deep.end());
  EXPECT_THAT(build(fits, all({"root"})), SizeIs(kMaxPath));
  EXPECT_EQ(build(fits, all({"root"})).back(), certificate("root"));
  const std::vector one_more(deep.end() - static_cast<long>(kMaxPath), deep.end());
  EXPECT_THAT(build(one_more, all({"root"})), SizeIs(kMaxPath));
  EXPECT_NE(build(one_more, all({"root"})).back(), certificate("root"));
}

TEST(PathBuilder, LooksAtNoMoreThanItsMostPresented) {
  std::vector<Certificate> sent(kMaxPresented - 1, certificate("leaf"));
  sent.push_back(certificate("int"));
  EXPECT_EQ(build(sent, all({"root"})), all({"leaf", "int", "root"}));
  sent.insert(sent.begin(), certificate("leaf"));
  EXPECT_EQ(build(sent, all({"root"})), all({"leaf"}));
}

// Every CA certified every other: there are more paths than anybody can follow.
TEST(PathBuilder, GivesUpOnAThicketInBoundedTime) {
  crypto::SystemRandom random;
  const auto ca = test::authority("Thicket");
  auto issuer = issue_self_signed(ca, random).value();
  std::vector<Certificate> sent;
  for (int i = 0; i < 60; ++i) {
    issuer = issue(ca, issuer, random).value();  // all of one name, each with another key
    sent.insert(sent.begin(), issuer.certificate);
  }
  const auto path = build(sent, all({"root"}));
  EXPECT_LE(path.size(), kMaxPath);
  EXPECT_EQ(path.front(), sent.front());
}

TEST(AnchorSet, HoldsEachCertificateOnce) {
  const AnchorSet anchors(all({"root", "other_root", "root"}));
  EXPECT_THAT(anchors.anchors(), ElementsAre(certificate("root"), certificate("other_root")));
  EXPECT_TRUE(anchors.contains(certificate("root")));
  EXPECT_FALSE(anchors.contains(certificate("root_expired")));
  EXPECT_THAT(anchors.with_subject(certificate("root").subject()), SizeIs(1));
  EXPECT_THAT(anchors.with_subject(certificate("leaf").subject()), SizeIs(0));
}

TEST(AnchorSet, IsToldFromAnotherByItsDigestInWhateverOrder) {
  const auto digest = [](std::initializer_list<const char*> names) {
    return AnchorSet(all(names)).digest();
  };
  EXPECT_EQ(digest({"root", "other_root"}), digest({"other_root", "root", "root"}));
  EXPECT_NE(digest({"root", "other_root"}), digest({"root"}));
  EXPECT_NE(digest({"root"}), digest({"other_root"}));
  EXPECT_NE(digest({"root"}), digest({}));
}

}  // namespace
}  // namespace sealtone::x509
