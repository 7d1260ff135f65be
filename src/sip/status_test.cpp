// SPDX-License-Identifier: Apache-2.0
//
// sip/status: whether somebody said no, or nobody answered.
#include "sip/status.h"

#include <gtest/gtest.h>

namespace sealtone::sip {
namespace {

trust::Verdict verdict(trust::Decision decision, std::vector<trust::FindingCode> codes = {}) {
  trust::Verdict verdict;
  verdict.decision = decision;
  for (const auto code : codes) verdict.findings.push_back({.code = code});
  return verdict;
}

TEST(StateAfter, TellsARefusalFromSilence) {
  using trust::Decision;
  using trust::FindingCode;
  struct {
    Cause cause;
    State state;
  } const cases[] = {
      {{Stage::settings, ""}, State::failed},
      {{Stage::dns, ""}, State::failed},
      {{Stage::tcp, ""}, State::failed},
      {{Stage::tls, "", verdict(Decision::untrusted, {FindingCode::expired})}, State::refused},
      {{Stage::tls, "", verdict(Decision::not_established, {FindingCode::handshake_timeout})},
       State::failed},
      {{Stage::tls, "", verdict(Decision::not_established, {FindingCode::alert_received})},
       State::refused},
      {{Stage::tls, "", verdict(Decision::trusted, {FindingCode::client_certificate_refused})},
       State::refused},
      {{Stage::tls, "",
        verdict(Decision::accepted_untrusted, {FindingCode::client_certificate_wanted_none_set})},
       State::refused},
      {{Stage::sip, ""}, State::failed},  // no answer
      {{Stage::sip, "", {}, 403}, State::refused},
      {{Stage::authentication, "", {}, 401}, State::refused},
  };
  for (const auto& each : cases) {
    EXPECT_EQ(state_after(each.cause), each.state) << word(each.cause.stage);
  }
}

TEST(SipWords, AreStable) {
  EXPECT_STREQ(word(State::waiting_for_permission), "waiting-for-permission");
  EXPECT_STREQ(word(State::off), "off");
  EXPECT_STREQ(word(Stage::authentication), "authentication");
  EXPECT_STREQ(word(Stage::settings), "settings");
  EXPECT_STREQ(word(Transport::tls), "TLS");
}

}  // namespace
}  // namespace sealtone::sip
