// SPDX-License-Identifier: Apache-2.0
//
// capture/conversation: what the two sides of one TCP connection say: plain text, TLS, or the one
// and then the other.
//
// TLS is told by its content, on any port, and so is who is the client.  Sides are 0 and 1.
// Bounded: where a side has said a million octets of something else, none begins any more.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "capture/agents.h"
#include "capture/observer.h"

namespace sealtone::capture {

class Conversation {
 public:
  using Moment = std::chrono::microseconds;
  // What the packets alone tell.
  struct Scene {
    std::chrono::sys_seconds began;
    std::optional<std::size_t> opener;  // who sent the SYN
    std::size_t likely_server = 1;      // by the ports
  };

  void data(std::size_t side, base::ByteView octets, Moment at, const Scene& scene,
            const SecretsSource& secrets);
  void gap(std::size_t side, std::uint64_t octets);
  // Whether an end was seen, and the one who closed first, if that was.
  struct End {
    bool seen = false;
    std::optional<std::size_t> closed_by;
    bool reset = false;
    Moment at{};
  };
  void end(const End& end);

  [[nodiscard]] const Observer* tls() const { return observer_.get(); }
  [[nodiscard]] Observer* tls() { return observer_.get(); }
  [[nodiscard]] std::size_t client() const { return client_; }
  // Who said so in the clear, and what; once.
  struct Heard {
    std::size_t side;
    std::string agent;
  };
  [[nodiscard]] std::optional<Heard> heard();
  [[nodiscard]] std::size_t kept() const;

 private:
  struct Side {
    bool tls = false;
    bool holed = false;       // something of it is missing
    std::uint64_t plain = 0;  // octets of something else
    base::Bytes first;        // of those
    base::Bytes held;         // too few to tell
    AgentSearch search;
  };
  void begin(std::size_t client, const Scene& scene, const SecretsSource& secrets);
  void look(std::size_t side, base::ByteView octets, Moment at, const Scene& scene,
            const SecretsSource& secrets);
  void answer(std::size_t side, base::ByteView octets, Moment at);
  void take_plain(std::size_t side, base::ByteView octets);
  [[nodiscard]] Observer::Direction direction(std::size_t side) const {
    return side == client_ ? Observer::Direction::sent : Observer::Direction::received;
  }

  std::array<Side, 2> sides_;
  std::unique_ptr<Observer> observer_;
  std::size_t client_ = 0;
  bool other_answer_ = false;  // the server's, to a hello, was no TLS
  std::optional<Heard> heard_;
};

}  // namespace sealtone::capture
