// SPDX-License-Identifier: Apache-2.0
#include "admin/answers.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "explain/wording.h"

namespace sealtone::admin {
namespace {

constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'";

constexpr std::size_t kMaxSaysChars = 4'000;

// With its full stop, and its capital unless it begins with a name ("static.…: 7 is not …").
std::string sentence(const std::string& where, std::string text) {
  if (where.empty()) text = explain::capital(std::move(text));
  const bool ended =
      !text.empty() && std::string_view(".!?").find(text.back()) != std::string_view::npos;
  return ended ? text : text + ".";
}

}  // namespace

http::Response answer_json(int status, const nlohmann::json& body) {
  http::Response response;
  response.status = status;
  response.fields = {{"Content-Type", "application/json"}};
  // Octets of a peer that are no UTF-8 become U+FFFD, never an exception.
  response.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return response;
}

http::Response refuse(int status, std::string_view code, std::string_view says) {
  return answer_json(status, {{"code", code}, {"says", base::visible(says, kMaxSaysChars)}});
}

http::Response refuse(const base::Error& error) {
  return refuse(status_for(error.code), base::word(error.code),
                sentence(error.where, base::to_string(error)));
}

int status_for(base::ErrorCode code) {
  using enum base::ErrorCode;
  switch (code) {
    case bad_input:
    case wrong_kind:
    case mismatch:
    case unsupported: return 422;
    case too_large: return 413;
    case not_found: return 404;
    case exists: return 409;
    case not_allowed: return 403;
    case busy: return 503;
    case timeout:
    case unreachable:
    case closed: return 502;
    case io:
    case internal: return 500;
  }
  return 500;
}

void add_security_fields(http::Response& response, bool may_be_stored) {
  response.fields.insert(response.fields.end(),
                         {{"Content-Security-Policy", kPolicy},
                          {"X-Content-Type-Options", "nosniff"},
                          {"Referrer-Policy", "no-referrer"},
                          {"Cross-Origin-Opener-Policy", "same-origin"},
                          {"Cross-Origin-Resource-Policy", "same-origin"},
                          {"Cache-Control", may_be_stored ? "no-cache" : "no-store"}});
}

}  // namespace sealtone::admin
