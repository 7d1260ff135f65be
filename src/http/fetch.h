// SPDX-License-Identifier: Apache-2.0
//
// http/fetch: GET a URL over TCP or TLS, redirects followed, every TLS connection judged.
//
// Credentials go to the origin they were given for, never to another after a redirect, and not
// before that server asks for them (authentication.h); from https to http is refused.  A refused
// server gets no request line.  At most 5 redirects.
#pragma once

#include <functional>
#include <memory>

#include "base/random.h"
#include "base/url.h"
#include "http/http.h"
#include "tls/tls.h"

namespace sealtone::http {

// One TLS connection of a fetch; also of a refused one.
struct Connection {
  base::Url url;  // what it was made for
  trust::Verdict verdict;
  handshake::HandshakeRecord record;
  std::shared_ptr<tls::Recording> recording = {};  // of its octets, if they are kept
};

struct FetchOptions {
  std::shared_ptr<const tls::Context> context;
  std::shared_ptr<const x509::AnchorSet> anchors;
  trust::Policy policy;
  std::chrono::sys_seconds now;
  std::shared_ptr<tls::SessionCache> sessions;  // null: a full handshake each time
  std::shared_ptr<tls::KeptChains> kept;        // null: every chain is decoded and judged anew
  std::shared_ptr<tls::Recordings> recordings;  // where octets are kept; null: they are not
  std::string reference_host;      // judge by this name instead of the URL's host; first hop only
  std::string user, password;      // for the first URL's origin; user info of the URL goes before
  base::Random* random = nullptr;  // for Digest, where user and password may be asked for
  std::string user_agent = "Sealtone";
  Limits limits;
  std::chrono::milliseconds connect_limit{10'000};
  std::chrono::milliseconds handshake_limit{10'000};
  bool follow_redirects = true;
};

struct Fetched {
  std::optional<base::Result<Response>> response;  // absent: refused, or no connection
  std::optional<base::Error> unreachable;          // nothing answered (DNS, TCP), with the address
  std::vector<Connection> connections;             // in order; the last one is where it ended
  base::Url final_url;
  [[nodiscard]] bool ok() const { return response && *response && (*response)->status == 200; }
};

[[nodiscard]] net::Task<Fetched> fetch(base::Url url, FetchOptions options);

}  // namespace sealtone::http
