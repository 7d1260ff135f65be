// SPDX-License-Identifier: Apache-2.0
//
// capture/packet_writer: the packets of one TCP connection, made up around octets that were kept.
//
// Source: RFC 791 §3.1, RFC 8200 §3, RFC 9293 §3.1, RFC 1071.  Units: octets.
#pragma once

#include <string>
#include <vector>

#include "capture/writer.h"

namespace sealtone::capture {

struct WrittenPacket {
  Time at;
  base::Bytes octets;   // from the IP header on
  std::string comment;  // empty: none
};

// In the order of time; SYN, SYN ACK and ACK first, FINs where the ends are known.
[[nodiscard]] std::vector<WrittenPacket> packets_of(const KeptConversation& conversation);

}  // namespace sealtone::capture
