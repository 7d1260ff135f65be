// SPDX-License-Identifier: Apache-2.0
//
// sip/message_summary: how many new voice messages wait.
//
// Source: RFC 3842 §3.5, §5.2 ("Messages-Waiting: yes", "Voice-Message: 2/8 (0/2)").
// Errors: bad_input.
#pragma once

#include <string_view>

#include "base/result.h"

namespace sealtone::sip {

inline constexpr int kMaxWaitingMessages = 9'999;  // what is more is shown as this

// A "yes" without a count is one message.
[[nodiscard]] base::Result<int> waiting_messages(std::string_view summary);

}  // namespace sealtone::sip
