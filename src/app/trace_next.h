// SPDX-License-Identifier: Apache-2.0
//
// app/trace_next: what to do next about a captured connection whose certificates were judged.
//
// Where a client refused the server's certificate, the judge's next step is nearer to the matter
// than what its alert alone allows; of several profiles each has its own.
#pragma once

#include <string>

#include "app/trace_judge.h"
#include "explain/outcome.h"

namespace sealtone::app {

// Whether the judge's answer takes the place of the outcome's own next step.
[[nodiscard]] bool judge_knows_more(const explain::ConnectionOutcome& outcome,
                                    const Judgement& judgement);
// Where the client refused the certificate, in which the judge finds nothing to refuse: what the
// phone must lack; else empty.
[[nodiscard]] std::string what_the_phone_lacks(const explain::ConnectionOutcome& outcome,
                                               const Judged& judged);
// Of all that judged, in one paragraph.
[[nodiscard]] std::string next_by_judge(const Judgement& judgement);

}  // namespace sealtone::app
