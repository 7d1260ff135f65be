// SPDX-License-Identifier: Apache-2.0
//
// trust: what a soft policy passes over of a peer that is accepted is told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "trust/trust.h"
#include "x509/made.h"

namespace sealtone::trust {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using x509::test::ca;
using x509::test::kEnd;
using x509::test::list;
using x509::test::made;
using WeakKind = Weakness::Kind;

class TheWeak : public ::testing::Test {
 protected:
  Verdict judged(std::vector<x509::Crl> lists, std::chrono::sys_seconds now) {
    policy_.path.crls = std::make_shared<const std::vector<x509::Crl>>(std::move(lists));
    const std::vector<x509::Certificate> sent{leaf_};
    return judge(sent, x509::AnchorSet({root_}), ReferenceIdentifier::from_host(name_), policy_,
                 now);
  }

  const x509::Validity longer_{x509::test::kBegin, kEnd + 48h};
  x509::Certificate root_ = made({.subject = "/CN=root", .extensions = ca(), .validity = longer_});
  x509::Certificate leaf_ = made({.subject = "/CN=leaf",
                                  .extensions = "subjectAltName=DNS:a.example,IP:192.0.2.7",
                                  .issuer = &root_,
                                  .validity = longer_});
  Policy policy_;
  std::string name_ = "a.example";
};

TEST_F(TheWeak, IsAListThatRanOut) {
  const auto empty = list({.issuer = &root_});
  EXPECT_THAT(judged({empty}, kEnd).weak, IsEmpty());
  const auto past = judged({empty}, kEnd + 1s);
  EXPECT_EQ(past.decision, Decision::trusted);
  ASSERT_EQ(past.weak.size(), 1U);
  EXPECT_EQ(past.weak[0].kind, WeakKind::list_ran_out);
  EXPECT_EQ(past.weak[0].evidence.bound, kEnd);
  EXPECT_THAT(past.weak[0].evidence.found, ElementsAre("root"));
  EXPECT_THAT(judged({}, kEnd + 1s).weak, IsEmpty());
  policy_.path.revocation_required = true;
  const auto refused = judged({empty}, kEnd + 1s);
  EXPECT_TRUE(refused.has(FindingCode::revocation_unknown));
  EXPECT_THAT(refused.weak, IsEmpty());  // which the finding says
}

TEST_F(TheWeak, IsNoListThatRanOutAndNamesTheCertificate) {
  const auto verdict = judged({list({.issuer = &root_, .entries = {{&leaf_}}})}, kEnd + 1s);
  EXPECT_EQ(verdict.decision, Decision::untrusted);
  EXPECT_TRUE(verdict.has(FindingCode::revoked));
}

TEST_F(TheWeak, IsACertificateThatWasOnHold) {
  const auto held = list({.issuer = &root_, .entries = {{&leaf_, "CRLReason=ASN1:ENUMERATED:6"}}});
  EXPECT_TRUE(judged({held}, kEnd).has(FindingCode::revoked));
  const auto past = judged({held}, kEnd + 1s);
  EXPECT_EQ(past.decision, Decision::trusted);
  EXPECT_THAT(past.weak, ElementsAre(Field(&Weakness::kind, WeakKind::on_hold)));
}

// By the time of the verdict: where this clock was never set the floor.
TEST_F(TheWeak, IsToldByTheFloorWhereThatIsGoneBy) {
  const auto empty = list({.issuer = &root_});
  const auto long_ago = x509::test::kBegin - 24h * 365;
  policy_.clock = ClockFloor{.floor = kEnd, .use_floor = true};
  EXPECT_THAT(judged({empty}, long_ago).weak, IsEmpty());
  policy_.clock->floor = kEnd + 1s;
  EXPECT_THAT(judged({empty}, long_ago).weak,
              ElementsAre(Field(&Weakness::kind, WeakKind::list_ran_out)));
}

TEST_F(TheWeak, IsAnAddressWhereTheRulesForSipKnowNone) {
  name_ = "192.0.2.7";
  EXPECT_THAT(judged({}, kEnd).weak, IsEmpty());  // RFC 9525 has them
  policy_.service = Service::sip;
  const auto verdict = judged({}, kEnd);
  EXPECT_EQ(verdict.decision, Decision::trusted);
  ASSERT_EQ(verdict.weak.size(), 1U);
  EXPECT_EQ(verdict.weak[0].kind, WeakKind::address_for_sip);
  EXPECT_EQ(verdict.weak[0].evidence.wanted, "192.0.2.7");
  name_ = "a.example";
  EXPECT_THAT(judged({}, kEnd).weak, IsEmpty());
}

TEST_F(TheWeak, IsNoAddressThatCountsForNothing) {
  policy_.service = Service::sip;
  name_ = "192.0.2.8";  // which the certificate lacks
  policy_.only_accept_trusted = false;
  const auto another = judged({}, kEnd);
  EXPECT_EQ(another.decision, Decision::accepted_untrusted);
  EXPECT_THAT(another.weak, IsEmpty());
  name_ = "192.0.2.7";
  policy_.sip_address_names = false;
  EXPECT_THAT(judged({}, kEnd).weak, IsEmpty());
  policy_.sip_address_names = true;
  policy_.check_name = false;
  EXPECT_THAT(judged({}, kEnd).weak, IsEmpty());
}

}  // namespace
}  // namespace sealtone::trust
