// SPDX-License-Identifier: Apache-2.0
//
// sip/registration: the REGISTER requests of one account, and what the answers mean.
//
// Source: RFC 3261 §10.2, §10.3, §22; RFC 5626 §4.2, §4.5, §5 (instance, reg-id, Flow-Timer,
// back-off); RFC 8760 (several challenges; the strongest known is answered).  Quiet: answers and
// random words in, the next request or the outcome out; who sends and waits is account.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "digest/digest.h"
#include "sip/message.h"
#include "sip/server.h"

namespace sealtone::sip {

struct Identity {
  std::string user;       // sip:user@domain
  std::string auth_name;  // empty: user
  std::string password;
  std::string display;
  std::string domain;    // of the address of record: the server's host as configured
  std::string instance;  // "urn:uuid:…", the same for the phone's life
};

// What one flow needs of its connection.
struct Here {
  std::string host;  // this end's address
  std::uint16_t port = 0;
  Transport transport = Transport::tls;
};

struct Registered {
  std::chrono::seconds expires;                    // of our binding, as the server granted it
  std::optional<std::chrono::seconds> flow_timer;  // RFC 5626 §4.4: ping at 80 to 100 % of it
  bool outbound = false;                           // Require: outbound in the answer
  std::vector<std::string> service_route = {};     // RFC 3608
};
struct Again {};  // another request is due at once: next()
struct Redirected {
  std::vector<Uri> to;
};  // 3xx: Contact, best q first
struct Refused {
  int status = 0;
  std::string reason;
  bool authentication = false;  // the server wants a password that we do not have, or not this one
  std::optional<std::chrono::seconds> retry_after = {};
  std::string detail = {};  // Warning, the challenge that could not be answered
};
using Answer = std::variant<Registered, Again, Redirected, Refused>;

class Registration {
 public:
  Registration(Identity identity, std::chrono::seconds expires, std::string call_id,
               int reg_id = 1);
  // branch, tag and cnonce are random.  unregister: Expires 0.
  [[nodiscard]] base::Result<Message> next(const Here& here, std::string_view branch,
                                           std::string_view tag, std::string_view cnonce,
                                           bool unregister = false);
  // To the request that next() made last.  423 raises Expires to Min-Expires once; 401 and 407 are
  // answered once each, and again when the nonce was stale; then they are Refused.
  [[nodiscard]] Answer take(const Message& response);
  // A new connection: nonces may be used on, counts of tries begin again.
  void begin();

 private:
  Identity identity_;
  std::chrono::seconds expires_;
  std::string call_id_;
  int reg_id_;
  std::uint32_t cseq_ = 0;
  std::optional<digest::Session> session_, proxy_session_;
  int challenged_ = 0;
};

// When to renew a binding: overlap seconds before its end (account.X.register_expires_overlap), or,
// for -1, at half of a short one and 600 s before the end of a long one (assumed); never below 1 s.
[[nodiscard]] std::chrono::seconds renew_after(std::chrono::seconds expires, int overlap);

struct Backoff {
  std::chrono::seconds fixed{30};                // reg_fail_retry_interval
  std::chrono::seconds minimum{0}, maximum{60};  // both 0: fixed
};
// RFC 5626 §4.5: W = min(maximum, base · 2^failures), and between 50 and 100 % of it at random.
// random: any 32 bits.
[[nodiscard]] std::chrono::milliseconds retry_after(const Backoff& backoff, int failures,
                                                    std::uint32_t random);

}  // namespace sealtone::sip
