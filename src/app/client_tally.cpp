// SPDX-License-Identifier: Apache-2.0
#include "app/client_tally.h"

#include <algorithm>
#include <tuple>

#include "handshake/names.h"

namespace sealtone::app {
namespace {

constexpr std::size_t kLongestAgent = 300, kLongestName = 260;  // octets that are kept

// Of the versions that have a name: what is offered to be ignored (GREASE) is none.
std::optional<std::uint16_t> newest_offered(const handshake::HandshakeRecord& record) {
  std::optional<std::uint16_t> newest;
  if (!record.client_hello) return newest;
  for (const auto version : record.client_hello->versions) {
    const bool named = !handshake::version_name(version).starts_with("0x") &&
                       handshake::version_name(version) != "GREASE";
    if (named && (!newest || version > *newest)) newest = version;
  }
  return newest;
}

// 0: failed; then what nobody can tell; then what came about.
int order_of(const explain::ConnectionOutcome& outcome) {
  if (outcome.failed()) return 0;
  return outcome.kind == explain::ConnectionOutcome::Kind::established ? 3 : 2;
}
int order_of(const ClientRow& row) { return row.failed_before() ? 1 : order_of(row.outcome); }

}  // namespace

void ClientTally::add(const capture::Connection& connection,
                      const explain::ConnectionOutcome& outcome) {
  ++connections_;
  auto at = clients_.find(connection.client.address);
  if (at == clients_.end()) {
    if (clients_.size() >= most_) {
      ++left_out_;
      left_out_failed_ += outcome.failed() ? 1 : 0;
      return;
    }
    at = clients_.try_emplace(connection.client.address).first;
  }
  auto& client = at->second;
  ++client.connections;
  client.failed += outcome.failed() ? 1 : 0;
  if (outcome.failed() && connection.first >= client.last_failed.at) {
    client.last_failed = {connection.first, connection.number, outcome};
  }
  client.last_seen = std::max(client.last_seen, connection.last);
  client.newest_version = std::max(client.newest_version, newest_offered(connection.record));
  if (!connection.user_agent.empty()) {
    client.user_agent = connection.user_agent.substr(0, kLongestAgent);
  }

  const auto server = connection.server.text();
  auto& servers = client.servers;
  const auto there = servers.find(server);
  if (there != servers.end() && there->second.at > connection.first) return;
  const auto& hello = connection.record.client_hello;
  AtServer now{
      .at = connection.first,
      .number = connection.number,
      .name = {},
      .outcome = outcome,
      .observed = connection.record.observed.value_or(handshake::HandshakeRecord::Observed{})};
  if (hello) now.name = hello->server_name.substr(0, kLongestName);
  if (there != servers.end() || room_for(now, servers)) servers[server] = std::move(now);
}

bool ClientTally::room_for(const AtServer& one, std::map<std::string, AtServer>& servers) {
  if (servers.size() < kMostServers) return true;
  const auto weight = [](const AtServer& each) {
    return std::tuple(each.outcome.failed(), each.at);
  };
  const auto least =
      std::ranges::min_element(servers, {}, [&](const auto& each) { return weight(each.second); });
  const bool kept = weight(one) > weight(least->second);
  ++servers_left_out_;
  servers_left_out_failed_ += (kept ? least->second : one).outcome.failed() ? 1 : 0;
  if (kept) servers.erase(least);
  return kept;
}

void ClientTally::note_user_agents(const std::map<std::string, std::string>& by_address) {
  for (auto& [address, client] : clients_) {
    if (!client.user_agent.empty()) continue;
    const auto said = by_address.find(address);
    if (said != by_address.end()) client.user_agent = said->second.substr(0, kLongestAgent);
  }
}

std::vector<ClientRow> ClientTally::rows() const {
  std::vector<ClientRow> rows;
  rows.reserve(clients_.size());
  for (const auto& [address, client] : clients_) {
    // Gravest first; among equals the newest.
    const auto& [server, at] =
        *std::ranges::min_element(client.servers, [](const auto& one, const auto& other) {
          return std::tuple(order_of(one.second.outcome), other.second.at) <
                 std::tuple(order_of(other.second.outcome), one.second.at);
        });
    rows.push_back({.address = address,
                    .user_agent = client.user_agent,
                    .newest_version = client.newest_version,
                    .number = at.number,
                    .server = server,
                    .name = at.name,
                    .outcome = at.outcome,
                    .observed = at.observed,
                    .last_seen = client.last_seen,
                    .connections = client.connections,
                    .failed = client.failed,
                    .failed_number = client.last_failed.number,
                    .last_failure = client.last_failed.outcome});
  }
  std::ranges::stable_sort(rows, [](const ClientRow& one, const ClientRow& other) {
    return std::tuple(order_of(one), other.last_seen) < std::tuple(order_of(other), one.last_seen);
  });
  return rows;
}

}  // namespace sealtone::app
