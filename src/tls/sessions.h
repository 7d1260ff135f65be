// SPDX-License-Identifier: Apache-2.0
//
// tls/sessions: sessions of servers that may be resumed, each with what it was made under.
//
// Source: RFC 8446 §4.6.1, §C.4 (a ticket of TLS 1.3 is used once), RFC 5246 §F.1.4 (24 hours at
// most).  A resumed connection shows no certificate, so a session is given out only under the terms
// it was made under, and tls judges its certificates again before it is offered.  For the loop
// alone, one cache a service.  Units: UTC seconds; the time is an argument.
#pragma once

#include <chrono>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "x509/certificate.h"

extern "C" {
struct ssl_session_st;
}

namespace sealtone::tls {

class Context;
struct PeerCheck;

struct Session {
  std::string origin;      // "prov.example.com:443", and the name asked for there
  crypto::Sha256 terms{};  // the trusted list, policy, name, own certificate, versions and ciphers
  std::shared_ptr<ssl_session_st> native;
  std::vector<x509::Certificate> chain;  // as the server sent it in the handshake of `made`
  base::Bytes ocsp_answer = {};          // that came along then; empty if none did
  std::chrono::sys_seconds made, expires;
  bool single_use = false;
};

class SessionCache {
 public:
  static constexpr std::size_t kMost = 64;
  static constexpr std::size_t kMostOfOrigin = 4;  // a server sends two tickets, some send many
  static constexpr std::size_t kMaxTicketOctets = 16 * 1024;
  static constexpr std::chrono::hours kMaxAge{24};  // since the certificates were shown

  // The oldest go first.
  void put(Session session);
  // The newest of this origin under these terms.  What was made under others, has expired or comes
  // from a time that is still to be is dropped: what has changed does not change back.
  [[nodiscard]] std::optional<Session> take(const std::string& origin, const crypto::Sha256& terms,
                                            std::chrono::sys_seconds now);
  void forget(const std::string& origin);
  [[nodiscard]] std::size_t size() const { return sessions_.size(); }

 private:
  std::list<Session> sessions_;  // newest first
};

// What of a context and a check a session depends on, as one value.
[[nodiscard]] crypto::Sha256 terms_of(const Context& context, const PeerCheck& check);

}  // namespace sealtone::tls
