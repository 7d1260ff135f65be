// SPDX-License-Identifier: Apache-2.0
//
// sip/framing: a stream of octets taken apart into messages and keep-alives.
//
// Source: RFC 3261 §7.5 (empty lines before a start line are passed over), §18.3 (Content-Length
// ends a message on a stream), RFC 5626 §3.5.1 (double CRLF is a ping, a single one its pong). What
// comes out does not depend on how the stream was cut.  Errors, after which the stream cannot be
// read on: too_large; bad_input (no Content-Length, no number, two that differ; lines that end
// without a CR; a first line that is neither request nor response, which is what TLS or HTTP on
// this port looks like: the detail says so).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sip/message.h"

namespace sealtone::sip {

struct Frame {
  enum class Kind { message, ping, pong } kind;
  std::string octets;  // of a message, whole
};

class Framer {
 public:
  // This side sent a ping: the next single CRLF is its pong.  Without one, it is an empty line.
  void pinged();
  // More octets of the stream.  Never keeps more than one message and what was given last.
  void feed(std::string_view octets);
  // The next frame; nothing while it is not whole.  Once it fails, it fails again.
  [[nodiscard]] base::Result<std::optional<Frame>> next();
  // Octets of a message are kept that is not whole yet.
  [[nodiscard]] bool in_message() const;
  // Octets that were looked at so far: grows with what was fed, however it was cut.
  [[nodiscard]] std::size_t looked_at() const { return looked_at_; }

 private:
  [[nodiscard]] std::string_view rest() const { return std::string_view(kept_).substr(begin_); }
  void drop(std::size_t octets);
  [[nodiscard]] std::optional<Frame> empty_lines();
  [[nodiscard]] base::Result<bool> find_head();

  std::string kept_;
  std::size_t begin_ = 0;     // of what of kept_ is not handed out yet
  std::size_t searched_ = 0;  // octets from begin_ that are known to hold no end of the head
  std::size_t line_ = 0;      // where the line begins that is searched, from begin_
  std::size_t size_ = 0;      // of the whole message, once its head is there
  bool half_ping_ = false;    // one empty line was met, which may be half of a ping
  bool pong_due_ = false;
  std::size_t looked_at_ = 0;
  std::optional<base::Error> failed_;
};

}  // namespace sealtone::sip
