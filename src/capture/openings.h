// SPDX-License-Identifier: Apache-2.0
//
// capture/openings: whether TLS begins here, told by the octets alone, and what was spoken before.
//
// Source: RFC 8446 §5.1, RFC 5246 §E.2 (SSL 2.0's ClientHello); what begins in clear: RFC 3207,
// 2595, 4217, 6120, 4511 §4.14, PostgreSQL's SSLRequest, MySQL's greeting, RDP's TPKT (RFC 1006),
// HTTP's CONNECT, the PROXY protocol.
#pragma once

#include <string>

#include "base/bytes.h"

namespace sealtone::capture {

enum class Opening {
  no,
  not_yet,  // too few octets to tell
  client_hello,
  ssl2_client_hello,  // all of it is there
  server_hello,
  records,  // of a connection that began before
};

// At the start of what one side says at a time.  In the middle of a connection records may begin
// that are no hello.
[[nodiscard]] Opening opening_of(base::ByteView octets, bool in_the_middle);
// Whether the answer to a hello can begin so.
[[nodiscard]] Opening answer_of(base::ByteView octets);

inline constexpr std::size_t kRecordHeader = 5;
inline constexpr std::size_t kMostRecord = 16'384 + 2'048;  // RFC 5246 §6.2.3
// Type, version and length, of at least five octets.
[[nodiscard]] bool is_record_header(base::ByteView octets);
[[nodiscard]] std::size_t record_length(base::ByteView header);
// Whether record follows on record as far as these octets go.
[[nodiscard]] bool are_records(base::ByteView octets);

// "SMTP", "LDAP"…, or "plain text": what was spoken by both sides before TLS.
[[nodiscard]] std::string spoken_before(base::ByteView client, base::ByteView server);

}  // namespace sealtone::capture
