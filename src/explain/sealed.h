// SPDX-License-Identifier: Apache-2.0
//
// explain/sealed: what a connection under TLS 1.3 lets be known without its keys: by sizes, by the
// order, and by who closed.
//
// Source: RFC 8446 §4.4.4, §5.2, §6.  Units: octets, of records without their headers.
#pragma once

#include "handshake/record.h"

namespace sealtone::explain {

// As an alert, and as a Finished is on the wire, unless it is padded.
[[nodiscard]] std::size_t sealed_alert_size(const handshake::HandshakeRecord& record);
[[nodiscard]] std::size_t sealed_finished_size(const handshake::HandshakeRecord& record);

// This side sent something encrypted in the handshake, which may have said why it closed.
[[nodiscard]] bool sealed_reason_seen(const handshake::HandshakeRecord& record,
                                      handshake::Direction by);

}  // namespace sealtone::explain
