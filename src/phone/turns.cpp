// SPDX-License-Identifier: Apache-2.0
//
// phone/turns: see turns.h.
#include "phone/turns.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace sealtone::phone {

namespace asio = net::asio;

net::Task<Turns::Turn> Turns::take() {
  const auto state = state_;
  if (!state->taken) {
    state->taken = true;
    co_return Turn(state);
  }
  const auto executor = co_await asio::this_coro::executor;
  const auto woken =
      std::make_shared<asio::steady_timer>(executor, asio::steady_timer::time_point::max());
  state->waiting.push_back(woken);
  boost::system::error_code cancelled;
  auto token = asio::redirect_error(asio::use_awaitable, cancelled);
  co_await woken->async_wait(token);
  co_return Turn(state);  // handed over: it stays taken
}

Turns::Turn::~Turn() {
  if (!state_) return;
  if (state_->waiting.empty()) {
    state_->taken = false;
    return;
  }
  state_->waiting.front()->cancel();
  state_->waiting.pop_front();
}

}  // namespace sealtone::phone
