// SPDX-License-Identifier: Apache-2.0
//
// capture/observer_messages: the handshake messages in an observed connection's records.
#include <algorithm>

#include "base/tls_versions.h"
#include "capture/observer.h"
#include "capture/size.h"
#include "handshake/reader.h"

namespace sealtone::capture {

using handshake::Ending;
using handshake::HandshakeType;

namespace {

constexpr std::size_t kHeaderOfMessage = 4;

// Whether a message that can be read is not whole yet.
bool breaks_off(base::ByteView message) {
  handshake::Reader reader(message);
  reader.u8();
  const std::size_t length = kHeaderOfMessage + reader.number(3);
  return !reader.ok() || (length <= kMostMessage && length > message.size());
}

// RFC 8446 §4.4.2, RFC 8879 §4, RFC 6066 §8: of these the content may have 2^24-1 octets; of no
// other that anybody sends.
bool may_be_long(HandshakeType type) {
  return type == HandshakeType::certificate || type == HandshakeType::compressed_certificate ||
         type == HandshakeType::certificate_status;
}

}  // namespace

void Observer::handshake(const Record& record, base::ByteView octets, bool was_encrypted) {
  auto& one = side(record.direction);
  const auto passed = std::min<std::uint64_t>(one.passed, octets.size());
  one.passed -= passed;
  octets = octets.subspan(passed);
  if (passed > 0 && one.passed == 0) too_long(record, one.long_one);
  if (octets.empty()) return;
  if (one.broken && !was_encrypted && !plausible(record, octets)) return;
  one.broken = false;
  if (one.message.empty()) {
    const auto rest = messages(record, octets);
    one.message.assign(rest.begin(), rest.end());
    return;
  }
  one.message.insert(one.message.end(), octets.begin(), octets.end());
  if (breaks_off(one.message)) return;
  const auto joined = std::move(one.message);
  const auto rest = messages(record, joined);
  one.message.assign(rest.begin(), rest.end());
}

// Behind a gap: a message's first octets; else its middle, or what a ChangeCipherSpec that was lost
// had encrypted.
bool Observer::plausible(const Record& record, base::ByteView octets) {
  handshake::Reader reader(octets);
  const auto type = reader.u8();
  const auto length = reader.number(3);
  constexpr std::uint8_t highest = 25;
  if (reader.ok() && type <= highest && length < kMostMessage) return true;
  constexpr std::size_t least_finished = 12 + kHeaderOfMessage, most_finished = 128;
  const bool like_finished = octets.size() >= least_finished && octets.size() <= most_finished;
  if (tls13_ || !like_finished) return false;
  side(record.direction).encrypted = true;
  unread(record, octets.size());
  return false;
}

// Reads the whole ones; what is left.
base::ByteView Observer::messages(const Record& record, base::ByteView octets) {
  auto& one = side(record.direction);
  while (octets.size() >= kHeaderOfMessage) {
    handshake::Reader reader(octets);
    const auto type = HandshakeType{reader.u8()};
    const std::size_t length = kHeaderOfMessage + reader.number(3);
    if (length > kMostMessage) {
      const auto here = std::min(length, octets.size());
      one.passed = length - here;
      one.long_one = {type, length};
      if (!may_be_long(type)) builder_.ended(Ending::unreadable, record.at);
      octets = octets.subspan(here);
      if (one.passed == 0) too_long(record, one.long_one);
      continue;
    }
    if (length > octets.size()) return octets;
    message(record, octets.first(length));
    octets = octets.subspan(length);
  }
  return octets;
}

void Observer::too_long(const Record& record, const LongMessage& message) {
  if (!may_be_long(message.type)) return;
  builder_.too_long(record.direction, message.type, message.size, kMostMessage, record.at);
}

void Observer::message(const Record& record, base::ByteView octets) {
  if (decryption_) decryption_->saw(record.direction, ContentType::handshake, octets);
  builder_.message(record.direction, ContentType::handshake, octets, record.at);
  const auto type = HandshakeType{octets[0]};
  measure(record.direction, type);
  if (type == HandshakeType::client_hello && random_.empty()) {
    handshake::Reader reader(octets.subspan(kHeaderOfMessage));
    reader.u16();
    const auto random = reader.take(kRandomSize);
    random_.assign(random.begin(), random.end());
    secrets_.known->meet(random_);
  }
  if (type == HandshakeType::server_hello) {
    const auto& seen = builder_.record();
    const bool retry = !seen.messages.empty() && seen.messages.back().hello_retry_request;
    tls13_ = retry || seen.version().value_or(0) >= base::kTls13;
  }
  if (type == HandshakeType::server_hello_done) asked_for_more_ = true;
  if (type == HandshakeType::finished) finished(record);
}

void Observer::measure(Direction direction, HandshakeType type) {
  const auto& seen = builder_.record();
  switch (type) {
    case HandshakeType::client_hello:
      octets_.client_hello = seen.client_hello ? octets_of(*seen.client_hello) : 0;
      return;
    case HandshakeType::certificate:
      if (direction == Direction::sent) octets_.client_chain = octets_of(seen.client_chain);
      if (direction == Direction::received) octets_.server_chain = octets_of(seen.server_chain);
      return;
    case HandshakeType::certificate_request:
      octets_.authorities = octets_of(seen.requested_authorities);
      return;
    default: return;
  }
}

void Observer::finished(const Record& record) {
  side(record.direction).finished = true;
  // RFC 5246 §7.3: unless it resumes a session, a server's Finished answers the client's, which the
  // capture may lack.
  const bool client_lacks = side(Direction::sent).unopened || !builder_.record().client_hello;
  const bool answers = record.direction == Direction::received && asked_for_more_ && client_lacks;
  if (answers || (sides_[0].finished && sides_[1].finished)) done(record.at);
}

void Observer::done(Moment at) {
  if (done_) return;
  done_ = true;
  // A fatal alert that was read came first.
  if (builder_.record().ending == Ending::open) builder_.handshake_done(at);
}

}  // namespace sealtone::capture
