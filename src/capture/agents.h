// SPDX-License-Identifier: Apache-2.0
//
// capture/agents: what a client says of itself in the User-Agent line of HTTP and SIP.
//
// Source: RFC 9110 §10.1.5, RFC 3261 §20.41.  Units: octets.  The text is made fit to show.
// Bounded: the first 4,096 octets of what looks like a request are searched.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"

namespace sealtone::capture {

inline constexpr std::size_t kMostSearched = 4'096;

// In a whole message, such as a datagram; empty if there is none.
[[nodiscard]] std::string user_agent_in(base::ByteView message);

// In a stream, as it comes.
class AgentSearch {
 public:
  // What was found with these octets; empty if nothing was by now.
  [[nodiscard]] std::string feed(base::ByteView octets);
  [[nodiscard]] bool over() const { return over_; }
  [[nodiscard]] std::size_t kept() const { return text_.capacity(); }

 private:
  std::string text_;
  bool over_ = false;
};

}  // namespace sealtone::capture
