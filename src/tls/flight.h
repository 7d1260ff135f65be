// SPDX-License-Identifier: Apache-2.0
//
// tls/flight: for tests, what a server says in its first flight, octet by octet.
//
// Source: RFC 5246 §6.2.1 (record), §7.4 (messages), RFC 5746 §3.2.  Up to TLS 1.2.
#pragma once

#include <string>

#include "x509/parse.h"

namespace sealtone::tls::testing::flight {

inline std::string number(std::size_t value, int octets) {
  std::string text;
  for (int i = octets - 1; i >= 0; --i) text += static_cast<char>(value >> (8 * i) & 0xFFU);
  return text;
}
inline std::string vector(const std::string& content, int octets) {
  return number(content.size(), octets) + content;
}
inline std::string record(std::uint16_t version, std::uint8_t type, const std::string& content) {
  return static_cast<char>(type) + number(version, 2) + vector(content, 2);
}
inline std::string header(std::uint8_t type, std::size_t length) {
  return static_cast<char>(type) + number(length, 3);
}
inline std::string message(std::uint16_t version, std::uint8_t type, const std::string& content) {
  return record(version, 22, header(type, content.size()) + content);
}
inline std::string alert(std::uint8_t description) {
  return record(0x0303, 21, std::string("\x02") + static_cast<char>(description));
}

struct Hello {
  std::uint16_t cipher_suite = 0x0033;  // TLS_DHE_RSA_WITH_AES_128_CBC_SHA, known to all versions
  std::uint8_t compression = 0;
  bool secure_renegotiation = true;
};
inline std::string server_hello(std::uint16_t version, const Hello& hello = {}) {
  auto content = number(version, 2) + std::string(32, '\x2A') + vector("", 1) +
                 number(hello.cipher_suite, 2) + static_cast<char>(hello.compression);
  if (hello.secure_renegotiation) {
    content += vector(number(0xFF01, 2) + vector(vector("", 1), 2), 2);
  }
  return message(version, 2, content);
}

inline std::string certificate(std::uint16_t version, const x509::Contents& contents) {
  std::string list;
  for (const auto& each : contents.certificates) {
    list += vector(std::string(base::text(each.der())), 3);
  }
  return message(version, 11, vector(list, 3));
}

// A group of so many bits, and a signature that is none.
inline std::string dhe(std::uint16_t version, int bits) {
  std::string prime(static_cast<std::size_t>((bits + 7) / 8), '\xFF');
  if (bits % 8 != 0) prime[0] = static_cast<char>((1U << (bits % 8)) - 1);
  auto content =
      vector(prime, 2) + vector("\x02", 2) + vector(std::string(prime.size() - 1, '\x55'), 2);
  if (version >= 0x0303) content += number(0x0401, 2);  // rsa_pkcs1_sha256
  return message(version, 12, content + vector(std::string(256, '\x33'), 2));
}
inline std::string done(std::uint16_t version) { return message(version, 14, ""); }

}  // namespace sealtone::tls::testing::flight
