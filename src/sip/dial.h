// SPDX-License-Identifier: Apache-2.0
//
// sip/dial: a connection to one address of a server, over TCP or TLS, and its verdict.
//
// Names of certificates are compared by RFC 5922 with the server as it was configured (or
// redirected to), never with what DNS made of it.  A verdict that refuses gives no stream, and
// nothing was sent (tls.h).  Runs on the loop.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <expected>
#include <memory>
#include <string>

#include "sip/server.h"
#include "sip/status.h"
#include "tls/tls.h"

namespace sealtone::sip {

// What a TLS connection is made with; asked for anew each time, for lists and certificates change.
struct TlsSide {
  std::shared_ptr<const tls::Context> context;
  tls::PeerCheck check;  // reference, sni, origin and the service are filled in here
};

// One connection that was made, whatever became of it.
struct Attempt {
  int number = 0;  // of this account; told when it stands, and again when it has ended
  bool ended = false;
  Server server;  // as it was configured or redirected to
  Hop hop;
  std::string peer = {};  // "192.0.2.1:5061"
  std::optional<trust::Verdict> verdict = {};
  // Null without TLS.
  std::shared_ptr<const handshake::HandshakeRecord> record = {};
  std::shared_ptr<tls::Recording> recording = {};
};

struct Dialled {
  std::shared_ptr<net::ByteStream> stream;
  std::shared_ptr<tls::TlsStream> secured;  // the same, or null without TLS
  std::string local;                        // "192.0.2.5:40112": this end
  Attempt attempt;
};

struct DialLimits {
  std::chrono::milliseconds connect{10'000}, handshake{10'000};
};

struct NotDialled {
  Cause cause;
  std::optional<Attempt> attempt = {};  // where TLS was begun
};

// What a certificate of that server is judged by.
[[nodiscard]] tls::PeerCheck judged_as(const Server& server, tls::PeerCheck check);

// side: for a server over TLS.
[[nodiscard]] net::Task<std::expected<Dialled, NotDialled>> dial(Server server, Hop hop,
                                                                 net::asio::ip::address address,
                                                                 std::optional<TlsSide> side,
                                                                 DialLimits limits);

}  // namespace sealtone::sip
