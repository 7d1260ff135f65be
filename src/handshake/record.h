// SPDX-License-Identifier: Apache-2.0
//
// handshake/record: what was said in one TLS connection, as plain facts.
//
// Source: RFC 2246, 4346, 5246, 8446; names are IANA's.  Units: octets; microseconds since the
// connection started.  A record judges nothing and explains nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace sealtone::handshake {

enum class Role { client, server };       // ours
enum class Direction { sent, received };  // by us

enum class ContentType : std::uint8_t {
  change_cipher_spec = 20,
  alert = 21,
  handshake = 22,
  application_data = 23,
  heartbeat = 24,  // RFC 6520
};

enum class HandshakeType : std::uint8_t {
  hello_request = 0,
  client_hello = 1,
  server_hello = 2,
  new_session_ticket = 4,
  end_of_early_data = 5,
  encrypted_extensions = 8,
  certificate = 11,
  server_key_exchange = 12,
  certificate_request = 13,
  server_hello_done = 14,
  certificate_verify = 15,
  client_key_exchange = 16,
  finished = 20,
  certificate_url = 21,
  certificate_status = 22,
  supplemental_data = 23,
  key_update = 24,
  compressed_certificate = 25,
  next_protocol = 67,
};

// One handshake message, ChangeCipherSpec, Alert or Heartbeat, in the order of the wire.
struct Message {
  Direction direction;
  ContentType content;
  std::optional<HandshakeType> type;  // set if content is handshake and it can be read
  bool hello_retry_request = false;   // a ServerHello with that random (RFC 8446 §4.1.3)
  std::size_t size = 0;               // with the four-octet header
  std::chrono::microseconds at{0};
  bool encrypted = false;                 // on the wire
  bool ssl2 = false;                      // a ClientHello in the form of SSL 2.0 (RFC 5246 §E.2)
  std::optional<std::size_t> alert = {};  // its place in alerts, if it is one that can be read
};

struct ClientHello {
  std::uint16_t legacy_version = 0;
  std::vector<std::uint16_t> versions =
      {};  // offered, highest first (supported_versions or legacy)
  std::vector<std::uint16_t> cipher_suites = {};
  std::vector<std::uint16_t> groups = {};
  std::vector<std::uint16_t> signature_schemes = {};
  std::vector<std::uint16_t> key_shares = {};  // groups
  std::string server_name = {};                // SNI; empty if absent
  std::vector<std::string> alpn = {};
  bool offers_session = false;  // a session identifier below TLS 1.3, a ticket, a pre-shared key
  bool asks_for_ocsp = false;   // status_request of the type ocsp (RFC 6066 §8)
};

struct ServerHello {
  std::uint16_t version = 0;  // chosen
  std::uint16_t cipher_suite = 0;
  std::optional<std::uint16_t> group = {};  // key_share's, or ServerKeyExchange's named curve
  bool resumed = false;
  bool secure_renegotiation = false;    // RFC 5746's extension; TLS 1.3 has no renegotiation
  bool encrypt_then_mac = false;        // RFC 7366
  bool extended_master_secret = false;  // RFC 7627
  std::string alpn = {};                // chosen; empty if none or not seen
  std::optional<std::uint16_t> signature_scheme =
      {};  // of its ServerKeyExchange or CertificateVerify
};

struct Alert {
  Direction direction;
  bool fatal = false;
  std::uint8_t description = 0;
  std::chrono::microseconds at{0};
  bool close_notify() const { return description == 0; }
};

// The session that a connection goes on with, where no certificate is sent anew.
struct EarlierSession {
  std::chrono::sys_seconds made;          // when its handshake was
  std::vector<base::Bytes> server_chain;  // DER, as sent then
};

// How the session key came about (the note's step 5).
struct KeyExchange {
  std::string name;  // "RSA key transport", "ECDHE, X25519", "DHE, 2048 bits", "PSK", "resumed,
                     // first by ECDHE"…
  bool forward_secret = false;
  std::optional<int> dh_bits;  // of a finite-field ServerKeyExchange
};

enum class Ending {
  open,         // still going on
  established,  // handshake done; later closed properly or still open
  alert,        // a fatal alert ended it
  closed,       // the peer closed the stream before the handshake was done
  timed_out,    // our time limit
  not_tls,      // what came is no TLS record
  unreadable,   // a record or message that cannot be decoded
  ended_by_us,  // we closed without an alert
};

struct HandshakeRecord {
  Role role = Role::client;
  std::string peer;  // "192.0.2.1:443"
  std::chrono::sys_seconds started;
  std::vector<Message> messages;  // at most kMaxMessages; the fatal alert is always among them
  std::size_t messages_left_out = 0;
  std::optional<ClientHello> client_hello;
  std::optional<ServerHello> server_hello;
  std::vector<base::Bytes> server_chain;           // DER, as sent
  std::vector<base::Bytes> client_chain;           // DER, as sent
  bool certificate_requested = false;              // a CertificateRequest was seen
  std::vector<base::Bytes> requested_authorities;  // DER Names
  // DER OCSPResponse that came with the server's certificate; empty if none was asked for or came.
  base::Bytes stapled_ocsp;
  bool client_certificate_empty = false;  // the client answered with an empty Certificate
  std::optional<std::uint16_t> client_signature_scheme;  // of the client's CertificateVerify
  std::vector<Alert> alerts;
  std::optional<KeyExchange> key_exchange;
  std::optional<EarlierSession> earlier_session;  // of ours, and the server resumed it
  Ending ending = Ending::open;
  bool handshake_done = false;
  std::optional<std::string>
      certificate_unreadable;  // why a Certificate message's entry cannot be read
  std::optional<std::size_t>
      certificate_over;        // a Certificate message had more octets than these: it is not read
  std::string library_words;   // of the TLS library, about octets it could not accept
  bool truncated = false;      // ended by the peer without close_notify, established and not
                               // behind a whole response
  base::Bytes first_received;  // up to 64 octets as they came on the wire
  std::uint64_t application_sent = 0;  // octets of application data
  std::uint64_t application_received = 0;
  std::string http_status;             // set by http: "400 No required SSL certificate was sent"
  std::optional<Direction> closed_by;  // who ended the stream first, where that was seen
  bool reset = false;                  // and by a reset
  // Read from a capture: role is client, "sent" is by the client, and neither side is this program.
  struct Observed {
    std::string opened_in_clear;     // "SMTP", "POP3", "FTP"…: TLS began behind plain text
    std::uint64_t missing_sent = 0;  // octets of the stream that the capture does not hold
    std::uint64_t missing_received = 0;
    bool client_absent = false;  // no packet of the client's is in the capture
    bool server_absent = false;
    bool start_missing = false;  // the capture begins within the connection
    bool end_missing = false;    // it ends while the connection is open
    bool keys = false;           // what is encrypted was read with keys
    // TLS 1.3: the client said what may have been its Finished; unless handshake_done, nobody can
    // tell whether it came about.
    bool maybe_done = false;

    // What would tell how it went on may stand in what the capture does not hold.
    [[nodiscard]] bool lacks() const {
      return client_absent || server_absent || missing_sent + missing_received > 0;
    }
  };
  std::optional<Observed> observed;
  std::chrono::microseconds duration{0};  // until handshake done or ended

  [[nodiscard]] std::optional<std::uint16_t> version() const;  // chosen, if known
  // What an alert's message says; null if it cannot be read, or is none.
  [[nodiscard]] const Alert* alert_of(const Message& message) const;
  // The place in messages of the alert that ended it.
  [[nodiscard]] std::optional<std::size_t> fatal_alert() const;
  [[nodiscard]] bool resumed() const { return server_hello && server_hello->resumed; }
  // The server's certificates, sent in this connection or in the session that it resumes.
  [[nodiscard]] const std::vector<base::Bytes>& known_server_chain() const {
    return earlier_session ? earlier_session->server_chain : server_chain;
  }
};

inline constexpr std::size_t kMaxMessages = 200;

}  // namespace sealtone::handshake
