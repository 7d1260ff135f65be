// SPDX-License-Identifier: Apache-2.0
#include "admin/api.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "admin/answers.h"
#include "admin/body.h"
#include "admin/origin.h"
#include "admin/page_files.h"
#include "admin/routes.h"
#include "admin/sessions.h"
#include "crypto/crypto.h"

namespace sealtone::admin {
namespace {

using net::Task;
using nlohmann::json;

// The prefix makes browsers hold the cookie to this host, path / and TLS (RFC 6265bis §4.1.3.2).
constexpr std::string_view kCookie = "__Host-sealtone";
constexpr std::string_view kCookieAttributes = "; Path=/; Secure; HttpOnly; SameSite=Strict";
constexpr std::size_t kMaxPasswordBytes = 1'024;

struct Row {
  std::string_view method;
  std::string_view path;  // a final * stands for one more segment
  Route route;
  bool local_only = false;
};

constexpr std::array kRoutes{
    Row{"GET", "/api/status", show_status},
    Row{"GET", "/api/trusted", list_trusted},
    Row{"POST", "/api/trusted", add_trusted},
    Row{"DELETE", "/api/trusted/*", remove_trusted},
    Row{"GET", "/api/server-certificate", show_server_certificate},
    Row{"POST", "/api/server-certificate", set_server_certificate},
    Row{"DELETE", "/api/server-certificate", clear_server_certificate},
    Row{"POST", "/api/server-certificate/undo", undo_server_certificate},
    Row{"DELETE", "/api/server-certificate/previous", forget_previous_certificate},
    Row{"GET", "/api/settings", list_settings},
    Row{"GET", "/api/settings/*", show_setting},
    Row{"PUT", "/api/settings", change_settings},
    Row{"POST", "/api/provision", provision_now},
    Row{"POST", "/api/provision/try", try_provisioning},
    Row{"GET", "/api/connections", list_connections},
    Row{"GET", "/api/connections/*", show_connection},
    Row{"POST", "/api/admin/password-reset", reset_password, true},
};

bool fits(std::string_view pattern, std::string_view path) {
  if (!pattern.ends_with('*')) return pattern == path;
  pattern.remove_suffix(1);
  return path.starts_with(pattern) && path.size() > pattern.size() &&
         path.find('/', pattern.size()) == std::string_view::npos;
}

http::Response wrong_method(std::string allowed) {
  auto response = refuse(405, "wrong-method", "This address does not do that.");
  response.fields.emplace_back("Allow", std::move(allowed));
  return response;
}

http::Response file_answer(const http::Request& request, std::string_view path) {
  const auto file = page_file(path);
  if (!file) return refuse(404, "not-found", "There is nothing at this address.");
  if (request.method != "GET" && request.method != "HEAD") return wrong_method("GET, HEAD");
  http::Response response;
  response.fields = {{"Content-Type", std::string(file->content_type)}};
  response.body = file->content;
  return response;
}

}  // namespace

struct Api::State {
  PhoneControl& phone;
  const base::Clock& clock;
  ApiOptions options;
  Sessions sessions;
  Attempts attempts;

  Task<http::Response> answer(const http::Request& request, const Caller& caller);
  Task<http::Response> session(const http::Request& request, const Caller& caller);
  Task<http::Response> log_in(const http::Request& request, const Caller& caller);
  [[nodiscard]] std::optional<http::Response> turn_away(const http::Request& request);
};

Api::Api(PhoneControl& phone, base::Random& random, const base::Clock& clock, ApiOptions options)
    : state_(std::make_unique<State>(phone, clock, options, Sessions(random, options.relog),
                                     Attempts())) {}

Api::~Api() = default;

Task<http::Response> Api::handle(http::Request request, Caller caller) {
  const bool is_file = !request.target.starts_with("/api/");
  auto response = co_await state_->answer(request, caller);
  http::wipe(request);
  add_security_fields(response, is_file);
  co_return response;
}

Task<http::Response> Api::State::answer(const http::Request& request, const Caller& caller) {
  if (!caller.local && !host_is_own(request.field("Host"), options.own_names)) {
    co_return refuse(
        421, "not-this-host",
        "The phone is asked for under a name that is not its own; use its IP address.");
  }
  const std::string path = request.target.substr(0, request.target.find('?'));
  if (!path.starts_with("/api/")) co_return file_answer(request, path);
  if (path == "/api/session") {
    auto response = co_await session(request, caller);
    co_return response;
  }

  if (!caller.local) {
    auto away = turn_away(request);
    if (away) co_return std::move(*away);
  }
  std::string allowed;
  for (const auto& row : kRoutes) {
    if (!fits(row.path, path)) continue;
    if (row.method != request.method) {
      allowed += (allowed.empty() ? "" : ", ") + std::string(row.method);
      continue;
    }
    if (row.local_only && !caller.local) {
      co_return refuse(403, "local-only",
                       "This is done on the phone itself: sealtone admin reset-password.");
    }
    Call call{phone, request, clock, caller.local, {}};
    if (row.path.ends_with('*')) call.tail = path.substr(row.path.size() - 1);
    auto response = co_await row.route(std::move(call));
    if (row.local_only && response.status == 200) {
      sessions.close_all();
      attempts = Attempts();  // what was guessed before is no guess of the new password
    }
    co_return response;
  }
  if (!allowed.empty()) co_return wrong_method(std::move(allowed));
  co_return refuse(404, "not-found", "There is nothing at this address.");
}

// Who is not logged in, or whose change does not come from the phone's own page.
std::optional<http::Response> Api::State::turn_away(const http::Request& request) {
  const auto csrf = sessions.csrf_of(cookie(request, kCookie), clock.steady());
  if (!csrf) return refuse(401, "log-in", "Log in first.");
  if (request.method == "GET" || request.method == "HEAD") return std::nullopt;
  const bool token_fits =
      crypto::equal_in_constant_time(base::view(request.field("X-CSRF-Token")), base::view(*csrf));
  if (!token_fits || !origin_fits(request)) {
    return refuse(403, "not-from-the-page",
                  "The change did not come from this phone's page; load the page again.");
  }
  return std::nullopt;
}

Task<http::Response> Api::State::session(const http::Request& request, const Caller& caller) {
  const auto id = cookie(request, kCookie);
  const auto csrf = sessions.csrf_of(id, clock.steady());
  if (request.method == "GET") {
    if (caller.local) co_return answer_json(200, {{"logged_in", true}});
    co_return answer_json(
        200, csrf ? json{{"logged_in", true}, {"csrf", *csrf}} : json{{"logged_in", false}});
  }
  if (request.method == "DELETE") {
    auto away = turn_away(request);
    if (away) co_return std::move(*away);
    sessions.close(id);
    auto response = answer_json(200, {{"logged_in", false}});
    response.fields.emplace_back(
        "Set-Cookie", std::string(kCookie) + "=; Max-Age=0" + std::string(kCookieAttributes));
    co_return response;
  }
  if (request.method != "POST") co_return wrong_method("GET, POST, DELETE");
  if (!origin_fits(request)) {
    co_return refuse(
        403, "not-from-the-page",
        "The log-in did not come from this phone's page; open the page and log in there.");
  }
  auto response = co_await log_in(request, caller);
  co_return response;
}

Task<http::Response> Api::State::log_in(const http::Request& request, const Caller& caller) {
  const auto wait = attempts.wait(caller.address, clock.steady());
  if (wait.count() > 0) {
    auto response =
        refuse(429, "wait",
               fmt::format("Too many wrong passwords came in; wait {} second{} before the next.",
                           wait.count(), wait.count() == 1 ? "" : "s"));
    response.fields.emplace_back("Retry-After", std::to_string(wait.count()));
    co_return response;
  }
  const auto body = json_object(request.body);
  if (!body) co_return refuse(body.error());
  std::string password = text_member(*body, "password");
  std::string new_password = text_member(*body, "new_password");
  if (password.empty() || password.size() > kMaxPasswordBytes ||
      new_password.size() > kMaxPasswordBytes) {
    co_return refuse(422, "bad-input", "A password is missing, or longer than a password can be.");
  }

  const bool chooses = !new_password.empty();
  attempts.wrong(caller.address, clock.steady());  // until it proves right
  auto result = co_await phone.log_in(std::move(password), std::move(new_password));
  if (!result) {
    attempts.unjudged(caller.address);
    const int status =
        result.error().code == base::ErrorCode::busy ? 429 : status_for(result.error().code);
    auto response = refuse(result.error());
    response.status = status;
    if (status == 429) response.fields.emplace_back("Retry-After", "1");
    co_return response;
  }
  switch (*result) {
    case LogIn::wrong: co_return refuse(401, "wrong-password", "That is not the password.");
    case LogIn::choose_password:
      attempts.right(caller.address);
      co_return refuse(
          403, "choose-password",
          "The one-time password is right; choose a password of your own with it, at least "
          "10 characters long.");
    case LogIn::accepted: break;
  }
  attempts.right(caller.address);
  if (chooses) sessions.close_all();  // who knew the password before is not in any more
  const auto opened = sessions.open(clock.steady());
  auto response = answer_json(200, {{"csrf", opened.csrf}});
  response.fields.emplace_back(
      "Set-Cookie", std::string(kCookie) + "=" + opened.id + std::string(kCookieAttributes));
  co_return response;
}

}  // namespace sealtone::admin
