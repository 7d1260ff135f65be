// SPDX-License-Identifier: Apache-2.0
#include "trust/clock.h"

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
using testing::with_faults;
using testing::words;
using namespace std::chrono_literals;

Verdict judged(const testing::Case& made, std::chrono::sys_seconds now, ClockFloor clock,
               bool only_accept_trusted = true) {
  Policy policy;
  policy.only_accept_trusted = only_accept_trusted;
  policy.clock = clock;
  return judge(made.presented, x509::AnchorSet(made.anchors), made.reference, policy, now);
}

constexpr auto kLongAgo = std::chrono::sys_seconds(
    std::chrono::sys_days{std::chrono::year{2001} / std::chrono::January / 1});

TEST(ClockFloor, IsTheFirstSecondThatAClockIsBelieved) {
  const auto made = with_faults({});
  EXPECT_EQ(words(codes_of(judged(made, kNow, {kNow}))), "");
  EXPECT_EQ(words(codes_of(judged(made, kNow + 1s, {kNow}))), "");
  EXPECT_EQ(words(codes_of(judged(made, kNow - 1s, {kNow}))), "clock-unset");
}

TEST(ClockFloor, AbsentBelievesAnyTime) {
  const auto made = with_faults({});
  const auto verdict =
      judge(made.presented, x509::AnchorSet(made.anchors), made.reference, {}, kLongAgo);
  EXPECT_FALSE(verdict.has(clock_unset));
  EXPECT_TRUE(verdict.has(not_yet_valid));
}

TEST(UnsetClock, IsNamedWithBothTimesAndRefusesWhileTheClockIsWaitedFor) {
  const auto verdict = judged(with_faults({}), kLongAgo, {kNow});
  EXPECT_EQ(verdict.decision, Decision::untrusted);
  ASSERT_EQ(words(codes_of(verdict)), "clock-unset");
  EXPECT_EQ(verdict.findings[0].evidence.now, kLongAgo);
  EXPECT_EQ(verdict.findings[0].evidence.bound, kNow);
}

TEST(UnsetClock, IsNoReasonToSpeakOfACertificateThatMayHaveBegunByNow) {
  EXPECT_EQ(words(codes_of(judged(with_faults({not_yet_valid}), kLongAgo, {kNow}))), "clock-unset");
  // The floor has been, whatever time it is: what had run out by then has run out.
  const auto expired_too = judged(with_faults({expired}), kLongAgo, {kNow});
  EXPECT_EQ(words(codes_of(expired_too)), "expired clock-unset");
  for (const auto& finding : expired_too.findings) {
    if (finding.code == expired) {
      EXPECT_EQ(finding.evidence.now, kNow);
    }
  }
}

TEST(UnsetClock, HidesNoOtherFinding) {
  for (const auto code : {issuer_unknown, self_signed_leaf, name_mismatch, bad_signature,
                          weak_signature, weak_key, eku_missing, not_a_ca}) {
    const auto verdict = judged(with_faults({code}), kLongAgo, {kNow});
    EXPECT_EQ(codes_of(verdict), (Codes{code, clock_unset})) << word(code);
    EXPECT_EQ(verdict.decision, Decision::untrusted) << word(code);
  }
}

TEST(UnsetClock, IsOverlookedWhereTheSwitchIsOffAndToldAllTheSame) {
  const auto verdict = judged(with_faults({}), kLongAgo, {kNow}, false);
  EXPECT_EQ(verdict.decision, Decision::accepted_untrusted);
  EXPECT_TRUE(verdict.has(clock_unset));
}

TEST(FloorInItsPlace, JudgesDatesAndTrustsWithAWord) {
  const ClockFloor clock{kNow, true};
  const auto verdict = judged(with_faults({}), kLongAgo, clock);
  EXPECT_EQ(verdict.decision, Decision::trusted);
  EXPECT_EQ(words(codes_of(verdict)), "clock-unset");
  for (const auto code : {expired, not_yet_valid, issuer_unknown, name_mismatch}) {
    const auto refused = judged(with_faults({code}), kLongAgo, clock);
    EXPECT_EQ(codes_of(refused), (Codes{code, clock_unset})) << word(code);
    EXPECT_EQ(refused.decision, Decision::untrusted) << word(code);
  }
}

TEST(FloorInItsPlace, RefusesWhereNoTrustedCertificateIsReached) {
  auto made = with_faults({});
  made.anchors.clear();
  EXPECT_EQ(judged(made, kLongAgo, {kNow, true}).decision, Decision::untrusted);
}

TEST(SignedTime, IsWhenThePeersOwnCertificateBegan) {
  const auto made = with_faults({});
  const auto verdict = judged(made, kNow, {kLongAgo});
  EXPECT_EQ(signed_time(verdict, nullptr, kNow), made.presented[0].validity().not_before);
}

TEST(SignedTime, IsOfTrustedPeersAlone) {
  const auto stranger = with_faults({issuer_unknown});
  EXPECT_FALSE(signed_time(judged(stranger, kNow, {kLongAgo}), nullptr, kNow));
  EXPECT_FALSE(signed_time(judged(stranger, kNow, {kLongAgo}, false), nullptr, kNow));
  EXPECT_FALSE(signed_time({}, nullptr, kNow));
  // One that was trusted by the floor alone proves nothing beyond it.
  EXPECT_FALSE(signed_time(judged(with_faults({}), kLongAgo, {kNow, true}), nullptr, kLongAgo));
}

TEST(SignedTime, NeverPassesTheClock) {
  // A certificate of the future is not valid yet, so that its peer is not trusted.
  EXPECT_FALSE(signed_time(judged(with_faults({not_yet_valid}), kNow, {kLongAgo}), nullptr, kNow));
}

TEST(SignedTime, IsWhenAnAuthorityOfThePathSignedAList) {
  namespace made = x509::test;
  const auto root = made::made({.subject = "/CN=Root", .extensions = made::ca()});
  const auto leaf = made::made({.subject = "/CN=prov.example.com",
                                .extensions = "subjectAltName=DNS:prov.example.com",
                                .issuer = &root});
  const auto now = made::kBegin + std::chrono::days(100);
  const std::vector<x509::Certificate> shown{leaf};
  const auto verdict = judge(shown, x509::AnchorSet({root}),
                             ReferenceIdentifier::from_host("prov.example.com"), {}, now);
  const auto with_list = [&](std::chrono::sys_seconds this_update, const std::string& key = "",
                             const EVP_MD* (*hash)() = EVP_sha256) {
    const std::vector<x509::Crl> lists{
        made::list({.issuer = &root, .key = key, .this_update = this_update, .hash = hash})};
    return signed_time(verdict, std::make_shared<const std::vector<x509::Crl>>(lists), now);
  };
  EXPECT_EQ(with_list(now - 1h), now - 1h);
  EXPECT_EQ(with_list(now), now);
  EXPECT_EQ(with_list(now + 1s), made::kBegin);  // of a time that has not been
  EXPECT_EQ(with_list(now - 1h, "/CN=Somebody else"), made::kBegin);
  EXPECT_EQ(with_list(now - 1h, "", EVP_sha1), made::kBegin);  // anybody's, with patience
}

TEST(Dates, AreToldByTheClockOrTheFloorOrWhenACertificateMayHaveBegunSince) {
  const auto one = certificate("leaf");
  const auto begins = one.validity().not_before;
  EXPECT_EQ(dates_at({}, kLongAgo, one), kLongAgo);
  EXPECT_EQ(dates_at(ClockFloor{kNow}, kNow, one), kNow);
  EXPECT_EQ(dates_at(ClockFloor{kNow}, kNow + 1s, one), kNow + 1s);
  EXPECT_EQ(dates_at(ClockFloor{kNow}, kNow - 1s, one), kNow);
  EXPECT_EQ(dates_at(ClockFloor{begins - 1s}, kLongAgo, one), begins);
  EXPECT_EQ(dates_at(ClockFloor{begins}, kLongAgo, one), begins);
}

}  // namespace
}  // namespace sealtone::trust
