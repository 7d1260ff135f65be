// SPDX-License-Identifier: Apache-2.0
//
// handshake/plain_text: is it TLS that the other side speaks, and if not, what else?
//
// Source: RFC 8446 §5.1 (record header), RFC 5246 §E.2 (SSL 2.0's ClientHello); greetings of HTTP,
// SSH, SMTP, FTP, SIP, IMAP, POP3, XMPP and RFB.  Units: octets as they came first.
#pragma once

#include <string>

#include "base/bytes.h"

namespace sealtone::handshake {

// Whether these first octets can begin a TLS record; true as long as nothing speaks against it.
[[nodiscard]] bool looks_like_tls(base::ByteView first);
// "HTTP", "SSH", "SMTP", "FTP", "SIP"…; empty if it is none of those known.
[[nodiscard]] std::string plain_protocol(base::ByteView first);

}  // namespace sealtone::handshake
