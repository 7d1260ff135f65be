// SPDX-License-Identifier: Apache-2.0
//
// trust/doctor: certificates for the list of trusted ones.
#include "trust/doctor_fixture.h"

namespace sealtone::trust {
namespace {

using std::chrono::days;
using ::testing::ElementsAre;
using testing::family;
using ::testing::IsEmpty;
using testing::kThen;
using ::testing::UnorderedElementsAre;
using testing::words;
using x509::test::ca;
using x509::test::made;

Diagnosis as_list(const Upload& upload) {
  return examine(upload, {.use = Use::trusted, .now = kThen});
}

TEST(DoctorTrusted, FindsNothingWrongWithAuthorities) {
  const auto& it = family();
  const auto diagnosis = as_list({{it.root, it.middle}, {}, {}});
  EXPECT_THAT(words(diagnosis), IsEmpty());
  EXPECT_THAT(diagnosis.roles, ElementsAre(Part::authority, Part::authority));
  EXPECT_THAT(diagnosis.chain, ElementsAre(it.root, it.middle));
}

TEST(DoctorTrusted, IsWhatAuthoritiesAloneAreTakenFor) {
  const auto& it = family();
  const auto diagnosis = examine({{it.root, it.middle}, {}, {}}, {.now = kThen});
  EXPECT_EQ(diagnosis.use, Use::trusted);
  EXPECT_EQ(diagnosis.because, Because::only_authorities);
}

TEST(DoctorTrusted, NamesAPinAndTakesIt) {
  const auto& it = family();
  const auto diagnosis = as_list({{it.leaf}, {}, {}});
  EXPECT_THAT(words(diagnosis), ElementsAre("pin"));
  EXPECT_THAT(diagnosis.roles, ElementsAre(Part::pin));
  EXPECT_TRUE(diagnosis.found());
  EXPECT_FALSE(diagnosis.refuses());
}

TEST(DoctorTrusted, RemarksOnWhatHelpsNobodyAndTakesIt) {
  const auto late = made(
      {.subject = "/CN=Late", .extensions = ca(), .validity = {kThen - days(90), kThen - days(1)}});
  const auto soon = made(
      {.subject = "/CN=Soon", .extensions = ca(), .validity = {kThen - days(90), kThen + days(1)}});
  const auto no_bit =
      made({.subject = "/CN=No bit", .extensions = "keyUsage=critical,keyCertSign\n"});
  const auto diagnosis = as_list({{late, soon, no_bit}, {}, {}});
  EXPECT_THAT(words(diagnosis), UnorderedElementsAre("expired", "expires-soon", "not-a-ca"));
  EXPECT_FALSE(diagnosis.refuses());
}

TEST(DoctorTrusted, TakesWhoIssuedAnotherForAnAuthorityWithoutTheBit) {
  const auto plain = made({.subject = "/CN=Plain", .extensions = "basicConstraints=CA:FALSE\n"});
  const auto below = made({.subject = "/CN=Below plain", .issuer = &plain});
  EXPECT_THAT(words(as_list({{plain, below}, {}, {}})), UnorderedElementsAre("not-a-ca", "pin"));
  EXPECT_THAT(words(as_list({{plain}, {}, {}})), ElementsAre("pin"));
}

TEST(DoctorTrusted, RefusesAPrivateKeyAndWhatCannotBeRead) {
  const auto& it = family();
  EXPECT_THAT(words(as_list({{it.root}, {it.key}, {}})), ElementsAre("key-in-list"));
  EXPECT_TRUE(as_list({{it.root}, {it.key}, {}}).refuses());
  const auto broken = as_list({{it.root}, {}, {"PEM block 2 is damaged"}});
  EXPECT_THAT(words(broken), ElementsAre("unreadable"));
  EXPECT_TRUE(broken.refuses());
  EXPECT_TRUE(as_list({}).refuses());
}

TEST(DoctorTrusted, TakesEachOnce) {
  const auto& it = family();
  const auto diagnosis = as_list({{it.root, it.root}, {}, {}});
  EXPECT_THAT(words(diagnosis), ElementsAre("duplicate"));
  EXPECT_THAT(diagnosis.chain, ElementsAre(it.root));
}

}  // namespace
}  // namespace sealtone::trust
