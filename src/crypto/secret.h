// SPDX-License-Identifier: Apache-2.0
//
// crypto/secret: octets that are wiped when they go: a passphrase, a key on its way to a
// PrivateKey.
//
// Never copied, never printed.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/bytes.h"

namespace sealtone::crypto {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::size_t size) : octets_(size) {}
  explicit Secret(base::ByteView copied) : octets_(copied.begin(), copied.end()) {}
  explicit Secret(std::string_view copied) : Secret(base::view(copied)) {}
  Secret(Secret&& other) noexcept : octets_(std::move(other.octets_)) {}
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { wipe(); }

  [[nodiscard]] base::ByteView view() const { return octets_; }
  [[nodiscard]] std::string_view text() const { return base::text(octets_); }
  [[nodiscard]] std::span<std::uint8_t> octets() { return octets_; }
  void shorten(std::size_t size);  // what is cut off is wiped

 private:
  void wipe();

  base::Bytes octets_;  // never grows: growing would leave a copy behind
};

// Wipes what stands in a buffer of somebody else's.
void wipe(std::span<char> text);

}  // namespace sealtone::crypto
