// SPDX-License-Identifier: Apache-2.0
#include "trust/kept_verdicts.h"

#include <gtest/gtest.h>

#include "trust/fixtures.h"
#include "x509/issue.h"

namespace sealtone::trust {
namespace {

using namespace std::chrono_literals;
using testing::Case;
using testing::certificate;
using testing::kNow;
using testing::with_faults;

using Anchors = std::shared_ptr<const x509::AnchorSet>;

Anchors list_of(const std::vector<std::string>& names) {
  std::vector<x509::Certificate> anchors;
  for (const auto& name : names) anchors.push_back(certificate(name));
  return std::make_shared<const x509::AnchorSet>(std::move(anchors));
}

// The certificates are decoded anew for each question: which of two with the same octets the path
// holds shows whether it was judged anew.
bool is_the_kept_one(const Verdict& first, const Verdict& second) {
  return first.path.path.front().native() == second.path.path.front().native();
}

class KeptVerdict : public ::testing::Test {
 protected:
  Verdict ask(const Anchors& anchors, std::chrono::sys_seconds now = kNow,
              const Policy& policy = {}) {
    std::vector<x509::Certificate> presented;
    for (const auto& certificate : made_.presented) {
      presented.push_back(x509::Certificate::from_der(certificate.der()).value());
    }
    return verdicts_.judge(presented, anchors, made_.reference, policy, now);
  }
  Case made_ = with_faults({});
  Anchors root_ = list_of({"root"});
  KeptVerdicts verdicts_;
};

TEST_F(KeptVerdict, IsThatOfTheJudge) {
  const auto first = ask(root_);
  const auto again = ask(root_);
  EXPECT_EQ(first.decision, Decision::trusted);
  EXPECT_EQ(again.decision, Decision::trusted);
  EXPECT_TRUE(is_the_kept_one(first, again));
}

TEST_F(KeptVerdict, FallsWithTheList) {
  EXPECT_EQ(ask(root_).decision, Decision::trusted);
  EXPECT_EQ(ask(list_of({"other"})).decision, Decision::untrusted);
}

TEST_F(KeptVerdict, IsNotThatOfAnotherListWithTheSameCertificates) {
  const auto first = ask(root_);
  EXPECT_FALSE(is_the_kept_one(first, ask(list_of({"root"}))));
}

TEST_F(KeptVerdict, IsNotThatOfAListThatIsGone) {
  EXPECT_EQ(ask(root_).decision, Decision::trusted);
  for (int i = 0; i < 100; ++i) {
    root_.reset();  // the next one may be made at the same address
    root_ = list_of({"other"});
    ASSERT_EQ(ask(root_).decision, Decision::untrusted);
  }
}

TEST_F(KeptVerdict, FallsWithThePolicy) {
  EXPECT_EQ(ask(root_).decision, Decision::trusted);
  EXPECT_EQ(ask(root_, kNow, {.path = {.min_ec_bits = 384}}).decision, Decision::untrusted);
  EXPECT_EQ(ask(root_, kNow, {.path = {.min_ec_bits = 256}}).decision, Decision::trusted);
}

TEST_F(KeptVerdict, FallsWithThePurpose) {
  EXPECT_EQ(ask(root_).decision, Decision::trusted);
  made_.presented.front() = certificate("leaf-client");
  EXPECT_EQ(ask(root_).decision, Decision::untrusted);
  EXPECT_EQ(ask(root_, kNow, {.path = {.purpose = x509::Purpose::client}}).decision,
            Decision::trusted);
}

TEST_F(KeptVerdict, FallsWithTheName) {
  EXPECT_EQ(ask(root_).decision, Decision::trusted);
  made_.reference.value = "www.example.net";
  EXPECT_TRUE(ask(root_).has(FindingCode::name_mismatch));
  EXPECT_EQ(verdicts_.judge(made_.presented, root_, std::nullopt, {}, kNow).decision,
            Decision::trusted);
}

TEST_F(KeptVerdict, FallsWithTheChain) {
  EXPECT_EQ(ask(root_).decision, Decision::trusted);
  made_.presented.pop_back();
  EXPECT_TRUE(ask(root_).has(FindingCode::chain_incomplete));
  made_ = with_faults({FindingCode::bad_signature});
  EXPECT_TRUE(ask(root_).has(FindingCode::bad_signature));
}

TEST_F(KeptVerdict, FallsAtTheEndOfACertificateWithinTheMinute) {
  crypto::SystemRandom random;
  x509::Request request;
  request.common_name = "root";
  request.validity = {kNow - 1h, kNow + 1h};
  request.ca = true;
  const auto root = x509::issue_self_signed(request, random).value();
  request.common_name = "leaf";
  request.names = {{x509::SubjectAltName::Kind::dns, made_.reference.value}};
  request.validity = {kNow - 1h, kNow + 30s};
  request.ca = false;
  made_.presented = {x509::issue(request, root, random).value().certificate};
  root_ = std::make_shared<const x509::AnchorSet>(std::vector{root.certificate});

  const auto first = ask(root_);
  EXPECT_EQ(first.decision, Decision::trusted);
  EXPECT_TRUE(is_the_kept_one(first, ask(root_, kNow + 30s)));
  EXPECT_TRUE(ask(root_, kNow + 31s).has(FindingCode::expired));
}

TEST_F(KeptVerdict, IsJudgedAgainInTheNextMinute) {
  const auto first = ask(root_);
  EXPECT_TRUE(is_the_kept_one(first, ask(root_, kNow + 59s)));
  EXPECT_FALSE(is_the_kept_one(first, ask(root_, kNow + 60s)));
}

TEST_F(KeptVerdict, IsNeverARefusal) {
  const auto other = list_of({"other"});
  const auto first = ask(other);
  EXPECT_EQ(first.decision, Decision::untrusted);
  EXPECT_FALSE(is_the_kept_one(first, ask(other)));
}

TEST_F(KeptVerdict, IsNeverOneThatWasAcceptedAllTheSame) {
  const auto other = list_of({"other"});
  const auto first = ask(other, kNow, {.only_accept_trusted = false});
  EXPECT_EQ(first.decision, Decision::accepted_untrusted);
  EXPECT_FALSE(is_the_kept_one(first, ask(other, kNow, {.only_accept_trusted = false})));
}

TEST_F(KeptVerdict, GivesWayToNewerOnes) {
  const auto first = ask(root_);
  std::vector<Anchors> others;
  for (std::size_t i = 0; i < KeptVerdicts::kMaxKept; ++i) {
    EXPECT_TRUE(is_the_kept_one(first, ask(root_))) << i;
    others.push_back(list_of({"root"}));
    EXPECT_EQ(ask(others.back()).decision, Decision::trusted);
  }
  EXPECT_FALSE(is_the_kept_one(first, ask(root_)));
}

}  // namespace
}  // namespace sealtone::trust
