// SPDX-License-Identifier: Apache-2.0
//
// capture/source: the octets of a capture as they come: from a file, a pipe, or memory.
//
// Units: octets.  Errors: not_found, not_allowed, bad_input (a folder), timeout (a pipe that nobody
// writes to), io.
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/result.h"

namespace sealtone::capture {

// A descriptor of a file; wanted: "a capture", for who named a folder.
[[nodiscard]] base::Result<int> open_to_read(const std::string& path, const char* wanted);

class Source {
 public:
  // wait: nothing more has come by now, but may.
  enum class State { ready, wait, end };

  // "-": standard input.  Who follows waits at the end of a file for what is written later; no
  // call takes longer than a fifth of a second then, nor on standard input, nor on a pipe.
  [[nodiscard]] static base::Result<Source> open(const std::string& path, bool follow);
  explicit Source(base::Bytes octets) : buffer_(std::move(octets)), end_(buffer_.size()) {}
  Source(Source&& other) noexcept;
  Source& operator=(Source&& other) noexcept;
  ~Source();

  // Until so many octets are there, which the caller bounds.
  [[nodiscard]] State need(std::size_t octets);
  // Those that are there; good until the next call of need.
  [[nodiscard]] base::ByteView view() const {
    return base::ByteView(buffer_).subspan(begin_, end_ - begin_);
  }
  // These are done with; more than are there may come later.
  void pass(std::uint64_t octets);
  [[nodiscard]] bool passes() const { return to_pass_ > 0; }  // not all of them have come
  // A file of which all is there that will be.
  [[nodiscard]] bool is_whole_file() const { return whole_file_; }
  [[nodiscard]] const std::string& problem() const { return problem_; }  // a read that failed

 private:
  Source(int descriptor, bool owned, bool follow, bool grows);
  void make_room(std::size_t octets);
  [[nodiscard]] State read_more();

  base::Bytes buffer_;
  std::size_t begin_ = 0, end_ = 0;
  std::uint64_t to_pass_ = 0;  // octets that have not come yet and are not wanted
  int descriptor_ = -1;
  bool owned_ = false;
  bool follow_ = false;  // waits a little for what is not there by now
  bool grows_ = false;   // a file, at whose end more may be written
  bool whole_file_ = false;
  std::string problem_;
};

}  // namespace sealtone::capture
