// SPDX-License-Identifier: Apache-2.0
#include "capture/replay.h"

namespace sealtone::capture {

void Replay::keep(Kind kind, Direction direction, base::ByteView octets, std::uint64_t size,
                  Moment at) {
  const auto side = index(direction);
  // A vector has room for twice what is in it at most.
  const auto cost = 2 * (octets.size() + sizeof(Piece));
  const bool fits = used_[side] + cost <= 2 * kMostReplayed && cost <= allowance_.left;
  if (cut_[side] || !fits) {
    cut_[side] = true;
    return;
  }
  used_[side] += cost;
  allowance_.left -= cost;
  pieces_.push_back({at, size, kind, direction});
  octets_.insert(octets_.end(), octets.begin(), octets.end());
}

void Replay::tell(Listener& listener) const {
  base::ByteView rest = octets_;
  for (const auto& piece : pieces_) {
    const auto octets = rest.first(piece.kind == Kind::gap ? 0 : piece.size);
    rest = rest.subspan(octets.size());
    switch (piece.kind) {
      case Kind::data: listener.hear_data(piece.direction, octets, piece.at); break;
      case Kind::gap: listener.hear_gap(piece.direction, piece.size); break;
      case Kind::ssl2_hello: listener.hear_ssl2_hello(octets, piece.at); break;
      case Kind::other: listener.hear_other(octets, piece.at, false); break;
      case Kind::other_that_ends: listener.hear_other(octets, piece.at, true); break;
    }
  }
}

}  // namespace sealtone::capture
