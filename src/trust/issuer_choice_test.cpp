// SPDX-License-Identifier: Apache-2.0
#include "trust/issuer_choice.h"

#include <gtest/gtest.h>

#include "trust/fixtures.h"
#include "x509/made.h"

namespace sealtone::trust {
namespace {

using enum FindingCode;
using testing::certificate;
using testing::Codes;
using testing::codes_of;
using testing::kNow;
using Chosen = IssuerChoice::Kind;
using Presented = std::vector<x509::Certificate>;

class Choosing : public ::testing::Test {
 protected:
  std::optional<IssuerChoice> choose(const Presented& presented) {
    const Refused refused{.presented = presented,
                          .anchors = anchors_,
                          .counts = counts_,
                          .at_hand = at_hand_,
                          .reference = reference_,
                          .policy = {},
                          .now = kNow};
    const auto today = judge(presented, x509::AnchorSet(anchors_), reference_, {}, kNow);
    return issuer_to_trust(refused, today.path);
  }

  Presented anchors_{certificate("other")}, at_hand_;
  bool counts_ = true;
  ReferenceIdentifier reference_{ReferenceIdentifier::Kind::dns, "prov.example.com"};
};

TEST_F(Choosing, TakesTheRootThatWasSent) {
  const auto choice = choose({certificate("leaf"), certificate("root"), certificate("int")});
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->kind, Chosen::root_sent);
  EXPECT_EQ(choice->certificate, certificate("root"));
  EXPECT_TRUE(choice->cures());
}

TEST_F(Choosing, TakesTheRootThatIsAtHand) {
  at_hand_ = {certificate("other"), certificate("root")};
  const auto choice = choose({certificate("leaf"), certificate("int")});
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->kind, Chosen::at_hand);
  EXPECT_EQ(choice->certificate, certificate("root"));
  EXPECT_TRUE(choice->cures());
}

TEST_F(Choosing, TakesTheHighestCertificateOfTheChainElse) {
  const auto choice = choose({certificate("leaf"), certificate("int")});
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->kind, Chosen::highest);
  EXPECT_EQ(choice->certificate, certificate("int"));
  EXPECT_TRUE(choice->cures());
}

// A root that an authority cross-signed which has ended: its own certificate is not there.
TEST_F(Choosing, TakesOneBelowTheHighestWhereThatHasRunOut) {
  using x509::test::ca;
  using x509::test::made;
  const auto top = made({.subject = "/CN=Old Top", .extensions = ca()});
  const auto crossed = made({.subject = "/CN=X1",
                             .extensions = ca(),
                             .issuer = &top,
                             .validity = {x509::test::kBegin, kNow - std::chrono::days(1)}});
  const auto issuing = made({.subject = "/CN=R3", .extensions = ca(), .issuer = &crossed});
  const auto leaf = made({.subject = "/CN=leaf",
                          .extensions = "subjectAltName=DNS:prov.example.com",
                          .issuer = &issuing});
  const auto choice = choose({leaf, issuing, crossed});
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->kind, Chosen::highest);
  EXPECT_EQ(choice->certificate, issuing);
  EXPECT_TRUE(choice->cures());
}

TEST_F(Choosing, TakesTheServersOwnWhereThereIsNoOther) {
  for (const char* name : {"leaf", "self"}) {
    const auto choice = choose({certificate(name)});
    ASSERT_TRUE(choice) << name;
    EXPECT_EQ(choice->kind, Chosen::itself) << name;
    EXPECT_EQ(choice->certificate, certificate(name)) << name;
    EXPECT_TRUE(choice->cures()) << name;
  }
}

TEST_F(Choosing, SaysWhatWouldStillBeWrong) {
  const auto late = choose({certificate("leaf-expired"), certificate("int"), certificate("root")});
  ASSERT_TRUE(late);
  EXPECT_FALSE(late->cures());
  EXPECT_EQ(codes_of(late->after), Codes{expired});
  reference_.value = "www.example.net";
  const auto other = choose({certificate("leaf"), certificate("int"), certificate("root")});
  ASSERT_TRUE(other);
  EXPECT_EQ(codes_of(other->after), Codes{name_mismatch});
}

TEST_F(Choosing, KnowsThatAListMayNotBeTheOneThatCounts) {
  counts_ = false;
  const auto choice = choose({certificate("leaf"), certificate("int"), certificate("root")});
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->certificate, certificate("root"));
  EXPECT_FALSE(choice->cures());
}

TEST_F(Choosing, HasNothingToAddWhereATrustedCertificateIsReached) {
  anchors_ = {certificate("root")};
  EXPECT_FALSE(choose({certificate("leaf-expired"), certificate("int")}));
}

TEST_F(Choosing, IsNotLedAstrayByJunk) {
  const auto choice =
      choose({certificate("leaf"), certificate("other"), certificate("self"), certificate("int")});
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->kind, Chosen::highest);
  EXPECT_EQ(choice->certificate, certificate("int"));
}

}  // namespace
}  // namespace sealtone::trust
