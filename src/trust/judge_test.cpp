// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "handshake/builder.h"
#include "trust/fixtures.h"

namespace sealtone::trust {
namespace {

using enum FindingCode;
using testing::certificate;
using testing::Codes;
using testing::codes_of;
using testing::judge_case;
using testing::kNow;
using testing::with_faults;
using testing::words;

const std::array kCertificateFindings{
    issuer_unknown, chain_incomplete, self_signed_leaf, expired,     not_yet_valid, name_mismatch,
    bad_signature,  weak_signature,   weak_key,         eku_missing, not_a_ca};

struct Pair {
  FindingCode a, b;
};

// A certificate that is its own issuer has no issuer that could be missing, unknown or no CA, and
// its signature is good, or it would not be its own issuer.  Where the issuer's certificate is
// missing, neither its signature nor its being a CA can be looked at.
bool can_both_occur(FindingCode a, FindingCode b) {
  const std::array<Pair, 6> never{{{self_signed_leaf, issuer_unknown},
                                   {self_signed_leaf, chain_incomplete},
                                   {self_signed_leaf, bad_signature},
                                   {self_signed_leaf, not_a_ca},
                                   {chain_incomplete, bad_signature},
                                   {chain_incomplete, not_a_ca}}};
  return std::ranges::none_of(never, [&](const Pair& pair) {
    return (pair.a == a && pair.b == b) || (pair.a == b && pair.b == a);
  });
}

std::vector<Pair> all_pairs() {
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < kCertificateFindings.size(); ++i) {
    for (std::size_t j = i + 1; j < kCertificateFindings.size(); ++j) {
      const Pair pair{kCertificateFindings[i], kCertificateFindings[j]};
      if (can_both_occur(pair.a, pair.b)) pairs.push_back(pair);
    }
  }
  return pairs;
}

// chain-incomplete says more about an issuer-unknown, so it never comes alone.
Codes expected(Codes codes) {
  if (codes.contains(chain_incomplete)) codes.insert(issuer_unknown);
  return codes;
}

std::string test_name(std::string text) {
  std::ranges::replace_if(text, [](char c) { return c == '-' || c == ' '; }, '_');
  return text;
}

class OneFinding : public ::testing::TestWithParam<FindingCode> {};

TEST_P(OneFinding, IsFoundAloneAndRefuses) {
  const auto verdict = judge_case(with_faults({GetParam()}));
  EXPECT_EQ(words(codes_of(verdict)), words(expected({GetParam()})));
  EXPECT_EQ(verdict.decision, Decision::untrusted);
  EXPECT_FALSE(verdict.accepted());
}

TEST_P(OneFinding, IsKeptWhenTheSwitchIsOff) {
  const auto verdict = judge_case(with_faults({GetParam()}), {.only_accept_trusted = false});
  EXPECT_EQ(words(codes_of(verdict)), words(expected({GetParam()})));
  EXPECT_EQ(verdict.decision, Decision::accepted_untrusted);
  EXPECT_TRUE(verdict.accepted());
}

// The server asks for a certificate on top, and the phone has none.
TEST_P(OneFinding, IsNotHiddenByAClientCertificateThatIsWanted) {
  handshake::HandshakeRecord record;
  record.certificate_requested = true;
  record.client_certificate_empty = true;
  record.handshake_done = true;
  record.ending = handshake::Ending::established;
  const auto judged = judge_case(with_faults({GetParam()}), {.only_accept_trusted = false});
  const auto verdict = conclude(judged, record, {});
  auto both = expected({GetParam()});
  both.insert(client_certificate_wanted_none_set);
  EXPECT_EQ(words(codes_of(verdict)), words(both));
  EXPECT_EQ(verdict.decision, Decision::accepted_untrusted);
}

INSTANTIATE_TEST_SUITE_P(Certificates, OneFinding, ::testing::ValuesIn(kCertificateFindings),
                         [](const auto& info) { return test_name(word(info.param)); });

class PairOfFindings : public ::testing::TestWithParam<Pair> {};

TEST_P(PairOfFindings, AreBothFoundAndNothingElseIs) {
  const auto [a, b] = GetParam();
  const auto verdict = judge_case(with_faults({a, b}));
  EXPECT_EQ(words(codes_of(verdict)), words(expected({a, b})));
  EXPECT_EQ(verdict.decision, Decision::untrusted);
}

INSTANTIATE_TEST_SUITE_P(Certificates, PairOfFindings, ::testing::ValuesIn(all_pairs()),
                         [](const auto& info) {
                           return test_name(std::string(word(info.param.a)) + " and " +
                                            word(info.param.b));
                         });

TEST(PairsOfFindings, Are49OfThe55) { EXPECT_EQ(all_pairs().size(), 49U); }

TEST(Judge, TrustsAPathWithoutAFindingWhateverTheSwitchSays) {
  for (const bool only_trusted : {true, false}) {
    const auto verdict = judge_case(with_faults({}), {.only_accept_trusted = only_trusted});
    EXPECT_EQ(verdict.decision, Decision::trusted);
    EXPECT_TRUE(verdict.findings.empty());
    EXPECT_EQ(verdict.path.path.size(), 3U);
  }
}

TEST(Judge, RefusesEverybodyWhenTheListIsEmpty) {
  auto made = with_faults({});
  made.anchors.clear();
  const auto verdict = judge_case(made);
  EXPECT_EQ(verdict.decision, Decision::untrusted);
  EXPECT_TRUE(verdict.has(issuer_unknown));
}

TEST(Judge, RefusesAPeerThatShowsNothing) {
  const auto verdict = judge({}, x509::AnchorSet({certificate("root")}), std::nullopt,
                             {.only_accept_trusted = false}, kNow);
  EXPECT_EQ(verdict.decision, Decision::not_established);
  EXPECT_FALSE(verdict.accepted());
}

TEST(Judge, TakesATrustedLeafAsTheEndOfThePath) {
  auto made = with_faults({self_signed_leaf});
  made.anchors = made.presented;
  EXPECT_EQ(judge_case(made).decision, Decision::trusted);
  made = with_faults({chain_incomplete});
  made.anchors = {certificate("leaf")};
  EXPECT_EQ(judge_case(made).decision, Decision::trusted);
}

TEST(Judge, CountsTheDatesOfATrustedLeafToo) {
  auto made = with_faults({self_signed_leaf, expired});
  made.anchors = made.presented;
  EXPECT_EQ(words(codes_of(judge_case(made))), "expired");
}

TEST(Judge, LooksAtNamesOnlyIfThePolicyDoesAndThereIsAReference) {
  const auto made = with_faults({name_mismatch});
  EXPECT_EQ(judge_case(made, {.check_name = false}).decision, Decision::trusted);
  const auto nobody = judge(made.presented, x509::AnchorSet(made.anchors), std::nullopt, {}, kNow);
  EXPECT_EQ(nobody.decision, Decision::trusted);
}

TEST(Judge, TakesTheLastSecondOfNotAfterAndNoneBeyond) {
  const auto made = with_faults({});
  const auto last = made.presented[0].validity().not_after;
  const x509::AnchorSet anchors(made.anchors);
  EXPECT_EQ(words(codes_of(judge(made.presented, anchors, made.reference, {}, last))), "");
  const auto after =
      judge(made.presented, anchors, made.reference, {}, last + std::chrono::seconds{1});
  ASSERT_EQ(words(codes_of(after)), "expired");
  EXPECT_EQ(after.findings[0].evidence.bound, last);
  EXPECT_EQ(after.findings[0].evidence.now, last + std::chrono::seconds{1});
}

// A pin vouches for that very certificate, and fails closed.
TEST(Pin, ThatTheServerNoLongerShowsIsNamedBesideEveryOtherFinding) {
  const auto pin = certificate("leaf");
  const std::vector<std::pair<FindingCode, std::optional<FindingCode>>> rows{
      {self_signed_leaf, {}},
      {self_signed_leaf, expired},
      {self_signed_leaf, not_yet_valid},
      {self_signed_leaf, weak_key},
      {self_signed_leaf, eku_missing},
      {issuer_unknown, expired},
      {issuer_unknown, weak_signature}};
  for (const auto& [fault, also] : rows) {
    Codes codes{fault};
    if (also) codes.insert(*also);
    auto made = with_faults(codes);
    made.anchors = {certificate("other"), pin};
    const auto verdict = judge_case(made);
    auto all = expected(codes);
    all.insert(pin_changed);
    EXPECT_EQ(words(codes_of(verdict)), words(all));
    EXPECT_EQ(verdict.decision, Decision::untrusted);
  }
}

TEST(Pin, IsComparedByTheNameThatWasAskedForWhateverTheServerShows) {
  auto made = with_faults({self_signed_leaf});
  made.anchors = {certificate("leaf")};
  made.reference.value = "www.example.net";
  EXPECT_EQ(words(codes_of(judge_case(made))), words({self_signed_leaf, name_mismatch}));
  // What the server shows is for another name, and the pin is for the one that was asked for.
  made.presented = {certificate("other")};
  made.reference.value = "prov.example.com";
  const auto verdict = judge_case(made);
  EXPECT_TRUE(verdict.has(pin_changed));
  EXPECT_TRUE(verdict.has(name_mismatch));
}

TEST(Pin, ShowsOldAgainstNew) {
  auto made = with_faults({self_signed_leaf});
  made.anchors = {certificate("leaf")};
  const auto verdict = judge_case(made);
  const auto found = std::ranges::find(verdict.findings, pin_changed, &Finding::code);
  ASSERT_NE(found, verdict.findings.end());
  EXPECT_EQ(found->evidence.wanted, certificate("leaf").fingerprint());
  EXPECT_THAT(found->evidence.found, ::testing::ElementsAre(certificate("self").fingerprint()));
  EXPECT_THAT(found->evidence.detail, ::testing::HasSubstr(certificate("leaf").serial_hex()));
  EXPECT_THAT(found->evidence.detail, ::testing::HasSubstr(certificate("self").serial_hex()));
}

TEST(Pin, IsCuredByTheNewOneWithAndWithoutTheOld) {
  auto made = with_faults({self_signed_leaf});
  made.anchors = {certificate("leaf"), certificate("self")};
  EXPECT_EQ(judge_case(made).decision, Decision::trusted);
  made.anchors = {certificate("self")};
  EXPECT_EQ(judge_case(made).decision, Decision::trusted);
}

TEST(Pin, IsToldOfAServerForWhichAnAuthorityVouchesAndRefusesNothing) {
  auto made = with_faults({});
  made.anchors.push_back(certificate("self"));
  EXPECT_EQ(words(codes_of(judge_case(made))), "pin-changed");
  EXPECT_EQ(judge_case(made).decision, Decision::trusted);
  // Not where the very certificate that is shown is trusted, too: a renewal was prepared.
  made.anchors.push_back(made.presented.front());
  EXPECT_EQ(words(codes_of(judge_case(made))), "");
}

TEST(Pin, IsNoAuthority) {
  // An authority of another name that issued nothing here is no pin that changed.
  const auto made = with_faults({issuer_unknown});
  EXPECT_FALSE(judge_case(made).has(pin_changed));
}

TEST(Judge, GivesBothValuesThatWereCompared) {
  const auto evidence = [](FindingCode code) {
    const auto verdict = judge_case(with_faults({code}));
    return verdict.findings.at(0).evidence;
  };
  EXPECT_EQ(evidence(weak_key).wanted, "at least 2048 bits");
  EXPECT_THAT(evidence(weak_key).found, ::testing::ElementsAre("RSA 1024"));
  EXPECT_EQ(evidence(weak_signature).wanted, "SHA-256 or better");
  EXPECT_EQ(evidence(eku_missing).wanted, "serverAuth");
  EXPECT_THAT(evidence(eku_missing).found, ::testing::ElementsAre("clientAuth"));
}

}  // namespace
}  // namespace sealtone::trust
