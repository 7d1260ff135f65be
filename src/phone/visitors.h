// SPDX-License-Identifier: Apache-2.0
//
// phone/visitors: the connections that are being served, so that the phone can take its leave.
//
// Units: milliseconds.  Everything happens on the loop; a visit may outlive the visitors.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <list>
#include <memory>

#include "net/net.h"

namespace sealtone::phone {

class Visitors {
  struct State;

 public:
  explicit Visitors(net::asio::io_context& loop) : state_(std::make_shared<State>(loop)) {}

  // From the first request to the end of the connection.
  class Visit {
   public:
    Visit(const Visitors& visitors, net::ByteStream& stream);
    ~Visit();
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;

   private:
    std::shared_ptr<State> state_;
    std::list<net::ByteStream*>::iterator at_;
  };

  // An answer that is given now shall be the last of its connection.
  [[nodiscard]] bool leaving() const { return state_->leaving; }
  [[nodiscard]] std::size_t count() const { return state_->streams.size(); }
  // Whoever waits for nothing is told goodbye at once, who waits for an answer when it is given.
  // Returns when nobody is left, or after the limit, when whoever is left is dropped; who comes
  // then is served as before.
  [[nodiscard]] net::Task<void> say_goodbye(std::chrono::milliseconds limit);

 private:
  struct State {
    explicit State(net::asio::io_context& loop) : gone(loop) {}
    std::list<net::ByteStream*> streams;
    net::asio::steady_timer gone;  // cancelled when the last one is
    bool leaving = false;
  };
  std::shared_ptr<State> state_;
};

}  // namespace sealtone::phone
