// SPDX-License-Identifier: Apache-2.0
//
// sip/message: SIP messages, their URIs and the header fields that a registering phone reads.
//
// Source: RFC 3261 §7, §19.1, §20, §25 (grammar); RFC 3581 (rport); RFC 4475 (what must be taken
// and what refused).  Octets in, values out: no clock, no I/O.  libre's decoders stand behind
// codec.cpp and nowhere else.  Errors: bad_input (says which rule was broken), too_large (kMax…
// below), unsupported (another version of SIP).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace sealtone::sip {

inline constexpr std::size_t kMaxHeadBytes = 16 * 1024;  // start line and header fields
inline constexpr std::size_t kMaxBodyBytes = 64 * 1024;
inline constexpr std::size_t kMaxFields = 128;

using Parameters = std::vector<std::pair<std::string, std::string>>;  // names in lower case
[[nodiscard]] const std::string* parameter(const Parameters& parameters, std::string_view name);

struct Uri {
  std::string scheme = "sip";  // sip, sips, tel, or another as it was written
  std::string user = {};       // unescaped
  std::string host = {};       // an IPv6 address without brackets
  std::uint16_t port = 0;      // 0: none given
  Parameters parameters = {};
  std::string password = {};  // unescaped, secret
  std::string headers = {};   // behind a '?', as they were written
  std::string opaque = {};    // of a scheme but sip and sips: all behind its colon, as written
  bool operator==(const Uri&) const = default;
  [[nodiscard]] std::string text() const;  // as it goes onto the wire, escaped
};

struct NameAddress {
  std::string display = {};
  Uri uri = {};
  Parameters parameters = {};  // tag, expires, reg-id, +sip.instance …; without their quotes
  bool operator==(const NameAddress&) const = default;
};

struct Via {
  std::string transport;  // "TLS", "TCP", "UDP", or another, in capital letters
  std::string host;
  std::uint16_t port = 0;
  Parameters parameters = {};  // branch, received, rport
  bool operator==(const Via&) const = default;
};

struct Field {
  std::string name;   // as RFC 3261 writes it, in its long form; one that is not known as it came
  std::string value;  // folded lines are one
  bool operator==(const Field&) const = default;
};

// A request has a method, a response a status.
struct Message {
  std::string method = {};
  std::string uri = {};  // the Request-URI as it was written
  int status = 0;        // 100 to 699
  std::string reason = {};
  std::vector<Field> fields = {};  // in order, Content-Length left out
  std::string body = {};
  bool operator==(const Message&) const = default;

  [[nodiscard]] bool is_request() const { return status == 0; }
  // The first of that name, case-insensitive, compact forms alike; empty if absent.
  [[nodiscard]] std::string_view field(std::string_view name) const;
  // Every value of that name; lists (Via, Contact, Route, Supported …) taken apart at their commas.
  [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
  void add(std::string name, std::string value);

  // Of the fields that every message has (checked by parse).
  [[nodiscard]] std::string_view call_id() const { return field("Call-ID"); }
};

// One whole message as framing.h gives it.  Refused are: what is missing or twice of the fields
// that a message must have (To, From, CSeq, Call-ID, Via; RFC 3261 §8.1.1; of a request
// Max-Forwards is not demanded), what is malformed in them, a body shorter than its Content-Length,
// and of a request a malformed Contact or Content-Type, too.  Octets behind the body are passed
// over (§18.3).
[[nodiscard]] base::Result<Message> parse(std::string_view octets);

// With Content-Length.  bad_input: what would be read otherwise than it was meant (a CR or LF, a
// control character that no quoted string holds).
[[nodiscard]] base::Result<std::string> write(const Message& message);

[[nodiscard]] base::Result<Uri> parse_uri(std::string_view text);
// From, To, Contact, Route; "*" of a Contact is not one.
[[nodiscard]] base::Result<NameAddress> parse_name_address(std::string_view value);
[[nodiscard]] base::Result<Via> parse_via(std::string_view value);

struct CSeq {
  std::uint32_t number = 0;
  std::string method;
};
[[nodiscard]] base::Result<CSeq> parse_cseq(std::string_view value);

// What a server's transport does with a request it receives (RFC 3261 §18.2.1, RFC 3581 §4): the
// top Via gets "received" if its host is not the address the request came from, and the port in an
// empty "rport".  To be called before the request is answered.
void mark_source(Message& request, std::string_view address, std::uint16_t port);

// The response to a request as RFC 3261 §8.2.6 makes it: Via, From, To (with the tag given, if it
// has none), Call-ID and CSeq are the request's.
[[nodiscard]] Message response_to(const Message& request, int status, std::string reason,
                                  std::string_view to_tag);

}  // namespace sealtone::sip
