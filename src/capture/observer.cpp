// SPDX-License-Identifier: Apache-2.0
#include "capture/observer.h"

#include <algorithm>

#include "base/tls_versions.h"
#include "capture/openings.h"
#include "capture/size.h"
#include "handshake/reader.h"

namespace sealtone::capture {

using handshake::Ending;
using handshake::HandshakeType;
using handshake::Role;

namespace {

constexpr std::size_t kHeaderOfMessage = 4;
constexpr std::size_t kLeastSealed = 16;  // a tag or a block
// Who logs secrets does so while hands are shaken, give and take what is in between.
constexpr std::chrono::minutes kLongestReplay{10};

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

Observer::Observer(std::chrono::sys_seconds began, const SecretsSource& secrets)
    : builder_(Role::client, {}, began), secrets_(secrets) {
  builder_.observe();
  const bool later = secrets_.later->left > 0;
  if (later) replay_ = std::make_unique<Replay>(*secrets_.later);
  if (later || !secrets_.known->empty()) decryption_.emplace(*secrets_.known);
}

void Observer::ssl2_hello(base::ByteView body, Moment at) {
  if (replay_) replay_->ssl2_hello(body, at);
  hear_ssl2_hello(body, at);
}

void Observer::data(Direction direction, base::ByteView octets, Moment at) {
  look_for_secrets();
  if (replay_ && at > kLongestReplay) replay_.reset();
  if (replay_) replay_->data(direction, octets, at);
  hear_data(direction, octets, at);
}

void Observer::gap(Direction direction, std::uint64_t octets) {
  if (replay_) replay_->gap(direction, octets);
  hear_gap(direction, octets);
}

void Observer::other(base::ByteView octets, Moment at, bool ends) {
  if (replay_) replay_->other(octets, at, ends);
  hear_other(octets, at, ends);
}

bool Observer::look_for_secrets() {
  if (!replay_ || looked_at_ == secrets_.known->size()) return false;
  looked_at_ = secrets_.known->size();
  const auto found = secrets_.known->of(random_);
  if (found <= of_this_) return false;
  secrets_.known->meet(random_);
  of_this_ = found;
  // What comes from now on opens by itself.
  return not_opened_ && read_anew();
}

// As if the secrets had been there from the start.
bool Observer::read_anew() {
  auto replay = std::move(replay_);
  Observer anew(builder_.record().started, secrets_);
  anew.replay_.reset();
  anew.builder_.observation() = builder_.observation();
  anew.builder_.observation().keys = false;
  replay->tell(anew);
  // Where not even the handshake was kept whole, what is known stays.
  const bool is_cut = replay->is_cut(Direction::sent) || replay->is_cut(Direction::received);
  if (!anew.builder_.record().observed->keys || (is_cut && !anew.done_)) {
    replay_ = std::move(replay);
    return false;
  }
  for (const auto direction : {Direction::sent, Direction::received}) {
    if (replay->is_cut(direction)) anew.go_on_behind(direction, *this);
  }
  anew.replay_ = std::move(replay);
  anew.looked_at_ = looked_at_;
  anew.of_this_ = of_this_;
  *this = std::move(anew);
  return true;
}

// Behind what was kept: where the next record begins is known, and its keys are not, which go by
// the number of those before.
void Observer::go_on_behind(Direction direction, const Observer& met) {
  auto& one = side(direction);
  const auto& there = met.sides_[direction == Direction::sent ? 0 : 1];
  const bool encrypted = one.encrypted || there.encrypted;
  const bool finished = one.finished || there.finished;
  one = there;
  one.message = {};
  one.broken = one.unopened = true;
  one.encrypted = encrypted;
  one.finished = finished;
  const auto data = [&](const Observer& by) {
    const auto& record = by.builder_.record();
    return direction == Direction::sent ? record.application_sent : record.application_received;
  };
  if (data(met) > data(*this)) builder_.application_data(direction, data(met) - data(*this));
  // Up to TLS 1.2 an alert that is encrypted is known for one.
  const auto is_alert = [direction](const handshake::Message& message) {
    return message.direction == direction && message.content == ContentType::alert;
  };
  auto known = std::ranges::count_if(builder_.record().messages, is_alert);
  for (const auto& message : met.builder_.record().messages) {
    if (!is_alert(message) || known-- > 0) continue;
    builder_.unread(direction, message.content, message.size, message.at);
  }
  if (met.done_) done(met.builder_.record().duration);
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
