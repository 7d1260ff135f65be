// SPDX-License-Identifier: Apache-2.0
#include "app/waiting.h"

#include <fmt/format.h>

#include <chrono>

#include "app/checking.h"
#include "app/screen.h"
#include "base/text.h"

namespace sealtone::app {
namespace {

constexpr std::chrono::milliseconds kMoment{1'500};

}  // namespace

std::string waiting_for(const std::string& server) {
  return fmt::format("Waiting for {}: {} seconds at most to connect, and as many to shake hands.",
                     base::visible(server), kCheckLimit.count());
}

Waiting::Waiting(net::asio::io_context& loop, const Surroundings& with, std::string says) {
  if (!is_terminal(with.err)) return;
  timer_ = std::make_unique<net::asio::steady_timer>(loop, kMoment);
  // What it needs is its own: it may be called once more when this object is gone.
  timer_->async_wait(
      [stream = with.err, says = std::move(says)](const boost::system::error_code& stopped) {
        if (!stopped) fmt::print(stream, "{}\n", says);
      });
}

Waiting::~Waiting() = default;

}  // namespace sealtone::app
