// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <openssl/x509_vfy.h>

#include <set>

#include "trust/trust.h"

namespace sealtone::trust {
namespace {

TEST(VerifyErrorFor, GivesEveryFindingAnErrorOfOpenSsl) {
  for (const auto code : all_finding_codes()) {
    EXPECT_NE(verify_error_for(code), X509_V_OK) << word(code);
    EXPECT_NE(verify_error_for(code), X509_V_ERR_UNSPECIFIED) << word(code);
  }
}

TEST(VerifyErrorFor, TakesTheGravestFindingWhereverItStands) {
  Verdict verdict{.decision = Decision::untrusted, .findings = {}, .path = {}};
  verdict.findings.push_back({FindingCode::weak_key, 0, {}});
  verdict.findings.push_back({FindingCode::issuer_unknown, 1, {}});
  verdict.findings.push_back({FindingCode::expired, 0, {}});
  EXPECT_EQ(verify_error_for(verdict), X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
}

TEST(VerifyErrorFor, LetsWhatIsAcceptedPassAndNothingElse) {
  Verdict verdict;
  EXPECT_NE(verify_error_for(verdict), X509_V_OK);
  verdict.findings.push_back({FindingCode::expired, 0, {}});
  verdict.decision = Decision::accepted_untrusted;
  EXPECT_EQ(verify_error_for(verdict), X509_V_OK);
  verdict.decision = Decision::trusted;
  EXPECT_EQ(verify_error_for(verdict), X509_V_OK);
  verdict.decision = Decision::untrusted;
  EXPECT_EQ(verify_error_for(verdict), X509_V_ERR_CERT_HAS_EXPIRED);
}

// RFC 8446 §6.2: unknown_ca would send the admin after an issuer that nothing is wrong with.
TEST(VerifyErrorFor, UnknownRevocationBlamesNoIssuer) {
  EXPECT_EQ(verify_error_for(FindingCode::revocation_unknown), X509_V_ERR_OCSP_VERIFY_NEEDED);
}

TEST(Words, AreDifferentForEveryCodeAndTheGravityOrdersThemAll) {
  std::set<std::string> seen;
  int place = 0;
  for (const auto code : all_finding_codes()) {
    EXPECT_TRUE(seen.insert(word(code)).second) << word(code);
    EXPECT_EQ(gravity(code), place++);
  }
  EXPECT_EQ(seen.size(), static_cast<std::size_t>(FindingCode::truncated) + 1);
}

TEST(Words, SpellTheDecisionsAsTheyStandInJson) {
  EXPECT_STREQ(word(Decision::trusted), "trusted");
  EXPECT_STREQ(word(Decision::untrusted), "untrusted");
  EXPECT_STREQ(word(Decision::accepted_untrusted), "accepted-untrusted");
  EXPECT_STREQ(word(Decision::not_established), "not-established");
}

}  // namespace
}  // namespace sealtone::trust
