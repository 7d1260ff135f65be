// SPDX-License-Identifier: Apache-2.0
#include "admin/api.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>
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
constexpr std::size_t kMaxLogInBytes = 4 * 1024;  // of a body that anybody may send

struct Row {
  std::string_view method;
  std::string_view path;  // a * stands for one segment, which is not empty
  Route route;
  std::size_t body = 0;  // octets, at most
  bool local_only = false;
};

constexpr std::array kRoutes{
    Row{"GET", "/api/status", show_status},
    Row{"GET", "/api/trusted", list_trusted},
    Row{"POST", "/api/trusted", add_trusted, base::kMaxUploadBytes},
    Row{"DELETE", "/api/trusted/*", remove_trusted},
    Row{"GET", "/api/server-certificate", show_server_certificate},
    Row{"POST", "/api/server-certificate", set_server_certificate, base::kMaxUploadBytes},
    Row{"DELETE", "/api/server-certificate", clear_server_certificate},
    Row{"POST", "/api/server-certificate/undo", undo_server_certificate},
    Row{"DELETE", "/api/server-certificate/previous", forget_previous_certificate},
    Row{"GET", "/api/revocation-lists", list_revocation_lists},
    Row{"POST", "/api/revocation-lists", add_revocation_lists, base::kMaxUploadBytes},
    Row{"DELETE", "/api/revocation-lists/*", remove_revocation_list},
    Row{"GET", "/api/rejected", list_rejected},
    Row{"GET", "/api/rejected/*", show_rejected},
    Row{"POST", "/api/rejected/*/trust", trust_rejected, kMaxJsonBytes},
    Row{"GET", "/api/clock", show_clock},
    Row{"PUT", "/api/clock/floor", lower_clock_floor, kMaxJsonBytes},
    Row{"GET", "/api/sip", show_sip},
    Row{"GET", "/api/settings", list_settings},
    Row{"GET", "/api/settings/*", show_setting},
    Row{"PUT", "/api/settings", change_settings, kMaxJsonBytes},
    Row{"POST", "/api/provision", provision_now, kMaxJsonBytes},
    Row{"POST", "/api/provision/try", try_provisioning, kMaxJsonBytes},
    Row{"GET", "/api/connections", list_connections},
    Row{"GET", "/api/connections/*", show_connection},
    Row{"GET", "/api/connections/*/capture", save_octets},
    Row{"POST", "/api/connections/*/capture", save_octets_as_asked, kMaxJsonBytes},
    Row{"GET", "/api/capture", save_octets},
    Row{"POST", "/api/capture", save_octets_as_asked, kMaxJsonBytes},
    Row{"POST", "/api/admin/password-reset", reset_password, kMaxJsonBytes, true},
};

// What stands for the pattern's *, empty if it has none; nothing if the path is another one.
std::optional<std::string_view> fits(std::string_view pattern, std::string_view path) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) {
    return pattern == path ? std::optional(std::string_view()) : std::nullopt;
  }
  const auto before = pattern.substr(0, star), behind = pattern.substr(star + 1);
  if (path.size() <= before.size() + behind.size()) return std::nullopt;
  if (!path.starts_with(before) || !path.ends_with(behind)) return std::nullopt;
  const auto segment = path.substr(star, path.size() - before.size() - behind.size());
  return segment.find('/') == std::string_view::npos ? std::optional(segment) : std::nullopt;
}

http::Response wrong_method(std::string allowed) {
  auto response = refuse(405, "wrong-method", "This address does not do that.");
  response.fields.emplace_back("Allow", std::move(allowed));
  return response;
}

std::string path_of(const http::Request& request) {
  return request.target.substr(0, request.target.find('?'));
}

// The row for the request, or why there is none.
std::expected<const Row*, http::Response> row_for(const http::Request& request) {
  const auto path = path_of(request);
  std::string allowed;
  for (const auto& row : kRoutes) {
    if (!fits(row.path, path)) continue;
    if (row.method == request.method) return &row;
    allowed += (allowed.empty() ? "" : ", ") + std::string(row.method);
  }
  if (!allowed.empty()) return std::unexpected(wrong_method(std::move(allowed)));
  return std::unexpected(refuse(404, "not-found", "There is nothing at this address."));
}

http::Response too_large(std::size_t octets, std::size_t most) {
  const auto says =
      most == 0 ? std::string("Nothing may be sent along to this address.")
                : fmt::format("The request has {} octets; at most {} are read here.", octets, most);
  return refuse(413, "too-large", says);
}

// 0 where the length is not told, as it is with chunks.
std::size_t announced(const http::Request& header) {
  const auto text = header.field("Content-Length");
  std::size_t length = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), length);
  return read.ec == std::errc::result_out_of_range ? SIZE_MAX : length;
}

std::expected<PageFile, http::Response> file_for(const http::Request& request) {
  const auto file = page_file(path_of(request));
  if (!file) {
    return std::unexpected(refuse(404, "not-found", "There is nothing at this address."));
  }
  if (request.method != "GET" && request.method != "HEAD") {
    return std::unexpected(wrong_method("GET, HEAD"));
  }
  return *file;
}

http::Response file_answer(const PageFile& file) {
  http::Response response;
  response.fields = {{"Content-Type", std::string(file.content_type)}};
  response.body = file.content;
  return response;
}

// Where an admitted request goes: to a file of the page, to a row, or, with neither, to the
// session.
struct Place {
  std::size_t body = 0;  // octets, at most
  std::optional<PageFile> file = {};
  const Row* row = nullptr;
};
using Admitted = std::expected<Place, http::Response>;

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
  // What the header section alone decides.
  [[nodiscard]] Admitted admit(const http::Request& header, const Caller& caller);
  [[nodiscard]] Admitted admit_to_session(const http::Request& header, const Caller& caller);
  [[nodiscard]] std::optional<http::Response> turn_away(const http::Request& request);
};

Api::Api(PhoneControl& phone, base::Random& random, const base::Clock& clock, ApiOptions options)
    : state_(std::make_unique<State>(phone, clock, options, Sessions(random, options.relog),
                                     Attempts())) {}

Api::~Api() = default;

http::Admission Api::admit(const http::Request& header, const Caller& caller) {
  auto place = state_->admit(header, caller);
  const auto length = announced(header);
  if (place && length > place->body) place = std::unexpected(too_large(length, place->body));
  if (place) return place->body;
  add_security_fields(place.error(), false);
  return std::unexpected(std::move(place.error()));
}

Task<http::Response> Api::handle(http::Request request, Caller caller) {
  const bool is_file = !request.target.starts_with("/api/");
  auto response = co_await state_->answer(request, caller);
  http::wipe(request);
  add_security_fields(response, is_file);
  co_return response;
}

Admitted Api::State::admit(const http::Request& header, const Caller& caller) {
  if (!caller.local && !host_is_own(header.field("Host"), options.own_names)) {
    return std::unexpected(
        refuse(421, "not-this-host",
               "The phone is asked for under a name that is not its own; use its IP address."));
  }
  const auto path = path_of(header);
  if (!path.starts_with("/api/")) {
    const auto file = file_for(header);
    if (!file) return std::unexpected(file.error());
    return Place{.file = *file};
  }
  if (path == "/api/session") return admit_to_session(header, caller);
  if (!caller.local) {
    if (auto away = turn_away(header)) return std::unexpected(*std::move(away));
  }
  const auto row = row_for(header);
  if (!row) return std::unexpected(row.error());
  if ((*row)->local_only && !caller.local) {
    return std::unexpected(refuse(
        403, "local-only", "This is done on the phone itself: sealtone admin reset-password."));
  }
  return Place{.body = (*row)->body, .row = *row};
}

Admitted Api::State::admit_to_session(const http::Request& header, const Caller& caller) {
  if (header.method == "GET") return Place{};
  if (header.method == "DELETE") {
    if (auto away = turn_away(header)) return std::unexpected(*std::move(away));
    return Place{};
  }
  if (header.method != "POST") return std::unexpected(wrong_method("GET, POST, DELETE"));
  if (!origin_fits(header)) {
    return std::unexpected(
        refuse(403, "not-from-the-page",
               "The log-in did not come from this phone's page; open the page and log in there."));
  }
  const auto wait = attempts.wait(caller.address, clock.steady());
  if (wait.count() == 0) return Place{.body = kMaxLogInBytes};
  auto response =
      refuse(429, "wait",
             fmt::format("Too many wrong passwords came in; wait {} second{} before the next.",
                         wait.count(), wait.count() == 1 ? "" : "s"));
  response.fields.emplace_back("Retry-After", std::to_string(wait.count()));
  return std::unexpected(std::move(response));
}

Task<http::Response> Api::State::answer(const http::Request& request, const Caller& caller) {
  auto place = admit(request, caller);
  if (!place) co_return std::move(place.error());
  if (request.body.size() > place->body) co_return too_large(request.body.size(), place->body);
  if (place->file) co_return file_answer(*place->file);
  if (place->row == nullptr) {
    auto response = co_await session(request, caller);
    co_return response;
  }
  const auto& row = *place->row;
  Call call{phone, request, clock, caller.local, {}};
  const auto path = path_of(request);
  call.tail = fits(row.path, path).value_or(std::string_view());
  auto response = co_await row.route(std::move(call));
  if (row.local_only && response.status == 200) {
    sessions.close_all();
    attempts = Attempts();  // what was guessed before is no guess of the new password
  }
  co_return response;
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
  if (request.method == "GET") {
    if (caller.local) co_return answer_json(200, {{"logged_in", true}});
    const auto csrf = sessions.csrf_of(id, clock.steady());
    co_return answer_json(
        200, csrf ? json{{"logged_in", true}, {"csrf", *csrf}} : json{{"logged_in", false}});
  }
  if (request.method == "DELETE") {
    sessions.close(id);
    auto response = answer_json(200, {{"logged_in", false}});
    response.fields.emplace_back(
        "Set-Cookie", std::string(kCookie) + "=; Max-Age=0" + std::string(kCookieAttributes));
    co_return response;
  }
  auto response = co_await log_in(request, caller);
  co_return response;
}

Task<http::Response> Api::State::log_in(const http::Request& request, const Caller& caller) {
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
