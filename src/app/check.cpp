// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/certificate_file.h"
#include "app/commands.h"
#include "app/judged_by.h"
#include "app/loop.h"
#include "app/page_answer.h"
#include "app/paths.h"
#include "app/shown.h"
#include "base/files.h"
#include "base/text.h"
#include "base/tls_versions.h"
#include "base/url.h"
#include "explain/explain.h"
#include "explain/ladder.h"
#include "handshake/names.h"
#include "http/fetch.h"
#include "x509/crl.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using base::Result;
constexpr std::chrono::seconds kLimit{10};
constexpr std::chrono::seconds kPageLimit{30};  // as a phone waits for a file
// TLS 1.3: a refusal of our certificate arrives after the handshake, as the first thing to read.
constexpr std::chrono::milliseconds kLateAlertLimit{1'000};

// What came of one connection.
struct Seen {
  trust::Verdict verdict;
  handshake::HandshakeRecord record;
  std::optional<Result<http::Response>> response = {};  // to the GET, if one was sent
};

struct Target {
  base::Url url;
  bool ask_for_page = false;  // an https URL: one GET after the handshake
};

// Which port a SIP address means where TLS is spoken: RFC 3261 §19.1.2.
Result<Target> not_sip(const base::Url& sip) {
  auto secured = sip;
  if (sip.scheme == "sip" && sip.port == 5060) secured.port = 5061;
  return base::fail(ErrorCode::unsupported, sip.shown(),
                    "what is said in SIP is not checked yet; SIP over TLS can be checked today by "
                    "its host and port: sealtone check " +
                        secured.authority());
}

Result<Target> target_of(const CheckArguments& arguments) {
  if (auto fine = without_password(arguments.target); !fine) return std::unexpected(fine.error());
  if (const auto sip = base::parse_url(arguments.target); sip && sip->scheme.starts_with("sip")) {
    return not_sip(*sip);
  }
  if (arguments.target.find("://") == std::string::npos) {
    auto url = base::parse_host_port(arguments.target, "https");
    if (!url) return std::unexpected(url.error());
    if (!arguments.user.empty()) {
      return base::fail(ErrorCode::bad_input, "--user " + arguments.user,
                        "of HOST:PORT nothing is asked, and so no user is named; write https://…");
    }
    return Target{std::move(*url), false};
  }
  auto url = base::parse_url(arguments.target);
  if (!url) return std::unexpected(url.error());
  if (url->scheme != "https") {
    return base::fail(ErrorCode::unsupported, url->shown(),
                      "only https shows a certificate; write https://… or HOST:PORT (SIP over TLS: "
                      "HOST:5061)");
  }
  return Target{std::move(*url), true};
}

// "1.2", "1.0..1.2".
Result<tls::Versions> versions_of(const std::string& text) {
  tls::Versions versions;
  if (text.empty()) return versions;
  const auto dots = text.find("..");
  const auto low = handshake::version_from(text.substr(0, dots));
  const auto high =
      dots == std::string::npos ? low : handshake::version_from(text.substr(dots + 2));
  if (!low || !high || *low > *high || *low < base::kTls10) {
    return base::fail(ErrorCode::bad_input, "--tls " + text,
                      "write one version or a range, for example 1.2 or 1.0..1.3");
  }
  return tls::Versions{*low, *high};
}

Result<std::shared_ptr<const tls::Context>> context_of(const CheckArguments& arguments,
                                                       CertificateFiles& files) {
  tls::ContextOptions options;
  auto versions = versions_of(arguments.tls);
  if (!versions) return std::unexpected(versions.error());
  options.versions = *versions;
  if (!arguments.client.empty()) {
    auto file = files.read(arguments.client);
    if (!file) return std::unexpected(file.error());
    auto credential = x509::device_credential(file->contents, arguments.client);
    if (!credential) return std::unexpected(credential.error());
    options.credential = std::move(*credential);
  }
  return tls::Context::build(options);
}

net::Task<Result<Seen>> handshake_only(base::Url url, std::shared_ptr<const tls::Context> context,
                                       tls::PeerCheck check) {
  auto socket = co_await net::connect_tcp(url.host, url.port, kLimit);
  if (!socket) co_return std::unexpected(socket.error());
  auto outcome =
      co_await tls::connect(std::move(*socket), std::move(context), std::move(check), kLimit);
  if (!outcome.stream) co_return Seen{std::move(outcome.verdict), std::move(outcome.record)};

  if (outcome.record.certificate_requested) {
    outcome.stream->expires_after(kLateAlertLimit);
    std::array<std::uint8_t, 1> octet{};
    (void)co_await outcome.stream->read_some(octet);
  }
  Seen seen{outcome.stream->verdict(), outcome.stream->record()};
  co_await outcome.stream->shutdown();
  co_return seen;
}

net::Task<Result<Seen>> with_page(base::Url url, http::FetchOptions options) {
  auto fetched = co_await http::fetch(std::move(url), std::move(options));
  if (!fetched.connections.empty()) {
    auto& last = fetched.connections.back();
    co_return Seen{std::move(last.verdict), std::move(last.record), std::move(fetched.response)};
  }
  if (fetched.unreachable) co_return std::unexpected(*fetched.unreachable);
  co_return base::fail(ErrorCode::unreachable, "", "no connection was made");
}

// What the check goes by, gathered before anything is sent.
struct Plan {
  Target target;
  JudgedBy judged_by;
  std::shared_ptr<const tls::Context> context;
  tls::PeerCheck check;
  std::string password;
};

Result<std::vector<x509::Crl>> revocation_lists(const std::vector<std::string>& files) {
  std::vector<x509::Crl> out;
  for (const auto& file : files) {
    const auto octets = base::read_file(file, base::kMaxUploadBytes);
    if (!octets) return std::unexpected(octets.error());
    const auto lists = x509::parse_crls(*octets, file);
    if (!lists) return std::unexpected(lists.error());
    out.insert(out.end(), lists->begin(), lists->end());
  }
  return out;
}

Result<Plan> plan_of(const CheckArguments& arguments, const Surroundings& with) {
  Plan plan;
  CertificateFiles files(arguments.passphrase_file);
  auto target = target_of(arguments);
  if (!target) return std::unexpected(target.error());
  plan.target = std::move(*target);
  if (!arguments.user.empty()) {
    const auto password = read_secret(arguments.password_file, "Password of " + arguments.user);
    if (!password) return std::unexpected(password.error());
    plan.password = std::string(password->text());
  }
  auto judged_by = judged_by_of(arguments, files, with);
  if (!judged_by) return std::unexpected(judged_by.error());
  plan.judged_by = std::move(*judged_by);
  auto context = context_of(arguments, files);
  if (!context) return std::unexpected(context.error());
  plan.context = std::move(*context);

  plan.check.now = with.clock.now();
  plan.check.policy.clock = plan.judged_by.clock;
  if (!arguments.at.empty()) {
    const auto at = base::parse_utc(arguments.at);
    if (!at) {
      return base::fail(ErrorCode::bad_input, "--at " + arguments.at,
                        "write a UTC time, for example 2026-11-23 or 2026-11-23T22:00:00Z");
    }
    plan.check.now = *at;
    plan.check.policy.clock.reset();  // a time that is given is not this clock's
  }
  auto lists = revocation_lists(arguments.crls);
  if (!lists) return std::unexpected(lists.error());
  plan.check.policy.path.crls = std::make_shared<const std::vector<x509::Crl>>(*std::move(lists));
  plan.check.policy.path.revocation_required = arguments.crl_required;
  const std::string name = arguments.name.empty() ? plan.target.url.host : arguments.name;
  plan.check.anchors = std::make_shared<const x509::AnchorSet>(plan.judged_by.anchors);
  plan.check.reference = trust::ReferenceIdentifier::from_host(name);
  if (plan.check.reference->kind == trust::ReferenceIdentifier::Kind::dns) plan.check.sni = name;
  return plan;
}

Result<Seen> carry_out(const Plan& plan, const CheckArguments& arguments,
                       const Surroundings& with) {
  net::asio::io_context loop;
  if (!plan.target.ask_for_page) {
    return run_until_done(loop, handshake_only(plan.target.url, plan.context, plan.check));
  }
  http::FetchOptions options;
  options.context = plan.context;
  options.anchors = plan.check.anchors;
  options.policy = plan.check.policy;
  options.now = plan.check.now;
  options.reference_host = arguments.name;
  options.user = arguments.user;
  options.password = plan.password;
  options.random = &with.random;
  options.limits.request = kPageLimit;
  options.follow_redirects = false;
  return run_until_done(loop, with_page(plan.target.url, std::move(options)));
}

// --save-missing: what was written, in words; or that the certificate is not at hand.
Result<std::string> save_missing(const explain::Fix* fix, const std::filesystem::path& file) {
  if (fix == nullptr)
    return "No certificate is missing that this computer holds: nothing was written.";
  const auto pem = fix->missing->pem();
  std::error_code ignored;
  if (std::filesystem::is_regular_file(file, ignored)) {
    const auto there = base::read_file(file, base::kMaxUploadBytes);
    if (!there || base::text(*there) != pem) {
      return base::fail(ErrorCode::exists, file.string(),
                        "this file is there already and was left as it is; name another one for "
                        "the missing certificate");
    }
  } else if (auto written = base::write_file(file, base::view(pem), 0644); !written) {
    return std::unexpected(written.error());
  }
  return fmt::format("\"{}\" was written to {} (SHA-256 {}).",
                     base::visible(fix->missing->subject().short_name()),
                     base::visible(file.string()), fix->missing->fingerprint());
}

std::optional<PageAnswer> page_of(const Plan& plan, const CheckArguments& arguments,
                                  const Seen& seen) {
  if (!seen.response) return std::nullopt;
  const bool with_user = !arguments.user.empty() || !plan.target.url.user.empty();
  return page_answer({plan.target.url.target, with_user, kPageLimit}, *seen.response);
}

explain::Context words_for(const Plan& plan, const CheckArguments& arguments) {
  explain::Context context;
  context.server = plan.target.url.authority();
  context.target = plan.target.url.target;
  context.now = plan.check.now;
  context.at_hand = plan.judged_by.at_hand;
  context.list_name = plan.judged_by.list_name;
  context.now_is_given = !arguments.at.empty();
  return context;
}

// All that is told of one check.
struct Report {
  explain::Context context;
  explain::Explanation explanation;
  std::optional<PageAnswer> page;
  std::string saved;  // what --save-missing came to; empty if nothing was written
};

void tell_json(const Report& report, const Seen& seen, const Surroundings& with) {
  auto answer = explain::to_json(report.explanation, seen.verdict, seen.record, report.context);
  answer["judged_by"] = report.context.list_name;
  answer["http"] = nullptr;
  if (report.page) {
    const auto& status = report.page->status;
    answer["http"] = {{"status", status ? nlohmann::json(*status) : nlohmann::json(nullptr)},
                      {"says", report.page->says}};
  }
  if (!report.saved.empty()) answer["saved"] = report.saved;
  fmt::print(with.out, "{}\n", json_text(answer));
}

void tell_text(const Report& report, const Seen& seen, bool ascii, const Surroundings& with) {
  fmt::print(with.out, "{}\n{}", explain::to_text(report.explanation),
             explain::to_text(explain::ladder(seen.record, seen.verdict), ascii));
  if (report.page) fmt::print(with.out, "\n{}\n", report.page->says);
  if (!report.saved.empty()) fmt::print(with.out, "\n{}\n", report.saved);
}

// TLS may be all that is spoken, and the certificate be refused behind it.
void tell_of_late_refusals(const std::string& server, const Seen& seen, const Surroundings& with) {
  if (seen.record.client_chain.empty() || !seen.verdict.findings.empty()) return;
  fmt::print(with.out,
             "\nThe server asked for a certificate and was shown this one; some servers refuse it "
             "only in answer to a request: check https://{}/ as well.\n",
             server);
}

}  // namespace

int check(const CheckArguments& arguments, const Surroundings& with) {
  const auto plan = plan_of(arguments, with);
  if (!plan) return could_not(with, plan.error());
  if (!plan->judged_by.warning.empty()) {
    fmt::print(arguments.json ? with.err : with.out, "{}\n", plan->judged_by.warning);
    std::fflush(arguments.json ? with.err : with.out);
  }

  if (auto confined = with.confine(); !confined) return could_not(with, confined.error());
  const auto seen = carry_out(*plan, arguments, with);
  if (!seen) return could_not(with, seen.error());

  Report report{.context = words_for(*plan, arguments),
                .explanation = {},
                .page = page_of(*plan, arguments, *seen),
                .saved = {}};
  report.explanation = explain::explain(seen->verdict, seen->record, report.context);
  Result<std::string> saved;
  if (!arguments.save_missing.empty()) {
    saved = save_missing(report.explanation.save_missing(), arguments.save_missing);
    if (saved) {
      // The next step speaks of the file that there is now.
      report.saved = *saved;
      report.context.saved_as = arguments.save_missing;
      report.explanation = explain::explain(seen->verdict, seen->record, report.context);
    }
  }
  if (arguments.json) {
    tell_json(report, *seen, with);
  } else {
    tell_text(report, *seen, arguments.ascii, with);
    if (!plan->target.ask_for_page) tell_of_late_refusals(report.context.server, *seen, with);
  }
  if (!saved) return could_not(with, saved.error());
  const bool clean =
      seen->verdict.decision == trust::Decision::trusted && seen->verdict.findings.empty();
  return clean ? kDone : kFound;
}

}  // namespace sealtone::app
