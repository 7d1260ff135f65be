// SPDX-License-Identifier: Apache-2.0
//
// phone/rejected: servers that were refused, judged again by the list of today.
#include <nlohmann/json.hpp>

#include "base/url.h"
#include "phone/wired.h"
#include "provision/trusting.h"

namespace sealtone::phone {
namespace {

using base::Result;

// The octets are a stranger's: what cannot be read ends the chain.
std::vector<x509::Certificate> readable(const std::vector<base::Bytes>& chain) {
  std::vector<x509::Certificate> certificates;
  for (const auto& der : chain) {
    auto read = x509::Certificate::from_der(der);
    if (read) certificates.push_back(*std::move(read));
    if (certificates.empty()) break;  // its own stands first, and nothing takes its place
  }
  return certificates;
}

// What a server is judged by.
struct Ground {
  std::shared_ptr<const store::Snapshot> snapshot;
  std::shared_ptr<const std::vector<x509::Certificate>> system_roots;
  trust::ClockFloor clock;
  std::chrono::sys_seconds now;
};

admin::RejectedServer judged(store::RejectedRow row, const Ground& ground) {
  const bool sip = row.service == "sip";
  const auto tls =
      settings::tls_settings(ground.snapshot->settings, sip ? "sip" : "auto_provision");
  admin::RejectedServer server{.row = std::move(row),
                               .chain = {},
                               .verdict = {},
                               .choice = {},
                               .list_counts = tls.trust_list != settings::TrustList::system_roots};
  server.chain = readable(server.row.chain);
  if (server.chain.empty()) return server;
  const auto uploaded = provision::uploaded(*ground.snapshot);
  const auto anchors = provision::chosen_anchors(tls.trust_list, uploaded, *ground.system_roots);
  auto at_hand = uploaded;
  at_hand.insert(at_hand.end(), ground.system_roots->begin(), ground.system_roots->end());
  trust::Refused refused{.presented = server.chain,
                         .anchors = anchors,
                         .counts = server.list_counts,
                         .at_hand = at_hand,
                         .reference = {},
                         .policy = provision::policy_of(tls),
                         .now = ground.now};
  // Whether it would be trusted is asked, whatever is accepted besides.
  refused.policy.only_accept_trusted = true;
  if (sip) refused.policy.service = trust::Service::sip;
  refused.policy.clock = ground.clock;
  refused.policy.path.crls = ground.snapshot->crls;
  // What it sent along speaks again; where it was refused before that could come, nobody knows what
  // it would have said, as in the handshake itself.
  refused.answer_to_come = !server.row.ocsp_answer;
  if (const auto& answer = server.row.ocsp_answer) {
    std::vector<base::Bytes> answers;
    if (!answer->empty()) answers.push_back(*answer);
    refused.policy.path.ocsp_responses =
        std::make_shared<const std::vector<base::Bytes>>(std::move(answers));
  }
  if (const auto url = base::parse_host_port(server.row.server, "https")) {
    refused.reference = trust::ReferenceIdentifier::from_host(url->host);
  }
  server.verdict = trust::judge(refused, x509::AnchorSet(anchors));
  server.choice = trust::issuer_to_trust(refused, server.verdict.path);
  return server;
}

}  // namespace

net::Task<Result<std::vector<store::RejectedRow>>> Wired::rejected() {
  co_await journal_.flush();
  auto& store = *store_;
  std::function<Result<std::vector<store::RejectedRow>>()> job = [&store] {
    return store.rejected();
  };
  auto rows = co_await worker_->run<std::vector<store::RejectedRow>>(std::move(job));
  co_return rows;
}

net::Task<Result<admin::RejectedServer>> Wired::rejected(std::int64_t id) {
  co_await journal_.flush();
  const auto roots = co_await system_roots();
  const Ground ground{snapshot_, roots, clock_floor(), clock_.now()};
  auto& store = *store_;
  std::function<Result<admin::RejectedServer>()> job = [&store, &ground,
                                                        id]() -> Result<admin::RejectedServer> {
    auto row = store.rejected(id);
    if (!row) return std::unexpected(row.error());
    return judged(*std::move(row), ground);
  };
  auto server = co_await worker_->run<admin::RejectedServer>(std::move(job));
  co_return server;
}

}  // namespace sealtone::phone
