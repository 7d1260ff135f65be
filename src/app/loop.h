// SPDX-License-Identifier: Apache-2.0
//
// app/loop: runs one coroutine on a loop until it is done.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <utility>

#include "net/net.h"

namespace sealtone::app {

template <typename T>
[[nodiscard]] T run_until_done(net::asio::io_context& loop, net::Task<T> task) {
  std::optional<T> result;
  std::exception_ptr failure;
  net::asio::co_spawn(loop, std::move(task),
                      [&result, &failure](std::exception_ptr problem, T value) {
                        failure = std::move(problem);
                        result.emplace(std::move(value));
                      });
  loop.restart();
  while (!result && loop.run_one() != 0) {
  }
  if (failure) std::rethrow_exception(failure);
  return std::move(*result);
}

}  // namespace sealtone::app
