// SPDX-License-Identifier: Apache-2.0
//
// x509/revocation: what a list still says that ran out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "x509/made.h"
#include "x509/revocation.h"
#include "x509/signatures.h"

namespace sealtone::x509 {
namespace {

using namespace std::chrono_literals;
using test::ca;
using test::kBegin;
using test::kEnd;
using test::list;
using test::ListDraft;
using test::made;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Lists are of kBegin to kEnd, and what they are about lasts for longer.
class RevocationByOldLists : public testing::Test {
 protected:
  // "good", "revoked", "unknown", or what else was found.
  std::string said(std::vector<Crl> lists, std::chrono::sys_seconds now, bool required = true) {
    PathOptions options{.purpose = Purpose::any, .revocation_required = required};
    options.crls = std::make_shared<const std::vector<Crl>>(std::move(lists));
    const std::vector<Certificate> sent{leaf_};
    const auto faults = check_path(sent, AnchorSet({root_}), now, options).faults;
    if (faults.empty()) return "good";
    detail_ = faults[0].detail;
    if (faults.size() > 1) return "more";
    if (faults[0].code == PathFault::revoked) return "revoked";
    return faults[0].code == PathFault::revocation_unknown ? "unknown" : "another";
  }
  // The list that ran out: certificate, since when, on hold.
  std::vector<OldList> old_lists(std::vector<Crl> lists, std::chrono::sys_seconds now) {
    PathOptions options{.purpose = Purpose::any};
    options.crls = std::make_shared<const std::vector<Crl>>(std::move(lists));
    const std::vector<Certificate> sent{leaf_}, path{leaf_, root_};
    const AnchorSet anchors({root_});
    return RevocationCheck(sent, anchors, now, options).old_lists(path);
  }
  Crl naming(const std::string& reason = "") {
    return list({.issuer = &root_, .entries = {{&leaf_, reason}}});
  }
  const Validity longer_{kBegin - 24h, kEnd + 48h};
  const Certificate root_ = made({.subject = "/CN=root", .extensions = ca(), .validity = longer_});
  const Certificate leaf_ = made({.subject = "/CN=leaf", .issuer = &root_, .validity = longer_});
  std::string detail_;
  const std::string hold_ = "CRLReason=ASN1:ENUMERATED:6";
};

// RFC 5280 §3.3: what stands on a list stands on the next one as well.
TEST_F(RevocationByOldLists, WhoWasRevokedStaysSo) {
  for (const bool required : {true, false}) {
    EXPECT_EQ(said({naming()}, kEnd, required), "revoked");
    EXPECT_THAT(detail_, Not(HasSubstr("ran out")));
    EXPECT_EQ(said({naming()}, kEnd + 1s, required), "revoked");
    EXPECT_THAT(detail_, HasSubstr("ran out at 2027-01-01 00:00:00 UTC; what is revoked stays so"));
  }
  EXPECT_EQ(said({naming("CRLReason=ASN1:ENUMERATED:1")}, kEnd + 1s), "revoked");
  // A list that is not of today yet says nothing.
  EXPECT_EQ(said({naming()}, kBegin - 1s), "unknown");
}

TEST_F(RevocationByOldLists, WhoWasOnHoldMayHaveBeenReleased) {
  EXPECT_EQ(said({naming(hold_)}, kEnd), "revoked");
  EXPECT_EQ(said({naming(hold_)}, kEnd + 1s), "unknown");
  EXPECT_EQ(said({naming(hold_)}, kEnd + 1s, false), "good");
}

TEST_F(RevocationByOldLists, CountNothingBesideOneOfToday) {
  const auto today = list({.issuer = &root_, .this_update = kEnd, .next_update = kEnd + 48h});
  EXPECT_EQ(said({naming(), today}, kEnd + 1s), "good");
  EXPECT_THAT(old_lists({naming(hold_), today}, kEnd + 1s), IsEmpty());
}

TEST_F(RevocationByOldLists, CountNothingIfTheyDidNotCountBefore) {
  const auto other = made({.subject = "/CN=other"});
  const ListDraft draft{.issuer = &root_, .entries = {{&leaf_}}};
  auto forged = draft, weak = draft, delta = draft, stranger = draft, scoped = draft;
  forged.key = "other";
  weak.hash = EVP_sha1;
  delta.extensions = "crlNumber=ASN1:INTEGER:6\ndeltaCRL=critical,ASN1:INTEGER:5\n";
  stranger.issuer = &other;
  scoped.extensions = "issuingDistributionPoint=critical,@scope\n[scope]\nonlyCA=TRUE";
  for (const auto& each : {forged, weak, delta, stranger, scoped}) {
    EXPECT_EQ(said({list(each)}, kEnd + 1s), "unknown") << each.extensions;
    EXPECT_THAT(old_lists({list(each)}, kEnd + 1s), IsEmpty()) << each.extensions;
  }
}

TEST_F(RevocationByOldLists, AreNamedWhereNothingElseTells) {
  const auto empty = list({.issuer = &root_});
  EXPECT_THAT(old_lists({empty}, kEnd), IsEmpty());
  EXPECT_THAT(
      old_lists({empty}, kEnd + 1s),
      ElementsAre(testing::AllOf(Field(&OldList::certificate, 0U), Field(&OldList::ran_out, kEnd),
                                 Field(&OldList::on_hold, false))));
  EXPECT_THAT(old_lists({naming(hold_)}, kEnd + 1s), ElementsAre(Field(&OldList::on_hold, true)));
  // Of several the newest; one without an end never runs out.
  const auto older = list({.issuer = &root_, .next_update = kEnd - 24h});
  EXPECT_THAT(old_lists({older, list({.issuer = &root_, .this_update = kBegin + 24h})}, kEnd + 1s),
              ElementsAre(Field(&OldList::ran_out, kEnd)));
  EXPECT_THAT(old_lists({older, list({.issuer = &root_, .next_update = std::nullopt})}, kEnd + 1s),
              IsEmpty());
}

// RFC 5280 §6.3.3 (b): an indirect list is another authority's.
TEST_F(RevocationByOldLists, AreOfWhoeverSignsThem) {
  const auto lister =
      made({.subject = "/CN=lister", .extensions = ca(), .issuer = &root_, .validity = longer_});
  const auto pointed =
      made({.subject = "/CN=pointed",
            .extensions = "crlDistributionPoints=p\n[p]\nCRLissuer=dirName:n\n[n]\nCN=lister\n",
            .issuer = &root_,
            .validity = longer_});
  const std::string scope = "issuingDistributionPoint=critical,@scope\n[scope]\n";
  PathOptions options{.purpose = Purpose::any};
  // Of the lister's own certificate the root's list of today tells.
  options.crls = std::make_shared<const std::vector<Crl>>(
      std::vector{list({.issuer = &lister, .extensions = scope + "indirectCRL=TRUE"}),
                  list({.issuer = &root_,
                        .extensions = scope + "onlyCA=TRUE",
                        .this_update = kEnd,
                        .next_update = kEnd + 48h})});
  const std::vector<Certificate> sent{pointed, lister}, path{pointed, root_};
  const AnchorSet anchors({root_});
  EXPECT_THAT(RevocationCheck(sent, anchors, kEnd + 1s, options).old_lists(path),
              ElementsAre(Field(&OldList::issuer, "lister")));
  EXPECT_THAT(old_lists({list({.issuer = &root_})}, kEnd + 1s),
              ElementsAre(Field(&OldList::issuer, "root")));
}

// Signatures on lists are checked up to a bound, and each costs.
TEST_F(RevocationByOldLists, TakeNothingFromThoseOfToday) {
  const auto affordable = std::min<std::size_t>(
      kMaxCrlChecks, static_cast<std::size_t>(kMaxCrlChecksCost / signature_cost(root_)));
  const auto today = list({.issuer = &root_, .this_update = kEnd, .next_update = kEnd + 48h});
  const auto oldest = list({.issuer = &root_, .next_update = kEnd - 24h});
  // Newer than that one, and signed by nobody: with it all is spent.
  const auto forged = list({.issuer = &root_, .key = "other", .this_update = kBegin + 24h});
  for (const std::size_t many : {affordable - 1, affordable, affordable + 1}) {
    std::vector<Crl> lists(many, forged);
    lists.push_back(oldest);
    lists.push_back(today);
    EXPECT_THAT(old_lists(std::move(lists), kEnd + 1s), IsEmpty()) << many;
  }
}

TEST_F(RevocationByOldLists, AreNotToldWhereTodaysWereNotAllLookedAt) {
  const auto forged =
      list({.issuer = &root_, .key = "other", .this_update = kEnd, .next_update = kEnd + 48h});
  std::vector<Crl> lists(kMaxCrlChecks + 1, forged);
  lists.push_back(list({.issuer = &root_}));
  EXPECT_THAT(old_lists(std::move(lists), kEnd + 1s), IsEmpty());
}

}  // namespace
}  // namespace sealtone::x509
