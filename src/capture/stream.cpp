// SPDX-License-Identifier: Apache-2.0
#include "capture/stream.h"

#include <algorithm>

namespace sealtone::capture {
namespace {

constexpr std::size_t kMostKept = 1'000'000, kMostWaiting = 1'000;
// What lies further ahead counts only where the other side says that it has all before it: the
// capture may lack as much, or the number may be anything.
constexpr std::int64_t kFarthest = 1 << 26;
// RFC 7323 §2.3: "the maximum receive window is … 1 GiB".
constexpr std::int64_t kLargestWindow = 1 << 30;
// Packets may stand in a capture out of order; so many acknowledgements later they do not.
constexpr unsigned kPatience = 16;

}  // namespace

void Stream::begins(std::uint32_t sequence) {
  if (began_) return;
  began_ = true;
  base_ = sequence;
  if (!unseen_) return;
  note_acknowledged(unseen_->last);
  by_one_ = unseen_->by_one;
}

std::int64_t Stream::place(std::uint32_t sequence) const {
  const auto ahead = static_cast<std::int32_t>(sequence - next_sequence());
  return static_cast<std::int64_t>(next_) + ahead;
}

void Stream::segment(const Segment& segment, Reader& reader) {
  if (segment.size == 0) return;
  begins(segment.sequence);
  const auto at = place(segment.sequence);
  const auto next = static_cast<std::int64_t>(next_);
  if (at - next > kLargestWindow) return;
  if (at > next) {
    keep(static_cast<std::uint64_t>(at), segment);
    if (kept_ > kMostKept || waiting_.size() > kMostWaiting) give_up_gap(reader);
    return;
  }
  const auto known = static_cast<std::uint64_t>(next - at);
  if (known >= segment.size) return;
  const auto skipped = std::min<std::uint64_t>(known, segment.octets.size());
  tell(segment.octets.subspan(skipped), segment.size - known, reader);
  if (!waiting_.empty()) tell_what_fits(reader);
}

// Size: with what was cut off behind the octets.
void Stream::tell(base::ByteView octets, std::uint64_t size, Reader& reader) {
  next_ += size;
  if (!octets.empty()) reader.data(octets);
  const auto cut_off = size - octets.size();
  if (cut_off == 0) return;
  missing_ += cut_off;
  reader.gap(cut_off);
}

void Stream::tell_what_fits(Reader& reader) {
  std::size_t done = 0;
  while (done < waiting_.size() && waiting_[done].at <= next_) {
    const auto& one = waiting_[done++];
    kept_ -= one.octets.size() + sizeof one;
    const auto known = next_ - one.at;
    if (known >= one.size) continue;
    const auto skipped = std::min<std::uint64_t>(known, one.octets.size());
    tell(base::ByteView(one.octets).subspan(skipped), one.size - known, reader);
  }
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(done));
  acknowledged_beyond_ = 0;
}

void Stream::give_up_gap(Reader& reader) {
  if (waiting_.empty()) return;
  const bool far = waiting_.front().at - next_ > static_cast<std::uint64_t>(kFarthest);
  if (far && acknowledged_ < waiting_.front().at) {
    waiting_.clear();
    kept_ = 0;
    return;
  }
  const auto gap = waiting_.front().at - next_;
  next_ += gap;
  missing_ += gap;
  reader.gap(gap);
  tell_what_fits(reader);
}

void Stream::keep(std::uint64_t at, const Segment& segment) {
  const auto where = std::ranges::upper_bound(waiting_, at, {}, &Waiting::at);
  // A duplicate of what waits already.
  if (where != waiting_.begin()) {
    const auto& before = *(where - 1);
    if (before.at == at && before.size >= segment.size) return;
  }
  const auto inserted = waiting_.insert(
      where, {at, segment.size, base::Bytes(segment.octets.begin(), segment.octets.end())});
  kept_ += inserted->octets.size() + sizeof *inserted;
}

void Stream::acknowledged(std::uint32_t sequence, Reader& reader) {
  note_acknowledged(sequence);
  if (waiting_.empty() || place(sequence) <= static_cast<std::int64_t>(next_)) return;
  if (++acknowledged_beyond_ >= kPatience) give_up_gap(reader);
}

void Stream::note_acknowledged(std::uint32_t sequence) {
  if (!began_) {
    if (!unseen_) unseen_ = Unseen{sequence, sequence};
    const auto rise = static_cast<std::int32_t>(sequence - unseen_->last);
    if (rise <= 0 || rise > kLargestWindow) return;
    unseen_->last = sequence;
    unseen_->by_one = rise == 1;
    return;
  }
  const auto known = std::max(next_, acknowledged_);
  const auto rise =
      static_cast<std::int32_t>(sequence - (base_ + static_cast<std::uint32_t>(known)));
  if (rise <= 0 || rise > kLargestWindow) return;
  by_one_ = rise == 1;
  acknowledged_ = known + static_cast<std::uint64_t>(rise);
}

void Stream::said_before(std::uint32_t sequence) {
  const auto at = place(sequence), next = static_cast<std::int64_t>(next_);
  if (!began_ || at <= next || at - next > kFarthest) return;
  acknowledged_ = std::max(acknowledged_, static_cast<std::uint64_t>(at));
}

void Stream::ends(std::uint32_t sequence) {
  begins(sequence);
  const auto at = place(sequence), next = static_cast<std::int64_t>(next_);
  if (at >= next && at - next <= kFarthest) end_ = static_cast<std::uint64_t>(at);
}

// RFC 9293 §3.4: a FIN takes one number, behind the last octet.
bool Stream::reached(std::uint32_t sequence) const {
  const auto at = place(sequence);
  if (!began_ || at <= static_cast<std::int64_t>(next_)) return true;
  return end_ && next_ >= *end_ && at <= static_cast<std::int64_t>(*end_) + 1;
}

// Where its end was not seen, what was acknowledged by one more, at last, stands for that: no TLS
// record has one octet.
std::uint64_t Stream::last_said() const {
  if (end_) return *end_;
  const bool with_end = acknowledged_ > next_ && (by_one_ || acknowledged_ == next_ + 1);
  return with_end ? acknowledged_ - 1 : acknowledged_;
}

void Stream::flush(Reader& reader) {
  if (!began_ && unseen_) begins(unseen_->first);
  while (!waiting_.empty()) give_up_gap(reader);
  const auto last = last_said();
  if (last <= next_) return;
  const auto gap = last - next_;
  next_ = last;
  missing_ += gap;
  reader.gap(gap);
}

}  // namespace sealtone::capture
