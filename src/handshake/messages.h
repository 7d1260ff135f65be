// SPDX-License-Identifier: Apache-2.0
//
// handshake/messages: the bodies of handshake messages, decoded as far as Sealtone compares or
// shows them.
//
// Source: RFC 5246 §7.4 and §E.2, RFC 4346 §7.4.4, RFC 8422 §5.4, RFC 4279, RFC 8446 §4, RFC 6066
// §3, RFC 7301, RFC 7366, RFC 7627; the drafts of TLS 1.3 as far as their ServerHello differs.
// Errors: nothing (nullopt) if the octets do not have the message's form.  Bodies come without the
// four-octet header.
#pragma once

#include <optional>
#include <vector>

#include "handshake/record.h"

namespace sealtone::handshake {

struct ParsedClientHello {
  ClientHello hello;
  base::Bytes session_id;
};
[[nodiscard]] std::optional<ParsedClientHello> parse_client_hello(base::ByteView body);

// In the form of SSL 2.0 (RFC 5246 §E.2), behind its two octets of length.  SSL 2.0's own cipher
// kinds are left out.
[[nodiscard]] std::optional<ClientHello> parse_ssl2_client_hello(base::ByteView body);

struct ParsedServerHello {
  ServerHello hello;  // resumed is set for TLS 1.3 only
  base::Bytes session_id;
  bool hello_retry_request = false;
};
[[nodiscard]] std::optional<ParsedServerHello> parse_server_hello(base::ByteView body);

// The protocol (ALPN) that EncryptedExtensions choose; empty if they choose none.
[[nodiscard]] std::string chosen_protocol(base::ByteView encrypted_extensions);

// The certificates as sent, leaf first; complete is false if the message broke off.
struct ParsedCertificate {
  std::vector<base::Bytes> chain;
  base::Bytes ocsp_response;  // TLS 1.3: DER, beside the first one; empty if there is none
  bool complete = true;
};
[[nodiscard]] ParsedCertificate parse_certificate(base::ByteView body, std::uint16_t version);

// The OCSPResponse (DER) of a CertificateStatus (RFC 6066 §8); empty if there is none in it.
[[nodiscard]] base::Bytes parse_certificate_status(base::ByteView body);

// The names of acceptable issuers (DER), empty if the server names none.
[[nodiscard]] std::optional<std::vector<base::Bytes>> parse_certificate_request(
    base::ByteView body, std::uint16_t version);

struct ParsedServerKeyExchange {
  std::optional<std::uint16_t> group;
  std::optional<int> dh_bits;
  std::optional<std::uint16_t> signature_scheme;  // TLS 1.2, if it is signed
};
[[nodiscard]] std::optional<ParsedServerKeyExchange> parse_server_key_exchange(
    base::ByteView body, const ServerHello& hello);

// How the session key comes about, in words: from the cipher suite up to TLS 1.2, from the
// ServerHello in TLS 1.3.
[[nodiscard]] KeyExchange key_exchange_of(const ServerHello& hello,
                                          const ParsedServerKeyExchange& parameters);

}  // namespace sealtone::handshake
