// SPDX-License-Identifier: Apache-2.0
//
// phone/turns: one after the other, for coroutines of one loop.
//
// A change reads what is, builds what shall be and stores it; two at once would lose one.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>

#include "net/net.h"

namespace sealtone::phone {

class Turns {
  struct State;

 public:
  // Held as long as it lives; then the one who waits longest has it.
  class Turn {
   public:
    explicit Turn(std::shared_ptr<State> state) : state_(std::move(state)) {}
    ~Turn();
    Turn(Turn&& other) noexcept = default;
    Turn& operator=(Turn&&) = delete;

   private:
    std::shared_ptr<State> state_;
  };

  [[nodiscard]] net::Task<Turn> take();

 private:
  struct State {
    bool taken = false;
    std::deque<std::shared_ptr<net::asio::steady_timer>> waiting;
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace sealtone::phone
