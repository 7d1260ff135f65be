// SPDX-License-Identifier: Apache-2.0
//
// capture/stream: one direction of a TCP connection, its octets in their order.
//
// Source: RFC 9293.  Loss, duplicates, disorder, overlaps (what came first counts), sequence
// numbers that begin anew at zero.  Units: octets, counted from the first one that is known of.
// Bounded: what waits for something missing is at most 1 MB and 1,000 segments; then what is
// missing is given up.  What more than 64 MB are missing before is believed where the other side
// has acknowledged those, and left out where it has not.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.h"

namespace sealtone::capture {

class Stream {
 public:
  // What the capture does not hold is told in its place.
  class Reader {
   public:
    virtual ~Reader() = default;
    virtual void data(base::ByteView octets) = 0;
    virtual void gap(std::uint64_t octets) = 0;
  };
  struct Segment {
    std::uint32_t sequence = 0;
    base::ByteView octets;  // as far as they were captured
    std::size_t size = 0;   // as they were sent
  };

  // The number of the first octet; once.
  void begins(std::uint32_t sequence);
  [[nodiscard]] bool began() const { return began_; }
  [[nodiscard]] std::uint32_t next_sequence() const {
    return base_ + static_cast<std::uint32_t>(next_);
  }
  void segment(const Segment& segment, Reader& reader);
  // The other side says that it has all before this number: what is missing was lost by the capture
  // alone, unless it is still to come out of order.
  void acknowledged(std::uint32_t sequence, Reader& reader);
  // Its sender says that all before this number was said, or that it ends there.
  void said_before(std::uint32_t sequence);
  void ends(std::uint32_t sequence);
  // Whether all before this number was told; of one that ends, also what stands for its end.
  [[nodiscard]] bool reached(std::uint32_t sequence) const;
  // What is missing before what waits is given up.
  void give_up_gap(Reader& reader);
  // Nothing more will come: what waits is told, and what is missing before it and to the end.
  void flush(Reader& reader);
  [[nodiscard]] std::uint64_t missing() const { return missing_; }
  [[nodiscard]] bool waits() const { return !waiting_.empty(); }
  [[nodiscard]] std::size_t kept() const {
    return kept_;
  }  // octets, with what it costs to keep them

 private:
  struct Waiting {
    std::uint64_t at;
    std::uint64_t size;
    base::Bytes octets;
  };
  [[nodiscard]] std::int64_t place(std::uint32_t sequence) const;
  void tell(base::ByteView octets, std::uint64_t size, Reader& reader);
  void tell_what_fits(Reader& reader);
  void note_acknowledged(std::uint32_t sequence);
  [[nodiscard]] std::uint64_t last_said() const;
  void keep(std::uint64_t at, const Segment& segment);

  bool began_ = false;
  std::uint32_t base_ = 0;
  std::uint64_t next_ = 0;
  std::uint64_t missing_ = 0;
  std::optional<std::uint64_t> end_;  // if it was told
  std::uint64_t acknowledged_ = 0;    // the farthest place that the other side has all before
  bool by_one_ = false;               // to which it rose by one
  // Before anything of it was seen: the numbers that were acknowledged.
  struct Unseen {
    std::uint32_t first, last;
    bool by_one = false;
  };
  std::optional<Unseen> unseen_;
  std::vector<Waiting> waiting_;  // by place
  std::size_t kept_ = 0;
  unsigned acknowledged_beyond_ = 0;  // times, since something is missing
};

}  // namespace sealtone::capture
