// SPDX-License-Identifier: Apache-2.0
//
// handshake/cipher_suites: the registered name of a cipher suite, or nothing.
//
// Source: IANA "Transport Layer Security (TLS) Parameters", TLS Cipher Suites.
#pragma once

#include <cstdint>
#include <string_view>

namespace sealtone::handshake {

[[nodiscard]] std::string_view registered_cipher_suite(std::uint16_t number);

}  // namespace sealtone::handshake
