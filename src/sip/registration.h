// SPDX-License-Identifier: Apache-2.0
//
// sip/registration: the REGISTER requests of one account, and what the answers mean.
//
// Source: RFC 3261 §10.2, §10.3, §8.1.3.4 (redirects); RFC 5626 §4.2, §11.6 (439); RFC 3581
// (rport). Quiet: answers and random words in, the next request or the outcome out; who sends and
// waits is account.h.  No other request is made here, so that Service-Route (RFC 3608) and
// P-Associated-URI, which are for those, are not looked at.
// Units: seconds.  Errors: bad_input for what the account's settings make of a request.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sip/credentials.h"
#include "sip/message.h"
#include "sip/server.h"

namespace sealtone::sip {

// RFC 3261 gives no bound; what a server asks for beyond this (423) is not asked of it.
inline constexpr std::chrono::seconds kLongestExpires{7 * 24 * 3'600};

struct Identity {
  std::string user = {};       // sip:user@DOMAIN OF THE SERVER
  std::string auth_name = {};  // empty: user
  std::string password = {};   // secret
  std::string display = {};
  std::string instance = {};  // "urn:uuid:…", the same for the phone's life; empty: no outbound
};

// What one request needs of its connection.
struct Here {
  std::string host;  // this end's address
  std::uint16_t port = 0;
  Transport transport = Transport::tls;
};

// Whom a round of requests is for.
struct Whom {
  std::string domain = {};           // of the address of record: the server's host as configured
  Server server = {};                // whose nonces may be used on
  std::optional<Server> route = {};  // an outbound proxy, which is connected to instead
  std::optional<Uri> redirected_to = {};  // 3xx: the Request-URI instead of sip:domain
  std::chrono::seconds expires{3'600};
};

struct Registered {
  std::chrono::seconds expires{0};  // of our binding, as granted; never more than was asked for
  std::optional<std::chrono::seconds> flow_timer = {};
  bool outbound = false;  // Require: outbound in the answer
};
struct Again {};  // another request is due at once: next()
struct Redirected {
  std::vector<Uri> to;  // Contact, best q first, at most five
};
struct Refused {
  int status = 0;
  std::string reason = {};
  bool authentication = false;  // the server wants a password that it does not get
  bool by_password = false;     // another user name or password may do
  std::optional<std::chrono::seconds> retry_after = {};
  std::string detail = {};  // Warning, the challenge that could not be answered; fit to be shown
};
using Answer = std::variant<Registered, Again, Redirected, Refused>;

class Registration {
 public:
  // call_id, tag: random, the same as long as this lives.
  Registration(Identity identity, std::string call_id, std::string tag, int reg_id = 1);
  // A new connection: counts of tries begin again.
  void begin(Whom whom);
  // branch and client_nonce are random.
  [[nodiscard]] base::Result<Message> next(const Here& here, std::string_view branch,
                                           std::string_view client_nonce);
  // The binding's end instead: Expires 0.  Answered by next() and take() as any other.
  void unregister() { leaving_ = true; }
  // To the request that next() made last.  423 raises Expires to Min-Expires once; challenges are
  // answered once each, and again while nonces were stale, but not for ever; then they are Refused.
  [[nodiscard]] Answer take(const Message& response);

 private:
  [[nodiscard]] Uri contact(const Here& here) const;
  [[nodiscard]] bool is_ours(const NameAddress& contact) const;
  [[nodiscard]] Answer accepted(const Message& response);
  [[nodiscard]] Answer too_brief(const Message& response);
  [[nodiscard]] Answer redirected(const Message& response) const;

  Identity identity_;
  std::string call_id_, tag_;
  int reg_id_;
  Credentials credentials_;
  Whom whom_;
  Uri contact_;  // of the last request
  std::uint32_t cseq_ = 0;
  bool outbound_ = true;        // until a server says that it cannot (439)
  bool was_too_brief_ = false;  // in this round
  bool leaving_ = false;
};

}  // namespace sealtone::sip
