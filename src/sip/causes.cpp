// SPDX-License-Identifier: Apache-2.0
//
// sip/causes: see causes.h.
#include "sip/causes.h"

#include <algorithm>
#include <array>

namespace sealtone::sip {
namespace {

// RFC 3263 §4.3: "a failure occurs if the transaction layer reports a 503 error response or a
// transport failure of some sort"; a server that is broken (500, 504) is taken for one that is
// away.
bool another_may_do(int status) {
  constexpr std::array kAway{500, 503, 504};
  return std::ranges::find(kAway, status) != kAway.end();
}

}  // namespace

Tried no_answer(const base::Error& why, const tls::TlsStream* secured) {
  using trust::FindingCode;
  Tried tried;
  tried.elsewhere = true;
  tried.cause = {Stage::sip, why.detail};
  if (secured == nullptr) return tried;
  auto verdict = secured->verdict();
  constexpr std::array kTheirNo{FindingCode::client_certificate_wanted_none_set,
                                FindingCode::client_certificate_refused,
                                FindingCode::alert_received};
  const bool said_no =
      std::ranges::any_of(kTheirNo, [&](FindingCode code) { return verdict.has(code); });
  if (!said_no || why.code == base::ErrorCode::timeout) return tried;
  tried.cause = {Stage::tls, "it ended the connection: " + why.detail, std::move(verdict)};
  return tried;
}

Tried refused_by(const Refused& refused) {
  Tried tried;
  tried.cause.stage = refused.authentication ? Stage::authentication : Stage::sip;
  tried.cause.status = refused.status;
  tried.cause.by_password = refused.by_password;
  tried.cause.text = "it answered " + std::to_string(refused.status) + " " + refused.reason;
  if (!refused.detail.empty()) tried.cause.text += ": " + refused.detail;
  tried.retry_after = refused.retry_after;
  tried.elsewhere = another_may_do(refused.status);
  return tried;
}

bool says_more(const Cause& cause, const std::optional<Tried>& than) {
  return !than || cause.stage >= than->cause.stage;
}

}  // namespace sealtone::sip
