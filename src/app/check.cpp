// SPDX-License-Identifier: Apache-2.0
// sealtone check URL|HOST:PORT: one server, as a phone would meet it.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/checking.h"
#include "app/drawing.h"
#include "app/loop.h"
#include "app/page_answer.h"
#include "app/paths.h"
#include "app/screen.h"
#include "app/shown.h"
#include "app/sip_answer.h"
#include "app/waiting.h"
#include "base/text.h"
#include "explain/own_certificate.h"
#include "http/fetch.h"
#include "phone/octets.h"
#include "sip/options.h"
#include "sip/shown.h"
#include "tls/recording.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using base::Result;
constexpr std::chrono::seconds kPageLimit{30};  // as a phone waits for a file
constexpr std::chrono::seconds kSipLimit{10};

net::Task<Result<Seen>> with_page(base::Url url, http::FetchOptions options) {
  auto fetched = co_await http::fetch(std::move(url), std::move(options));
  if (!fetched.connections.empty()) {
    auto& last = fetched.connections.back();
    co_return Seen{std::move(last.verdict), std::move(last.record), std::move(fetched.response)};
  }
  if (fetched.unreachable) co_return std::unexpected(*fetched.unreachable);
  co_return base::fail(ErrorCode::unreachable, "", "no connection was made");
}

// Once the certificate was accepted, one OPTIONS.
net::Task<Result<Seen>> with_options(base::Url url, std::shared_ptr<const tls::Context> context,
                                     tls::PeerCheck check, sip::Uri about, base::Random& random) {
  auto connecting = net::connect_tcp(url.host, url.port, kCheckLimit);
  auto socket = co_await std::move(connecting);
  if (!socket) co_return std::unexpected(socket.error());
  const auto local = (*socket)->local();
  const auto recording = check.recording;
  auto shaking_hands =
      tls::connect(*std::move(socket), std::move(context), std::move(check), kCheckLimit);
  auto outcome = co_await std::move(shaking_hands);
  if (!outcome.stream) co_return Seen{std::move(outcome.verdict), std::move(outcome.record)};
  auto request = sip::options_request(about, sip::Transport::tls, local, random);
  if (!request) co_return std::unexpected(request.error());
  const std::shared_ptr<tls::TlsStream> stream = std::move(outcome.stream);
  std::function<void(bool, const sip::Message&)> seen = [recording](bool sent,
                                                                    const sip::Message& message) {
    recording->said(sent ? handshake::Direction::sent : handshake::Direction::received,
                    sip::one_line(message), sip::shown(message));
  };
  auto asking = sip::ask_options(stream, *std::move(request), kSipLimit, std::move(seen));
  auto response = co_await std::move(asking);
  co_return Seen{
      stream->verdict(), stream->record(), {}, std::move(response), phone::spoken_in(*recording)};
}

// What the check goes by, gathered before anything is sent.
struct Plan {
  Target target;
  JudgedBy judged_by;
  std::shared_ptr<const tls::Context> context;
  tls::PeerCheck check;
  std::string password;
  std::optional<sip::Uri> about;  // of a SIP server: whom the OPTIONS is about
  // For a capture, and for what was said in SIP; null: nothing is kept.
  std::shared_ptr<tls::Recordings> recordings;
};

// As it was written; with --name that is what phones would ask for.
sip::Uri sip_uri_of(const Target& target, const std::string& name) {
  constexpr std::uint16_t usual = 5061;
  sip::Uri uri{.scheme = target.url.scheme == "sips" ? "sips" : "sip", .user = target.url.user};
  uri.host = name.empty() ? target.url.host : name;
  if (name.empty() && target.url.port != usual) uri.port = target.url.port;
  return uri;
}

Result<Plan> plan_of(const CheckArguments& arguments, const Surroundings& with) {
  Plan plan;
  CertificateFiles files(arguments.passphrase_file);
  auto target = target_of(arguments.target, service_of(arguments));
  if (!target) return std::unexpected(target.error());
  plan.target = std::move(*target);
  if (!arguments.user.empty()) {
    if (!plan.target.ask_for_page) {
      return base::fail(ErrorCode::bad_input, "--user " + arguments.user,
                        "a user is named to a web server alone; write https://…");
    }
    const auto password = read_secret(arguments.password_file, "Password of " + arguments.user);
    if (!password) return std::unexpected(password.error());
    plan.password = std::string(password->text());
  }
  auto judged_by = judged_by_of(arguments, files, with);
  if (!judged_by) return std::unexpected(judged_by.error());
  plan.judged_by = std::move(*judged_by);
  auto options = context_options(arguments, files);
  if (!options) return std::unexpected(options.error());
  options->keep_secrets = arguments.with_keys;
  if (!arguments.capture.empty() || plan.target.service == trust::Service::sip) {
    plan.recordings = std::make_shared<tls::Recordings>(with.clock);
  }
  auto context = tls::Context::build(*options);
  if (!context) return std::unexpected(context.error());
  plan.context = std::move(*context);
  auto check = peer_check(arguments, arguments.name.empty() ? plan.target.url.host : arguments.name,
                          plan.target.service, plan.judged_by, with);
  if (!check) return std::unexpected(check.error());
  plan.check = std::move(*check);
  if (plan.target.service == trust::Service::sip) {
    plan.about = sip_uri_of(plan.target, arguments.name.empty() ? "" : plan.check.reference->value);
  }
  return plan;
}

Result<Seen> carry_out(const Plan& plan, const CheckArguments& arguments,
                       const Surroundings& with) {
  net::asio::io_context loop;
  const Waiting waiting(loop, with, waiting_for(plan.target.url.authority()));
  if (!plan.target.ask_for_page) {
    auto check = plan.check;
    if (plan.recordings) check.recording = plan.recordings->begin();
    if (plan.about) {
      return run_until_done(loop, with_options(plan.target.url, plan.context, std::move(check),
                                               *plan.about, with.random));
    }
    return run_until_done(loop, handshake_only(plan.target.url, plan.context, std::move(check)));
  }
  http::FetchOptions options;
  options.context = plan.context;
  options.anchors = plan.check.anchors;
  options.policy = plan.check.policy;
  options.now = plan.check.now;
  if (!arguments.name.empty()) options.reference_host = plan.check.reference->value;
  options.user = arguments.user;
  options.password = plan.password;
  options.random = &with.random;
  options.recordings = plan.recordings;
  options.limits.request = kPageLimit;
  options.follow_redirects = false;
  return run_until_done(loop, with_page(plan.target.url, std::move(options)));
}

std::optional<PageAnswer> page_of(const Plan& plan, const CheckArguments& arguments,
                                  const Seen& seen) {
  if (!seen.response) return std::nullopt;
  const bool with_user = !arguments.user.empty() || !plan.target.url.user.empty();
  return page_answer({plan.target.url.target, with_user, kPageLimit}, *seen.response);
}

// What was asked behind the handshake, and what came of it.
struct Behind {
  std::optional<PageAnswer> page = {};
  std::optional<SipAnswer> sip = {};
  std::string sip_request = {};  // empty: none was sent
};

Behind behind(const Plan& plan, const CheckArguments& arguments, const Seen& seen) {
  Behind behind{.page = page_of(plan, arguments, seen)};
  if (!plan.about) return behind;
  if (!seen.options) {
    behind.sip =
        SipAnswer{.says = "Nothing was asked in SIP: before that the server has to be trusted."};
    return behind;
  }
  const auto uri = plan.about->text();
  behind.sip_request = "OPTIONS " + base::visible(uri);
  behind.sip = sip_answer({uri, kSipLimit}, *seen.options);
  return behind;
}

void put_sip(nlohmann::json& sip, const Behind& behind) {
  sip["says"] = behind.sip->says;
  if (behind.sip_request.empty()) return;
  sip["request"] = behind.sip_request;
  if (!behind.sip->status) return;
  sip["status"] = *behind.sip->status;
  sip["reason"] = behind.sip->reason;
  if (!behind.sip->server.empty()) sip["server"] = behind.sip->server;
  sip["allow"] = behind.sip->allow;
}

void tell_json(const Report& report, const Seen& seen, const Behind& behind,
               const Surroundings& with) {
  auto answer = report_json(report, seen);
  if (!seen.spoken.said.empty()) {
    answer["handshake"]["sip"] = explain::to_json(explain::dialogue(seen.spoken));
  }
  if (behind.sip) put_sip(answer["sip"], behind);
  if (const auto& page = behind.page) {
    const auto& status = page->status;
    answer["http"] = {{"status", status ? nlohmann::json(*status) : nlohmann::json(nullptr)},
                      {"says", page->says}};
  }
  tell_json(answer, with);
}

void tell_text(const Report& report, const Seen& seen, const Behind& behind,
               const std::string& drawn, const Surroundings& with) {
  fmt::print(with.out, "{}\n{}", explain::to_text(report.explanation, text_width(with.out)), drawn);
  const auto own = explain::own_certificate(seen.record);
  for (const auto& words : {own ? own->says : std::string(), rules_words(report),
                            behind.page ? behind.page->says : std::string(),
                            behind.sip ? behind.sip->says : std::string(), report.saved}) {
    if (!words.empty()) fmt::print(with.out, "\n{}", paragraph(words));
  }
}

// TLS may be all that is spoken, and the certificate be refused behind it.
void tell_of_late_refusals(const std::string& server, const Seen& seen, const Surroundings& with) {
  if (seen.record.client_chain.empty() || !seen.verdict.findings.empty()) return;
  fmt::print(with.out, "\n{}",
             paragraph(fmt::format(
                 "The server asked for a certificate and was shown this one; some servers refuse "
                 "it only in answer to a request: check https://{}/ as well.",
                 server)));
}

int check_server(const CheckArguments& arguments, const Surroundings& with) {
  const auto plan = plan_of(arguments, with);
  if (!plan) return could_not(with, plan.error());
  tell_warning(plan->judged_by, arguments.json, with);
  if (auto confined = with.confine(); !confined) return could_not(with, confined.error());
  const auto seen = carry_out(*plan, arguments, with);
  if (!seen) return could_not(with, seen.error());

  Report report{.context = words_for(arguments, plan->judged_by, plan->check), .explanation = {}};
  report.context.server = plan->target.url.authority();
  report.context.target = plan->target.url.target;
  note_rules(report, plan->check);
  const auto saved = explain_and_save(report, *seen, arguments);
  const auto asked = behind(*plan, arguments, *seen);
  const auto ladder = explain::ladder(seen->record, seen->verdict, report.context);
  const auto spoken = explain::dialogue(seen->spoken);
  const auto picture = write_picture(ladder, arguments.svg, spoken);
  if (arguments.json) {
    tell_json(report, *seen, asked, with);
  } else {
    const auto form = arguments.ladder ? explain::Form::facts : explain::Form::steps;
    const auto drawn = explain::to_text(ladder, arguments.ascii, form) +
                       explain::to_text(spoken, arguments.ascii, form);
    tell_text(report, *seen, asked, drawn, with);
    if (!plan->target.ask_for_page && !asked.sip)
      tell_of_late_refusals(report.context.server, *seen, with);
  }
  if (!saved) return could_not(with, saved.error());
  if (!picture) return could_not(with, picture.error());
  if (!arguments.capture.empty()) {
    const auto says = write_capture(arguments, report.context.server, *plan->recordings);
    if (!says) return could_not(with, says.error());
    fmt::print(arguments.json ? with.err : with.out, "{}{}\n", arguments.json ? "" : "\n", *says);
  }
  return is_clean(seen->verdict) ? kDone : kFound;
}

}  // namespace

int check(const CheckArguments& arguments, const Surroundings& with) {
  if (!arguments.list.empty()) return check_list(arguments, with);
  if (arguments.target.empty() && arguments.chain.empty()) {
    return could_not(with, {ErrorCode::bad_input, "",
                            "what is to be checked? A server (https://HOST/… or HOST:PORT), files "
                            "that are not installed yet (--chain FILE --name N), or the servers in "
                            "a file (--list FILE)"});
  }
  if (!arguments.as.empty()) return check_as(arguments, with);
  return arguments.chain.empty() ? check_server(arguments, with) : check_chain(arguments, with);
}

}  // namespace sealtone::app
