// SPDX-License-Identifier: Apache-2.0
//
// explain/outcome: what became of a connection that was read from a capture, in words.
//
// Only what the wire shows: who refused whom, by which alert, behind which message.  Where TLS
// encrypts the reason and no keys are at hand, that is said and nothing is guessed.  Quiet.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "handshake/record.h"
#include "x509/certificate.h"

namespace sealtone::explain {

enum class Side { client, server };
[[nodiscard]] const char* word(Side side);  // "client"

struct ConnectionOutcome {
  enum class Kind {
    refused,      // by an alert that can be read
    broken_off,   // closed or reset before the handshake was done, or the alert is encrypted
    unfinished,   // the capture ends before the handshake does
    not_seen,     // the capture begins behind its beginning
    untold,       // what would tell is encrypted (TLS 1.3 without keys), or not in the capture
    established,  // the handshake was done (HandshakeRecord::handshake_done)
  };
  Kind kind = Kind::not_seen;
  std::optional<Side> by = {};             // who ended it, if it failed
  std::optional<std::uint8_t> alert = {};  // by which it was refused
  bool reason_encrypted = false;
  bool lacks = false;           // something of it is not in the capture
  bool of_certificate = false;  // the client refused the server's, or closed right behind it
  std::string brief = {};       // "refused by the client: unknown_ca"
  std::string says = {};        // one sentence: what happened, to which server, which certificate
  std::string next = {};        // the next step; may be empty

  [[nodiscard]] bool failed() const { return kind == Kind::refused || kind == Kind::broken_off; }
};
[[nodiscard]] const char* word(ConnectionOutcome::Kind kind);  // "broken-off", "cannot-be-told"

// The two ends as sentences call them, made visible here; the server's own certificate, if it was
// seen and can be read.
struct Parties {
  std::string client, server;
  const x509::Certificate* certificate = nullptr;
  bool list_given = false;  // the certificates are judged, as far as they can be seen
};

// By the facts alone: what the words say and what the drawing shows have it from here.
// record: observed, that is "sent" is by the client.
[[nodiscard]] ConnectionOutcome::Kind kind_of(const handshake::HandshakeRecord& record);
// At which place it ended: "after the server's certificate", "behind the ServerHello".
[[nodiscard]] std::string place_of(const handshake::HandshakeRecord& record);
// Whether the server's encrypted flight came, of which nobody has the keys (TLS 1.3).
[[nodiscard]] bool behind_hidden_flight(const handshake::HandshakeRecord& record);
// Who ended it, as the last that is there to be read, had encrypted the reason.
[[nodiscard]] bool reason_is_hidden(const handshake::HandshakeRecord& record);
// "the server's side", "7 octets that the client sent and the server's side"; empty if nothing.
[[nodiscard]] std::string lacking(const handshake::HandshakeRecord& record);
// In short: "the server's side is not in the capture", "7 octets are missing".
[[nodiscard]] std::string lacking_briefly(const handshake::HandshakeRecord& record);
[[nodiscard]] ConnectionOutcome outcome(const handshake::HandshakeRecord& record,
                                        const Parties& parties);

}  // namespace sealtone::explain
