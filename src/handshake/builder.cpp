// SPDX-License-Identifier: Apache-2.0
#include "handshake/builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/tls_versions.h"
#include "handshake/messages.h"
#include "handshake/names.h"
#include "handshake/reader.h"
#include "x509/certificate.h"

namespace sealtone::handshake {
namespace {

constexpr std::size_t kFirstOctets = 64;
constexpr std::size_t kHeader = 4;

}  // namespace

Builder::Builder(Role role, std::string peer, std::chrono::sys_seconds started) {
  record_.role = role;
  record_.peer = std::move(peer);
  record_.started = started;
}

// RFC 8446 §5.2: what TLS 1.3 encrypts has the outer type application_data, whatever it is; what
// has another is in the clear, also behind the ServerHello: alerts of who has no keys yet, the
// second ClientHello, ChangeCipherSpecs.  Up to TLS 1.2 it is told by the ChangeCipherSpec (RFC
// 5246 §7.1).
void Builder::record_began(Direction direction, ContentType content, std::size_t length,
                           std::chrono::microseconds at) {
  if (content == ContentType::application_data) encrypted(direction) = true;
  if (content != ContentType::application_data && is_tls13()) encrypted(direction) = false;
  // OpenSSL's message callback is silent about those that it receives.
  if (content != ContentType::change_cipher_spec || direction != Direction::received) return;
  const auto before = record_.messages.size();
  change_cipher_spec(direction, length, at);
  if (record_.messages.size() > before) put_where_it_arrived();
}

// OpenSSL looks at a record when it wants the next: what came along with a HelloRetryRequest was
// there before the answer to that was sent.
void Builder::put_where_it_arrived() {
  auto& all = record_.messages;
  const auto last = all.end() - 1;
  const auto first = all.begin() + static_cast<std::ptrdiff_t>(std::min(arrived_, all.size() - 1));
  const auto place =
      std::find_if(std::make_reverse_iterator(last), std::make_reverse_iterator(first),
                   [](const Message& message) { return message.direction == Direction::received; })
          .base();
  last->at = std::min(last->at, place->at);
  std::rotate(place, last, all.end());
}

void Builder::message(Direction direction, ContentType content, base::ByteView body,
                      std::chrono::microseconds at) {
  switch (content) {
    case ContentType::handshake: handshake(direction, body, at); return;
    case ContentType::alert: alert(direction, body, at); return;
    case ContentType::application_data: application_data(direction, body.size()); return;
    case ContentType::change_cipher_spec: change_cipher_spec(direction, body.size(), at); return;
    case ContentType::heartbeat:
      note({.direction = direction,
            .content = content,
            .type = {},
            .size = body.size(),
            .at = at,
            .encrypted = encrypted(direction)});
      return;
  }
}

void Builder::unread(Direction direction, ContentType content, std::size_t size,
                     std::chrono::microseconds at) {
  note({.direction = direction,
        .content = content,
        .type = {},
        .size = size,
        .at = at,
        .encrypted = true});
}

void Builder::too_long(Direction direction, HandshakeType type, std::size_t size, std::size_t most,
                       std::chrono::microseconds at) {
  note({.direction = direction,
        .content = ContentType::handshake,
        .type = type,
        .size = size,
        .at = at,
        .encrypted = encrypted(direction)});
  if (type != HandshakeType::certificate) return;
  certificate_over(most);
  if (!from_client(direction)) took_no_session_up();
}

void Builder::ssl2_hello(Direction direction, base::ByteView body, std::chrono::microseconds at) {
  auto hello = parse_ssl2_client_hello(body);
  constexpr std::size_t length = 2;
  note({.direction = direction,
        .content = ContentType::handshake,
        .type = HandshakeType::client_hello,
        .size = body.size() + length,
        .at = at,
        .ssl2 = true});
  if (hello) record_.client_hello = std::move(*hello);
  if (!hello) ended(Ending::unreadable, at);
}

void Builder::closed_by(Direction direction, bool reset) {
  if (record_.closed_by) return;
  record_.closed_by = direction;
  record_.reset = reset;
}

void Builder::wire(Direction direction, base::ByteView octets) {
  auto& first = record_.first_received;
  if (direction == Direction::received) arrived_ = record_.messages.size();
  if (direction == Direction::sent || first.size() >= kFirstOctets) return;
  const auto more = octets.first(std::min(octets.size(), kFirstOctets - first.size()));
  first.insert(first.end(), more.begin(), more.end());
}

void Builder::application_data(Direction direction, std::size_t octets) {
  (direction == Direction::sent ? record_.application_sent : record_.application_received) +=
      octets;
}

void Builder::resumes(EarlierSession session, base::Bytes ocsp_answer) {
  record_.earlier_session = std::move(session);
  record_.stapled_ocsp = std::move(ocsp_answer);
}

void Builder::handshake_done(std::chrono::microseconds at) {
  record_.handshake_done = true;
  record_.ending = Ending::established;
  record_.duration = at;
}

void Builder::ended(Ending ending, std::chrono::microseconds at) {
  if (record_.ending != Ending::open) return;
  record_.ending = ending;
  record_.duration = at;
  look_at_peer_chain();
}

void Builder::end_of_stream(std::chrono::microseconds at) {
  const bool said_goodbye = std::ranges::any_of(record_.alerts, [](const Alert& alert) {
    return alert.direction == Direction::received && alert.close_notify();
  });
  stream_ended_ = true;
  closed_by(Direction::received);
  // RFC 9112 §9.8: "As TLS is not directly aware of HTTP message framing, it is necessary to
  // examine the HTTP data itself to determine whether messages are complete."
  const bool whole = whole_at_ == record_.application_received;
  record_.truncated = record_.handshake_done && !said_goodbye && !whole;
  ended(Ending::closed, at);
}

void Builder::http_status(std::string line) { record_.http_status = std::move(line); }

bool Builder::from_client(Direction direction) const {
  return (direction == Direction::sent) == (record_.role == Role::client);
}

std::uint16_t Builder::version() const { return record_.version().value_or(0); }

bool Builder::is_tls13() const { return retried_ || version() >= base::kTls13; }

void Builder::note(Message message) {
  if (record_.messages.size() < kMaxMessages) {
    record_.messages.push_back(std::move(message));
  } else {
    ++record_.messages_left_out;
  }
}

// Whatever came before it, it says why the connection ended.
void Builder::make_room_for_the_fatal_alert() {
  if (record_.fatal_alert()) return;
  if (record_.messages.size() == kMaxMessages) {
    record_.messages.pop_back();
    ++record_.messages_left_out;
  }
  if (record_.alerts.size() == kMaxMessages) record_.alerts.pop_back();
}

bool& Builder::encrypted(Direction direction) {
  return direction == Direction::sent ? sent_encrypted_ : received_encrypted_;
}

void Builder::change_cipher_spec(Direction direction, std::size_t size,
                                 std::chrono::microseconds at) {
  // RFC 8446 §D.4: in TLS 1.3 it is sent for old middleboxes only, in the open, and means nothing.
  const bool dummy = is_tls13();
  note({.direction = direction,
        .content = ContentType::change_cipher_spec,
        .type = {},
        .size = size,
        .at = at,
        .encrypted = encrypted(direction) && !dummy});
  if (!dummy) encrypted(direction) = true;
}

void Builder::handshake(Direction direction, base::ByteView body, std::chrono::microseconds at) {
  Reader reader(body);
  const auto type = reader.u8();
  const auto length = reader.number(3);
  Message message{.direction = direction,
                  .content = ContentType::handshake,
                  .type = {},
                  .size = body.size(),
                  .at = at,
                  .encrypted = encrypted(direction)};
  if (reader.ok()) message.type = HandshakeType{type};
  const bool whole = reader.ok() && length == body.size() - kHeader;
  const bool readable = whole && read(message, body.subspan(kHeader));
  note(std::move(message));
  if (!readable) ended(Ending::unreadable, at);
}

bool Builder::read(Message& message, base::ByteView content) {
  switch (*message.type) {
    case HandshakeType::client_hello: return read_client_hello(content);
    case HandshakeType::server_hello: return read_server_hello(message, content);
    case HandshakeType::certificate: return read_certificate(message.direction, content);
    case HandshakeType::certificate_request: return read_certificate_request(content);
    case HandshakeType::server_key_exchange: return read_server_key_exchange(content);
    case HandshakeType::certificate_verify:
      read_certificate_verify(message.direction, content);
      return true;
    case HandshakeType::encrypted_extensions:
      if (record_.server_hello) record_.server_hello->alpn = chosen_protocol(content);
      return true;
    case HandshakeType::certificate_status:
      record_.stapled_ocsp = parse_certificate_status(content);
      return true;
    default: return true;
  }
}

bool Builder::read_client_hello(base::ByteView content) {
  auto parsed = parse_client_hello(content);
  if (!parsed) return false;
  session_id_ = std::move(parsed->session_id);
  record_.client_hello = std::move(parsed->hello);
  return true;
}

bool Builder::read_server_hello(Message& message, base::ByteView content) {
  const auto parsed = parse_server_hello(content);
  if (!parsed) return false;
  message.hello_retry_request = parsed->hello_retry_request;
  retried_ = retried_ || parsed->hello_retry_request;
  if (parsed->hello_retry_request) return true;
  auto hello = parsed->hello;
  const bool tls13 = hello.version >= base::kTls13;
  // RFC 5246 §7.4.1.3: the server that resumes answers with the session identifier it was given.
  if (!tls13) hello.resumed = !session_id_.empty() && parsed->session_id == session_id_;
  record_.server_hello = hello;
  record_.key_exchange = key_exchange_of(hello, {});
  return true;
}

bool Builder::read_certificate(Direction direction, base::ByteView content) {
  auto parsed = parse_certificate(content, version());
  if (direction == Direction::received && !parsed.complete) {
    record_.certificate_unreadable = fmt::format(
        "the Certificate message breaks off behind {} whole certificates", parsed.chain.size());
  }
  if (from_client(direction)) {
    record_.client_certificate_empty = parsed.complete && parsed.chain.empty();
    record_.client_chain = std::move(parsed.chain);
  } else {
    record_.server_chain = std::move(parsed.chain);
    record_.stapled_ocsp = std::move(parsed.ocsp_response);
    took_no_session_up();
  }
  return parsed.complete;
}

// A server may send a session identifier back that it does not know: the Certificate says so.
void Builder::took_no_session_up() {
  if (!record_.resumed()) return;
  record_.server_hello->resumed = false;
  record_.key_exchange = key_exchange_of(*record_.server_hello, {});
}

bool Builder::read_certificate_request(base::ByteView content) {
  record_.certificate_requested = true;
  auto names = parse_certificate_request(content, version());
  if (!names) return false;
  record_.requested_authorities = std::move(*names);
  return true;
}

bool Builder::read_server_key_exchange(base::ByteView content) {
  if (!record_.server_hello) return false;
  auto& hello = *record_.server_hello;
  const auto parsed = parse_server_key_exchange(content, hello);
  if (!parsed) return false;
  hello.group = parsed->group;
  hello.signature_scheme = parsed->signature_scheme;
  record_.key_exchange = key_exchange_of(hello, *parsed);
  return true;
}

// RFC 4346 §7.4.8: before TLS 1.2 it names no algorithm, and the certificate's key decides.
void Builder::read_certificate_verify(Direction direction, base::ByteView content) {
  if (version() < base::kTls12) return;
  Reader reader(content);
  const auto scheme = reader.u16();
  if (!reader.ok()) return;
  if (from_client(direction)) {
    record_.client_signature_scheme = scheme;
  } else if (record_.server_hello) {
    record_.server_hello->signature_scheme = scheme;
  }
}

void Builder::alert(Direction direction, base::ByteView body, std::chrono::microseconds at) {
  if (direction == Direction::sent && stream_ended_) return;
  Message message{.direction = direction,
                  .content = ContentType::alert,
                  .type = {},
                  .size = body.size(),
                  .at = at,
                  .encrypted = encrypted(direction)};
  constexpr std::size_t whole = 2;
  if (body.size() != whole) {
    note(std::move(message));
    ended(Ending::unreadable, at);
    return;
  }
  constexpr std::uint8_t fatal_level = 2, close_notify = 0, user_canceled = 90;
  const std::uint8_t description = body[1];
  // RFC 8446 §6: "All the alerts listed in Section 6.2 MUST be sent with AlertLevel=fatal and …
  // treated as error alerts … regardless of the AlertLevel in the message."
  const bool error = description != close_notify && description != user_canceled;
  const bool fatal = error && (body[0] == fatal_level || version() >= base::kTls13);
  if (fatal) make_room_for_the_fatal_alert();
  if (record_.alerts.size() < kMaxMessages) {
    message.alert = record_.alerts.size();
    record_.alerts.push_back(
        {.direction = direction, .fatal = fatal, .description = description, .at = at});
  }
  note(std::move(message));
  if (fatal) ended(Ending::alert, at);
}

// Only where a handshake broke off: a chain that led to an established connection was decoded by
// the TLS library already, and one that was only observed is decoded where it is shown.
void Builder::look_at_peer_chain() {
  const auto& chain = record_.role == Role::client ? record_.server_chain : record_.client_chain;
  if (record_.certificate_unreadable || record_.observed) return;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const auto certificate = x509::Certificate::from_der(chain[i]);
    if (certificate) continue;
    record_.certificate_unreadable =
        fmt::format("certificate {} of {}: {}", i + 1, chain.size(), certificate.error().detail);
    return;
  }
}

const Alert* HandshakeRecord::alert_of(const Message& message) const {
  return message.alert && *message.alert < alerts.size() ? &alerts[*message.alert] : nullptr;
}

std::optional<std::size_t> HandshakeRecord::fatal_alert() const {
  const auto ended = std::ranges::find_if(messages, [&](const Message& message) {
    const auto* alert = alert_of(message);
    return alert != nullptr && alert->fatal;
  });
  if (ended == messages.end()) return std::nullopt;
  return static_cast<std::size_t>(ended - messages.begin());
}

std::optional<std::uint16_t> HandshakeRecord::version() const {
  if (!server_hello) return std::nullopt;
  return server_hello->version;
}

}  // namespace sealtone::handshake
