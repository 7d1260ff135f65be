// SPDX-License-Identifier: Apache-2.0
//
// explain/weak: a peer that was accepted is told what is weak about it.
#include "explain/weak.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "trust/fixtures.h"

namespace sealtone::explain {
namespace {

using handshake::HandshakeRecord;
using handshake::KeyExchange;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using trust::testing::judge_case;
using trust::testing::kNow;
using trust::testing::with_faults;

HandshakeRecord spoken(std::uint16_t version, std::uint16_t suite, KeyExchange exchange) {
  HandshakeRecord record;
  record.server_hello = handshake::ServerHello{.version = version, .cipher_suite = suite};
  record.key_exchange = std::move(exchange);
  return record;
}

const auto kGood = spoken(0x0304, 0x1301, {"ECDHE, X25519", true, {}});

std::vector<std::string> weak(const HandshakeRecord& record, std::chrono::sys_seconds now = kNow) {
  const auto verdict = judge_case(with_faults({}));
  return weak_points(verdict, record, {.server = "x", .now = now});
}

TEST(WeakPoints, AreNoneOfAGoodPeer) { EXPECT_THAT(weak(kGood), IsEmpty()); }

TEST(WeakPoints, NameOldVersionsBrokenCiphersAndKeysThatLastForEver) {
  EXPECT_THAT(weak(spoken(0x0302, 0xC013, {"ECDHE, X25519", true, {}})),
              ElementsAre(HasSubstr("TLS 1.1, which has been given up")));
  EXPECT_THAT(weak(spoken(0x0303, 0xC011, {"ECDHE, X25519", true, {}})),
              ElementsAre(HasSubstr("TLS_ECDHE_RSA_WITH_RC4_128_SHA, protects little")));
  EXPECT_THAT(weak(spoken(0x0303, 0x009C, {"RSA key transport", false, {}})),
              ElementsAre(HasSubstr("RSA key transport) is not forward secret")));
  EXPECT_THAT(weak(spoken(0x0303, 0x009E, {"DHE, 1024 bits", true, 1024})),
              ElementsAre(HasSubstr("has 1024 bits")));
  EXPECT_THAT(weak(spoken(0x0303, 0x009E, {"DHE, 2048 bits", true, 2048})), IsEmpty());
}

TEST(WeakPoints, NameTheCertificateThatRunsOutFirstWithinThreeWeeks) {
  const auto& path = judge_case(with_faults({})).path.path;
  auto end = path.front().validity().not_after;
  for (const auto& one : path) end = std::min(end, one.validity().not_after);
  EXPECT_THAT(weak(kGood, end - kEndsSoon - std::chrono::seconds(1)), IsEmpty());
  EXPECT_THAT(weak(kGood, end - kEndsSoon), ElementsAre(HasSubstr("runs out on")));
  EXPECT_THAT(weak(kGood, end), ElementsAre(HasSubstr("runs out on")));
  EXPECT_THAT(weak(kGood, end + std::chrono::seconds(1)), IsEmpty());  // which is a finding
}

// The days are counted from the time of the verdict: where this clock was never set the floor.
TEST(WeakPoints, CountTheDaysFromTheFloorWhereThatIsGoneBy) {
  const auto made = with_faults({});
  const auto& path = judge_case(made).path.path;
  auto end = path.front().validity().not_after;
  for (const auto& one : path) end = std::min(end, one.validity().not_after);
  const auto by_floor = [&](std::chrono::sys_seconds floor) {
    const auto long_ago = kNow - std::chrono::days(9'000);
    trust::Policy policy;
    policy.clock = trust::ClockFloor{.floor = floor, .use_floor = true};
    const auto verdict = trust::judge(made.presented, x509::AnchorSet(made.anchors), made.reference,
                                      policy, long_ago);
    EXPECT_EQ(verdict.decision, trust::Decision::trusted);
    return weak_points(verdict, kGood, {.server = "x", .now = long_ago});
  };
  EXPECT_THAT(by_floor(end - kEndsSoon - std::chrono::seconds(1)), IsEmpty());
  EXPECT_THAT(by_floor(end - kEndsSoon), ElementsAre(HasSubstr("runs out on")));
  EXPECT_THAT(by_floor(end), ElementsAre(HasSubstr("runs out on")));
}

TEST(WeakPoints, AreWhatASoftPolicyPassesOver) {
  auto verdict = judge_case(with_faults({}));
  using Kind = trust::Weakness::Kind;
  const auto told = [&](trust::Weakness weakness) {
    verdict.weak = {std::move(weakness)};
    const auto all = weak_points(verdict, kGood, {.server = "x", .now = kNow});
    return all.size() == 1 ? all.front() : std::string();
  };
  // Of an indirect list that is not the certificate's issuer.
  const trust::Evidence evidence{.found = {"Acme Lists"}, .now = kNow, .bound = kNow};
  EXPECT_EQ(told({.kind = Kind::list_ran_out, .evidence = evidence}),
            "The revocation list of \"Acme Lists\" ran out on 2026-06-01 00:00:00 UTC, and "
            "nothing current tells whether the certificate of \"prov.example.com\" was revoked: "
            "get the list of today.");
  EXPECT_THAT(told({.kind = Kind::on_hold, .evidence = evidence}),
              HasSubstr("is still on hold, as it was in that list: get the list of today."));
  EXPECT_THAT(
      told({.kind = Kind::address_for_sip, .evidence = {.wanted = "192.0.2.7"}}),
      HasSubstr("by its address, 192.0.2.7, which counts here by a setting; RFC 5922 has no "
                "addresses (iPAddress names)"));
}

TEST(WeakPoints, AreNotToldOfWhoWasRefused) {
  const auto verdict = judge_case(with_faults({trust::FindingCode::expired}));
  const auto old = spoken(0x0301, 0x0005, {"RSA key transport", false, {}});
  EXPECT_THAT(weak_points(verdict, old, {.server = "x", .now = kNow}), IsEmpty());
}

}  // namespace
}  // namespace sealtone::explain
