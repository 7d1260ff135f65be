// SPDX-License-Identifier: Apache-2.0
//
// app/client_tally: the connections of a capture summed up by the client's address: which phones
// were refused, or refused a server, and why.
//
// Of each client's row the newest connection to each server counts, so that it shows how things
// are; that others failed is kept beside it.  Bounded: kMostClients, kMostServers of each, of which
// those that failed stay before the others; what comes beyond is counted, and what failed of it is
// a failure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "capture/capture.h"
#include "explain/outcome.h"

namespace sealtone::app {

// A client, as its row has it.
struct ClientRow {
  std::string address;
  std::string user_agent;                            // as it was sent; empty if none was read
  std::optional<std::uint16_t> newest_version = {};  // that it offered
  std::size_t number = 0;                            // of the connection that the outcome is of
  std::string server;                                // its server
  std::optional<std::string> name = {};              // asked for; none: that is not in the capture
  explain::ConnectionOutcome outcome = {};
  handshake::HandshakeRecord::Observed observed = {};  // what is missing of it
  capture::Time last_seen = {};
  std::size_t connections = 0, failed = 0;
  // Where the outcome is no failure and others were: the last of these.
  std::size_t failed_number = 0;
  explain::ConnectionOutcome last_failure = {};

  // Not every time.
  [[nodiscard]] bool failed_before() const { return failed > 0 && !outcome.failed(); }
};

class ClientTally {
 public:
  static constexpr std::size_t kMostClients = 10'000;
  static constexpr std::size_t kMostServers = 8;

  explicit ClientTally(std::size_t most_clients = kMostClients) : most_(most_clients) {}

  void add(const capture::Connection& connection, const explain::ConnectionOutcome& outcome);
  // What clients said of themselves in the clear; of those that are listed.
  void note_user_agents(const std::map<std::string, std::string>& by_address);

  // Failed first, then those that others failed of; among equals the last seen first.
  [[nodiscard]] std::vector<ClientRow> rows() const;
  [[nodiscard]] std::size_t clients() const { return clients_.size(); }
  [[nodiscard]] std::size_t connections() const { return connections_; }  // of all of them
  // Connections of clients for which there was no room, and how many of them failed.
  [[nodiscard]] std::size_t left_out() const { return left_out_; }
  [[nodiscard]] std::size_t left_out_failed() const { return left_out_failed_; }
  // The same of servers beyond kMostServers of one client.
  [[nodiscard]] std::size_t servers_left_out() const { return servers_left_out_; }
  [[nodiscard]] std::size_t servers_left_out_failed() const { return servers_left_out_failed_; }

 private:
  struct Failed {
    capture::Time at = {};
    std::size_t number = 0;
    explain::ConnectionOutcome outcome = {};
  };
  struct AtServer {
    capture::Time at;
    std::size_t number = 0;
    std::optional<std::string> name;
    explain::ConnectionOutcome outcome;
    handshake::HandshakeRecord::Observed observed;
  };
  struct Client {
    std::string user_agent;
    std::optional<std::uint16_t> newest_version;
    capture::Time last_seen;
    std::size_t connections = 0, failed = 0;
    Failed last_failed = {};
    std::map<std::string, AtServer> servers;
  };

  // Whether this one may be kept; one that matters less goes for it.
  [[nodiscard]] bool room_for(const AtServer& one, std::map<std::string, AtServer>& servers);

  std::size_t most_;
  std::map<std::string, Client> clients_;
  std::size_t connections_ = 0, left_out_ = 0, left_out_failed_ = 0;
  std::size_t servers_left_out_ = 0, servers_left_out_failed_ = 0;
};

}  // namespace sealtone::app
