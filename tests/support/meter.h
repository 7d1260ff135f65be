// SPDX-License-Identifier: Apache-2.0
//
// tests/support/meter: how long one handler of an event loop keeps all others waiting.
//
// What decides a test is the CPU time of the loop's thread within one handler: how long it took by
// the wall says how busy the computer was as well, and is only told.  Units: microseconds.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <ctime>

#include "support/sanitized.h"

namespace sealtone::test {

// The bar of an optimised build.  Without optimisation what is ours takes up to ten times as long,
// while what the libraries do does not; under a sanitizer nothing is decided.
inline constexpr std::chrono::milliseconds kLongestHandler{10};
#if defined(__OPTIMIZE__)
inline constexpr int kSlowdown = kSanitized ? 1'000 : 1;
#else
inline constexpr int kSlowdown = kSanitized ? 1'000 : 10;
#endif
inline constexpr std::chrono::microseconds kHandlerBar = kLongestHandler * kSlowdown;

class Meter {
 public:
  // As io_context::run_one, on one thread; false once there is nothing more to do.
  bool run_one(boost::asio::io_context& loop) {
    const auto cpu = thread_time();
    const bool ran = loop.run_one() > 0;
    const auto took = thread_time() - cpu;
    if (took.count() > longest_.load()) longest_ = took.count();
    return ran;
  }
  // Of the longest handler since the last time; from any thread.
  std::chrono::microseconds longest() { return std::chrono::microseconds(longest_.exchange(0)); }

  static std::chrono::microseconds thread_time() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) +
           std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::nanoseconds(time.tv_nsec));
  }

 private:
  std::atomic<std::chrono::microseconds::rep> longest_ = 0;
};

}  // namespace sealtone::test
