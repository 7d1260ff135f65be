// SPDX-License-Identifier: Apache-2.0
//
// crypto: hash, random octets, scrypt, comparison, base64 (see crypto.h).
#include "crypto/crypto.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <limits>

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include "base/text.h"

namespace sealtone::crypto {
namespace {

constexpr std::size_t kMaxInt = std::numeric_limits<int>::max();

}  // namespace

Sha256 sha256(base::ByteView data) {
  Sha256 digest{};
  SHA256(data.data(), data.size(), digest.data());
  return digest;
}

void SystemRandom::fill(std::span<std::uint8_t> out) {
  while (!out.empty()) {
    const auto part = out.first(std::min(out.size(), kMaxInt));
    if (RAND_bytes(part.data(), static_cast<int>(part.size())) != 1) {
      std::fputs("sealtone: this system gives no random numbers, so no key can be made\n", stderr);
      std::abort();
    }
    out = out.subspan(part.size());
  }
}

base::Result<base::Bytes> scrypt(std::string_view password, base::ByteView salt) {
  constexpr std::uint64_t cost = 1U << 14U;
  constexpr std::uint64_t block_size = 8;
  constexpr std::uint64_t parallel = 1;
  constexpr std::uint64_t max_memory = 32U << 20U;
  base::Bytes out(32);
  if (EVP_PBE_scrypt(password.data(), password.size(), salt.data(), salt.size(), cost, block_size,
                     parallel, max_memory, out.data(), out.size()) != 1) {
    return base::fail(base::ErrorCode::internal, "scrypt", drain_openssl_errors());
  }
  return out;
}

bool equal_in_constant_time(base::ByteView a, base::ByteView b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string base64(base::ByteView data) {
  // EVP_EncodeBlock counts in int; parts of a multiple of three octets join without a seam.
  constexpr std::size_t part_size = 3U << 20U;
  std::string out;
  out.reserve((data.size() + 2) / 3 * 4);
  while (!data.empty()) {
    const auto part = data.first(std::min(data.size(), part_size));
    const auto before = out.size();
    out.resize(before + (part.size() + 2) / 3 * 4 + 1);  // it ends its output with a NUL
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data() + before), part.data(),
                    static_cast<int>(part.size()));
    out.pop_back();
    data = data.subspan(part.size());
  }
  return out;
}

base::Result<base::Bytes> from_base64(std::string_view text) {
  const auto bad = [](const char* why) { return base::fail(base::ErrorCode::bad_input, "", why); };
  if (text.size() % 4 != 0) return bad("its base64 is cut short");
  if (text.size() > kMaxInt) return bad("its base64 is too long");
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  const auto digits = text.substr(0, text.size() - padding);
  const auto is_digit = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/';
  };
  if (!std::ranges::all_of(digits, is_digit)) {
    return bad("it holds a character that base64 does not have");
  }
  base::Bytes out(text.size() / 4 * 3);
  if (!text.empty() &&
      EVP_DecodeBlock(out.data(), reinterpret_cast<const unsigned char*>(text.data()),
                      static_cast<int>(text.size())) < 0) {
    return bad(drain_openssl_errors().c_str());
  }
  out.erase(out.end() - static_cast<long>(padding), out.end());
  return out;
}

std::string drain_openssl_errors() {
  std::string out;
  const char* data = nullptr;
  int flags = 0;
  while (const auto code = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags)) {
    const char* const reason = ERR_reason_error_string(code);
    if (!out.empty()) out += "; ";
    out += reason != nullptr ? reason : "reason unknown";
    if ((flags & ERR_TXT_STRING) != 0 && data != nullptr && *data != '\0') {
      out += " (" + base::visible(data, 120) + ")";
    }
  }
  return out;
}

}  // namespace sealtone::crypto
