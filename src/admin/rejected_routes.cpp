// SPDX-License-Identifier: Apache-2.0
// The routes of Security > Rejected Servers.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "admin/answers.h"
#include "admin/body.h"
#include "admin/fingerprint.h"
#include "admin/routes.h"
#include "base/text.h"
#include "explain/certificate_words.h"
#include "explain/explain.h"
#include "explain/wording.h"
#include "trust/pin.h"

namespace sealtone::admin {
namespace {

using base::ErrorCode;
using nlohmann::json;
using std::chrono::sys_seconds;
using trust::IssuerChoice;

json rejected_row_json(const store::RejectedRow& row) {
  return {{"id", row.id},
          {"service", base::visible(row.service)},
          {"server", base::visible(row.server)},
          {"at", base::utc(row.at)},
          {"headline", base::visible(row.headline, 1'000)}};
}

std::string name_of(const x509::Certificate& certificate) {
  return explain::in_quotes(certificate.subject().short_name());
}

// A certificate that vouches for itself alone, and is called so.
bool is_only_a_pin(const IssuerChoice& choice) {
  return choice.kind == IssuerChoice::Kind::itself && trust::is_pin(choice.certificate);
}

// What would be trusted, and why that one.
std::string why_that_one(const IssuerChoice& choice) {
  const auto name = name_of(choice.certificate);
  switch (choice.kind) {
    case IssuerChoice::Kind::root_sent:
      return fmt::format("What would be trusted is the root {}, which the server sent.", name);
    case IssuerChoice::Kind::at_hand:
      return fmt::format(
          "What would be trusted is {}, which the server did not send and this "
          "phone holds: it issued the highest certificate that was sent.",
          name);
    case IssuerChoice::Kind::highest:
      return fmt::format(
          "What would be trusted is {}, the highest certificate that the server sent and that would "
          "do: its root was not sent, and this phone does not hold it.",
          name);
    case IssuerChoice::Kind::itself: break;
  }
  return fmt::format(
      "What would be trusted is the server's own certificate, {}: {}", name,
      is_only_a_pin(choice)
          ? "no issuer of it was sent, and this phone holds none. It is a pin, which "
            "vouches for that very certificate alone: when the server renews it, it "
            "has to be trusted anew."
          : "it is signed by itself. It may issue others besides, and whatever it "
            "issues would be trusted, too.");
}

// What would still be wrong, or what was: each finding in its own words.
std::string findings_words(const trust::Verdict& verdict, const store::RejectedRow& row,
                           sys_seconds now) {
  const explain::Context context{.server = row.server, .now = now};
  std::string words;
  for (const auto& finding : explain::explain(verdict, {}, context).findings) {
    words += " " + finding.says;
  }
  return words;
}

// Whether trusting it would do.
std::string cure_words(const RejectedServer& server, sys_seconds now) {
  const auto& choice = *server.choice;
  if (choice.cures()) return "The server is trusted then.";
  if (!server.list_counts) {
    return "That would not be enough: the list is this computer's roots (static.security.ca_cert "
           "= 0), so that uploaded certificates do not count. Choose another list under Security > "
           "Trusted Certificates.";
  }
  return "That would not be enough:" + findings_words(choice.after, server.row, now);
}

std::string before_words(const RejectedServer& server, sys_seconds now) {
  if (server.chain.empty()) {
    return "Its certificate cannot be read, so that there is nothing to trust. Put a well-formed "
           "one on the server.";
  }
  if (server.verdict.decision == trust::Decision::trusted) {
    return "This server is trusted by now: nothing has to be added. The next connection takes it "
           "off this list.";
  }
  if (!server.choice) {
    return "Its issuer is trusted already, and to trust more would not help:" +
           findings_words(server.verdict, server.row, now);
  }
  return why_that_one(*server.choice) + " " + cure_words(server, now) +
         " Compare its SHA-256 with the one that its owner gives out, by another way than this "
         "connection, and give that one.";
}

json trust_json(const RejectedServer& server, const Dates& dates) {
  json shown{{"kind", nullptr}, {"certificate", nullptr}, {"cures", false}};
  if (server.choice) {
    shown["kind"] = trust::word(server.choice->kind);
    const auto& certificate = server.choice->certificate;
    shown["certificate"] = explain::certificate_json(certificate, dates.of(certificate));
    shown["cures"] = server.choice->cures();
  }
  shown["says"] = before_words(server, dates.now);
  return shown;
}

std::string after_words(const RejectedServer& server, sys_seconds now) {
  const auto& choice = *server.choice;
  auto says =
      fmt::format("{} is trusted from now on{}.", name_of(choice.certificate),
                  is_only_a_pin(choice) ? ", as a pin: for that very certificate alone" : "");
  const auto& findings = server.verdict.findings;
  const auto changed =
      std::ranges::find(findings, trust::FindingCode::pin_changed, &trust::Finding::code);
  if (changed != findings.end()) {
    says += fmt::format(
        " The certificate that was trusted under this name before (SHA-256 {}) is still in the list: "
        "delete it there unless another server of that name shows it.",
        changed->evidence.wanted);
  }
  if (choice.cures()) {
    return says +
           fmt::format(" {} is accepted at the next connection.", base::visible(server.row.server));
  }
  return says + fmt::format(" {} is still refused. ", base::visible(server.row.server)) +
         cure_words(server, now);
}

}  // namespace

net::Task<http::Response> list_rejected(Call call) {
  auto rows = co_await call.phone.rejected();
  if (!rows) co_return refuse(rows.error());
  auto list = json::array();
  for (const auto& row : *rows) list.push_back(rejected_row_json(row));
  co_return answer_json(200, {{"rejected", std::move(list)}});
}

net::Task<http::Response> show_rejected(Call call) {
  const auto id = id_of(call.tail);
  if (!id) co_return refuse(id.error());
  auto server = co_await call.phone.rejected(*id);
  if (!server) co_return refuse(server.error());
  const auto dates = dates_of(call);
  std::function<http::Response()> make = [&server, &dates] {
    auto body = rejected_row_json(server->row);
    auto chain = json::array();
    for (const auto& certificate : server->chain) {
      chain.push_back(explain::certificate_json(certificate, dates.of(certificate)));
    }
    body["certificates"] = std::move(chain);
    body["unreadable"] = server->row.chain.size() - server->chain.size();
    body["trust"] = trust_json(*server, dates);
    return answer_json(200, body);
  };
  auto response = co_await answer_aside(call.phone, std::move(make));
  co_return response;
}

net::Task<http::Response> trust_rejected(Call call) {
  const auto id = id_of(call.tail);
  if (!id) co_return refuse(id.error());
  const auto body = json_object(call.request.body);
  if (!body) co_return refuse(body.error());
  const auto typed = text_member(*body, "sha256");
  if (typed.empty()) {
    co_return refuse({ErrorCode::bad_input, "sha256",
                      "give the SHA-256 of the certificate to trust, as its owner gives it out"});
  }
  auto server = co_await call.phone.rejected(*id);
  if (!server) co_return refuse(server.error());
  const auto now = call.clock.now();
  if (!server->choice) {
    co_return refuse({ErrorCode::unsupported, "", before_words(*server, now)});
  }
  const auto& certificate = server->choice->certificate;
  if (const auto fits = check_fingerprint(typed, certificate); !fits) {
    co_return refuse(fits.error());
  }
  std::vector<x509::Certificate> certificates{certificate};
  auto origin = fmt::format("{}: rejected server {}", call.local ? "command line" : "page",
                            server->row.server);
  const auto added = co_await call.phone.add_trusted(std::move(certificates), std::move(origin));
  if (!added) co_return refuse(added.error());
  co_return answer_json(200, {{"says", after_words(*server, now)},
                              {"trusted_id", added->front().id},
                              {"cures", server->choice->cures()}});
}

}  // namespace sealtone::admin
