// SPDX-License-Identifier: Apache-2.0
//
// x509/path_search: whatever was sent, it is judged within the time there is; what that leaves out
// is said.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "x509/made.h"
#include "x509/name_constraints.h"
#include "x509/path_search.h"

namespace sealtone::x509 {
namespace {

using namespace std::chrono_literals;
using test::ca;
using test::Draft;
using test::kNow;
using test::made;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::Le;
using testing::Not;
using testing::SizeIs;

const auto kSaysBudget = Contains(Field(&Fault::code, PathFault::path_budget));

std::string repeated(const std::string& first, std::size_t count, const std::string& before,
                     const std::string& behind) {
  auto out = first;
  for (std::size_t at = 1; at < count; ++at) {
    out += "," + before + std::to_string(1'000 + at) + behind;
  }
  return out;
}

// Every one of some authorities certified every other: nobody can follow all paths.
// A search keeps a reference to its options.
const PathOptions kFactory;

TEST(PathBudget, EndsAMeshOfAuthoritiesWithinItsSteps) {
  constexpr std::size_t count = 9;
  const auto subject = [](std::size_t at) { return "/CN=" + std::to_string(at); };
  std::vector<Certificate> roots;
  for (std::size_t at = 0; at < count; ++at) {
    roots.push_back(made({.subject = subject(at), .extensions = ca()}));
  }
  std::vector<Certificate> sent{made({.subject = "/CN=leaf", .issuer = &roots[0]})};
  for (std::size_t of = 0; of < count; ++of) {
    for (std::size_t by = 0; by < count; ++by) {
      if (of == by) continue;
      sent.push_back(made({.subject = subject(of), .extensions = ca(), .issuer = &roots[by]}));
    }
  }
  ASSERT_LE(sent.size(), kMaxPresented);
  const AnchorSet nobody({});
  PathSearch search(sent, nobody, kNow, kFactory);
  const auto checked = search.run();
  EXPECT_EQ(search.steps(), kMaxSteps);
  EXPECT_THAT(checked.faults, kSaysBudget);
  EXPECT_FALSE(checked.reaches_anchor);
  EXPECT_EQ(checked.path.front(), sent.front());
  // One of them trusted: it is found at once.
  const AnchorSet one({roots[3]});
  PathSearch found(sent, one, kNow, kFactory);
  EXPECT_THAT(found.run().faults, IsEmpty());
  EXPECT_LT(found.steps(), 10U * count);
}

// Verifying by a key of P-384 costs more than a millisecond.
TEST(PathBudget, ChecksOnceWhatAKeySigned) {
  const auto root = made({.subject = "/CN=root P-384", .extensions = ca()});
  const auto nobody = made({.subject = "/CN=nobody P-384", .extensions = ca()});
  const Draft authority{.subject = "/CN=authority P-384", .extensions = ca()};
  std::vector<Certificate> sent;
  const auto send = [&](const Certificate& issuer) {
    auto draft = authority;
    draft.issuer = &issuer;
    sent.push_back(made(draft));
  };
  send(root);
  sent.insert(sent.begin(), made({.subject = "/CN=leaf", .issuer = &sent.front()}));
  for (int at = 0; at < 50; ++at) send(nobody);
  EXPECT_THAT(check_path(sent, AnchorSet({root}), kNow, {}).faults, IsEmpty());
  std::ranges::reverse(sent.begin() + 1, sent.end());
  EXPECT_THAT(check_path(sent, AnchorSet({root}), kNow, {}).faults, IsEmpty());
  // Where nobody of theirs is trusted, one check answers for all fifty.
  const auto refused =
      check_path(sent, AnchorSet({made({.subject = "/CN=x", .extensions = ca()})}), kNow, {});
  EXPECT_THAT(refused.faults, Not(kSaysBudget));
}

// As long a chain as anybody has, of keys that are slow to verify by.
TEST(PathBudget, HasTimeForEightSignaturesByKeysOfP384) {
  const auto root = made({.subject = "/CN=0 P-384", .extensions = ca()});
  const auto faults = [&](int signatures) {
    std::deque<Certificate> chain{root};
    for (int at = 1; at <= signatures; ++at) {
      chain.push_front(made({.subject = "/CN=" + std::to_string(at) + " P-384",
                             .extensions = at < signatures ? ca() : "",
                             .issuer = &chain.front()}));
    }
    chain.pop_back();
    return check_path(std::vector(chain.begin(), chain.end()), AnchorSet({root}), kNow, {}).faults;
  };
  EXPECT_THAT(faults(8), IsEmpty());
  EXPECT_THAT(faults(9), kSaysBudget);
}

// Authorities that each have two certificates, one above the other.
std::vector<Certificate> ladder(int levels, const Certificate& root) {
  std::vector<Certificate> sent;
  const auto* issuer = &root;
  std::deque<Certificate> kept;
  for (int level = 0; level < levels; ++level) {
    for (int twice = 0; twice < 2; ++twice) {
      kept.push_back(made(
          {.subject = "/CN=level " + std::to_string(level), .extensions = ca(), .issuer = issuer}));
    }
    issuer = &kept.back();
  }
  sent.push_back(made({.subject = "/CN=leaf", .issuer = issuer}));
  sent.insert(sent.end(), kept.begin(), kept.end());
  return sent;
}

TEST(PathBudget, JudgesNoMoreWholePathsThanItHasTimeFor) {
  const auto root = made({.subject = "/CN=root", .extensions = ca()});
  const PathOptions options{.policies = {.initial_explicit_policy = true}};  // which nobody has
  const auto faults = [&](int levels) {
    auto checked = check_path(ladder(levels, root), AnchorSet({root}), kNow, options);
    EXPECT_THAT(checked.others, SizeIs(Le(kMaxOthers)));
    EXPECT_THAT(checked.faults, Contains(Field(&Fault::code, PathFault::policy)));
    return checked.faults;
  };
  EXPECT_THAT(faults(5), Not(kSaysBudget));  // 32 paths
  EXPECT_THAT(faults(6), kSaysBudget);       // 64
}

TEST(PathBudget, ComparesNoMoreThanItHasTimeFor) {
  constexpr std::size_t constraints = 1'024;
  const auto root =
      made({.subject = "/CN=root",
            .extensions = ca("nameConstraints=" + repeated("permitted;DNS:example", constraints,
                                                           "permitted;DNS:", ".test"))});
  const auto faults = [&](std::size_t names) {
    const auto leaf = made({.subject = "",
                            .extensions = "subjectAltName=critical," +
                                          repeated("DNS:example", names, "DNS:", ".example"),
                            .issuer = &root,
                            .key = "leaf"});
    return check_path(std::vector{leaf}, AnchorSet({root}), kNow, {}).faults;
  };
  constexpr std::size_t most = kMaxNameComparisons / constraints - 1;  // reading them counts as one
  EXPECT_THAT(faults(most), IsEmpty());
  EXPECT_THAT(faults(most + 1), ElementsAre(AllOf(Field(&Fault::code, PathFault::path_budget),
                                                  Field(&Fault::index, 1U))));
}

TEST(PathBudget, FollowsNoMorePoliciesThanItHasTimeFor) {
  const auto root = made({.subject = "/CN=root", .extensions = ca()});
  const auto faults = [&](std::size_t policies) {
    const auto issuing =
        made({.subject = "/CN=int",
              .extensions = ca("certificatePolicies=" + repeated("1.2.3", policies, "1.2.", "")),
              .issuer = &root});
    const auto leaf = made({.subject = "/CN=leaf", .issuer = &issuing});
    return check_path(std::vector{leaf, issuing}, AnchorSet({root}), kNow, {}).faults;
  };
  constexpr std::size_t most = kMaxPolicySteps / 2;  // both certificates pass them on
  EXPECT_THAT(faults(most), IsEmpty());
  EXPECT_THAT(faults(most + 1), kSaysBudget);
}

TEST(PathBudget, NamesOfWhatIsThereByTheThousandNoMoreThanAFew) {
  const auto root = made({.subject = "/CN=root", .extensions = ca()});
  const auto faults = [&](const std::string& extensions) {
    const auto leaf = made({.subject = "/CN=leaf", .extensions = extensions, .issuer = &root});
    return check_path(std::vector{leaf}, AnchorSet({root}), kNow, {}).faults;
  };
  std::string critical;
  for (int at = 0; at < 10; ++at)
    critical += "1.2.3." + std::to_string(at) + "=critical,ASN1:NULL\n";
  EXPECT_THAT(faults(critical), SizeIs(10));
  EXPECT_THAT(faults(critical + "1.2.4=critical,ASN1:NULL\n"), SizeIs(10));
  const auto usages = faults("extendedKeyUsage=" + repeated("1.2.3", 1'000, "1.2.", ""));
  EXPECT_THAT(usages, ElementsAre(Field(&Fault::code, PathFault::eku_missing)));
  EXPECT_LT(usages[0].detail.size(), 200U);
  // A name of 20 kB that no issuer may name.
  const auto constrained =
      made({.subject = "/CN=root", .extensions = ca("nameConstraints=permitted;DNS:example")});
  const auto leaf = made({.subject = "/CN=leaf",
                          .extensions = "subjectAltName=DNS:" + std::string(20'000, 'a'),
                          .issuer = &constrained});
  const auto named = check_path(std::vector{leaf}, AnchorSet({constrained}), kNow, {}).faults;
  EXPECT_THAT(named, ElementsAre(Field(&Fault::code, PathFault::name_constraint)));
  EXPECT_LT(named[0].detail.size(), 2'000U);
}

}  // namespace
}  // namespace sealtone::x509
