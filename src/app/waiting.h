// SPDX-License-Identifier: Apache-2.0
//
// app/waiting: says on a terminal what is being waited for, once that takes longer than a moment.
//
// Nothing is said where nobody looks: standard error has to be a terminal.  Errors: none.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>

#include "app/app.h"
#include "net/net.h"

namespace sealtone::app {

// "Waiting for 192.0.2.7:443: 10 seconds at most to connect, and as many to shake hands."
[[nodiscard]] std::string waiting_for(const std::string& server);

class Waiting {
 public:
  // The loop is the one that waits.
  Waiting(net::asio::io_context& loop, const Surroundings& with, std::string says);
  ~Waiting();
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  std::unique_ptr<net::asio::steady_timer> timer_;
};

}  // namespace sealtone::app
