// SPDX-License-Identifier: Apache-2.0
//
// capture/decryption: opens the encrypted records of one observed connection, where its secrets are
// known.
//
// Source: RFC 5246 §6, RFC 7366, RFC 5288, RFC 6655, RFC 7905, RFC 8446 §5 and §7.  TLS 1.2 with
// AES-GCM, AES-CCM, ChaCha20-Poly1305 and CBC (with and without encrypt-then-MAC); TLS 1.3.  The
// primitives are OpenSSL's.  TLS 1.0 and 1.1 with CBC, too.  "Sent" is by the client.  Errors:
// nothing (nullopt) where a record does not open.
#pragma once

#include <memory>
#include <optional>

#include "capture/secrets.h"
#include "handshake/record.h"

namespace sealtone::capture {

class Decryption {
 public:
  explicit Decryption(const Secrets& secrets);  // which outlives it
  Decryption(Decryption&&) noexcept;
  Decryption& operator=(Decryption&&) noexcept;
  ~Decryption();

  // Each whole handshake message, in order, with its header of four octets, whether it came in the
  // clear or was decrypted; and each ChangeCipherSpec, with its body.
  void saw(handshake::Direction direction, handshake::ContentType content, base::ByteView message);

  struct Opened {
    handshake::ContentType content;  // of what is in it (RFC 8446 §5.2)
    base::Bytes octets;
  };
  // The records that this direction encrypts, in the order of the stream, each once, from its first
  // on; what cannot be opened (and TLS 1.3's early data) counts as met.  Fragment: without the
  // header of five octets.
  [[nodiscard]] std::optional<Opened> open(handshake::Direction direction,
                                           handshake::ContentType content,
                                           std::uint16_t record_version, base::ByteView fragment);

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace sealtone::capture
