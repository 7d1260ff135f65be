// SPDX-License-Identifier: Apache-2.0
//
// tests/support/loop: runs coroutines on an event loop until they are done.
//
// Errors: std::runtime_error if one is not done within kPatience; what it throws comes out.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <stdexcept>

#include "support/process.h"

namespace sealtone::test {

// Runs the loop until done() holds.
template <typename Done>
void run_until(boost::asio::io_context& loop, const Done& done) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  loop.restart();
  while (!done()) {
    if (loop.run_one_until(end) == 0) throw std::runtime_error("nothing more happens on the loop");
  }
}

// Runs it, and whatever else is on the loop, until it is done; the loop can go on afterwards.
template <typename T>
T finish(boost::asio::io_context& loop, boost::asio::awaitable<T> task) {
  std::optional<T> value;
  std::exception_ptr thrown;
  bool done = false;
  boost::asio::co_spawn(loop, std::move(task), [&](std::exception_ptr exception, T result) {
    thrown = std::move(exception);
    value.emplace(std::move(result));
    done = true;
  });
  run_until(loop, [&] { return done; });
  if (thrown) std::rethrow_exception(thrown);
  return std::move(*value);
}

inline void finish(boost::asio::io_context& loop, boost::asio::awaitable<void> task) {
  std::exception_ptr thrown;
  bool done = false;
  boost::asio::co_spawn(loop, std::move(task), [&](std::exception_ptr exception) {
    thrown = std::move(exception);
    done = true;
  });
  run_until(loop, [&] { return done; });
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace sealtone::test
