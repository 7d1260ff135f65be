// SPDX-License-Identifier: Apache-2.0
#include "app/trace_next.h"

#include <fmt/format.h>

#include "base/text.h"
#include "explain/wording.h"

namespace sealtone::app {

bool judge_knows_more(const explain::ConnectionOutcome& outcome, const Judgement& judgement) {
  const bool by_client = outcome.failed() && outcome.by == explain::Side::client;
  return by_client && !judgement.judged.empty() && (outcome.of_certificate || outcome.next.empty());
}

std::string what_the_phone_lacks(const explain::ConnectionOutcome& outcome, const Judged& judged) {
  const auto& path = judged.verdict.path.path;
  constexpr std::uint8_t bad_certificate_status_response = 113;
  if (outcome.by == explain::Side::client && outcome.alert == bad_certificate_status_response &&
      judged.clean()) {
    return "The phone missed an answer of OCSP, or did not go by the one that was sent along, all "
           "the same: look at the phone's clock, and at the server's stapling.";
  }
  if (!outcome.of_certificate || !judged.clean() || path.empty()) return {};
  constexpr std::uint8_t bad_certificate = 42, unsupported_certificate = 43,
                         certificate_revoked = 44, certificate_expired = 45,
                         certificate_unknown = 46, unknown_ca = 48;
  const auto upload =
      fmt::format("upload {}, one of {}, to it under Security > Trusted Certificates",
                  explain::in_quotes(path.back().subject().short_name()),
                  explain::the_list(base::visible(judged.context.list_name)));
  auto anything = fmt::format(
      "The phone refused it all the same: it may not have that list ({}), or go by another date or "
      "another name (look at its clock, and at the name that it was given for the server).",
      upload);
  if (!outcome.alert) return anything;
  switch (*outcome.alert) {
    case certificate_expired:
      return "The phone took it for expired all the same: look at the phone's clock.";
    case certificate_revoked:
      return "The phone took it for revoked all the same: install a certificate that its issuer "
             "has not revoked.";
    case unknown_ca:
      return fmt::format("The phone refused it all the same, so it does not have that list: {}.",
                         upload);
    case bad_certificate:
    case unsupported_certificate:
    case certificate_unknown: return anything;
    // RFC 8446 §6.2, access_denied: "A valid certificate or PSK was received, but when access
    // control was applied, the sender decided not to proceed with negotiation."
    default: return {};
  }
}

std::string next_by_judge(const Judgement& judgement) {
  std::string next;
  for (const auto& each : judgement.judged) {
    if (!next.empty()) next += ' ';
    if (!each.profile.empty()) next += fmt::format("As {}: ", base::visible(each.profile));
    const auto& explanation = each.explanation;
    next += explanation.headline;
    if (!explanation.findings.empty()) next += " " + explanation.findings.front().fix.say;
    if (!each.lacks.empty()) next += " " + each.lacks;
  }
  return next;
}

}  // namespace sealtone::app
