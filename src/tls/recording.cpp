// SPDX-License-Identifier: Apache-2.0
//
// tls/recording: see recording.h.
#include "tls/recording.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace sealtone::tls {
namespace {

using handshake::Direction;
using std::chrono::microseconds;

std::size_t place_of(Direction direction) { return direction == Direction::sent ? 0 : 1; }

// Twice as much as there was, and no more than may be kept.
template <typename Container>
void make_room(Container& container, std::size_t size, std::size_t most) {
  if (size <= container.capacity()) return;
  container.reserve(std::max(size, std::min(most, 2 * container.capacity())));
}

}  // namespace

Recording::Recording(WireTime began, std::chrono::steady_clock::time_point steady, Recordings& ring)
    : began_(began), steady_(steady), ring_(&ring) {}

WireTime Recording::now() const {
  return began_ + std::chrono::duration_cast<microseconds>(ring_->clock_.steady() - steady_);
}

void Recording::opened(handshake::Role role, std::string local, std::string peer) {
  role_ = role;
  local_ = std::move(local);
  peer_ = std::move(peer);
}

void Recording::named(std::string service, std::string server) {
  service_ = std::move(service);
  server_ = std::move(server);
}

void Recording::said(Direction direction, std::string line, std::string text) {
  if (gone_) return;
  const auto before = memory();
  const auto size_of = [](const Said& one) {
    return sizeof one + one.line.size() + one.text.size();
  };
  Said one{direction,
           now(),
           pieces_.size(),
           base::cut(std::move(line), kMostOfOneSaid),
           base::cut(std::move(text), kMostOfOneSaid),
           !full_};
  said_size_ += size_of(one);
  if (const auto left_out = said_.add(std::move(one))) said_size_ -= size_of(*left_out);
  ring_->grew(before, memory());
}

void Recording::moved(Direction direction, base::ByteView octets) {
  if (gone_ || octets.empty()) return;
  // What is told of each piece is kept, too: whoever sends single octets gets no more room.
  const auto taken = octets_.size() + pieces_.size() * sizeof(Piece);
  full_ = full_ || taken + sizeof(Piece) + octets.size() > kMostOfOne;
  if (full_) {
    not_kept_[place_of(direction)] += octets.size();
    return;
  }
  const auto before = memory();
  make_room(octets_, octets_.size() + octets.size(), kMostOfOne);
  octets_.insert(octets_.end(), octets.begin(), octets.end());
  make_room(pieces_, pieces_.size() + 1, kMostOfOne / sizeof(Piece));
  pieces_.push_back({direction, static_cast<std::uint32_t>(octets.size()), now()});
  ring_->grew(before, memory());
}

void Recording::ended(Direction by) {
  auto& at = ended_[place_of(by)];
  if (!gone_ && !at) at = now();
}

void Recording::secret(const char* key_log_line) {
  const auto size = std::strlen(key_log_line) + 1;
  if (gone_ || secrets_size_ + size > kMostSecrets) return;
  const auto before = memory();
  if (secrets_size_ + size > secrets_.view().size()) {
    // A Secret does not grow: what it held is wiped with it.
    crypto::Secret larger(std::max(secrets_size_ + size, 2 * secrets_.view().size()));
    std::ranges::copy(secrets(), larger.octets().begin());
    secrets_ = std::move(larger);
  }
  auto* const end = secrets_.octets().data() + secrets_size_;
  std::memcpy(end, key_log_line, size - 1);
  end[size - 1] = '\n';
  secrets_size_ += size;
  ring_->grew(before, memory());
}

std::uint64_t Recording::not_kept(Direction direction) const {
  return not_kept_[place_of(direction)];
}

std::optional<WireTime> Recording::ended_at(Direction by) const { return ended_[place_of(by)]; }

std::size_t Recording::memory() const {
  return octets_.capacity() + pieces_.capacity() * sizeof(Piece) + secrets_.view().size() +
         said_size_ + sizeof *this;
}

void Recording::forget() {
  octets_ = {};
  pieces_ = {};
  secrets_ = {};
  secrets_size_ = 0;
  said_.clear();
  said_size_ = 0;
  gone_ = true;
  ring_ = nullptr;
}

Recordings::~Recordings() {
  for (const auto& recording : kept_) recording->forget();
}

// Whole seconds are what the clock tells; what lies between is counted from the first time it was
// asked, as long as the two agree.
WireTime Recordings::time_at(std::chrono::steady_clock::time_point steady) {
  const WireTime told = clock_.now();
  if (wall_) {
    const auto counted = *wall_ + std::chrono::duration_cast<microseconds>(steady - steady_);
    if (std::chrono::abs(counted - told) < std::chrono::seconds(2)) return counted;
  }
  wall_ = told;
  steady_ = steady;
  return told;
}

std::shared_ptr<Recording> Recordings::begin() {
  const auto steady = clock_.steady();
  auto recording = std::make_shared<Recording>(time_at(steady), steady, *this);
  kept_.push_back(recording);
  grew(0, recording->memory());
  return recording;
}

void Recordings::grew(std::size_t from, std::size_t to) {
  memory_ += to - from;
  while (memory_ > most_ && !kept_.empty()) {
    memory_ -= std::min(memory_, kept_.front()->memory());
    kept_.front()->forget();
    kept_.pop_front();
  }
}

std::vector<std::shared_ptr<Recording>> Recordings::all() const {
  return {kept_.begin(), kept_.end()};
}

}  // namespace sealtone::tls
