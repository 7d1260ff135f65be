// SPDX-License-Identifier: Apache-2.0
//
// trust/answer_to_come: a verdict where the server's answer of OCSP is still to come.
//
// Source: RFC 6066 §8: up to TLS 1.2 a server sends it in a message behind its certificates, and it
// tells of the server's own alone (RFC 6960).  What the policy demands to be known of the others is
// known now or never.  Quiet.
#pragma once

#include <functional>

#include "trust/trust.h"

namespace sealtone::trust {

// judge: the same certificates by another policy; called twice only where it is demanded that
// something is known, and of the server's own nothing is yet.
[[nodiscard]] Verdict judge_before_answer(Policy policy,
                                          const std::function<Verdict(const Policy&)>& judge);

}  // namespace sealtone::trust
