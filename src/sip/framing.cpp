// SPDX-License-Identifier: Apache-2.0
//
// sip/framing: see framing.h.
#include "sip/framing.h"

#include <algorithm>

#include "base/text.h"
#include "sip/grammar.h"

namespace sealtone::sip {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::string_view kLineEnd = "\r\n";

bool holds(std::string_view text, std::string_view word) {
  return base::lower_ascii(text).find(word) != std::string::npos;
}

// The first octet says whether SIP can follow; TLS begins with the kind of its first record.
Result<void> check_first(char first) {
  if (grammar::is_token({&first, 1})) return {};
  const auto octet = static_cast<unsigned char>(first);
  return grammar::malformed(
      octet >= 0x14 && octet <= 0x18
          ? "the other side speaks TLS on a connection that is meant to be plain; the account's "
            "transport must be TLS, or the port another one"
          : "what arrived is not SIP");
}

// Loose: what is wrong in a request line is told to its sender, who needs a message for that.
Result<void> check_start_line(std::string_view line) {
  if (base::equal_ignoring_ascii_case(line.substr(0, 4), "SIP/") || holds(line, " sip/")) return {};
  if (base::equal_ignoring_ascii_case(line.substr(0, 5), "HTTP/") || holds(line, " http/")) {
    return grammar::malformed(
        "the other side speaks HTTP; this port is a web server's and not a SIP server's");
  }
  return grammar::malformed("the first line is neither a SIP request nor a SIP response");
}

}  // namespace

void Framer::pinged() {
  pong_due_ = true;
  half_ping_ = false;
}

void Framer::feed(std::string_view octets) {
  // Each octet is moved once at most for one that was handed out.
  if (begin_ >= kept_.size() - begin_) {
    kept_.erase(0, begin_);
    begin_ = 0;
  }
  kept_ += octets;
}

void Framer::drop(std::size_t octets) {
  begin_ += octets;
  // An idle connection keeps no memory for what it once received.
  if (begin_ == kept_.size()) {
    std::string().swap(kept_);
    begin_ = 0;
  }
  searched_ = line_ = size_ = 0;
}

bool Framer::in_message() const { return searched_ > 0; }

// RFC 5626 §3.5.1.  RFC 3261 §7.5: "Implementations processing SIP messages over stream-oriented
// transports MUST ignore any CRLF appearing before the start-line."
std::optional<Frame> Framer::empty_lines() {
  while (searched_ == 0 && rest().starts_with(kLineEnd)) {
    drop(kLineEnd.size());
    looked_at_ += kLineEnd.size();
    if (pong_due_) {
      pong_due_ = false;
      return Frame{.kind = Frame::Kind::pong, .octets = {}};
    }
    half_ping_ = !half_ping_;
    if (!half_ping_) return Frame{.kind = Frame::Kind::ping, .octets = {}};
  }
  return std::nullopt;
}

// Whether the head is there; size_ is known then.
Result<bool> Framer::find_head() {
  const auto octets = rest();
  while (searched_ < octets.size()) {
    if (searched_ == 0) {
      if (auto first = check_first(octets.front()); !first) return std::unexpected(first.error());
    }
    if (searched_ == kMaxHeadBytes) {
      return base::fail(ErrorCode::too_large, "", "the header fields of a message are too long");
    }
    ++looked_at_;
    // Kamailio 5.6 ends its Flow-Timer field so; the NUL stands where the LF belongs.
    if (octets[searched_] == '\0' && searched_ > 0 && octets[searched_ - 1] == '\r') {
      kept_[begin_ + searched_] = '\n';
    }
    if (octets[searched_++] != '\n') continue;
    const auto line = octets.substr(line_, searched_ - line_);
    if (!line.ends_with(kLineEnd)) return grammar::malformed("a line ends in an LF alone");
    if (line_ == 0) {
      if (auto start = check_start_line(line.substr(0, line.size() - kLineEnd.size())); !start) {
        return std::unexpected(start.error());
      }
    }
    line_ = searched_;
    if (line.size() > kLineEnd.size()) continue;

    looked_at_ += searched_;
    const auto lines = grammar::lines(octets.substr(0, searched_ - 2 * kLineEnd.size()));
    if (!lines) return std::unexpected(lines.error());
    const auto length = grammar::content_length(*lines);
    if (!length) return std::unexpected(length.error());
    // RFC 3261 §20.14: "If a stream-based protocol (such as TCP) is used as transport, then the
    // header field MUST be used."
    if (!*length) return grammar::malformed("a message has no Content-Length");
    size_ = searched_ + **length;
    return true;
  }
  return false;
}

Result<std::optional<Frame>> Framer::next() {
  if (failed_) return std::unexpected(*failed_);
  if (size_ == 0) {
    if (auto frame = empty_lines()) return frame;
    // Half of an empty line.
    if (searched_ == 0 && (rest().empty() || rest() == "\r")) return std::nullopt;
    half_ping_ = false;
    const auto found = find_head();
    if (!found) {
      failed_ = found.error();
      return std::unexpected(*failed_);
    }
    if (!*found) return std::nullopt;
  }
  if (rest().size() < size_) return std::nullopt;
  Frame frame{.kind = Frame::Kind::message, .octets = std::string(rest().substr(0, size_))};
  drop(size_);
  return frame;
}

}  // namespace sealtone::sip
