// SPDX-License-Identifier: Apache-2.0
//
// http/authentication: see authentication.h.
#include "http/authentication.h"

#include <array>

#include "base/bytes.h"
#include "base/text.h"

namespace sealtone::http {
namespace {

using base::ErrorCode;
using base::Result;

constexpr int kUnauthorized = 401;
constexpr std::size_t kClientNonceBytes = 16;

std::vector<std::string_view> challenges_of(const Response& response) {
  std::vector<std::string_view> fields;
  for (const auto& [name, value] : response.fields) {
    if (base::equal_ignoring_ascii_case(name, "www-authenticate")) fields.emplace_back(value);
  }
  return fields;
}

}  // namespace

Result<void> Authentication::add_to(Request& request) {
  if (basic_) request.fields.emplace_back("Authorization", basic_credentials(user_, password_));
  if (!digest_) return {};
  auto value = digest_->authorization(request.method, request.target);
  if (!value) return std::unexpected(value.error());
  request.fields.emplace_back("Authorization", *std::move(value));
  return {};
}

Result<bool> Authentication::ask_again(const Response& response) {
  if (response.status != kUnauthorized) {
    const auto info = response.field("authentication-info");
    if (!digest_ || info.empty()) return false;
    if (auto proved = digest_->confirm(info); !proved) return std::unexpected(proved.error());
    return false;
  }
  const auto fields = challenges_of(response);
  if (user_.empty() || fields.empty()) return false;
  const auto offered = digest::offered(fields);
  // RFC 7616 §3.3, stale: "the client may wish to simply retry the request with a new encrypted
  // response, without re-prompting the user for a new username and password."  Once.
  const bool stale = answers_ == 1 && digest_ && offered.digest && offered.digest->stale;
  if (answers_ > 0 && !stale) return false;
  ++answers_;
  return answer(offered);
}

Result<bool> Authentication::answer(const digest::Offered& offered) {
  digest_.reset();
  basic_ = false;
  if (!offered.digest && !offered.basic) {
    return base::fail(ErrorCode::unsupported, "",
                      "the server asks for the password by " + digest::ways(offered) +
                          ", which is not supported; let it offer Digest or Basic");
  }
  if (!offered.digest) {
    basic_ = true;
    return true;
  }
  if (random_ == nullptr) {
    return base::fail(ErrorCode::internal, "", "no randomness was given for Digest");
  }
  std::array<std::uint8_t, kClientNonceBytes> octets{};
  random_->fill(octets);
  auto session = digest::Session::begin(*offered.digest, user_, password_, base::hex(octets));
  if (!session) return std::unexpected(session.error());
  digest_ = *std::move(session);
  return true;
}

}  // namespace sealtone::http
