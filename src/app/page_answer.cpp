// SPDX-License-Identifier: Apache-2.0
#include "app/page_answer.h"

#include <fmt/format.h>

#include "base/text.h"
#include "base/user_information.h"
#include "http/message.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;

constexpr std::size_t kLongest = 200;

std::string meaning(const PageRequest& request, const http::Response& response) {
  const int status = response.status;
  if (status == 401) {
    return request.with_user ? "it does not take this user name and password"
                             : "it wants a user name and a password; give them with --user and "
                               "--password-file";
  }
  if (status == 403) return "it does not give that to whoever asks from here";
  if (status == 404 || status == 410) return "it has nothing there";
  if (status >= 500) return "something is wrong on the server itself; its log says what";
  if (status >= 400) return "it does not take that request";
  if (const auto location = response.field("location"); status >= 300 && !location.empty()) {
    return fmt::format("it sends on to {}, which was not checked",
                       base::visible(base::without_user_information(location), kLongest));
  }
  if (status >= 300) return "it gives nothing itself";
  return fmt::format("{} octets came", response.body.size());
}

std::string why_not(const base::Error& error, std::chrono::seconds limit) {
  const auto detail = base::visible(error.detail, kLongest);
  switch (error.code) {
    case ErrorCode::timeout: return fmt::format("was not whole within {} seconds", limit.count());
    case ErrorCode::closed: return fmt::format("did not come whole: {}", detail);
    default: return fmt::format("cannot be used: {}", detail);
  }
}

}  // namespace

PageAnswer page_answer(const PageRequest& request, const base::Result<http::Response>& response) {
  const auto asked = "GET " + base::visible(request.target, kLongest);
  if (!response) {
    return {std::nullopt, fmt::format("The server's answer to {} {}.", asked,
                                      why_not(response.error(), request.limit))};
  }
  const int status = response->status;
  const auto reason =
      response->reason.empty() ? std::string(http::reason_phrase(status)) : response->reason;
  return {status, fmt::format("The server answered {} with {}{}{}: {}.", asked, status,
                              reason.empty() ? "" : " ", base::visible(reason, kLongest),
                              meaning(request, *response))};
}

}  // namespace sealtone::app
