// SPDX-License-Identifier: Apache-2.0
//
// sip/account: one account that registers, stays registered, and says why when it cannot.
//
// Runs on the loop: looks servers up, connects, judges, registers, renews, fails over, backs off;
// never faster than the account's keys allow.  Sources: registration.h, flow.h, server.h.
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
#include "sip/flow.h"
#include "sip/registration.h"
#include "sip/server.h"
#include "tls/tls.h"

namespace sealtone::sip {

struct AccountServer {
  Server server;
  std::chrono::seconds expires{3600};
  int retry_counts = 3;  // tries before the next server
};

struct AccountOptions {
  Identity identity;
  std::vector<AccountServer> servers;    // sip_server.1, sip_server.2
  std::optional<Server> outbound_proxy;  // connected to instead; judged by its own name
  int expires_overlap = -1;
  Backoff backoff;
  std::chrono::seconds surge_prevention{0};  // a random wait up to this, once, at the start
  AnswerPolicy answers;
  std::string user_agent;
};

// Where an attempt ended.
enum class Stage { settings, dns, tcp, tls, sip, authentication };
[[nodiscard]] const char* word(Stage stage);

struct Cause {
  Stage stage;
  std::string text;  // what happened, as an Error's detail or a status line
  std::optional<trust::Verdict> verdict = {};  // of a TLS connection
  int status = 0;                              // of a SIP response
};

enum class State { off, waiting_for_permission, registering, registered, refused, failed };
[[nodiscard]] const char* word(State state);  // "waiting-for-permission"

// refused: a server said no, or we refused its certificate; failed: nobody answered.
struct Status {
  State state = State::off;
  std::optional<Cause> cause = {};                     // refused, failed
  std::optional<std::chrono::sys_seconds> until = {};  // registered
  std::optional<std::chrono::sys_seconds> next_try = {};
  std::string server = {};  // "sip.example.com:5061 (192.0.2.1:5061)"
  std::optional<Transport> transport = {};
  std::string tls_version = {};                // "TLS 1.3"; empty without
  std::optional<trust::Verdict> verdict = {};  // of the connection that is open
  int waiting_messages = 0;
};

// One TLS (or TCP) connection that an account made, whatever became of it.
struct Attempt {
  Server server;
  Hop hop;
  std::optional<trust::Verdict> verdict = {};
  handshake::HandshakeRecord record = {};
  std::shared_ptr<tls::Recording> recording = {};
};

// What a connection is made with; asked for anew each time, for lists and certificates change.
struct TlsSide {
  std::shared_ptr<const tls::Context> context;
  tls::PeerCheck check;  // reference and sni are filled in by the account
  std::chrono::milliseconds connect_limit{10'000}, handshake_limit{10'000};
};

struct AccountEvents {
  std::function<net::Task<base::Result<TlsSide>>()> tls_side;
  std::function<void(const Status&)> changed;           // each time state or cause is another
  std::function<void(const Attempt&)> attempted;        // for journal and rejected servers
  std::function<void(bool sent, const Message&)> seen;  // for log and ladder
  std::function<void(Answered::Do)> asked;              // check-sync
};

class Account {
 public:
  [[nodiscard]] static std::unique_ptr<Account> start(net::asio::io_context& loop,
                                                      AccountOptions options, AccountEvents events,
                                                      const base::Clock& clock,
                                                      base::Random& random);
  virtual ~Account() = default;  // drops the connection
  [[nodiscard]] virtual const Status& status() const = 0;
  // The list, the switch or the certificate changed: un-registers, connects and registers anew.
  virtual void reconnect(std::string why) = 0;
  // Un-registers (at most 2 s), then drops the connection.
  [[nodiscard]] virtual net::Task<void> stop() = 0;
};

}  // namespace sealtone::sip
