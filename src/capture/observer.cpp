// SPDX-License-Identifier: Apache-2.0
#include "capture/observer.h"

#include <algorithm>

#include "capture/openings.h"
#include "capture/size.h"

namespace sealtone::capture {

using handshake::Ending;
using handshake::HandshakeType;
using handshake::Role;

namespace {

constexpr std::size_t kLeastSealed = 16;  // a tag or a block

}  // namespace

Observer::Observer(std::chrono::sys_seconds began, const SecretsSource& secrets)
    : builder_(Role::client, {}, began), secrets_(secrets) {
  builder_.observe();
  const bool later = secrets_.later->left > 0;
  if (later) replay_ = std::make_unique<Replay>(*secrets_.later);
  if (later || !secrets_.known->empty()) decryption_.emplace(*secrets_.known);
}

void Observer::hear_other(base::ByteView octets, Moment at, bool ends) {
  builder_.wire(Direction::received, octets);
  if (ends) builder_.ended(Ending::not_tls, at);
}

void Observer::hear_ssl2_hello(base::ByteView body, Moment at) {
  builder_.ssl2_hello(Direction::sent, body, at);
  measure(Direction::sent, HandshakeType::client_hello);
}

void Observer::hear_data(Direction direction, base::ByteView octets, Moment at) {
  builder_.wire(direction, octets);
  auto& one = side(direction);
  while (!octets.empty() && !one.dead) {
    if (one.skip > 0) {
      const auto now = std::min<std::uint64_t>(one.skip, octets.size());
      one.skip -= now;
      octets = octets.subspan(now);
      continue;
    }
    if (one.lost && !find_record(one, octets)) return;
    octets = octets.subspan(begin(direction, octets, at));
  }
}

// Reads one record, or as much of it as is there; how many octets that were.
std::size_t Observer::begin(Direction direction, base::ByteView octets, Moment at) {
  auto& one = side(direction);
  // All of it lies before us, in most cases.
  if (one.record.empty() && octets.size() >= kRecordHeader) {
    if (!header(direction, octets, at)) return kRecordHeader;
    const auto length = kRecordHeader + record_length(octets);
    if (length <= octets.size()) {
      const Record record{direction, ContentType{octets[0]},
                          static_cast<std::uint16_t>(octets[1] << 8U | octets[2]), at};
      whole(record, octets.first(length).subspan(kRecordHeader));
      return length;
    }
  }
  const auto had = one.record.size();
  const auto wanted =
      had < kRecordHeader ? kRecordHeader : kRecordHeader + record_length(one.record);
  const auto taken = std::min(octets.size(), wanted - had);
  one.record.insert(one.record.end(), octets.begin(),
                    octets.begin() + static_cast<std::ptrdiff_t>(taken));
  if (one.record.size() < wanted) return taken;
  if (had < kRecordHeader) {
    if (!header(direction, one.record, at)) one.record = {};
    return taken;
  }
  const auto read = std::move(one.record);
  one.record = {};
  const Record record{direction, ContentType{read[0]},
                      static_cast<std::uint16_t>(read[1] << 8U | read[2]), at};
  whole(record, base::ByteView(read).subspan(kRecordHeader));
  return taken;
}

// Whether the record is to be read; if not, its octets are skipped.
bool Observer::header(Direction direction, base::ByteView octets, Moment at) {
  auto& one = side(direction);
  if (!is_record_header(octets)) {
    // RFC 8446 §5.1 forbids empty fragments but of application data; those say nothing.
    const bool empty = octets[0] == static_cast<std::uint8_t>(ContentType::application_data) &&
                       octets[1] == 3 && record_length(octets) == 0;
    if (empty) return false;
    one.dead = true;
    builder_.ended(Ending::unreadable, at);
    return false;
  }
  const Record record{direction, ContentType{octets[0]},
                      static_cast<std::uint16_t>(octets[1] << 8U | octets[2]), at};
  const auto length = record_length(octets);
  if (!encrypts(record) || opens(direction)) return true;
  one.skip = length;
  unread(record, length);
  return false;
}

bool Observer::encrypts(const Record& record) {
  if (record.content == ContentType::application_data) return true;
  // RFC 8446 §5: ChangeCipherSpec comes as it is, and so does an alert of who has no keys yet.
  return !tls13_ && side(record.direction).encrypted;
}

bool Observer::opens(Direction direction) { return decryption_ && !side(direction).unopened; }

void Observer::whole(const Record& record, base::ByteView body) {
  if (!encrypts(record)) {
    plain(record, body, false);
    return;
  }
  const auto opened = decryption_->open(record.direction, record.content, record.version, body);
  if (!opened) {
    not_opened_ = true;
    unread(record, body.size());
    return;
  }
  builder_.observation().keys = true;
  auto inner = record;
  inner.content = opened->content;
  plain(inner, opened->octets, true);
}

void Observer::plain(const Record& record, base::ByteView octets, bool was_encrypted) {
  builder_.protect(record.direction, was_encrypted);
  switch (record.content) {
    case ContentType::handshake: handshake(record, octets, was_encrypted); return;
    case ContentType::change_cipher_spec:
      if (decryption_) decryption_->saw(record.direction, record.content, octets);
      builder_.message(record.direction, record.content, octets, record.at);
      if (!tls13_) side(record.direction).encrypted = true;
      return;
    case ContentType::alert:
      // Its ChangeCipherSpec was not seen: no alert in the clear is so long.
      if (!was_encrypted && octets.size() >= kLeastSealed) {
        side(record.direction).encrypted = !tls13_;
        unread(record, octets.size());
        return;
      }
      builder_.message(record.direction, record.content, octets, record.at);
      return;
    case ContentType::heartbeat:
      builder_.message(record.direction, record.content, octets, record.at);
      return;
    case ContentType::application_data: break;
    default: return;
  }
  builder_.application_data(record.direction, octets.size());
  if (record.direction == Direction::sent && !search_.over() && user_agent_.empty()) {
    user_agent_ = search_.feed(octets);
  }
}

// What cannot be opened.
void Observer::unread(const Record& record, std::size_t size) {
  const bool handshake = record.content == ContentType::handshake;
  if (record.content != ContentType::application_data) {
    builder_.unread(record.direction, record.content, size, record.at);
    if (handshake) finished(record);
    return;
  }
  const auto& seen = builder_.record();
  // Before any ServerHello: TLS 1.3's early data, if it is not behind a Finished of TLS 1.2.
  const bool early = seen.client_hello && !seen.server_hello && !side(record.direction).finished;
  if (!done_ && (tls13_ || early)) {
    unread_tls13(record, size);
    return;
  }
  builder_.application_data(record.direction, size);
  // RFC 5246 §7.3: a server has seen the client's Finished before it sends any.  (A client may be
  // too early: RFC 7918.)
  const bool server = record.direction == Direction::received && seen.server_hello;
  // A connection that was there before the capture.
  const bool before = !seen.client_hello && !seen.server_hello && seen.observed->start_missing &&
                      seen.application_sent > 0 && seen.application_received > 0;
  if (server || before) done(record.at);
}

// Whether what is encrypted alike is a Finished, an alert or data is told by the order: a client
// that goes on behind the server's flight with more than an alert, and is answered with more than
// an alert, was through.
void Observer::unread_tls13(const Record& record, std::size_t size) {
  builder_.unread(record.direction, record.content, size, record.at);
  if (!tls13_) {
    // RFC 8446 §2.3: before the ServerHello it is early data, and more of it may come behind that.
    if (record.direction == Direction::sent) rounds_left_ = 2;
    return;
  }
  constexpr std::uint16_t ccm_8 = 0x1305;  // TLS_AES_128_CCM_8_SHA256, with a shorter tag
  constexpr std::size_t alert = 2 + 1, tag = 16, short_tag = 8;
  // Behind a HelloRetryRequest the ServerHello itself may be missing.
  const auto& hello = builder_.record().server_hello;
  const bool shorter = hello && hello->cipher_suite == ccm_8;
  const bool like_an_alert = size == alert + (shorter ? short_tag : tag);
  if (record.direction == Direction::sent) {
    if (!server_flight_ || like_an_alert) return;
    client_answer_ = true;
    builder_.observation().maybe_done = true;
    return;
  }
  server_flight_ = true;
  if (!client_answer_ || like_an_alert) return;
  client_answer_ = false;
  if (--rounds_left_ == 0) done(record.at);
}

// Where what is missing ends within a record that was begun, the next one's place is known.
void Observer::hear_gap(Direction direction, std::uint64_t octets) {
  auto& one = side(direction);
  if (one.dead) return;
  const auto skipped = std::min(one.skip, octets);
  one.skip -= skipped;
  octets -= skipped;
  if (octets == 0) return;
  one.message = {};
  one.passed = 0;
  one.broken = true;
  one.unopened = true;
  if (one.record.size() >= kRecordHeader) {
    const std::uint64_t due = kRecordHeader + record_length(one.record) - one.record.size();
    one.record = {};
    one.skip = due - std::min(due, octets);
    if (octets <= due) return;
  }
  one.record = {};
  one.lost = true;
}

bool Observer::find_record(Side& side, base::ByteView& octets) {
  for (std::size_t i = 0; i + kRecordHeader <= octets.size(); ++i) {
    const auto rest = octets.subspan(i);
    const std::uint8_t first = rest[0];
    if (first < 20 || first > 23 || !are_records(rest)) continue;
    // Within other octets only one that ends where they end, or before another.
    const bool within = kRecordHeader + record_length(rest) <= rest.size();
    if (i > 0 && !within) continue;
    octets = rest;
    side.lost = false;
    return true;
  }
  return false;
}

std::size_t Observer::kept() const {
  const auto& record = builder_.record();
  std::size_t sum = sizeof *this + octets_.client_hello + octets_.server_chain +
                    octets_.client_chain + octets_.authorities + record.stapled_ocsp.capacity() +
                    record.messages.capacity() * sizeof(handshake::Message) +
                    record.alerts.capacity() * sizeof(handshake::Alert) + search_.kept() +
                    user_agent_.capacity();
  for (const auto& one : sides_) sum += one.record.capacity() + one.message.capacity();
  constexpr std::size_t decryption = 2'048;
  sum += random_.capacity() + (replay_ ? sizeof *replay_ + replay_->kept() : 0);
  return sum + (decryption_ ? decryption : 0);
}

}  // namespace sealtone::capture
