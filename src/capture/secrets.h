// SPDX-License-Identifier: Apache-2.0
//
// capture/secrets: the secrets of TLS connections, as a key log has them.
//
// Source: draft-ietf-tls-keylogfile ("LABEL client_random secret", hexadecimal, a line each), the
// Decryption Secrets Block of pcapng.  Lines that are none of these are counted and left out.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/secret.h"

namespace sealtone::capture {

inline constexpr std::size_t kMaxSecrets = 1'000'000;  // lines of all key logs together

class Secrets {
 public:
  void add(std::string_view key_log);
  // "CLIENT_RANDOM" (the master secret), "CLIENT_HANDSHAKE_TRAFFIC_SECRET"…; nullptr if unknown.
  [[nodiscard]] const crypto::Secret* find(std::string_view label,
                                           base::ByteView client_random) const;
  [[nodiscard]] bool empty() const { return secrets_.empty(); }
  [[nodiscard]] std::size_t not_read() const { return not_read_; }

 private:
  std::map<std::string, crypto::Secret, std::less<>> secrets_;  // by label and random
  std::size_t not_read_ = 0;
};

}  // namespace sealtone::capture
