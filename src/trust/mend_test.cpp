// SPDX-License-Identifier: Apache-2.0
#include "trust/mend.h"

#include "trust/doctor_fixture.h"
#include "x509/parse.h"

namespace sealtone::trust {
namespace {

using base::ErrorCode;
using ::testing::ElementsAre;
using testing::examined;
using testing::family;
using ::testing::IsEmpty;
using testing::key_of;
using testing::kThen;
using testing::words;
using x509::test::made;

base::Result<Upload> mended(const Upload& upload, DoctorOptions options = {.now = kThen}) {
  return mend(upload, examine(upload, options));
}

TEST(Mend, GivesLeafIssuersAndTheKeyThatFits) {
  const auto& it = family();
  const auto stray = made({.subject = "/CN=Stray", .extensions = x509::test::ca()});
  const Upload upload{{it.root, stray, it.middle, it.leaf, it.leaf},
                      {key_of("/CN=Nobody"), it.key},
                      {"x.pem: PEM block 9 is damaged"}};
  const auto good = mended(upload).value();
  EXPECT_THAT(good.certificates, ElementsAre(it.leaf, it.middle));
  ASSERT_EQ(good.keys.size(), 1U);
  EXPECT_TRUE(it.leaf.matches(good.keys.front()));
  const std::vector<x509::Certificate> held{it.root};
  EXPECT_THAT(words(examined(good, {.at_hand = held, .now = kThen})), IsEmpty());
}

TEST(Mend, AddsAMissingIntermediateThatIsAtHand) {
  const auto& it = family();
  const std::vector<x509::Certificate> held{it.root, it.middle};
  const auto good = mended({{it.leaf}, {it.key}, {}}, {.at_hand = held, .now = kThen}).value();
  EXPECT_THAT(good.certificates, ElementsAre(it.leaf, it.middle));
}

// What is examined is what is stored: there is one way to put a chain in order.
TEST(Mend, GivesTheCredentialThatIsStored) {
  const auto& it = family();
  const Upload upload{{it.root, it.middle, it.leaf}, {key_of("/CN=Nobody"), it.key}, {}};
  const auto credential = credential_of(upload, examine(upload, {.now = kThen})).value();
  EXPECT_THAT(credential.chain, ElementsAre(it.leaf, it.middle));
  EXPECT_TRUE(it.leaf.matches(credential.key));
  const Upload without{{it.leaf}, {}, {}};
  EXPECT_EQ(credential_of(without, examine(without, {.now = kThen})).error().code,
            ErrorCode::mismatch);
}

TEST(Mend, RefusesWhatItCannotKnow) {
  const auto& it = family();
  EXPECT_EQ(mended({{it.leaf}, {key_of("/CN=Nobody")}, {}}).error().code, ErrorCode::mismatch);
  const auto other = made({.subject = "/CN=Other", .issuer = &it.middle});
  EXPECT_EQ(mended({{it.leaf, other, it.middle}, {}, {}}).error().code, ErrorCode::mismatch);
  EXPECT_EQ(mended({{}, {it.key}, {}}).error().code, ErrorCode::bad_input);
}

TEST(Mend, MakesAListOfEachOnceWithoutKeys) {
  const auto& it = family();
  const auto good =
      mended({{it.root, it.root, it.middle}, {it.key}, {}}, {.use = Use::trusted, .now = kThen})
          .value();
  EXPECT_THAT(good.certificates, ElementsAre(it.root, it.middle));
  EXPECT_THAT(good.keys, IsEmpty());
}

TEST(Mend, WritesOneFileThatIsReadAsItWas) {
  const auto& it = family();
  const auto file = pem({{it.leaf, it.middle}, {it.key}, {}}).value();
  const auto read = x509::parse(file.view(), "mended.pem").value();
  EXPECT_THAT(read.certificates, ElementsAre(it.leaf, it.middle));
  ASSERT_EQ(read.keys.size(), 1U);
  EXPECT_TRUE(it.leaf.matches(read.keys.front()));
  EXPECT_THAT(read.notes, IsEmpty());
}

}  // namespace
}  // namespace sealtone::trust
