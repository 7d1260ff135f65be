// SPDX-License-Identifier: Apache-2.0
//
// sip/causes: what became of a try, in words, and what follows from it.
//
// Source: RFC 3263 §4.3 (which failures another address may mend).  Quiet.
#pragma once

#include <optional>
#include <vector>

#include "sip/registration.h"
#include "sip/status.h"
#include "tls/tls.h"

namespace sealtone::sip {

// How one address, and then one try at a server, ended.
struct Tried {
  Cause cause = {};
  bool elsewhere = false;  // another address may do better
  bool lasted = false;     // it was registered, for long enough to count
  std::optional<std::chrono::seconds> retry_after = {};
  std::vector<Uri> redirected_to = {};
};

// secured: the connection, null without TLS.  What its end shows (a certificate of ours that is
// missing or refused) goes before "it was closed".
[[nodiscard]] Tried no_answer(const base::Error& why, const tls::TlsStream* secured);
[[nodiscard]] Tried refused_by(const Refused& refused);

// Of several addresses, the one that came furthest says why.
[[nodiscard]] bool says_more(const Cause& cause, const std::optional<Tried>& than);

}  // namespace sealtone::sip
