// SPDX-License-Identifier: Apache-2.0
//
// phone/visitors: see visitors.h.
#include "phone/visitors.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace sealtone::phone {
namespace {

// http ends a connection whose time is over with a goodbye; a request that is being worked on has
// no time limit, and gets its answer.
constexpr std::chrono::milliseconds kNow{0};

}  // namespace

Visitors::Visit::Visit(const Visitors& visitors, net::ByteStream& stream)
    : state_(visitors.state_), at_(state_->streams.insert(state_->streams.end(), &stream)) {}

Visitors::Visit::~Visit() {
  state_->streams.erase(at_);
  if (state_->leaving && state_->streams.empty()) state_->gone.cancel();
}

net::Task<void> Visitors::say_goodbye(std::chrono::milliseconds limit) {
  const auto state = state_;
  state->leaving = true;
  for (auto* stream : state->streams) stream->expires_after(kNow);
  if (!state->streams.empty()) {
    state->gone.expires_after(limit);
    boost::system::error_code cancelled;
    auto token = net::asio::redirect_error(net::asio::use_awaitable, cancelled);
    co_await state->gone.async_wait(token);
  }
  for (auto* stream : state->streams) stream->close();
  state->leaving = false;
}

}  // namespace sealtone::phone
