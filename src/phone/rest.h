// SPDX-License-Identifier: Apache-2.0
//
// phone/rest: a while in which nothing is done.
#pragma once

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

#include "net/net.h"

namespace sealtone::phone {

// Ends early when the timer is cancelled; one waits on it at a time.
inline net::Task<void> rest(net::asio::steady_timer& timer, std::chrono::milliseconds time) {
  boost::system::error_code cancelled;
  auto token = net::asio::redirect_error(net::asio::use_awaitable, cancelled);
  timer.expires_after(time);
  co_await timer.async_wait(token);
}

}  // namespace sealtone::phone
