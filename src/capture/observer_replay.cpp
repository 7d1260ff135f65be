// SPDX-License-Identifier: Apache-2.0
//
// capture/observer_replay: what is kept for secrets that may still turn up, and read anew by them.
#include <algorithm>

#include "capture/observer.h"

namespace sealtone::capture {
namespace {

// Who logs secrets does so while hands are shaken, give and take what is in between.
constexpr std::chrono::minutes kLongestReplay{10};

}  // namespace

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

}  // namespace sealtone::capture
