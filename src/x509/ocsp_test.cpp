// SPDX-License-Identifier: Apache-2.0
//
// x509/ocsp: what an answer that came along says, and whether it may say so.
#include "x509/ocsp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "x509/made_ocsp.h"
#include "x509/path.h"

namespace sealtone::x509 {
namespace {

using namespace std::chrono_literals;
using test::answer;
using test::AnswerDraft;
using test::ca;
using test::kBegin;
using test::kEnd;
using test::kNow;
using test::made;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto kSigning = "extendedKeyUsage=OCSPSigning\n";

class Ocsp : public testing::Test {
 protected:
  struct How {
    bool required = false;
    std::chrono::sys_seconds now = kNow;
    std::vector<Crl> lists = {};
    bool allow_sha1 = false;
  };
  // "good", "revoked", "unknown", "missing", "budget" or "another".
  std::string said(const Certificate& leaf, std::vector<base::Bytes> answers, How how) {
    std::vector<Certificate> sent{leaf};
    sent.insert(sent.end(), sent_.begin(), sent_.end());
    PathOptions options{.purpose = Purpose::any, .allow_sha1 = how.allow_sha1};
    options.revocation_required = how.required;
    options.crls = std::make_shared<const std::vector<Crl>>(std::move(how.lists));
    options.ocsp_responses = std::make_shared<const std::vector<base::Bytes>>(std::move(answers));
    const auto faults = check_path(sent, AnchorSet({root_}), how.now, options).faults;
    detail_.clear();
    found_.clear();
    if (faults.empty()) return "good";
    detail_ = faults[0].detail;
    found_ = faults[0].found;
    if (faults[0].code == PathFault::revoked) return "revoked";
    if (faults[0].code == PathFault::path_budget) return "budget";
    if (faults[0].code == PathFault::ocsp_missing) return "missing";
    return faults[0].code == PathFault::revocation_unknown ? "unknown" : "another";
  }
  std::string said(std::vector<base::Bytes> answers, How how) {
    return said(leaf_, std::move(answers), std::move(how));
  }
  // Whether it is gone by: under the policy that refuses what is not known.
  std::string demanded(base::Bytes one) { return said({std::move(one)}, {.required = true}); }
  AnswerDraft by_root(int status = V_OCSP_CERTSTATUS_GOOD) {
    return {.signer = &root_,
            .about = {{.certificate = &leaf_, .issuer = &root_, .status = status}}};
  }
  AnswerDraft by(const Certificate& signer) {
    return {.signer = &signer, .about = {{.certificate = &leaf_, .issuer = &root_}}};
  }
  Certificate responder(const std::string& extensions, const Validity& validity = {kBegin, kEnd}) {
    return made({.subject = "/CN=responder",
                 .extensions = extensions,
                 .issuer = &root_,
                 .validity = validity});
  }

  Certificate root_ = made({.subject = "/CN=root", .extensions = ca("subjectKeyIdentifier=hash")});
  Certificate leaf_ = made({.subject = "/CN=leaf", .issuer = &root_});
  std::vector<Certificate> sent_ = {};
  std::string detail_, found_;
};

TEST_F(Ocsp, TellsGoodFromRevokedAndFromWhatItDoesNotKnow) {
  EXPECT_EQ(said({answer(by_root())}, {.required = true}), "good");
  EXPECT_EQ(said({answer(by_root())}, {}), "good");
  auto revoked = by_root(V_OCSP_CERTSTATUS_REVOKED);
  revoked.about[0].reason = OCSP_REVOKED_STATUS_KEYCOMPROMISE;
  EXPECT_EQ(said({answer(revoked)}, {}), "revoked");
  EXPECT_THAT(detail_, HasSubstr("the answer that the server sent along (OCSP)"));
  EXPECT_THAT(detail_, HasSubstr(leaf_.serial_hex()));
  EXPECT_THAT(detail_, HasSubstr("revoked at 2026-01-01 00:00:00 UTC (keyCompromise)"));
  EXPECT_EQ(found_, "keyCompromise");
  EXPECT_EQ(said({answer(by_root(V_OCSP_CERTSTATUS_UNKNOWN))}, {}), "good");
  EXPECT_EQ(demanded(answer(by_root(V_OCSP_CERTSTATUS_UNKNOWN))), "unknown");
  EXPECT_THAT(detail_, HasSubstr("does not know the certificate"));
}

TEST_F(Ocsp, WithoutOneNothingIsKnown) {
  EXPECT_EQ(said({}, {}), "good");
  EXPECT_EQ(said({}, {.required = true}), "unknown");
  EXPECT_THAT(detail_, HasSubstr("the server sent no answer along (OCSP)"));
}

TEST_F(Ocsp, MatchesByEachHashOfIssuerAndSerial) {
  for (auto* const hash : {EVP_sha1, EVP_sha256, EVP_sha384, EVP_sha512}) {
    auto draft = by_root(V_OCSP_CERTSTATUS_REVOKED);
    draft.about[0].hash = hash;
    EXPECT_EQ(said({answer(draft)}, {}), "revoked");
  }
  auto md5 = by_root();
  md5.about[0].hash = EVP_md5;
  EXPECT_EQ(demanded(answer(md5)), "unknown");
}

TEST_F(Ocsp, IsPassedOverIfItIsAboutAnotherCertificate) {
  const auto other = made({.subject = "/CN=leaf", .issuer = &root_});
  auto draft = by_root(V_OCSP_CERTSTATUS_REVOKED);
  draft.about[0].certificate = &other;
  EXPECT_EQ(said({answer(draft)}, {}), "good");
  EXPECT_EQ(demanded(answer(draft)), "unknown");
  EXPECT_THAT(detail_, HasSubstr("is not about it"));
  // An issuer of the same name with another key.
  const auto namesake = made({.subject = "/CN=root", .extensions = ca(), .key = "other"});
  auto by_namesake = by_root();
  by_namesake.about[0].issuer = &namesake;
  EXPECT_EQ(demanded(answer(by_namesake)), "unknown");
}

TEST_F(Ocsp, FindsItsCertificateAmongSeveral) {
  const auto other = made({.subject = "/CN=other", .issuer = &root_});
  auto draft = by_root(V_OCSP_CERTSTATUS_REVOKED);
  draft.about.insert(draft.about.begin(), {.certificate = &other, .issuer = &root_});
  EXPECT_EQ(said({answer(draft)}, {}), "revoked");
  // Of two about the same one that calls it revoked counts.
  draft = by_root(V_OCSP_CERTSTATUS_REVOKED);
  draft.about.push_back(by_root().about[0]);
  EXPECT_EQ(said({answer(draft)}, {}), "revoked");
}

// RFC 6960 §3.2, 6: nextUpdate "is greater than the current time".
TEST_F(Ocsp, CountsFromItsFirstSecondUntilTheNextOneIsDue) {
  auto draft = by_root();
  draft.about[0].this_update = kNow;
  EXPECT_EQ(demanded(answer(draft)), "good");
  draft.about[0].this_update = kNow + 1s;
  EXPECT_EQ(demanded(answer(draft)), "unknown");
  EXPECT_THAT(detail_, HasSubstr("it is of 2026-06-01 00:00:01 UTC, now 2026-06-01 00:00:00 UTC"));
  draft.about[0].this_update = kNow - 1h;
  draft.about[0].next_update = kNow + 1s;
  EXPECT_EQ(demanded(answer(draft)), "good");
  draft.about[0].next_update = kNow;
  EXPECT_EQ(demanded(answer(draft)), "unknown");
  EXPECT_THAT(detail_, HasSubstr("ran out at 2026-06-01 00:00:00 UTC"));
}

TEST_F(Ocsp, CountsForOneDayIfItNamesNoOther) {
  auto draft = by_root();
  draft.about[0].next_update.reset();
  draft.about[0].this_update = kNow - 24h + 1s;
  EXPECT_EQ(demanded(answer(draft)), "good");
  draft.about[0].this_update = kNow - 24h;
  EXPECT_EQ(demanded(answer(draft)), "unknown");
  EXPECT_THAT(detail_, HasSubstr("one day after it was made"));
}

TEST_F(Ocsp, TheIssuerItselfMaySignByNameOrByKey) {
  auto draft = by_root();
  draft.by_key = true;
  EXPECT_EQ(demanded(answer(draft)), "good");
  draft.with_signer = false;
  EXPECT_EQ(demanded(answer(draft)), "good");
}

TEST_F(Ocsp, AResponderOfTheIssuerMaySignWithTheUsage) {
  EXPECT_EQ(demanded(answer(by(responder(kSigning)))), "good");
  const auto signer = responder(kSigning);
  auto by_key = by(signer);
  by_key.by_key = true;
  EXPECT_EQ(demanded(answer(by_key)), "good");
}

TEST_F(Ocsp, AResponderWithoutTheUsageMayNot) {
  for (const char* extensions :
       {"", "extendedKeyUsage=serverAuth\n", "extendedKeyUsage=anyExtendedKeyUsage\n"}) {
    EXPECT_EQ(demanded(answer(by(responder(extensions)))), "unknown") << extensions;
    EXPECT_THAT(detail_, HasSubstr("lacks OCSPSigning"));
  }
  // Nor may the server answer for itself.
  EXPECT_EQ(demanded(answer(by(leaf_))), "unknown");
}

TEST_F(Ocsp, AResponderThatRanOutOrIsStillToComeMayNot) {
  EXPECT_EQ(demanded(answer(by(responder(kSigning, {kBegin, kNow})))), "good");
  EXPECT_EQ(demanded(answer(by(responder(kSigning, {kBegin, kNow - 1s})))), "unknown");
  EXPECT_EQ(demanded(answer(by(responder(kSigning, {kNow + 1s, kEnd})))), "unknown");
  EXPECT_THAT(detail_, HasSubstr("unfit"));
}

TEST_F(Ocsp, AResponderOfAnotherAuthorityMayNot) {
  const auto stranger = made({.subject = "/CN=stranger", .extensions = ca()});
  const auto signer =
      made({.subject = "/CN=responder", .extensions = kSigning, .issuer = &stranger});
  EXPECT_EQ(demanded(answer(by(signer))), "unknown");
  EXPECT_THAT(detail_, HasSubstr("issued by another authority"));
  const auto forged = made({.subject = "/CN=responder",
                            .extensions = kSigning,
                            .issuer = &root_,
                            .issuer_key = "stranger"});
  EXPECT_EQ(demanded(answer(by(forged))), "unknown");
  EXPECT_THAT(detail_, HasSubstr("not made by the certificate's issuer"));
  // One level further down is one too many.
  const auto middle = made({.subject = "/CN=middle", .extensions = ca(), .issuer = &root_});
  const auto below = made({.subject = "/CN=responder", .extensions = kSigning, .issuer = &middle});
  auto draft = by(below);
  draft.besides = {&middle};
  EXPECT_EQ(demanded(answer(draft)), "unknown");
}

TEST_F(Ocsp, AResponderThatAListRevokesMayNot) {
  const auto signer = responder(kSigning);
  const auto naming = test::list({.issuer = &root_, .entries = {{&signer}}});
  auto draft = by(signer);
  draft.about[0].status = V_OCSP_CERTSTATUS_REVOKED;
  EXPECT_EQ(said({answer(draft)}, {}), "revoked");
  EXPECT_EQ(said({answer(draft)}, {.lists = {naming}}), "good");
}

TEST_F(Ocsp, ASignatureByAStrangerCountsForNothing) {
  auto draft = by_root(V_OCSP_CERTSTATUS_REVOKED);
  draft.key = "stranger";
  EXPECT_EQ(said({answer(draft)}, {}), "good");
  EXPECT_EQ(demanded(answer(draft)), "unknown");
  EXPECT_THAT(detail_, HasSubstr("not made by the certificate's issuer"));
  auto sound = by_root();
  sound.with_signer = false;
  auto broken = answer(sound);
  broken.back() ^= 1;
  EXPECT_NE(demanded(broken), "good");
}

TEST_F(Ocsp, ASha1SignatureCountsOnlyWhereThePolicySaysSo) {
  auto draft = by_root();
  draft.hash = EVP_sha1;
  EXPECT_EQ(said({answer(draft)}, {.required = true}), "unknown");
  EXPECT_THAT(detail_, HasSubstr("SHA-1"));
  EXPECT_EQ(said({answer(draft)}, {.required = true, .allow_sha1 = true}), "good");
}

TEST_F(Ocsp, ANonceThatNobodyAskedForChangesNothing) {
  auto draft = by_root();
  draft.nonce = true;
  EXPECT_EQ(demanded(answer(draft)), "good");
}

TEST_F(Ocsp, GarbageRefusesNothingByItself) {
  const auto good = answer(by_root());
  const std::vector<base::Bytes> junk{
      {0x30},
      {0x30, 0x80},
      base::Bytes(500, 0x41),
      base::Bytes(good.begin(), good.end() - 1),
      base::Bytes(kMaxOcspBytes + 1, 0x30),
      {0x30, 0x03, 0x0A, 0x01, 0x03},  // "tryLater"
  };
  for (const auto& one : junk) {
    EXPECT_EQ(said({one}, {}), "good");
    EXPECT_EQ(said({one}, {.required = true}), "unknown");
    EXPECT_THAT(detail_, HasSubstr("counts for nothing"));
  }
  auto longer = good;
  longer.push_back(0);
  EXPECT_EQ(demanded(longer), "unknown");
  EXPECT_EQ(said({junk[5]}, {.required = true}), "unknown");
  EXPECT_THAT(detail_, HasSubstr("trylater"));
}

TEST_F(Ocsp, ListsAndAnswersCountTogether) {
  const auto good_list = test::list({.issuer = &root_});
  const auto naming = test::list({.issuer = &root_, .entries = {{&leaf_}}});
  EXPECT_EQ(said({answer(by_root())}, {.lists = {naming}}), "revoked");
  EXPECT_EQ(said({answer(by_root(V_OCSP_CERTSTATUS_REVOKED))}, {.lists = {good_list}}), "revoked");
  EXPECT_EQ(said({}, {.required = true, .lists = {good_list}}), "good");
  EXPECT_EQ(
      said({answer(by_root(V_OCSP_CERTSTATUS_UNKNOWN))}, {.required = true, .lists = {good_list}}),
      "good");
}

TEST_F(Ocsp, AnswersForAnIntermediateCountToo) {
  const auto middle = made({.subject = "/CN=middle", .extensions = ca(), .issuer = &root_});
  const auto leaf = made({.subject = "/CN=leaf", .issuer = &middle});
  sent_ = {middle};
  const auto of_leaf =
      answer({.signer = &middle, .about = {{.certificate = &leaf, .issuer = &middle}}});
  const auto of_middle = answer(
      {.signer = &root_,
       .about = {{.certificate = &middle, .issuer = &root_, .status = V_OCSP_CERTSTATUS_REVOKED}}});
  EXPECT_EQ(said(leaf, {of_leaf}, {}), "good");
  EXPECT_EQ(said(leaf, {of_leaf}, {.required = true}), "unknown");
  EXPECT_EQ(said(leaf, {of_leaf, of_middle}, {}), "revoked");
}

// RFC 7633.
TEST_F(Ocsp, ACertificateMayDemandThatOneIsSentAlong) {
  const auto leaf =
      made({.subject = "/CN=leaf", .extensions = "tlsfeature=status_request\n", .issuer = &root_});
  EXPECT_TRUE(demands_ocsp(leaf));
  EXPECT_FALSE(demands_ocsp(leaf_));
  // A mark of its own: a list cures what nobody demanded, and not this.
  EXPECT_EQ(said(leaf, {}, {}), "missing");
  EXPECT_THAT(detail_, HasSubstr("it demands an answer of OCSP sent along (RFC 7633)"));
  EXPECT_EQ(said(leaf, {}, {.required = true}), "missing");
  EXPECT_EQ(said(leaf, {base::Bytes(500, 0x41)}, {}), "missing");
  EXPECT_EQ(said(leaf, {}, {.lists = {test::list({.issuer = &root_})}}), "missing");
  const auto of_leaf =
      answer({.signer = &root_, .about = {{.certificate = &leaf, .issuer = &root_}}});
  EXPECT_EQ(said(leaf, {of_leaf}, {}), "good");
  // Where none was asked for nobody can miss one.
  PathOptions not_asked{.purpose = Purpose::any};
  EXPECT_THAT(check_path({&leaf, 1}, AnchorSet({root_}), kNow, not_asked).faults, IsEmpty());
}

// Whoever sends it chooses the keys.
TEST_F(Ocsp, TakesNoLongerThanItMay) {
  auto draft = by_root();
  std::vector<Certificate> many;
  for (int i = 0; i < 30; ++i) many.push_back(responder(kSigning));
  for (const auto& one : many) draft.besides.push_back(&one);
  draft.signer = &many.front();
  draft.key = "stranger";
  const auto sent = answer(draft);
  EXPECT_LE(OcspAnswer(sent).certificates().size(), kMaxOcspCertificates);
  EXPECT_EQ(demanded(sent), "unknown");
}

}  // namespace
}  // namespace sealtone::x509
