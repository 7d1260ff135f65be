// SPDX-License-Identifier: Apache-2.0
//
// handshake/names: the IANA names of TLS versions, cipher suites, groups, signature schemes,
// alerts and message types.
//
// Source: IANA "Transport Layer Security (TLS) Parameters".  An unknown number gives its
// hexadecimal value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "handshake/record.h"

namespace sealtone::handshake {

[[nodiscard]] std::string version_name(std::uint16_t version);  // "TLS 1.2"
[[nodiscard]] std::optional<std::uint16_t> version_from(
    std::string_view text);                                        // "1.0", "TLS 1.2", "tls1.3"
[[nodiscard]] std::string cipher_suite_name(std::uint16_t suite);  // "TLS_AES_128_GCM_SHA256"
[[nodiscard]] std::string group_name(std::uint16_t group);         // "x25519", "secp256r1"
[[nodiscard]] std::string signature_scheme_name(std::uint16_t scheme);
[[nodiscard]] std::string alert_name(std::uint8_t description);  // "unknown_ca"
[[nodiscard]] std::string alert_in_words(
    std::uint8_t description);  // "alert unknown_ca", "alert 0xFA"
[[nodiscard]] std::string alert_meaning(std::uint8_t description);  // a sentence for an admin
[[nodiscard]] std::string message_name(
    const Message& message);  // "ClientHello", "ChangeCipherSpec"
[[nodiscard]] bool forward_secret_suite(std::uint16_t suite);
[[nodiscard]] bool rsa_key_transport_suite(std::uint16_t suite);

}  // namespace sealtone::handshake
