// SPDX-License-Identifier: Apache-2.0
#include "app/sip_answer.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "sip/shown.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;

constexpr std::size_t kLongestPart = 200;
constexpr std::size_t kMostMethods = 32;
constexpr std::size_t kLongestMethod = 32;

std::string what_it_means(const sip::Message& response) {
  const int status = response.status;
  if (status < 300) return "it speaks SIP";
  if (status == 401 || status == 407) {
    return "it speaks SIP, and wants to know first who asks; no password is shown to it here";
  }
  if (status == 403) return "it speaks SIP, and does not tell that to whoever asks from here";
  if (status == 404) return "it speaks SIP, and does not know that address";
  if (status == 405 || status == 501) return "it speaks SIP, and takes no OPTIONS";
  if (status < 400) return "it speaks SIP, and sends on to elsewhere, which was not checked";
  if (status >= 500 && status < 600) {
    return "it speaks SIP; something is wrong on the server itself, and its log says what";
  }
  return "it speaks SIP, and does not take that request";
}

std::string why_none(const std::string& asked, const base::Error& error,
                     std::chrono::seconds limit) {
  const auto detail = base::visible(error.detail, kLongestPart);
  if (error.code == ErrorCode::timeout) {
    return fmt::format("Nothing came in SIP within {} seconds: {}.", limit.count(), detail);
  }
  return fmt::format("{} was not answered in SIP: {}.", asked, detail);
}

std::vector<std::string> methods_of(const sip::Message& response) {
  std::vector<std::string> methods;
  for (const auto& method : response.all("Allow")) {
    if (methods.size() == kMostMethods) break;
    methods.push_back(base::visible(method, kLongestMethod));
  }
  return methods;
}

}  // namespace

SipAnswer sip_answer(const SipRequest& request, const base::Result<sip::Message>& response) {
  const auto asked = "OPTIONS " + base::visible(request.uri, kLongestPart);
  if (!response) return {.says = why_none(asked, response.error(), request.limit)};
  SipAnswer answer{.status = response->status,
                   .reason = base::visible(response->reason, kLongestPart),
                   .server = base::visible(response->field("Server"), kLongestPart),
                   .allow = methods_of(*response),
                   .says = {}};
  answer.says =
      fmt::format("The server answered {} with {}{}{}: {}.", asked, response->status,
                  answer.reason.empty() ? "" : " ", answer.reason, what_it_means(*response));
  if (!answer.server.empty()) answer.says += fmt::format(" It names itself {}.", answer.server);
  if (!answer.allow.empty()) {
    answer.says += fmt::format(" It takes {}.", fmt::join(answer.allow, ", "));
  }
  return answer;
}

}  // namespace sealtone::app
