// SPDX-License-Identifier: Apache-2.0
#include "explain/sealed.h"

#include <algorithm>

namespace sealtone::explain {
namespace {

using handshake::ContentType;
using handshake::Direction;
using handshake::HandshakeRecord;
using handshake::Message;

constexpr std::uint16_t kAes256GcmSha384 = 0x1302, kAes128Ccm8Sha256 = 0x1305;
constexpr std::size_t kContentType = 1;

std::uint16_t suite_of(const HandshakeRecord& record) {
  return record.server_hello ? record.server_hello->cipher_suite : 0;
}

std::size_t tag_of(const HandshakeRecord& record) {
  constexpr std::size_t tag = 16, short_tag = 8;
  return suite_of(record) == kAes128Ccm8Sha256 ? short_tag : tag;
}

using Place = std::vector<Message>::const_iterator;

bool is_hidden(const Message& message) {
  return message.encrypted && message.content != ContentType::change_cipher_spec;
}

// The first of the server's that is encrypted: what the client sent before is early data.
Place flight_of(const HandshakeRecord& record) {
  return std::ranges::find_if(record.messages, [](const Message& message) {
    return message.direction == Direction::received && is_hidden(message);
  });
}

}  // namespace

std::size_t sealed_alert_size(const HandshakeRecord& record) {
  constexpr std::size_t alert = 2;
  return alert + kContentType + tag_of(record);
}

std::size_t sealed_finished_size(const HandshakeRecord& record) {
  constexpr std::size_t header = 4, sha256 = 32, sha384 = 48;
  const auto hash = suite_of(record) == kAes256GcmSha384 ? sha384 : sha256;
  return header + hash + kContentType + tag_of(record);
}

bool sealed_reason_seen(const HandshakeRecord& record, Direction by) {
  return std::any_of(flight_of(record), record.messages.end(), [by](const Message& message) {
    return message.direction == by && is_hidden(message);
  });
}

}  // namespace sealtone::explain
