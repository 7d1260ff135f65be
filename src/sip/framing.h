// SPDX-License-Identifier: Apache-2.0
//
// sip/framing: a stream of octets taken apart into messages and keep-alives.
//
// Source: RFC 3261 §7.5 (empty lines before a start line are passed over), §18.3 (Content-Length
// ends a message on a stream), RFC 5626 §3.5.1 (double CRLF is a ping, a single one its pong).
// Errors, after which the stream cannot be read on: too_large, bad_input (no Content-Length, no
// number, two that differ; NUL octets; a first line that is neither request nor response, which is
// what TLS or HTTP on this port looks like).
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
  // More octets of the stream.  Never keeps more than one message and what was given last.
  void feed(std::string_view octets);
  // The next frame; nothing while it is not whole.
  [[nodiscard]] base::Result<std::optional<Frame>> next();
  // Octets of a message that is not whole yet.
  [[nodiscard]] bool in_message() const;

 private:
  std::string kept_;
  std::size_t searched_ = 0;  // of kept_, without an end of the head
};

}  // namespace sealtone::sip
