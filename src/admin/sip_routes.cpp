// SPDX-License-Identifier: Apache-2.0
// The route of Account > Register: what each SIP account is doing, and why.
#include <nlohmann/json.hpp>

#include "admin/answers.h"
#include "admin/routes.h"
#include "base/text.h"
#include "explain/spoken.h"

namespace sealtone::admin {
namespace {

using nlohmann::json;

json time_or_null(const std::optional<std::chrono::sys_seconds>& time) {
  return time ? json(base::utc(*time)) : json(nullptr);
}

json account_json(const SipAccount& account) {
  auto findings = json::array();
  for (const auto code : account.findings) findings.push_back(trust::word(code));
  return {{"number", account.number},
          {"label", account.label},
          {"address", account.address},
          {"state", account.state},
          {"says", account.says},
          {"reason", account.reason.empty() ? json(nullptr) : json(account.reason)},
          {"status", account.status == 0 ? json(nullptr) : json(account.status)},
          {"server", account.server},
          {"transport", account.transport},
          {"tls_version", account.tls_version},
          {"decision", account.decision ? json(trust::word(*account.decision)) : json(nullptr)},
          {"findings", std::move(findings)},
          // What desk phones draw a lock for: encrypted, and the server is known.
          {"lock", account.state == "registered" && account.transport == "TLS" &&
                       account.decision == trust::Decision::trusted},
          {"until", time_or_null(account.until)},
          {"next_try", time_or_null(account.next_try)},
          {"waiting_messages", account.waiting_messages},
          {"sip", explain::to_json(explain::dialogue(account.spoken))}};
}

}  // namespace

net::Task<http::Response> show_sip(Call call) {
  const auto sip = call.phone.sip();
  auto accounts = json::array();
  for (const auto& account : sip.accounts) accounts.push_back(account_json(account));
  auto events = json::array();
  for (const auto& event : sip.events) {
    events.push_back(
        {{"at", base::utc(event.at)}, {"account", event.account}, {"says", event.says}});
  }
  co_return answer_json(200, {{"accounts", std::move(accounts)},
                              {"events", std::move(events)},
                              {"register_fetched", sip.register_fetched}});
}

}  // namespace sealtone::admin
