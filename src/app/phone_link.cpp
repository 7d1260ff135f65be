// SPDX-License-Identifier: Apache-2.0
#include "app/phone_link.h"

#include <chrono>

#include "app/loop.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
constexpr std::chrono::seconds kConnectLimit{2};
constexpr std::chrono::minutes kAnswerLimit{10};  // a provisioning run may take its time

http::Limits answer_limits() {
  http::Limits limits;
  limits.body_bytes = 64'000'000;
  limits.request = kAnswerLimit;
  return limits;
}

net::Task<base::Result<http::Response>> over_socket(std::filesystem::path socket,
                                                    http::Request request) {
  auto connected = co_await net::connect_unix(std::move(socket), kConnectLimit);
  if (!connected) co_return std::unexpected(connected.error());
  auto stream = net::plain_stream(std::move(*connected));
  auto response = co_await http::exchange(*stream, std::move(request), answer_limits());
  co_return response;
}

net::Task<base::Result<http::Response>> in_process(phone::Phone& phone, http::Request request) {
  admin::Caller caller;
  caller.local = true;
  auto response = co_await phone.api().handle(std::move(request), std::move(caller));
  co_return response;
}

net::Task<base::Result<bool>> somebody_answers(std::filesystem::path socket) {
  auto connected = co_await net::connect_unix(std::move(socket), kConnectLimit);
  co_return connected.has_value();
}

bool is_good(int status) { return status >= 200 && status < 300; }

ErrorCode code_for(int status) {
  switch (status) {
    case 403: return ErrorCode::not_allowed;
    case 404: return ErrorCode::not_found;
    case 409: return ErrorCode::exists;
    case 413: return ErrorCode::too_large;
    case 429:
    case 503: return ErrorCode::busy;
    default: return ErrorCode::bad_input;
  }
}

}  // namespace

PhoneLink::PhoneLink(std::filesystem::path socket, const Surroundings& with)
    : socket_(std::move(socket)),
      log_(std::make_unique<base::StreamLog>(with.err, base::LogLevel::warning, with.clock)) {}

PhoneLink::~PhoneLink() = default;

base::Result<std::unique_ptr<PhoneLink>> PhoneLink::open(const std::filesystem::path& state,
                                                         const Surroundings& with) {
  phone::Options options;
  options.state = state;
  options.built = with.built;
  return open_with(std::move(options), with);
}

base::Result<std::unique_ptr<PhoneLink>> PhoneLink::open_to_look(const std::filesystem::path& state,
                                                                 const Surroundings& with) {
  phone::Options options;
  options.state = state;
  options.built = with.built;
  options.keeps_nothing = true;
  return open_with(std::move(options), with);
}

base::Result<std::unique_ptr<PhoneLink>> PhoneLink::open_with(phone::Options options,
                                                              const Surroundings& with) {
  std::unique_ptr<PhoneLink> link(new PhoneLink(options.state / "admin.sock", with));
  const auto runs = run_until_done(link->loop_, somebody_answers(link->socket_));
  if (runs && *runs) return link;

  auto own =
      phone::Phone::open(link->loop_, std::move(options), with.clock, with.random, *link->log_);
  if (!own) return std::unexpected(own.error());
  link->own_ = std::move(*own);
  // From here on it may meet servers.
  if (auto confined = with.confine(); !confined) return std::unexpected(confined.error());
  return link;
}

base::Result<http::Response> PhoneLink::exchange(std::string method, std::string target,
                                                 std::string body, http::Fields fields) {
  http::Request request;
  request.method = std::move(method);
  request.target = std::move(target);
  request.body = std::move(body);
  request.fields = std::move(fields);
  request.fields.emplace_back("Host", "localhost");
  if (own_) return run_until_done(loop_, in_process(*own_, std::move(request)));
  return run_until_done(loop_, over_socket(socket_, std::move(request)));
}

base::Result<nlohmann::json> PhoneLink::ask(std::string method, std::string target,
                                            std::string body, http::Fields fields,
                                            nlohmann::json* refused) {
  auto response =
      exchange(std::move(method), std::move(target), std::move(body), std::move(fields));
  if (!response) return std::unexpected(response.error());

  auto answer = response->body.empty() ? nlohmann::json::object()
                                       : nlohmann::json::parse(response->body, nullptr, false);
  if (answer.is_discarded()) {
    return base::fail(ErrorCode::internal, "admin.sock", "the phone's answer is no JSON");
  }
  if (is_good(response->status)) return answer;
  auto says = answer.value("says", std::string("refused"));
  if (refused != nullptr) *refused = std::move(answer);
  return base::fail(code_for(response->status), "", std::move(says));
}

base::Result<http::Response> PhoneLink::fetch(std::string method, std::string target,
                                              std::string body, http::Fields fields) {
  auto response =
      exchange(std::move(method), std::move(target), std::move(body), std::move(fields));
  if (!response || is_good(response->status)) return response;
  const auto answer = nlohmann::json::parse(response->body, nullptr, false);
  return base::fail(code_for(response->status), "",
                    answer.is_object() ? answer.value("says", "refused") : "refused");
}

}  // namespace sealtone::app
