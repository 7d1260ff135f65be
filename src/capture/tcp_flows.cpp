// SPDX-License-Identifier: Apache-2.0
//
// capture/tcp: which flows there are, by their last packets, and what is told of each.
#include <algorithm>

#include "capture/hashes.h"
#include "capture/tcp.h"

namespace sealtone::capture {
namespace {

// RFC 9293 §3.4.2: "the MSL is taken to be 2 minutes", there and back.
constexpr std::chrono::minutes kSentAgain{4};

}  // namespace

void Tcp::touch(Flow& flow, Time at) {
  flow.last = std::max(flow.last, at);
  if (newest_ == &flow) return;
  unlink(flow);
  flow.older = newest_;
  if (newest_ != nullptr) newest_->newer = &flow;
  newest_ = &flow;
  if (oldest_ == nullptr) oldest_ = &flow;
}

void Tcp::unlink(Flow& flow) {
  if (flow.newer != nullptr) flow.newer->older = flow.older;
  if (flow.older != nullptr) flow.older->newer = flow.newer;
  if (newest_ == &flow) newest_ = flow.older;
  if (oldest_ == &flow) oldest_ = flow.newer;
  flow.newer = flow.older = nullptr;
}

void Tcp::remember(const Key& key, Time last) {
  const auto hash = flows_.hash_function()(key);
  past_[hash % past_.size()] = {hash, last};
}

bool Tcp::is_past(const Key& key, Time at) const {
  const auto hash = flows_.hash_function()(key);
  const auto& known = past_[hash % past_.size()];
  return known.hash == hash && at < known.last + kSentAgain;
}

std::vector<Connection> Tcp::open() const {
  std::vector<Connection> all;
  for (const auto* flow = oldest_; flow != nullptr; flow = flow->newer) {
    const auto* tls = flow->conversation.tls();
    if (tls == nullptr) continue;
    all.emplace_back().record = tls->builder().record();
    describe(*flow, all.back());
  }
  std::ranges::sort(all, {}, &Connection::number);
  return all;
}

// Of one side alone nobody can tell whether the other was first.
std::optional<std::size_t> Tcp::closed_first(const Flow& flow) {
  return flow.seen[0] && flow.seen[1] ? flow.closed_by : std::nullopt;
}

// All but the record's own facts.
void Tcp::describe(const Flow& flow, Connection& connection) {
  const auto client = flow.conversation.client();
  const auto end = [&](std::size_t side) {
    return side == 0 ? Endpoint{text_of(flow.key->low), flow.key->low_port}
                     : Endpoint{text_of(flow.key->high), flow.key->high_port};
  };
  auto& record = connection.record;
  connection.number = flow.number;
  connection.client = end(client);
  connection.server = end(1 - client);
  record.peer = connection.server.text();
  if (const auto first = closed_first(flow); !record.closed_by && first) {
    const bool by_client = *first == client;
    record.closed_by = by_client ? handshake::Direction::sent : handshake::Direction::received;
    record.reset = flow.reset;
  }
  // The SYN may have come behind it.
  if (flow.opener && (record.client_hello || record.server_hello)) {
    record.observed->start_missing = false;
  }
  record.observed->client_absent = !flow.seen[client];
  record.observed->server_absent = !flow.seen[1 - client];
  record.observed->missing_sent = flow.streams[client].missing();
  record.observed->missing_received = flow.streams[1 - client].missing();
  connection.server_certificates = hashes_of(record.server_chain);
  connection.client_certificates = hashes_of(record.client_chain);
  connection.first = flow.first;
  connection.last = flow.last;
  connection.user_agent = flow.conversation.tls()->user_agent();
}

}  // namespace sealtone::capture
