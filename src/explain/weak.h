// SPDX-License-Identifier: Apache-2.0
//
// explain/weak: what is weak about a peer that was accepted, though no reason to refuse it.
//
// Source: RFC 8996 (TLS 1.0 and 1.1), RFC 9325 (what TLS should be used with); what the judge told
// besides (trust::Weakness).
#pragma once

#include <string>
#include <vector>

#include "explain/explain.h"

namespace sealtone::explain {

inline constexpr std::chrono::days kEndsSoon{21};

// A sentence each; nothing of a peer that was refused, or was not met.
[[nodiscard]] std::vector<std::string> weak_points(const trust::Verdict& verdict,
                                                   const handshake::HandshakeRecord& record,
                                                   const Context& context);

}  // namespace sealtone::explain
