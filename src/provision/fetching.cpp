// SPDX-License-Identifier: Apache-2.0
//
// provision/fetching: see fetching.h.
#include "provision/fetching.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "provision/source.h"
#include "provision/trusting.h"

namespace sealtone::provision {
namespace {

constexpr int kOk = 200;
constexpr int kBadRequest = 400;
constexpr int kUnauthorized = 401;
constexpr int kForbidden = 403;
constexpr int kNotFound = 404;
constexpr int kFirstServerFault = 500;

bool about_our_certificate(trust::FindingCode code) {
  return code == trust::FindingCode::client_certificate_wanted_none_set ||
         code == trust::FindingCode::client_certificate_refused;
}

// RFC 9110 §15, for the admin of the server; the reason phrase is the server's.  named: it was told
// a user name.
std::string say_status(const base::Url& url, const http::Response& response, bool named) {
  const auto server = base::visible(url.authority());
  const auto file = base::visible(file_name(url));
  const auto answer = fmt::format("{} {}", response.status, base::visible(response.reason, 80));
  if (response.status == kUnauthorized) {
    return fmt::format(
        "{} did not give {}: it wants {} ({}). {} under Settings > Auto Provision "
        "(static.auto_provision.server.username and static.auto_provision.server.password, or in "
        "the URL); they go to the provisioning server alone.",
        server, file,
        named ? "another user name or password" : "a user name and password, and was given none",
        answer, named ? "Check both" : "Set both");
  }
  if (response.status == kForbidden) {
    return fmt::format(
        "{} does not allow {} to be read ({}). Check the file's rights on the server.", server,
        file, answer);
  }
  if (response.status >= kFirstServerFault) {
    return fmt::format("{} could not give {} ({}). The server's own log says why.", server, file,
                       answer);
  }
  return fmt::format("{} did not give {} ({}). Check the address under Settings > Auto Provision.",
                     server, file, answer);
}

Transport transport_of(const http::Fetched& fetched, const base::Url& url) {
  if (url.scheme != "https" || fetched.final_url.scheme != "https") return Transport::plain;
  const auto trusted = [](const http::Connection& connection) {
    return connection.verdict.decision == trust::Decision::trusted;
  };
  return std::ranges::all_of(fetched.connections, trusted) ? Transport::verified
                                                           : Transport::accepted_untrusted;
}

}  // namespace

std::vector<x509::Certificate> at_hand(const Input& input) {
  auto certificates = uploaded(*input.before);
  certificates.insert(certificates.end(), input.system_roots.begin(), input.system_roots.end());
  return certificates;
}

explain::Context words_for(const http::Connection& connection, const Input& input,
                           std::span<const x509::Certificate> at_hand) {
  const auto tls = settings::tls_settings(input.before->settings, "auto_provision");
  return {.server = connection.url.authority(),
          .target = connection.url.target,
          .now = input.now,
          .at_hand = at_hand,
          .list_name = list_name(tls.trust_list)};
}

Fetching::Fetching(const Input& input)
    : input_(input),
      tls_(settings::tls_settings(input.before->settings, "auto_provision")),
      provision_(settings::provision_settings(input.before->settings)),
      end_(std::chrono::steady_clock::now() + kRunLimit) {
  if (auto url = base::parse_url(provision_.url)) origin_ = *std::move(url);
}

http::FetchOptions Fetching::options_for(const base::Url& url) const {
  http::FetchOptions options;
  options.context = input_.context;
  options.anchors = input_.anchors;
  options.policy = policy_of(tls_);
  options.policy.path.crls = input_.before->crls;
  options.policy.clock = input_.clock;
  options.now = input_.now;
  options.sessions = input_.sessions;
  options.kept = input_.kept;
  options.recordings = input_.recordings;
  options.user_agent = provision_.user_agent;
  options.random = input_.random;
  options.handshake_limit =
      std::chrono::seconds(input_.before->settings.number("sealtone.handshake_timeout_s"));
  if (origin_ && origin_->same_origin(url)) {
    const bool in_url = !origin_->user.empty();
    options.user = in_url ? origin_->user : provision_.username;
    options.password = in_url ? origin_->password : provision_.password;
  }
  return options;
}

net::Task<Got> Fetching::get(base::Url url) {
  Got got;
  got.report.url = url.shown();
  if (std::chrono::steady_clock::now() > end_) {
    got.report.outcome = "failed";
    got.report.says = fmt::format(
        "{} was not asked for: the files before it took longer than {} minutes. Look for the server "
        "that is slow.",
        base::visible(got.report.url), kRunLimit.count());
    co_return got;
  }
  auto options = options_for(url);
  auto fetched = co_await http::fetch(url, std::move(options));
  describe(fetched, url, got);
  std::ranges::move(fetched.connections, std::back_inserter(connections_));
  if (fetched.ok()) got.body = std::move((*fetched.response)->body);
  co_return got;
}

void Fetching::describe(const http::Fetched& fetched, const base::Url& url, Got& got) const {
  auto& report = got.report;
  got.transport = transport_of(fetched, url);
  const auto* last = fetched.connections.empty() ? nullptr : &fetched.connections.back();
  if (fetched.unreachable) {
    report.outcome = "unreachable";
    report.says = fmt::format("{} could not be reached: {}. Check the address and the network.",
                              base::visible(fetched.final_url.authority()),
                              base::to_string(*fetched.unreachable));
    return;
  }
  if (last != nullptr && !fetched.response) {
    const bool by_us = last->verdict.decision == trust::Decision::untrusted;
    report.outcome = by_us ? "refused" : "failed";
    report.says = refusal(*last);
    return;
  }
  const bool answered = fetched.response && *fetched.response;
  if (answered && (*fetched.response)->status == kOk) return;
  if (answered && (*fetched.response)->status == kNotFound) {
    report.outcome = "absent";
    report.says = fmt::format("{} has no {}.", base::visible(fetched.final_url.authority()),
                              base::visible(file_name(fetched.final_url)));
    return;
  }
  report.outcome = "failed";
  const bool our_certificate =
      last != nullptr && std::ranges::any_of(last->verdict.findings, [](const auto& finding) {
        return about_our_certificate(finding.code);
      });
  if (our_certificate && (!answered || (*fetched.response)->status == kBadRequest)) {
    report.says = refusal(*last);
  } else if (answered) {
    const bool named = !url.user.empty() || !options_for(url).user.empty();
    report.says = say_status(fetched.final_url, **fetched.response,
                             named && url.same_origin(fetched.final_url));
  } else {
    report.says =
        fmt::format("{} did not give {}: {}.", base::visible(fetched.final_url.authority()),
                    base::visible(file_name(fetched.final_url)),
                    fetched.response ? base::to_string(fetched.response->error())
                                     : std::string("the connection ended"));
  }
}

std::string Fetching::refusal(const http::Connection& connection) const {
  const auto known = at_hand(input_);
  const auto context = words_for(connection, input_, known);
  const auto words = explain::explain(connection.verdict, connection.record, context);
  // A trusted server that wants our certificate: that finding is the reason, not the headline.
  for (const auto& finding : words.findings) {
    if (connection.verdict.accepted() && about_our_certificate(finding.code)) {
      return finding.says + " " + finding.fix.say;
    }
  }
  if (words.findings.empty()) return words.headline;
  return words.headline + " " + words.findings.front().fix.say;
}

}  // namespace sealtone::provision
