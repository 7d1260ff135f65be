// SPDX-License-Identifier: Apache-2.0
//
// sip/status: see status.h.
#include "sip/status.h"

#include <algorithm>
#include <array>

namespace sealtone::sip {

const char* word(Stage stage) {
  switch (stage) {
    case Stage::settings: return "settings";
    case Stage::dns: return "dns";
    case Stage::tcp: return "tcp";
    case Stage::tls: return "tls";
    case Stage::sip: return "sip";
    case Stage::authentication: return "authentication";
  }
  return "";
}

const char* word(State state) {
  switch (state) {
    case State::off: return "off";
    case State::waiting_for_permission: return "waiting-for-permission";
    case State::registering: return "registering";
    case State::registered: return "registered";
    case State::refused: return "refused";
    case State::failed: return "failed";
  }
  return "";
}

State state_after(const Cause& cause) {
  using trust::FindingCode;
  if (cause.status != 0 || cause.stage == Stage::authentication) return State::refused;
  if (!cause.verdict) return State::failed;
  if (cause.verdict->decision == trust::Decision::untrusted) return State::refused;
  // Of a handshake that was trusted or never came so far: the other side's own no.
  constexpr std::array kTheirNo{FindingCode::alert_received,
                                FindingCode::client_certificate_refused,
                                FindingCode::client_certificate_wanted_none_set};
  const bool said_no =
      std::ranges::any_of(kTheirNo, [&](FindingCode code) { return cause.verdict->has(code); });
  return said_no ? State::refused : State::failed;
}

}  // namespace sealtone::sip
