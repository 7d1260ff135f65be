// SPDX-License-Identifier: Apache-2.0
//
// explain/revoked: the reason of a revocation in words, and what follows from it.
#include "explain/revoked.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "trust/fixtures.h"

namespace sealtone::explain {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

trust::Evidence because(const std::string& reason) {
  trust::Evidence evidence;
  if (!reason.empty()) evidence.found = {reason};
  return evidence;
}
std::string said(const std::string& reason) {
  return revoked_by("its certificate", trust::testing::certificate("leaf").issuer(),
                    because(reason));
}
std::string step(const std::string& reason) {
  return instead_of_revoked(because(reason), "\"Acme\"");
}
std::string step_above(const std::string& reason) {
  return instead_of_revoked_issuer(because(reason), "\"Acme\"");
}

TEST(Revoked, SaysTheReasonInWordsAndByItsName) {
  EXPECT_THAT(said("keyCompromise"),
              HasSubstr(", because its private key became known, or may have (keyCompromise)"));
  EXPECT_THAT(said("superseded"), HasSubstr(", because another one took its place (superseded)"));
  EXPECT_THAT(said("cessationOfOperation"), HasSubstr("not needed any more"));
  EXPECT_THAT(said("privilegeWithdrawn"), HasSubstr("was withdrawn (privilegeWithdrawn)"));
  EXPECT_THAT(said(""), Not(HasSubstr("because")));
  EXPECT_THAT(said("of another kind"), Not(HasSubstr("another kind")));
}

TEST(Revoked, SaysThatOneIsOnHoldAndWhoReleasesIt) {
  EXPECT_THAT(said("certificateHold"), HasSubstr("was put on hold by "));
  EXPECT_THAT(said("certificateHold"), Not(HasSubstr("revoked")));
  EXPECT_THAT(step("certificateHold"), HasSubstr("Ask \"Acme\" to release it"));
  EXPECT_THAT(step("certificateHold"), Not(HasSubstr("new key")));
  EXPECT_THAT(step_above("certificateHold"), HasSubstr("Ask \"Acme\" to release it"));
}

TEST(Revoked, WantsANewKeyWhereTheOldOneMayBeKnown) {
  for (const char* reason : {"", "keyCompromise", "cACompromise", "aACompromise"}) {
    EXPECT_THAT(step(reason), HasSubstr("ut a new certificate for a new key on the server."))
        << reason;
  }
  for (const char* reason :
       {"affiliationChanged", "superseded", "cessationOfOperation", "privilegeWithdrawn"}) {
    EXPECT_THAT(step(reason), Not(HasSubstr("new key"))) << reason;
  }
}

TEST(Revoked, SendsToAnotherAuthorityWhereThatOfAnAuthorityIs) {
  for (const char* reason : {"", "keyCompromise", "superseded", "certificateHold"}) {
    EXPECT_THAT(step_above(reason),
                HasSubstr("ave the server's certificate issued again, by a certificate authority "
                          "whose own certificate is not revoked."))
        << reason;
  }
}

}  // namespace
}  // namespace sealtone::explain
