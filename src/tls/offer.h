// SPDX-License-Identifier: Apache-2.0
//
// tls/offer: which kinds of server keys a client can meet, by the ciphers it offers.
//
// Source: RFC 5246 §7.4.2 and RFC 8422 §2.2 (the cipher suite says by what kind of key the server
// shows who it is), RFC 8446 §4.4.2.2 (in TLS 1.3 it does not).
#pragma once

#include <string>
#include <vector>

#include "tls/tls.h"

namespace sealtone::tls {

// As x509::PublicKey::kind has them: "RSA", "EC", "Ed25519", "Ed448".
[[nodiscard]] std::vector<std::string> server_key_kinds(const Context& context);

}  // namespace sealtone::tls
