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
    untold,       // TLS 1.3 without keys: what would tell is encrypted, or missing
    established,  // the handshake was done (HandshakeRecord::handshake_done)
  };
  Kind kind = Kind::not_seen;
  std::optional<Side> by = {};             // who ended it, if it failed
  std::optional<std::uint8_t> alert = {};  // by which it was refused
  bool reason_encrypted = false;
  std::string brief = {};  // "refused by the client: unknown_ca"
  std::string says = {};   // one sentence: what happened, to which server, which certificate
  std::string next = {};   // the next step; may be empty

  [[nodiscard]] bool failed() const { return kind == Kind::refused || kind == Kind::broken_off; }
};
[[nodiscard]] const char* word(ConnectionOutcome::Kind kind);  // "broken-off", "cannot-be-told"

// The two ends as sentences call them, made visible here; the server's own certificate, if it was
// seen and can be read.
struct Parties {
  std::string client, server;
  const x509::Certificate* certificate = nullptr;
};

// record: observed, that is "sent" is by the client.
[[nodiscard]] ConnectionOutcome outcome(const handshake::HandshakeRecord& record,
                                        const Parties& parties);

}  // namespace sealtone::explain
