// SPDX-License-Identifier: Apache-2.0
//
// sip/message: see message.h.
#include "sip/message.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "sip/grammar.h"

namespace sealtone::sip {
namespace {

using base::ErrorCode;
using base::Result;
using grammar::malformed;

constexpr std::string_view kVersion = "SIP/2.0";
constexpr std::string_view kEndOfHead = "\r\n\r\n";

// RFC 3261 §8.1.1, §8.2.6 and RFC 4475 §3.3.8: two readers could take different ones.
constexpr std::array kOnce{"To",           "From",         "Call-ID", "CSeq",
                           "Max-Forwards", "Content-Type", "Event",   "Expires"};
constexpr std::array kNeeded{"Via", "To", "From", "Call-ID", "CSeq"};

bool is_version(std::string_view text) {  // SIP-Version, of any number
  if (text.size() < 4 || !base::equal_ignoring_ascii_case(text.substr(0, 4), "SIP/")) return false;
  const auto dot = text.find('.');
  return dot != std::string_view::npos && grammar::number(text.substr(4, dot - 4)) &&
         grammar::number(text.substr(dot + 1));
}

// RFC 3261 §7.1: "SIP/2.0" in any letters; other versions are somebody else's.
Result<void> check_version(std::string_view text) {
  if (base::equal_ignoring_ascii_case(text, kVersion)) return {};
  if (!is_version(text)) return malformed("the start line names no version of SIP");
  return base::fail(ErrorCode::unsupported, "", "the message is of another version than SIP/2.0");
}

bool is_reason(std::string_view text) { return std::ranges::none_of(text, grammar::is_control); }

// RFC 3261 §7.1: "The Request-URI MUST NOT contain unescaped spaces or control characters and MUST
// NOT be enclosed in "<>"."
bool is_request_uri(std::string_view text) {
  const auto fits = [](char c) {
    return !grammar::is_control(c) && !grammar::is_blank(c) && c != '<' && c != '>' && c != '"';
  };
  return !text.empty() && std::ranges::all_of(text, fits);
}

Result<void> read_status_line(std::string_view line, Message& into) {
  const auto space = line.find(' ');
  if (auto version = check_version(line.substr(0, space)); !version) return version;
  if (space == std::string_view::npos) return malformed("the status line has no status");
  const auto digits = line.substr(space + 1, line.find(' ', space + 1) - space - 1);
  const auto status = grammar::number(digits);
  if (digits.size() != 3 || !status || *status < 100 || *status > 699) {
    return malformed("the status is not between 100 and 699");
  }
  into.status = static_cast<int>(*status);
  // The blank before an empty reason is required; a liberal receiver misses nothing without it.
  into.reason = line.substr(std::min(space + 5, line.size()));
  if (!is_reason(into.reason)) return malformed("the reason phrase holds control characters");
  return {};
}

Result<void> read_request_line(std::string_view line, Message& into) {
  const auto words = base::split(line, ' ');
  if (words.size() != 3 || !grammar::is_token(words[0]) || !is_request_uri(words[1])) {
    return malformed("the first line is not a method, a URI and a version with single spaces");
  }
  if (auto version = check_version(words[2]); !version) return version;
  into.method = words[0];
  into.uri = words[1];
  const auto uri = parse_uri(into.uri);
  if (!uri) return std::unexpected(uri.error());
  // RFC 3261 §19.1.1: no headers in a Request-URI.
  if (!uri->headers.empty()) return malformed("the Request-URI has headers in it");
  return {};
}

std::size_t count(const Message& message, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::count(message.fields, name, &Field::name));
}

Result<void> check_vias(const Message& message) {
  for (const auto& value : message.all("Via")) {
    if (const auto via = parse_via(value); !via) return std::unexpected(via.error());
  }
  // A list has no empty elements (";;,;,," is none of a Via's).
  for (const auto& field : message.fields) {
    if (field.name != "Via") continue;
    const auto value = std::string_view(field.value);
    if (value.empty() || value.front() == ',' || value.back() == ',') {
      return malformed("a Via is empty");
    }
  }
  return {};
}

Result<void> check_contacts(const Message& message) {
  for (const auto& value : message.all("Contact")) {
    if (value == "*") continue;
    if (const auto contact = parse_name_address(value); !contact) {
      return std::unexpected(contact.error());
    }
  }
  return {};
}

Result<void> check(const Message& message) {
  for (const auto* name : kNeeded) {
    if (count(message, name) == 0) return malformed(std::string(name) + " is missing");
  }
  for (const auto* name : kOnce) {
    if (count(message, name) > 1) return malformed(std::string(name) + " is there twice");
  }
  if (auto vias = check_vias(message); !vias) return vias;
  for (const auto* name : {"To", "From"}) {
    const auto address = parse_name_address(message.field(name));
    if (!address) return malformed(std::string(name) + ": " + address.error().detail);
  }
  if (message.call_id().empty() || message.call_id().find_first_of(" \t") != std::string::npos) {
    return malformed("Call-ID is no word");
  }
  const auto cseq = parse_cseq(message.field("CSeq"));
  if (!cseq) return std::unexpected(cseq.error());
  if (!message.is_request()) return {};

  if (cseq->method != message.method) {
    return malformed("CSeq names another method than the first line");
  }
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!std::ranges::all_of(message.field("Max-Forwards"), is_digit)) {
    return malformed("Max-Forwards is no number");
  }
  if (count(message, "Content-Type") == 1 && !grammar::media_type(message.field("Content-Type"))) {
    return malformed("Content-Type is no media type");
  }
  return check_contacts(message);
}

}  // namespace

std::string_view Message::field(std::string_view name) const {
  name = grammar::long_name(name);
  const auto found = std::ranges::find_if(
      fields, [&](const Field& one) { return base::equal_ignoring_ascii_case(one.name, name); });
  return found == fields.end() ? std::string_view() : std::string_view(found->value);
}

std::vector<std::string> Message::all(std::string_view name) const {
  name = grammar::long_name(name);
  std::vector<std::string> values;
  for (const auto& one : fields) {
    if (!base::equal_ignoring_ascii_case(one.name, name)) continue;
    if (!grammar::is_list(name)) {
      values.push_back(one.value);
      continue;
    }
    for (const auto element : grammar::elements(one.value)) values.emplace_back(element);
  }
  return values;
}

void Message::add(std::string name, std::string value) {
  fields.push_back({.name = std::string(grammar::long_name(name)), .value = std::move(value)});
}

Result<Message> parse(std::string_view octets) {
  const auto head = octets.substr(0, octets.substr(0, kMaxHeadBytes).find(kEndOfHead));
  if (head.size() == octets.size()) {
    if (octets.size() < kMaxHeadBytes) {
      return malformed("the empty line behind the header fields is missing");
    }
    return base::fail(ErrorCode::too_large, "", "the header fields are too long");
  }
  const auto lines = grammar::lines(head);
  if (!lines) return std::unexpected(lines.error());
  if (lines->empty()) return malformed("the first line is empty");

  Message message;
  const std::string_view first = lines->front();
  const bool response = base::equal_ignoring_ascii_case(first.substr(0, 4), "SIP/");
  auto start = response ? read_status_line(first, message) : read_request_line(first, message);
  if (!start) return std::unexpected(start.error());
  for (const auto& line : *lines) {
    if (&line == &lines->front()) continue;
    auto field = grammar::read_field(line);
    if (!field) return std::unexpected(field.error());
    if (field->name != "Content-Length") message.fields.push_back(*std::move(field));
  }
  if (message.fields.size() > kMaxFields) {
    return base::fail(ErrorCode::too_large, "", "the message has too many header fields");
  }

  const auto length = grammar::content_length(*lines);
  if (!length) return std::unexpected(length.error());
  auto body = octets.substr(head.size() + kEndOfHead.size());
  if (*length && body.size() < **length) {
    return malformed("the body is shorter than Content-Length says");
  }
  // RFC 3261 §18.3: "If there are additional bytes in the transport packet beyond the end of the
  // body, they MUST be discarded."
  body = body.substr(0, length->value_or(body.size()));
  if (body.size() > kMaxBodyBytes) {
    return base::fail(ErrorCode::too_large, "", "the body is too long");
  }
  message.body = body;
  if (auto checked = check(message); !checked) return std::unexpected(checked.error());
  return message;
}

Result<std::string> write(const Message& message) {
  std::string text;
  if (message.is_request()) {
    if (!grammar::is_token(message.method) || !is_request_uri(message.uri)) {
      return malformed("a request needs a method and a URI without spaces");
    }
    text = message.method + " " + message.uri + " " + std::string(kVersion) + "\r\n";
  } else {
    if (message.status < 100 || message.status > 699 || !is_reason(message.reason)) {
      return malformed("a response needs a status between 100 and 699 and a phrase on one line");
    }
    text = std::string(kVersion) + " " + std::to_string(message.status) + " " + message.reason +
           "\r\n";
  }
  for (const auto& field : message.fields) {
    if (!grammar::is_token(field.name) || !grammar::is_value(field.value) ||
        grammar::long_name(field.name) == "Content-Length") {
      return malformed("a header field cannot be written on one line");
    }
    text += field.name + ": " + field.value + "\r\n";
  }
  text += "Content-Length: " + std::to_string(message.body.size()) + std::string(kEndOfHead);
  if (text.size() > kMaxHeadBytes || message.fields.size() > kMaxFields ||
      message.body.size() > kMaxBodyBytes) {
    return base::fail(ErrorCode::too_large, "", "the message is too long to be sent");
  }
  return text + message.body;
}

}  // namespace sealtone::sip
