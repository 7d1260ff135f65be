// SPDX-License-Identifier: Apache-2.0
//
// sip/message_summary: see message_summary.h.
#include "sip/message_summary.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "sip/grammar.h"

namespace sealtone::sip {
namespace {

// "2/8 (0/2)": new, old and, of these, urgent ones.  A number too large for us is as good as many.
std::optional<int> new_ones(std::string_view counts) {
  const auto digits = grammar::trimmed(counts.substr(0, counts.find('/')));
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (digits.empty() || counts.find('/') == std::string_view::npos ||
      !std::ranges::all_of(digits, is_digit)) {
    return std::nullopt;
  }
  const auto count = grammar::number(digits).value_or(kMaxWaitingMessages);
  return static_cast<int>(std::min<std::uint32_t>(count, kMaxWaitingMessages));
}

}  // namespace

base::Result<int> waiting_messages(std::string_view summary) {
  std::optional<bool> waiting;
  std::optional<int> voice;
  for (const auto line : base::split(summary, '\n')) {
    const auto text = base::trim(line);
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) continue;
    const auto name = grammar::trimmed(text.substr(0, colon));
    const auto value = grammar::trimmed(text.substr(colon + 1));
    if (base::equal_ignoring_ascii_case(name, "Messages-Waiting")) {
      const bool yes = base::equal_ignoring_ascii_case(value, "yes");
      if (!yes && !base::equal_ignoring_ascii_case(value, "no")) break;
      waiting = yes;
    } else if (base::equal_ignoring_ascii_case(name, "Voice-Message")) {
      voice = new_ones(value);
      if (!voice)
        return grammar::malformed("the message summary has a Voice-Message without counts");
    }
  }
  if (!waiting) {
    return grammar::malformed("the message summary does not say whether messages are waiting");
  }
  return *waiting ? voice.value_or(1) : 0;
}

}  // namespace sealtone::sip
