// SPDX-License-Identifier: Apache-2.0
//
// sip/account: one account that registers, stays registered, and says why when it cannot.
//
// Runs on the loop: looks servers up, connects, judges, registers, renews, fails over, backs off;
// never faster than the account's keys allow.  A try is one look-up of one server and one REGISTER
// over each of its addresses that can be connected to, until one answers (RFC 3263 §4.3); between
// tries lies the wait of pace.h.  After a registration that lasted, the first try comes at once
// (RFC 5626 §4.5).  Sources: registration.h, flow.h, server.h, pace.h, redirects.h.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "sip/answers.h"
#include "sip/dial.h"
#include "sip/flow.h"
#include "sip/pace.h"
#include "sip/registration.h"
#include "sip/status.h"

namespace sealtone::sip {

struct AccountServer {
  Server server = {};
  std::chrono::seconds expires{3'600};
  int retry_counts = 3;  // tries before the next server; at least one
};

struct AccountLimits {
  std::chrono::milliseconds look_up{5'000};  // of a name, each time
  DialLimits dial = {};
  Flow::Limits flow = {};
  std::chrono::milliseconds unregister{2'000};
  // Whatever a server says, it is not asked more often.
  std::chrono::milliseconds shortest_renewal{10'000}, shortest_ping{10'000};
  // So that not all phones come at once when a server comes back.
  std::chrono::milliseconds reconnect_spread{1'000};
};

struct AccountOptions {
  Identity identity = {};
  std::vector<AccountServer> servers = {};    // sip_server.1, sip_server.2
  std::optional<Server> outbound_proxy = {};  // connected to instead; judged by its own name
  int expires_overlap = -1;
  Backoff backoff = {};
  std::chrono::milliseconds surge_prevention{0};  // a random wait up to this, once, at the start
  AnswerPolicy answers = {};
  std::string user_agent = {};
  std::string name_servers = {};  // empty: the system's
  AccountLimits limits = {};
};

struct AccountEvents {
  std::function<net::Task<base::Result<TlsSide>>()> tls_side = {};  // only for servers over TLS
  std::function<void(const Status&)> changed = {};
  std::function<void(const Attempt&)> attempted = {};        // for journal and rejected servers
  std::function<void(bool sent, const Message&)> seen = {};  // for log and ladder
  std::function<void(Answered::Do)> asked = {};              // check-sync; its answer is on its way
};

class Account {
 public:
  // clock, random: longer than it.
  [[nodiscard]] static std::unique_ptr<Account> start(net::asio::io_context& loop,
                                                      AccountOptions options, AccountEvents events,
                                                      const base::Clock& clock,
                                                      base::Random& random);
  virtual ~Account() = default;  // drops the connection; no event comes any more
  [[nodiscard]] virtual const Status& status() const = 0;
  // The list, the switch, the certificate or the address changed: un-registers, connects and
  // registers anew, at the first server.  The old connection's server is judged anew first: refused
  // now, it is sent nothing more.
  virtual void reconnect() = 0;
  // From now on; what is registered stays so.
  virtual void answer_by(AnswerPolicy policy) = 0;
  // The computer's addresses or routes changed: if a connection to the server would come from
  // another address now, as reconnect; else nothing.
  virtual void look_at_address() = 0;
  // Un-registers (at most limits.unregister), says goodbye, then drops the connection.
  [[nodiscard]] virtual net::Task<void> stop() = 0;
};

}  // namespace sealtone::sip
