// SPDX-License-Identifier: Apache-2.0
//
// x509/path_search: which path is taken out of what the peer sent, junk and traps included.
#include "x509/path_search.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "x509/issue.h"
#include "x509/made.h"
#include "x509/parse.h"
#include "x509/slow_keys.h"
#include "x509/test_data.h"

namespace sealtone::x509 {
namespace {

using namespace std::chrono_literals;
using test::ca;
using test::certificate;
using test::file;
using test::kBegin;
using test::kNow;
using test::made;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

// A search keeps a reference to its options.
const PathOptions kAsMade;

std::vector<Certificate> all(std::initializer_list<const char*> names) {
  std::vector<Certificate> out;
  for (const auto* name : names) out.push_back(certificate(name));
  return out;
}

std::vector<Certificate> build(const std::vector<Certificate>& presented,
                               const std::vector<Certificate>& trusted) {
  const AnchorSet anchors(trusted);
  return PathSearch(presented, anchors, kNow, {}).run().path;
}

TEST(PathSearch, TakesTheSentOnesInAnyOrderWithJunkBetween) {
  EXPECT_EQ(build(all({"leaf", "root", "other_root", "leaf_by_v1", "int", "leaf"}), all({"root"})),
            all({"leaf", "int", "root"}));
}

TEST(PathSearch, PrefersAnIssuerThatIsValidNow) {
  EXPECT_EQ(build(all({"leaf", "int_expired", "int_future", "int"}), all({"root"})),
            all({"leaf", "int", "root"}));
  EXPECT_EQ(build(all({"leaf", "int_expired"}), all({"root"})),
            all({"leaf", "int_expired", "root"}));
}

TEST(PathSearch, PrefersATrustedCertificateToOneOnlySent) {
  EXPECT_EQ(build(all({"leaf", "int_sha1"}), all({"int"})), all({"leaf", "int"}));
}

TEST(PathSearch, PrefersTheIssuerThatSigned) {
  EXPECT_EQ(build(all({"leaf", "int_same_name", "int"}), all({"root_same_name", "root"})),
            all({"leaf", "int", "root"}));
}

TEST(PathSearch, GoesBackWhereAnIssuerLeadsNowhere) {
  EXPECT_EQ(build(all({"leaf", "int_by_other", "int"}), all({"root"})),
            all({"leaf", "int", "root"}));
  EXPECT_EQ(build(all({"leaf", "int", "int_by_other"}), all({"other_root"})),
            all({"leaf", "int_by_other", "other_root"}));
}

TEST(PathSearch, ComesBackToAnExpiredAnchorIfNothingBetterLeadsOn) {
  EXPECT_EQ(build(all({"leaf", "int", "root"}), all({"root_expired"})),
            all({"leaf", "int", "root_expired"}));
}

TEST(PathSearch, FollowsACrossCertificate) {
  EXPECT_EQ(build(all({"leaf", "int_by_other", "other_root_cross"}), all({"root"})),
            all({"leaf", "int_by_other", "other_root_cross", "root"}));
}

TEST(PathSearch, TellsTheFirstPathIfNoneReachesATrustedCertificate) {
  EXPECT_EQ(build(all({"leaf", "int", "int_by_other"}), {}), all({"leaf", "int"}));
  EXPECT_EQ(build(all({"leaf"}), {}), all({"leaf"}));
}

TEST(PathSearch, EndsWhereTwoCertifiedEachOther) {
  const auto path = build(all({"leaf_by_loop", "loop_a_by_b", "loop_b", "loop_a"}), {});
  EXPECT_LE(path.size(), 4U);
  EXPECT_EQ(path.front(), certificate("leaf_by_loop"));
}

TEST(PathSearch, FollowsNoMoreThanItsMostCertificates) {
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

TEST(PathSearch, LooksAtNoMoreThanItsMostPresented) {
  std::vector<Certificate> sent(kMaxPresented - 1, certificate("leaf"));
  sent.push_back(certificate("int"));
  EXPECT_EQ(build(sent, all({"root"})), all({"leaf", "int", "root"}));
  sent.insert(sent.begin(), certificate("leaf"));
  EXPECT_EQ(build(sent, all({"root"})), all({"leaf"}));
}

// Every CA certified every other: there are more paths than anybody can follow.
TEST(PathSearch, GivesUpOnAThicketInBoundedTime) {
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

CheckedPath judged(const std::vector<Certificate>& presented,
                   const std::vector<Certificate>& trusted, const PathOptions& options = {}) {
  return check_path(presented, AnchorSet(trusted), kNow, options);
}

auto says(PathFault code, std::size_t index) {
  return AllOf(Field(&Fault::code, code), Field(&Fault::index, index));
}

// As at the end of May 2020 and of September 2021: the old root certified the new one, and that
// certificate ran out.
TEST(PathSearch, PassesAnExpiredCrossCertificateByWhereAGoodRootIs) {
  const auto old_root = made({.subject = "/CN=old", .extensions = ca()});
  const auto new_root = made({.subject = "/CN=new", .extensions = ca()});
  const auto cross = made({.subject = "/CN=new",
                           .extensions = ca(),
                           .issuer = &old_root,
                           .validity = {kBegin, kNow - 1s}});
  const auto issuing = made({.subject = "/CN=int", .extensions = ca(), .issuer = &new_root});
  const auto leaf = made({.subject = "/CN=leaf", .issuer = &issuing});
  const auto both = judged({leaf, issuing, cross}, {old_root, new_root});
  EXPECT_THAT(both.path, ElementsAre(leaf, issuing, new_root));
  EXPECT_THAT(both.faults, IsEmpty());
  EXPECT_THAT(both.others, IsEmpty());
  EXPECT_THAT(judged({leaf, issuing, cross, new_root}, {new_root}).faults, IsEmpty());
  // Who has the old root alone is told what is wrong with the way there.
  const auto old_alone = judged({leaf, issuing, cross}, {old_root});
  EXPECT_THAT(old_alone.path, ElementsAre(leaf, issuing, cross, old_root));
  EXPECT_THAT(old_alone.faults, ElementsAre(says(PathFault::expired, 2)));
}

TEST(PathSearch, TellsWhyEachOtherPathWasNotTaken) {
  const auto checked =
      judged(all({"leaf", "int_expired", "int_not_ca", "int_by_other"}), all({"root"}));
  EXPECT_EQ(checked.path, all({"leaf", "int_expired", "root"}));
  EXPECT_THAT(checked.faults, ElementsAre(says(PathFault::expired, 1)));
  ASSERT_THAT(checked.others, SizeIs(2));  // the next best first
  EXPECT_EQ(checked.others[0].path, all({"leaf", "int_not_ca", "root"}));
  EXPECT_THAT(checked.others[0].faults, ElementsAre(says(PathFault::not_a_ca, 1)));
  EXPECT_EQ(checked.others[1].path, all({"leaf", "int_by_other"}));
  EXPECT_THAT(checked.others[1].faults, ElementsAre(says(PathFault::issuer_unknown, 1)));
}

TEST(PathSearch, TellsOfNoMoreThanItsMostOthers) {
  const auto root = made({.subject = "/CN=root", .extensions = ca()});
  const auto expired = [&] {
    return made({.subject = "/CN=int",
                 .extensions = ca(),
                 .issuer = &root,
                 .validity = {kBegin, kNow - 1s}});
  };
  const auto first = expired();
  std::vector<Certificate> sent{made({.subject = "/CN=leaf", .issuer = &first}), first};
  while (sent.size() <= kMaxOthers + 1) sent.push_back(expired());
  EXPECT_THAT(judged(sent, {root}).others, SizeIs(kMaxOthers));
  sent.push_back(expired());
  EXPECT_THAT(judged(sent, {root}).others, SizeIs(kMaxOthers));
  sent.resize(3, first);
  EXPECT_THAT(judged(sent, {root}).others, SizeIs(1));
}

TEST(PathSearch, PassesNoNameWithTheSameKeyTwice) {
  const auto root = made({.subject = "/CN=root", .extensions = ca()});
  const auto a = made(
      {.subject = "/CN=a", .extensions = ca(), .issuer = &root, .validity = {kBegin, kNow - 1s}});
  const auto b = made({.subject = "/CN=b", .extensions = ca(), .issuer = &a});
  const auto a_by_b = made({.subject = "/CN=a", .extensions = ca(), .issuer = &b});
  const auto leaf = made({.subject = "/CN=leaf", .issuer = &a});
  // leaf, a_by_b, b, a, root would be a path with the same fault, and a longer one.
  const auto checked = judged({leaf, a_by_b, b, a}, {root});
  EXPECT_THAT(checked.path, ElementsAre(leaf, a, root));
  ASSERT_THAT(checked.others, SizeIs(1));
  EXPECT_THAT(checked.others[0].path, ElementsAre(leaf, a_by_b, b));
  // With another key it is somebody else.
  const auto other_a = made({.subject = "/CN=a", .extensions = ca(), .issuer = &root, .key = "x"});
  const auto b_by_x =
      made({.subject = "/CN=b", .extensions = ca(), .issuer = &other_a, .issuer_key = "x"});
  EXPECT_THAT(judged({leaf, a_by_b, b_by_x, other_a}, {root}).path,
              ElementsAre(leaf, a_by_b, b_by_x, other_a, root));
}

TEST(PathSearch, EndsAtATrustedIntermediateOnlyWhereThatIsEnough) {
  const PathOptions whole{.partial_chain = false};
  const auto sent = all({"leaf", "int"});
  EXPECT_EQ(judged(sent, all({"int"})).path, all({"leaf", "int"}));
  EXPECT_TRUE(judged(sent, all({"int"})).reaches_anchor);
  EXPECT_FALSE(judged(sent, all({"int"}), whole).reaches_anchor);
  EXPECT_EQ(judged(sent, all({"int", "root"}), whole).path, all({"leaf", "int", "root"}));
  EXPECT_THAT(judged(sent, all({"int", "root"}), whole).faults, IsEmpty());
  EXPECT_FALSE(judged(all({"leaf"}), all({"leaf"}), whole).reaches_anchor);
  EXPECT_TRUE(judged(all({"self_signed"}), all({"self_signed"}), whole).reaches_anchor);
}

TEST(PathSearch, CountsIntermediatesButSelfIssuedOnes) {
  const auto limited = [](const std::vector<Certificate>& sent,
                          const std::vector<Certificate>& trusted, std::size_t limit) {
    return judged(sent, trusted, {.max_intermediates = limit}).faults;
  };
  EXPECT_THAT(limited(all({"leaf", "int"}), all({"root"}), 1), IsEmpty());
  EXPECT_THAT(limited(all({"leaf", "int"}), all({"root"}), 0),
              Contains(Field(&Fault::code, PathFault::path_length)));
  EXPECT_THAT(limited(all({"leaf"}), all({"int"}), 0), IsEmpty());
  EXPECT_THAT(limited(all({"leaf"}), all({"leaf"}), 0), IsEmpty());
  const auto root = made({.subject = "/CN=root", .extensions = ca()});
  const auto renewed =
      made({.subject = "/CN=root", .extensions = ca(), .issuer = &root, .key = "renewed"});
  const auto leaf = made({.subject = "/CN=leaf", .issuer = &renewed, .issuer_key = "renewed"});
  EXPECT_THAT(limited({leaf, renewed}, {root}, 0), IsEmpty());
}

// RFC 4158 §3.5.12: a key identifier that does not match says where to look last.
TEST(PathSearch, TriesAnIssuerWithAnotherKeyIdentifierAfterTheOthers) {
  const auto named = [](const std::string& id, const std::string& key) {
    return made(
        {.subject = "/CN=root", .extensions = ca("subjectKeyIdentifier=" + id), .key = key});
  };
  const auto likely = named("01", "another"), right = named("02", "right");
  const auto leaf = made({.subject = "/CN=leaf",
                          .extensions = "authorityKeyIdentifier=DER:3003800101",
                          .issuer = &right,
                          .issuer_key = "right"});
  const std::vector sent{leaf};
  const AnchorSet anchors({right, likely});
  PathSearch search(sent, anchors, kNow, kAsMade);
  const auto checked = search.run();
  EXPECT_THAT(checked.path, ElementsAre(leaf, right));
  EXPECT_THAT(checked.faults, IsEmpty());
  EXPECT_EQ(search.steps(), 3U);  // the likely one before
}

TEST(PathSearch, TakesNoMoreStepsWithAThousandAnchorsThanWithTen) {
  const auto steps = [](std::size_t count) {
    std::vector<Certificate> trusted = all({"root"});
    for (std::size_t at = 1; at < count; ++at) {
      const Owned<X509, X509_free> other(X509_dup(trusted[0].native()));
      const auto subject = test::name("/CN=root " + std::to_string(at));
      X509_set_subject_name(other.get(), subject.get());
      trusted.push_back(test::written_anew(*other));
    }
    const auto sent = all({"leaf", "int", "int_by_other"});
    const AnchorSet anchors(trusted);
    PathSearch search(sent, anchors, kNow, kAsMade);
    EXPECT_THAT(search.run().faults, IsEmpty());
    return search.steps();
  };
  EXPECT_EQ(steps(1'000), steps(10));
  EXPECT_EQ(steps(10), 3U);
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
