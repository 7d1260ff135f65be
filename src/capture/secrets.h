// SPDX-License-Identifier: Apache-2.0
//
// capture/secrets: the secrets of TLS connections, as a key log has them.
//
// Source: draft-ietf-tls-keylogfile ("LABEL client_random secret", hexadecimal, a line each), the
// Decryption Secrets Block of pcapng.  Lines that are none of these are counted and left out; what
// no record needs to be opened (exporters' secrets) is left out, too.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string_view>

#include "crypto/secret.h"

namespace sealtone::capture {

inline constexpr std::size_t kSecretTakes = 180;     // octets of memory, about
inline constexpr std::size_t kMaxSecrets = 500'000;  // of all key logs together

inline constexpr std::size_t kRandomSize = 32;

// The lines of a key log, but for comments and empty ones.
struct KeyLogLines {
  std::size_t secrets = 0, others = 0;
};

class Secrets {
 public:
  // A key log that somebody gives beside the capture, or a block within it.
  enum class From { key_log, capture };
  explicit Secrets(std::size_t most = kMaxSecrets) : most_(most) {}
  KeyLogLines add(std::string_view key_log, From from = From::key_log);
  // "CLIENT_RANDOM" (the master secret), "CLIENT_HANDSHAKE_TRAFFIC_SECRET"…; nullptr if unknown.
  [[nodiscard]] const crypto::Secret* find(std::string_view label,
                                           base::ByteView client_random) const;
  // How many of one connection are known.
  [[nodiscard]] std::size_t of(base::ByteView client_random) const;
  // There is such a connection.
  void meet(base::ByteView client_random) const {
    asked_ = asked_ || client_random.size() == kRandomSize;
    met_ = met_ || given_of(client_random);
  }
  // Of those connections whose random was seen, no key log knows any, and nothing was left out that
  // may have been theirs.
  [[nodiscard]] bool of_others() const { return asked_ && !met_ && !left_out_; }
  [[nodiscard]] std::size_t size() const { return secrets_.size(); }
  [[nodiscard]] bool empty() const { return secrets_.empty(); }
  [[nodiscard]] std::size_t not_read() const { return not_read_; }
  // Some were more than the most.
  [[nodiscard]] bool any_left_out() const { return left_out_; }

 private:
  using Key = std::array<std::uint8_t, 33>;  // the label's place in the list of labels, the random
  enum class Line { kept, left_out, none };
  struct Kept {
    crypto::Secret secret;
    bool given;  // by a key log, whoever else has it
  };
  [[nodiscard]] Line add_line(std::string_view line, From from);
  [[nodiscard]] const Kept* kept(std::string_view label, base::ByteView client_random) const;
  [[nodiscard]] bool given_of(base::ByteView client_random) const;

  std::map<Key, Kept> secrets_;
  std::size_t most_;
  std::size_t not_read_ = 0;
  bool left_out_ = false;
  mutable bool asked_ = false, met_ = false;  // noted by who asks
};

}  // namespace sealtone::capture
