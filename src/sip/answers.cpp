// SPDX-License-Identifier: Apache-2.0
//
// sip/answers: see answers.h.
#include "sip/answers.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "sip/grammar.h"
#include "sip/message_summary.h"

namespace sealtone::sip {
namespace {

constexpr const char* kAllowEvents = "check-sync, message-summary";
constexpr const char* kExtension = "outbound";  // RFC 5626, the only one that is known here
constexpr const char* kSummary = "application/simple-message-summary";
constexpr const char* kSession = "application/sdp";

constexpr std::array kServed{"INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "NOTIFY"};
// Known to IANA, and none that this phone serves.
constexpr std::array kKnownElsewhere{"REGISTER", "SUBSCRIBE", "REFER", "MESSAGE",
                                     "INFO",     "UPDATE",    "PRACK", "PUBLISH"};

template <std::size_t n>
bool is_among(std::string_view word, const std::array<const char*, n>& words) {
  return std::ranges::find(words, word) != words.end();
}

// One request and how it is answered; RFC 3261 §8.2 has the order of the checks.
class Request {
 public:
  Request(const Message& message, std::string_view to_tag) : message_(message), to_tag_(to_tag) {}

  [[nodiscard]] Answered with(int status, const char* reason) const {
    return {.response = response_to(message_, status, reason, to_tag_)};
  }
  [[nodiscard]] Answered with(int status, const char* reason, const char* name,
                              std::string value) const {
    auto answered = with(status, reason);
    answered.response->add(name, std::move(value));
    return answered;
  }

  // §8.2.1: "If the UAS recognizes but does not support the method of a request, it MUST generate a
  // 405 (Method Not Allowed) response"; §21.5.2: 501 "when a UAS does not recognize the request
  // method and is not capable of supporting it for any user".
  [[nodiscard]] std::optional<Answered> check_method() const {
    if (is_among(message_.method, kServed)) return std::nullopt;
    if (is_among(message_.method, kKnownElsewhere)) {
      return with(405, "Method Not Allowed", "Allow", kAllow);
    }
    return with(501, "Not Implemented", "Allow", kAllow);
  }

  // §8.2.2.1.  §11.1: "A server receiving an OPTIONS request with a Max-Forwards header field value
  // of 0 MAY respond to the request regardless of the Request-URI."
  [[nodiscard]] std::optional<Answered> check_uri(std::string_view user) const {
    const auto forwards = message_.field("Max-Forwards");
    const bool none_left =
        !forwards.empty() && forwards.find_first_not_of('0') == std::string_view::npos;
    if (message_.method == "OPTIONS" && none_left) return std::nullopt;
    const auto uri = parse_uri(message_.uri);
    if (!uri || !uri->opaque.empty()) return with(416, "Unsupported URI Scheme");
    // Without a user, the URI means the phone itself.
    if (!uri->user.empty() && uri->user != user) return with(404, "Not Found");
    return std::nullopt;
  }

  // §8.2.2.3: "The UAS MUST NOT use any protocol extensions …", and "Require and Proxy-Require MUST
  // NOT be used in a SIP CANCEL request, or in an ACK request sent for a non-2xx response.  These
  // header fields MUST be ignored if they are present in these requests."
  [[nodiscard]] std::optional<Answered> check_extensions() const {
    if (message_.method == "CANCEL") return std::nullopt;
    std::string unknown;
    for (const auto& tag : message_.all("Require")) {
      if (!grammar::is_token(tag)) return with(400, "Bad Request");
      if (base::equal_ignoring_ascii_case(tag, kExtension)) continue;
      unknown += (unknown.empty() ? "" : ", ") + tag;
    }
    if (unknown.empty()) return std::nullopt;
    return with(420, "Bad Extension", "Unsupported", std::move(unknown));
  }

  // §8.2.3
  [[nodiscard]] std::optional<Answered> check_content() const {
    for (const auto& encoding : message_.all("Content-Encoding")) {
      if (base::equal_ignoring_ascii_case(encoding, "identity")) continue;
      return with(415, "Unsupported Media Type", "Accept-Encoding", "identity");
    }
    const char* accepted = message_.method == "INVITE"   ? kSession
                           : is_event("message-summary") ? kSummary
                                                         : nullptr;
    if (accepted == nullptr || message_.body.empty()) return std::nullopt;
    if (grammar::media_type(message_.field("Content-Type")) == accepted) return std::nullopt;
    return with(415, "Unsupported Media Type", "Accept", accepted);
  }

  // §12.2.2: a tag of ours on a request for a dialog that there is not.
  [[nodiscard]] bool is_within_dialog() const {
    const auto to = parse_name_address(message_.field("To"));
    return to && parameter(to->parameters, "tag") != nullptr;
  }

  // §11.2
  [[nodiscard]] Answered options() const {
    auto answered = with(200, "OK");
    answered.response->add("Allow", kAllow);
    answered.response->add("Accept", std::string(kSession) + ", " + kSummary);
    answered.response->add("Accept-Encoding", "identity");
    answered.response->add("Accept-Language", "en");
    answered.response->add("Allow-Events", kAllowEvents);
    answered.response->add("Supported", kExtension);
    return answered;
  }

  // RFC 6665 §4.1.3: "If the event package … is not known: 489 (Bad Event)".
  [[nodiscard]] Answered notify(CheckSync rule) const {
    if (is_event("check-sync")) return check_sync(rule);
    if (!is_event("message-summary")) return with(489, "Bad Event", "Allow-Events", kAllowEvents);
    auto answered = with(200, "OK");
    if (message_.body.empty()) return answered;
    const auto waiting = waiting_messages(message_.body);
    if (!waiting) return with(400, "Bad Request");
    answered.waiting_messages = *waiting;
    return answered;
  }

 private:
  // RFC 6665 §8.2.1: event types are compared octet by octet.
  [[nodiscard]] bool is_event(std::string_view package) const {
    const auto event = message_.field("Event");
    return message_.method == "NOTIFY" &&
           grammar::trimmed(event.substr(0, event.find(';'))) == package;
  }

  [[nodiscard]] bool event_asks_for_reboot() const {
    const auto event = message_.field("Event");
    const auto parameters =
        grammar::read_parameters(event.substr(std::min(event.find(';'), event.size())));
    const auto* reboot = parameters ? parameter(*parameters, "reboot") : nullptr;
    return reboot != nullptr && base::equal_ignoring_ascii_case(*reboot, "true");
  }

  [[nodiscard]] Answered check_sync(CheckSync rule) const {
    auto answered = with(200, "OK");
    switch (rule) {
      case CheckSync::ignore: break;
      case CheckSync::reboot: answered.what = Answered::Do::reboot; break;
      case CheckSync::as_the_event_says:
        answered.what = event_asks_for_reboot() ? Answered::Do::reboot : Answered::Do::provision;
        break;
    }
    return answered;
  }

  const Message& message_;
  std::string_view to_tag_;
};

// The status line of what cannot be read.
struct Why {
  int status;
  const char* reason;
};
Why status_for(const base::Error& why) {
  switch (why.code) {
    case base::ErrorCode::unsupported: return {505, "Version Not Supported"};
    case base::ErrorCode::too_large: return {513, "Message Too Large"};
    default: return {400, "Bad Request"};
  }
}

}  // namespace

Answered answer(const Message& message, const AnswerPolicy& policy, bool from_registrar,
                std::string_view user, std::string_view to_tag, Invites& invites) {
  const Request request(message, to_tag);
  // RFC 3261 §17.1.1.3: an ACK is never answered.
  if (message.method == "ACK") {
    invites.acknowledged(message);
    return {};
  }
  if (policy.only_registrar && !from_registrar) return request.with(403, "Forbidden");
  if (auto refused = request.check_method()) return *std::move(refused);
  // RFC 3261 §9.2: what was answered for good is not cancelled any more, and the CANCEL is answered
  // with 200 all the same; "If the UAS did not find a matching transaction …, it SHOULD respond to
  // the CANCEL with a 481".
  if (message.method == "CANCEL") {
    return invites.holds(message) ? request.with(200, "OK")
                                  : request.with(481, "Call/Transaction Does Not Exist");
  }
  if (auto refused = request.check_uri(user)) return *std::move(refused);
  if (invites.merges(message)) return request.with(482, "Loop Detected");
  if (auto refused = request.check_extensions()) return *std::move(refused);
  if (message.method == "BYE" || (message.method == "INVITE" && request.is_within_dialog())) {
    return request.with(481, "Call/Transaction Does Not Exist");
  }
  if (auto refused = request.check_content()) return *std::move(refused);
  if (message.method == "OPTIONS") return request.options();
  if (message.method == "NOTIFY") return request.notify(policy.check_sync);
  invites.add(message);
  return request.with(480, "Temporarily Unavailable");
}

std::optional<Message> refusal(std::string_view octets, const base::Error& why,
                               std::string_view to_tag) {
  const auto head = octets.substr(0, octets.substr(0, kMaxHeadBytes).find("\r\n\r\n"));
  const auto lines = grammar::lines(head.substr(0, kMaxHeadBytes));
  if (!lines || lines->size() < 2) return std::nullopt;
  const std::string_view first = lines->front();
  const auto method = first.substr(0, first.find(' '));
  if (base::equal_ignoring_ascii_case(first.substr(0, 4), "SIP/") || method == "ACK") {
    return std::nullopt;
  }
  Message request;
  for (auto line = lines->begin() + 1; line != lines->end(); ++line) {
    auto field = grammar::read_field(*line);
    // Of two that contradict each other, the first.
    const bool again = field && field->name != "Via" && !request.field(field->name).empty();
    if (field && !again && !field->value.empty()) request.fields.push_back(*std::move(field));
  }
  if (request.field("Via").empty()) return std::nullopt;
  const auto status = status_for(why);
  auto response = response_to(request, status.status, status.reason, to_tag);
  // RFC 3261 §20.43: 399 is any other warning; the text is for a person.
  response.add("Warning", "399 sealtone " + grammar::with_quotes(why.detail));
  return response;
}

}  // namespace sealtone::sip
