// SPDX-License-Identifier: Apache-2.0
//
// tls/offer: which server keys a client can meet, by what its ClientHello says.
//
// Source: RFC 5246 §7.4.2, RFC 8422 §2.2 and §5.1 (the cipher suite and the groups), RFC 8446
// §4.2.3 and §4.4.2.2 (the signature schemes alone).
#pragma once

#include <optional>
#include <string>

#include "tls/tls.h"

namespace sealtone::tls {

// What a context says first; nothing if OpenSSL makes no ClientHello of it.
[[nodiscard]] std::optional<handshake::ClientHello> client_hello(const Context& context);

// Whether a server that shows a certificate for this key may answer that.
[[nodiscard]] bool goes_with(const handshake::ClientHello& hello, const x509::PublicKey& key);
// "RSA, EC P-256, EC P-384, Ed25519": which kinds it may have.
[[nodiscard]] std::string keys_that_go_with(const handshake::ClientHello& hello);

}  // namespace sealtone::tls
