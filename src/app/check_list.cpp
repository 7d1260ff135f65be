// SPDX-License-Identifier: Apache-2.0
// sealtone check --list FILE: every night, which server's certificates run out first.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <nlohmann/json.hpp>

#include "app/checking.h"
#include "app/paths.h"
#include "app/screen.h"
#include "app/server_list.h"
#include "app/shown.h"
#include "app/trace_rows.h"
#include "app/waiting.h"
#include "base/text.h"
#include "explain/certificate_words.h"
#include "explain/wording.h"
#include "trust/clock.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using base::Result;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kAtOnce = 8;
constexpr std::chrono::minutes kAllOfThem{15};  // whoever's turn has not come by then is told so

// One server, and what came of it.
struct Listed {
  ListedServer server;
  Result<Seen> seen = base::fail(ErrorCode::timeout, "", "its turn did not come");
  Report report = {};

  // The certificate of its path that runs out first, the trusted one included.
  [[nodiscard]] const x509::Certificate* first_to_end() const {
    if (!seen || seen->verdict.path.path.empty()) return nullptr;
    return &*std::ranges::min_element(seen->verdict.path.path, {}, [](const auto& certificate) {
      return certificate.validity().not_after;
    });
  }
};

struct ListRun {
  std::vector<Listed> servers;
  JudgedBy by;
  std::shared_ptr<const tls::Context> context;
  tls::PeerCheck check;  // but for whom it has to name
  std::chrono::days warn{0};
  std::size_t next = 0;  // whose turn it is
  steady_clock::time_point end = {};
  std::exception_ptr failure = {};

  // Days that are left are counted from it.
  [[nodiscard]] std::chrono::sys_seconds today(const x509::Certificate& certificate) const {
    return trust::dates_at(check.policy.clock, check.now, certificate);
  }
  [[nodiscard]] bool ends_soon(const Listed& one) const {
    const auto* const certificate = one.first_to_end();
    return certificate != nullptr &&
           certificate->validity().not_after - today(*certificate) <= warn;
  }
  [[nodiscard]] bool in_order(const Listed& one) const {
    return one.seen && is_clean(one.seen->verdict) && !ends_soon(one);
  }
};

Result<ListRun> run_of(const CheckArguments& arguments, std::vector<ListedServer> servers,
                       const Surroundings& with) {
  ListRun run;
  CertificateFiles files(arguments.passphrase_file);
  auto by = judged_by_of(arguments, files, with);
  if (!by) return std::unexpected(by.error());
  run.by = *std::move(by);
  const auto options = context_options(arguments, files);
  if (!options) return std::unexpected(options.error());
  auto context = tls::Context::build(*options);
  if (!context) return std::unexpected(context.error());
  run.context = *std::move(context);
  // Each has a name of its own.
  auto check = peer_check(arguments, "localhost", trust::Service::https, run.by, with);
  if (!check) return std::unexpected(check.error());
  run.check = *std::move(check);
  run.warn = std::chrono::days(arguments.warn_days);
  for (auto& each : servers) run.servers.push_back({.server = std::move(each)});
  return run;
}

// Takes one server after the other, beside the others who do.
net::Task<void> check_next(ListRun& run) {
  while (run.next < run.servers.size()) {
    auto& one = run.servers[run.next++];
    const auto left = std::chrono::duration_cast<milliseconds>(run.end - steady_clock::now());
    if (left <= milliseconds(0)) continue;
    auto check = run.check;
    judge_by(check, one.server.service);
    check.reference = trust::ReferenceIdentifier::from_host(one.server.name);
    const bool by_name = check.reference->kind == trust::ReferenceIdentifier::Kind::dns;
    check.sni = by_name ? one.server.name : std::string();
    const auto limit = std::min<milliseconds>(left, kCheckLimit);
    auto met = handshake_only(one.server.url, run.context, std::move(check), limit);
    one.seen = co_await std::move(met);
  }
}

void check_all(ListRun& run, const Surroundings& with) {
  net::asio::io_context loop;
  const Waiting waiting(
      loop, with,
      fmt::format("Waiting for {} servers, {} at a time.", run.servers.size(), kAtOnce));
  run.end = steady_clock::now() + kAllOfThem;
  int running = kAtOnce;
  for (int i = 0; i < kAtOnce; ++i) {
    net::asio::co_spawn(loop, check_next(run), [&](std::exception_ptr problem) {
      if (problem) run.failure = std::move(problem);
      if (--running == 0) loop.stop();
    });
  }
  loop.run();
  if (run.failure) std::rethrow_exception(run.failure);
}

void explain_all(ListRun& run, const CheckArguments& arguments) {
  for (auto& one : run.servers) {
    one.report.context = words_for(arguments, run.by, run.check);
    one.report.context.server = one.server.url.authority();
    one.report.context.target = one.server.url.target;
    auto check = run.check;
    judge_by(check, one.server.service);
    note_rules(one.report, check);
    if (!one.seen) continue;
    one.report.explanation =
        explain::explain(one.seen->verdict, one.seen->record, one.report.context);
  }
}

// Soonest first; behind them those that showed no certificate.
void sort_by_end(ListRun& run) {
  std::ranges::stable_sort(run.servers, {}, [](const Listed& one) {
    const auto* const certificate = one.first_to_end();
    return certificate != nullptr ? certificate->validity().not_after
                                  : std::chrono::sys_seconds::max();
  });
}

std::string shown_name(const Listed& one) {
  const auto server = base::visible(one.server.url.authority());
  return one.server.name == one.server.url.host
             ? server
             : fmt::format("{} ({})", server, base::visible(one.server.name));
}

std::string line_of(const Listed& one, const ListRun& run) {
  if (!one.seen) {
    return fmt::format("did not answer: {}", base::visible(one.seen.error().detail, 200));
  }
  std::string line = trust::word(one.seen->verdict.decision);
  std::string codes;
  for (const auto& finding : one.report.explanation.findings) {
    codes += fmt::format("{}{}", codes.empty() ? ": " : ", ", trust::word(finding.code));
  }
  line += codes;
  if (const auto* const certificate = one.first_to_end()) {
    const auto end = certificate->validity().not_after;
    line += fmt::format("; {} {} on {}", explain::in_quotes(certificate->subject().short_name()),
                        end < run.today(*certificate) ? "ran out" : "runs out first",
                        explain::when(end));
  }
  return line;
}

// "3 servers: 1 in order, 1 runs out within 21 days, 1 did not answer."
std::string sum_of(const ListRun& run) {
  std::size_t fine = 0, soon = 0, found = 0, silent = 0;
  for (const auto& one : run.servers) {
    fine += run.in_order(one) ? 1 : 0;
    soon += run.ends_soon(one) ? 1 : 0;
    found += one.seen && !is_clean(one.seen->verdict) ? 1 : 0;
    silent += one.seen ? 0 : 1;
  }
  const auto count = run.servers.size();
  std::string sum = fmt::format("{} server{}: {} in order", count, count == 1 ? "" : "s", fine);
  if (soon > 0) {
    sum += fmt::format(", {} with a certificate that has run out or does so within {} days", soon,
                       run.warn.count());
  }
  if (found > 0) sum += fmt::format(", {} on which something was found", found);
  if (silent > 0) sum += fmt::format(", {} that did not answer", silent);
  return sum + ".";
}

void tell_list(const ListRun& run, const Surroundings& with) {
  std::size_t width = 0;
  for (const auto& one : run.servers) {
    width = std::max(width, explain::columns(shown_name(one)));
  }
  constexpr std::size_t widest = 50;
  width = std::min(width, widest);
  for (const auto& one : run.servers) {
    const auto* const certificate = one.first_to_end();
    const auto days =
        certificate != nullptr
            ? fmt::format("{} days", explain::days_left(*certificate, run.today(*certificate)))
            : std::string("-");
    const auto name = shown_name(one);
    const auto says = line_of(one, run);
    const auto line = fmt::format("{:>10}  {}  {}", days, padded(name, width), says);
    if (explain::columns(line) <= table_width(with.out)) {
      fmt::print(with.out, "{}\n", line);
    } else {
      constexpr const char* below = "            ";
      fmt::print(with.out, "{:>10}  {}\n{}", days, name, paragraph(says, below, below));
    }
  }
  fmt::print(with.out, "\n{}", paragraph(sum_of(run)));
  if (!std::ranges::all_of(run.servers, [&](const Listed& one) { return run.in_order(one); })) {
    fmt::print(with.out, "What to do about one of them: sealtone check SERVER\n");
  }
}

nlohmann::json row_json(const Listed& one, const ListRun& run) {
  using nlohmann::json;
  json row = one.seen ? report_json(one.report, *one.seen)
                      : json{{"server", base::visible(one.report.context.server)}};
  const auto* const certificate = one.first_to_end();
  row["name"] = base::visible(one.server.name);
  row["in_order"] = run.in_order(one);
  row["unreachable"] = one.seen ? json(nullptr) : json(base::visible(one.seen.error().detail));
  row["days_left"] = nullptr;
  row["runs_out_first"] = nullptr;
  if (certificate != nullptr) {
    const auto today = run.today(*certificate);
    row["days_left"] = explain::days_left(*certificate, today);
    row["runs_out_first"] = explain::certificate_json(*certificate, today);
  }
  return row;
}

void tell_list_json(const ListRun& run, const Surroundings& with) {
  auto rows = nlohmann::json::array();
  for (const auto& one : run.servers) rows.push_back(row_json(one, run));
  tell_json(rows, with);
}

}  // namespace

int check_list(const CheckArguments& arguments, const Surroundings& with) {
  const auto octets = read_input(arguments.list, kMaxListBytes);
  if (!octets) return could_not(with, octets.error());
  auto servers = read_server_list(base::text(*octets), input_name(arguments.list));
  if (!servers) {
    return could_not(with, servers.error());
  }
  auto run = run_of(arguments, *std::move(servers), with);
  if (!run) return could_not(with, run.error());
  tell_warning(run->by, arguments.json, with);
  if (auto confined = with.confine(); !confined) return could_not(with, confined.error());

  check_all(*run, with);
  explain_all(*run, arguments);
  sort_by_end(*run);
  if (arguments.json) {
    tell_list_json(*run, with);
  } else {
    tell_list(*run, with);
  }
  const auto& all = run->servers;
  if (!std::ranges::all_of(all, [](const Listed& one) { return one.seen.has_value(); })) {
    return kCouldNot;
  }
  return std::ranges::all_of(all, [&](const Listed& one) { return run->in_order(one); }) ? kDone
                                                                                         : kFound;
}

}  // namespace sealtone::app
