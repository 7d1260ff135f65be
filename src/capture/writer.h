// SPDX-License-Identifier: Apache-2.0
//
// capture/writer: connections' octets as a capture file, as if they had been captured.
//
// Source: draft-ietf-opsawg-pcapng (blocks, Decryption Secrets Block), RFC 791, 8200, 9293, 1071
// (checksums), LINKTYPE_RAW.  What was between the octets (SYN, segments, FIN) is made up to fit;
// addresses, ports, octets and times are as they were.  Where octets are missing a comment in the
// file says so.  Units: octets; UTC, microseconds.  Errors: none.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "capture/capture.h"
#include "crypto/secret.h"

namespace sealtone::capture {

struct KeptConversation {
  Endpoint client, server;  // one family; what is no address is written as 0.0.0.0
  Time began;
  // Octets that went one way at once; sent: by the client.
  struct Piece {
    handshake::Direction direction;
    Time at;
    std::size_t size;
  };
  std::vector<Piece> pieces;  // in the order of time
  // On the first packet of that piece; of one that is not there, on the last packet.
  struct Comment {
    std::size_t piece;
    std::string text;
  };
  std::vector<Comment> comments = {};
  base::Bytes octets;                                      // of all of them, in order
  std::uint64_t not_kept_sent = 0, not_kept_received = 0;  // behind the last piece
  std::optional<Time> client_ended, server_ended;
  std::string comment;     // UTF-8, on its first packet
  crypto::Secret key_log;  // lines of a key log, where the file shall open it; empty: it shall not
};

// application: of the section header.
[[nodiscard]] base::Bytes write_pcapng(std::span<const KeptConversation> conversations,
                                       const std::string& application);

}  // namespace sealtone::capture
