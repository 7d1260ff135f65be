// SPDX-License-Identifier: Apache-2.0
//
// phone/page: one connection to the page's port, from its first octet to its end.
//
// TLS is what is spoken here; a browser that begins in plain HTTP is told the https:// address.  A
// connection keeps the context it began with.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "admin/api.h"
#include "base/clock.h"
#include "http/http.h"
#include "net/net.h"
#include "phone/journal.h"
#include "phone/visitors.h"
#include "tls/tls.h"

namespace sealtone::phone {

// What a connection needs; the phone outlives its connections.
struct PageParts {
  admin::Api& api;
  Journal& journal;
  const Visitors& visitors;
  const base::Clock& clock;
  http::BodyBudget& bodies;  // of this listener's connections
  tls::Recordings& recordings;
  http::Limits limits;
};

[[nodiscard]] net::Task<void> serve_page(PageParts parts, std::unique_ptr<net::Socket> socket,
                                         std::shared_ptr<const tls::Context> context,
                                         std::chrono::milliseconds handshake_limit,
                                         std::string page_url);

// admin.sock: whoever may open it is the admin.
[[nodiscard]] net::Task<void> serve_local(PageParts parts, std::unique_ptr<net::Socket> socket);

}  // namespace sealtone::phone
