// SPDX-License-Identifier: Apache-2.0
//
// http/memory_stream: for tests and fuzzing, a ByteStream whose peer is a list of pieces.
#pragma once

#include <algorithm>
#include <deque>

#include "http/http.h"

namespace sealtone::http::testing {

class MemoryStream final : public net::ByteStream {
 public:
  // What the peer says, piece by piece; afterwards it ends the stream, or ends it with ending.
  explicit MemoryStream(std::deque<std::string> pieces) : pieces_(std::move(pieces)) {}
  std::optional<base::Error> ending;
  std::string written;
  bool said_goodbye = false;
  bool closed = false;

  net::Task<base::Result<std::size_t>> read_some(std::span<std::uint8_t> into) override {
    if (pieces_.empty() && ending) co_return std::unexpected(*ending);
    if (pieces_.empty()) co_return 0U;
    auto& piece = pieces_.front();
    const auto size = std::min(piece.size(), into.size());
    std::copy_n(piece.begin(), size, into.begin());
    piece.erase(0, size);
    if (piece.empty()) pieces_.pop_front();
    co_return size;
  }
  net::Task<base::Result<std::size_t>> write_some(base::ByteView from) override {
    written += base::text(from);
    co_return from.size();
  }
  net::Task<void> shutdown() override {
    said_goodbye = true;
    co_return;
  }
  void close() override { closed = true; }
  void expires_after(std::chrono::milliseconds) override {}
  [[nodiscard]] std::string peer() const override { return "192.0.2.1:443"; }

 private:
  std::deque<std::string> pieces_;
};

// The same octets, one at a time.
inline std::deque<std::string> one_by_one(std::string_view text) {
  std::deque<std::string> pieces;
  for (const char c : text) pieces.emplace_back(1, c);
  return pieces;
}

}  // namespace sealtone::http::testing
