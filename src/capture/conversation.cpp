// SPDX-License-Identifier: Apache-2.0
#include "capture/conversation.h"

#include <algorithm>
#include <utility>

#include "capture/openings.h"
#include "handshake/reader.h"

namespace sealtone::capture {
namespace {

constexpr std::uint64_t kMostPlain = 1'000'000;
constexpr std::size_t kMostFirst = 128;

}  // namespace

void Conversation::data(std::size_t side, base::ByteView octets, Moment at, const Scene& scene,
                        const SecretsSource& secrets) {
  auto& one = sides_[side];
  if (one.tls) {
    observer_->data(direction(side), octets, at);
    return;
  }
  if (one.plain > kMostPlain && one.search.over()) return;
  if (one.held.empty()) {
    look(side, octets, at, scene, secrets);
    return;
  }
  auto joined = std::exchange(one.held, {});
  joined.insert(joined.end(), octets.begin(), octets.end());
  look(side, joined, at, scene, secrets);
}

void Conversation::look(std::size_t side, base::ByteView octets, Moment at, const Scene& scene,
                        const SecretsSource& secrets) {
  auto& one = sides_[side];
  if (observer_ && side != client_) {
    answer(side, octets, at);
    return;
  }
  const bool in_the_middle = (!scene.opener || one.holed) && one.plain == 0;
  switch (opening_of(octets, in_the_middle)) {
    case Opening::not_yet: one.held.assign(octets.begin(), octets.end()); return;
    case Opening::no: take_plain(side, octets); return;
    case Opening::ssl2_client_hello: {
      if (!observer_) begin(side, scene, secrets);
      one.tls = true;
      constexpr std::size_t length = 2;
      handshake::Reader reader(octets);
      const std::size_t size = length + (reader.u16() & 0x7FFFU);
      observer_->ssl2_hello(octets.first(size).subspan(length), at);
      observer_->data(direction(side), octets.subspan(size), at);
      return;
    }
    case Opening::client_hello:
      if (!observer_) begin(side, scene, secrets);
      break;
    case Opening::server_hello:
      if (!observer_) begin(1 - side, scene, secrets);
      break;
    case Opening::records:
      if (!observer_) {
        begin(scene.opener.value_or(1 - scene.likely_server), scene, secrets);
        observer_->builder().observation().start_missing = true;
      }
      break;
  }
  one.tls = true;
  observer_->data(direction(side), octets, at);
}

void Conversation::begin(std::size_t client, const Scene& scene, const SecretsSource& secrets) {
  client_ = client;
  observer_ = std::make_unique<Observer>(scene.began, secrets);
  auto& observation = observer_->builder().observation();
  observation.start_missing = !scene.opener;
  if (sides_[0].plain + sides_[1].plain == 0) return;
  observation.opened_in_clear = spoken_before(sides_[client].first, sides_[1 - client].first);
}

// What the server says behind the client's hello.
void Conversation::answer(std::size_t side, base::ByteView octets, Moment at) {
  auto& one = sides_[side];
  switch (answer_of(octets)) {
    case Opening::not_yet: one.held.assign(octets.begin(), octets.end()); return;
    case Opening::no: {
      // Behind plain text the rest of that may still come.
      const bool in_clear = !observer_->builder().observation().opened_in_clear.empty();
      observer_->other(octets, at, !in_clear && !one.holed);
      other_answer_ = true;
      take_plain(side, octets);
      return;
    }
    default: break;
  }
  one.tls = true;
  observer_->data(direction(side), octets, at);
}

void Conversation::take_plain(std::size_t side, base::ByteView octets) {
  auto& one = sides_[side];
  one.plain += octets.size();
  if (one.first.size() < kMostFirst) {
    const auto more = octets.first(std::min(octets.size(), kMostFirst - one.first.size()));
    one.first.insert(one.first.end(), more.begin(), more.end());
  }
  if (one.search.over()) return;
  auto agent = one.search.feed(octets);
  if (!agent.empty()) heard_ = Heard{side, std::move(agent)};
}

void Conversation::gap(std::size_t side, std::uint64_t octets) {
  auto& one = sides_[side];
  if (one.tls) {
    observer_->gap(direction(side), octets);
    return;
  }
  one.holed = true;
  one.held = {};
}

void Conversation::end(const End& end) {
  if (!observer_) return;
  using handshake::Ending;
  observer_->look_for_secrets();
  auto& builder = observer_->builder();
  const bool no_answer = other_answer_ && !sides_[1 - client_].tls;
  if (no_answer) builder.ended(Ending::not_tls, end.at);
  if (!end.closed_by) {
    builder.observation().end_missing = !end.seen;
    if (end.seen) builder.ended(Ending::closed, end.at);
    return;
  }
  const auto by = direction(*end.closed_by);
  builder.closed_by(by, end.reset);
  builder.ended(by == Observer::Direction::sent ? Ending::ended_by_us : Ending::closed, end.at);
}

std::optional<Conversation::Heard> Conversation::heard() { return std::exchange(heard_, {}); }

std::size_t Conversation::kept() const {
  std::size_t sum = observer_ ? observer_->kept() : 0;
  for (const auto& one : sides_) {
    sum += one.first.capacity() + one.held.capacity() + one.search.kept();
  }
  return sum;
}

}  // namespace sealtone::capture
