// SPDX-License-Identifier: Apache-2.0
#include "explain/trusted_fix.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "trust/fixtures.h"
#include "x509/made.h"

namespace sealtone::explain {
namespace {

using enum trust::FindingCode;
using trust::testing::Case;
using trust::testing::certificate;
using trust::testing::judge_case;
using trust::testing::kNow;
using trust::testing::with_faults;

Fix fix_of(const Case& made, trust::FindingCode code, Context context = {}) {
  context.server = "prov.example.com";
  context.now = kNow;
  for (auto& finding : explain(judge_case(made), {}, context).findings) {
    if (finding.code == code) return std::move(finding.fix);
  }
  ADD_FAILURE() << trust::word(code) << " was not found";
  return {};
}

Case trusting_an_issuer_of_the_future() {
  auto made = with_faults({});
  made.presented.pop_back();
  made.anchors = {certificate("int-future")};
  return made;
}

Case trusting_what_the_server_shows(trust::FindingCode fault) {
  auto made = with_faults({self_signed_leaf, fault});
  made.anchors = made.presented;
  return made;
}

// To upload whoever signed one that has run out would not do; a valid one in its place does.
TEST(TrustedFix, AsksForAValidOneInThePlaceOfOneThatRanOut) {
  using x509::test::ca;
  using x509::test::made;
  const auto top = made({.subject = "/CN=Old Top", .extensions = ca()});
  const x509::Validity over{x509::test::kBegin, kNow - std::chrono::days(1)};
  const auto crossed =
      made({.subject = "/CN=X1", .extensions = ca(), .issuer = &top, .validity = over});
  const auto issuing = made({.subject = "/CN=R3", .extensions = ca(), .issuer = &crossed});
  Case crossed_case{.presented = {made({.subject = "/CN=leaf",
                                        .extensions = "subjectAltName=DNS:prov.example.com",
                                        .issuer = &issuing}),
                                  issuing, crossed},
                    .anchors = {certificate("other")}};
  EXPECT_EQ(fix_of(crossed_case, issuer_unknown).say,
            "The server did not send the certificate of \"X1\" that is still valid, and this "
            "machine does not hold it. Ask X1 for it, then upload it under Security > Trusted "
            "Certificates.");
  const auto root = made({.subject = "/CN=X1", .extensions = ca()});
  const std::vector<x509::Certificate> held{top, root};
  const auto fix = fix_of(crossed_case, issuer_unknown, {.server = {}, .now = {}, .at_hand = held});
  ASSERT_TRUE(fix.missing);
  EXPECT_EQ(*fix.missing, root);
  crossed_case.anchors.push_back(root);
  EXPECT_EQ(judge_case(crossed_case).decision, trust::Decision::trusted);
}

TEST(TrustedFix, AsksForASoundCertificateWhereAPinWouldNotDo) {
  auto made = with_faults({self_signed_leaf, name_mismatch});
  EXPECT_EQ(fix_of(made, self_signed_leaf).kind, FixKind::replace_certificate);
}

TEST(TrustedFix, IsAnUploadIntoTheList) {
  const auto made = trusting_an_issuer_of_the_future();
  const auto fix = fix_of(made, not_yet_valid);
  EXPECT_EQ(fix.kind, FixKind::replace_certificate);
  EXPECT_EQ(
      fix.say,
      "Upload a certificate of \"Acme Issuing CA 2\" that is valid at 2026-06-01 00:00:00 UTC "
      "under Security > Trusted Certificates, and delete this one. If 2026-06-01 00:00:00 UTC "
      "is not the time of day here, set this clock instead.");
  EXPECT_EQ(
      fix_of(made, not_yet_valid, {.server = {}, .now = {}, .now_is_given = true}).say,
      "Upload a certificate of \"Acme Issuing CA 2\" that is valid at 2026-06-01 00:00:00 UTC "
      "under Security > Trusted Certificates, and delete this one.");
}

TEST(TrustedFix, IsBothAnUploadAndTheServersWhereItsOwnIsTrusted) {
  EXPECT_EQ(
      fix_of(trusting_what_the_server_shows(weak_key), weak_key).say,
      "Upload a certificate of \"prov.example.com\" for a longer key (RSA 2048 or EC P-256 at "
      "least) under Security > Trusted Certificates, and delete this one. The server has to "
      "show the same one then.");
}

TEST(TrustedFix, IsNoneWhereAnotherCertificateIsAtFault) {
  EXPECT_THAT(fix_of(with_faults({weak_key}), weak_key).say,
              ::testing::StartsWith("Have the server's certificate issued again"));
}

TEST(TrustedFix, IsNoneOfAWrongName) {
  auto made = with_faults({self_signed_leaf, name_mismatch});
  made.anchors = made.presented;
  EXPECT_EQ(fix_of(made, name_mismatch).kind, FixKind::change_name);
}

// A server's own certificate alone, or with more behind it; its issuer is not at hand.
class NobodySentTheIssuer : public ::testing::Test {
 protected:
  NobodySentTheIssuer() {
    issuer_ = x509::test::made({.subject = "/CN=Acme R1", .extensions = x509::test::ca()});
  }
  x509::Certificate leaf(const std::string& more = "") {
    return x509::test::made({.subject = "/CN=prov.example.com",
                             .extensions = "subjectAltName=DNS:prov.example.com\n" + more,
                             .issuer = &*issuer_});
  }
  Explanation explained(const x509::Certificate& own, std::size_t sent_behind_it = 0,
                        Context context = {}) {
    std::vector<x509::Certificate> sent{own};
    sent.resize(1 + sent_behind_it, certificate("other"));
    const auto verdict =
        trust::judge(sent, x509::AnchorSet({certificate("root")}),
                     trust::ReferenceIdentifier::from_host("prov.example.com"), {}, kNow);
    context.server = "prov.example.com";
    context.now = kNow;
    return explain(verdict, {}, context);
  }
  static std::string order(const Explanation& explanation) {
    std::string codes;
    for (const auto& each : explanation.findings)
      codes += std::string(trust::word(each.code)) + " ";
    return codes;
  }
  static constexpr const char* kRootFirst = "issuer-unknown chain-incomplete ";
  static constexpr const char* kIntermediateFirst = "chain-incomplete issuer-unknown ";
  const std::string address_ = "authorityInfoAccess=caIssuers;URI:http://pki.example.com/r1.cer";
  std::optional<x509::Certificate> issuer_;
};

TEST_F(NobodySentTheIssuer, AndTheCertificateGivesNoAddressForItWhichSpeaksForARoot) {
  const auto told = explained(leaf());
  ASSERT_EQ(order(told), kRootFirst);
  EXPECT_EQ(told.headline,
            "prov.example.com was refused: its certificate was issued by \"Acme R1\", which is not "
            "among the trusted certificates.");
  EXPECT_EQ(
      told.findings[1].says,
      "prov.example.com sent no certificate of \"Acme R1\", as is right if that is a root, and "
      "wrong if it is an intermediate authority.");
  EXPECT_EQ(told.findings[0].fix.kind, FixKind::add_trusted);
  EXPECT_THAT(
      told.findings[0].fix.say,
      ::testing::StartsWith("If \"Acme R1\" is a root, as is likely where the server's certificate "
                            "gives no address of its issuer's, trust it here: get the certificate "
                            "of \"Acme R1\""));
  EXPECT_EQ(told.findings[1].fix.kind, FixKind::send_intermediate);
  EXPECT_THAT(
      told.findings[1].fix.say,
      ::testing::StartsWith("Or, if \"Acme R1\" is an intermediate authority, on the server, put "
                            "the certificate of \"Acme R1\""));
}

TEST_F(NobodySentTheIssuer, AndTheCertificateGivesAnAddressForItWhichSpeaksForAnIntermediate) {
  const auto told = explained(leaf(address_));
  EXPECT_EQ(order(told), kIntermediateFirst);
  EXPECT_THAT(told.headline,
              ::testing::HasSubstr("an intermediate certificate is probably missing"));
  EXPECT_THAT(
      told.findings[1].fix.say,
      ::testing::StartsWith("Or, where the server cannot be changed or that one is a root"));
}

TEST_F(NobodySentTheIssuer, ButSomethingElseWhichSpeaksForAnIntermediate) {
  EXPECT_EQ(order(explained(leaf(), 1)), kIntermediateFirst);
}

TEST_F(NobodySentTheIssuer, AndItIsAtHandSoThatNothingIsLeftToGuess) {
  const std::vector<x509::Certificate> held{*issuer_};
  Context where;
  where.at_hand = held;
  const auto told = explained(leaf(), 0, where);
  EXPECT_EQ(order(told), kIntermediateFirst);
  EXPECT_THAT(told.headline, ::testing::HasSubstr("the issuer of its own and a root"));
}

TEST_F(NobodySentTheIssuer, OfAFileThatIsNotInstalledYet) {
  Context where;
  where.not_installed = "full.pem";
  const auto told = explained(leaf(), 0, where);
  EXPECT_THAT(told.headline,
              ::testing::EndsWith("\"Acme R1\", which is not among the trusted certificates."));
  EXPECT_THAT(
      told.findings[1].fix.say,
      ::testing::StartsWith("Or, if \"Acme R1\" is an intermediate authority, in full.pem, put"));
}

}  // namespace
}  // namespace sealtone::explain
