// SPDX-License-Identifier: Apache-2.0
//
// sip/answers: what a phone answers to requests that come over a registrar's connection.
//
// Source: RFC 3261 §8.2 (order of the checks), §11 (OPTIONS), RFC 6665 (NOTIFY), RFC 3842 (message
// waiting); check-sync as desk phones do it.  Quiet: a request in, the response and what the phone
// has to do out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>

#include "sip/message.h"

namespace sealtone::sip {

// The methods that are not answered with 405 or 501, for Allow.
inline constexpr const char* kAllow = "INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY";

// sip.notify_reboot_enable: 0 as the event says (";reboot=true"), 1 reboot, 2 ignore.
enum class CheckSync { as_the_event_says, reboot, ignore };

struct AnswerPolicy {
  CheckSync check_sync = CheckSync::reboot;
  // sip.trust_ctrl: requests only from the registrar's connection; others get 403.
  bool only_registrar = false;
};

struct Answered {
  std::optional<Message> response;  // none to an ACK
  enum class Do { nothing, provision, reboot } what = Do::nothing;
  std::optional<int> waiting_messages = {};  // of a message-summary: new voice messages
};

// INVITEs that were answered and not acknowledged yet: what a CANCEL finds (RFC 3261 §9.2), and
// what a second way of the same request is told from a new one by (§8.2.2.2).  One for a
// connection.
class Invites {
 public:
  static constexpr std::size_t kMax = 16;  // the oldest is forgotten first
  void add(const Message& invite);
  void acknowledged(const Message& ack);
  [[nodiscard]] bool holds(const Message& cancel) const;    // of this branch
  [[nodiscard]] bool merges(const Message& request) const;  // another branch, the same request

 private:
  struct Open {
    std::string branch, call_id, from_tag;
    std::uint32_t number;
  };
  std::list<Open> open_;  // a deque holds half a kilobyte while it is empty
};

// to_tag: random, for a To without one.  user: of the account that the request must be for; another
// gets 404.
[[nodiscard]] Answered answer(const Message& request, const AnswerPolicy& policy,
                              bool from_registrar, std::string_view user, std::string_view to_tag,
                              Invites& invites);

// To a request that parse refused with `why`: 400 (505 for another version, 513 for one too large),
// with what can be read of its Via, From, To, Call-ID and CSeq.  Nothing to a response, an ACK, or
// a request without a Via.
[[nodiscard]] std::optional<Message> refusal(std::string_view octets, const base::Error& why,
                                             std::string_view to_tag);

}  // namespace sealtone::sip
