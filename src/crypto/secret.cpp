// SPDX-License-Identifier: Apache-2.0
//
// crypto/secret: see secret.h.
#include "crypto/secret.h"

#include <utility>

#include <openssl/crypto.h>

namespace sealtone::crypto {

Secret& Secret::operator=(Secret&& other) noexcept {
  wipe();
  octets_ = std::exchange(other.octets_, {});
  return *this;
}

void Secret::shorten(std::size_t size) {
  if (size >= octets_.size()) return;
  OPENSSL_cleanse(octets_.data() + size, octets_.size() - size);
  octets_.resize(size);
}

void Secret::wipe() { OPENSSL_cleanse(octets_.data(), octets_.size()); }

void wipe(std::span<char> text) { OPENSSL_cleanse(text.data(), text.size()); }

}  // namespace sealtone::crypto
