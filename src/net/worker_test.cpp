// SPDX-License-Identifier: Apache-2.0
//
// net/worker: results come back on the loop, in order; a full queue says busy.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <latch>
#include <thread>

#include "net/net.h"
#include "support/loop.h"

namespace sealtone::net {
namespace {

using test::finish;

TEST(Worker, RunsTheJobOnAThreadOfItsOwnAndBringsTheResultBack) {
  asio::io_context loop;
  Worker worker(loop);
  std::function<base::Result<std::thread::id>()> job = [] { return std::this_thread::get_id(); };
  auto where = finish(loop, worker.run(job));
  ASSERT_TRUE(where);
  EXPECT_NE(*where, std::this_thread::get_id());
}

TEST(Worker, BringsAnErrorBackAndTurnsAnExceptionIntoOne) {
  asio::io_context loop;
  Worker worker(loop);
  std::function<base::Result<int>()> failing = [] {
    return base::fail(base::ErrorCode::io, "disk", "it is full");
  };
  auto failed = finish(loop, worker.run(failing));
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, base::ErrorCode::io);
  std::function<base::Result<int>()> throwing = []() -> base::Result<int> {
    throw std::runtime_error("thrown");
  };
  auto thrown = finish(loop, worker.run(throwing));
  ASSERT_FALSE(thrown);
  EXPECT_EQ(thrown.error().code, base::ErrorCode::internal);
  EXPECT_EQ(thrown.error().detail, "thrown");
}

TEST(Worker, RunsJobsInTheOrderTheyCameAndSaysBusyPastItsLimit) {
  asio::io_context loop;
  Worker worker(loop, 2);
  std::latch held(1);
  std::vector<int> order;
  std::vector<base::Result<int>> results;
  const auto add = [&](int number) {
    std::function<base::Result<int>()> job = [&held, &order, number] {
      held.wait();
      order.push_back(number);
      return number;
    };
    asio::co_spawn(loop, worker.run(std::move(job)),
                   [&](const std::exception_ptr&, base::Result<int> result) {
                     results.push_back(std::move(result));
                   });
  };
  for (const int number : {1, 2, 3}) add(number);
  test::run_until(loop, [&] { return !results.empty(); });
  ASSERT_FALSE(results.front());
  EXPECT_EQ(results.front().error().code, base::ErrorCode::busy);
  held.count_down();
  test::run_until(loop, [&] { return results.size() == 3; });
  EXPECT_EQ(order, (std::vector<int>{1, 2}));
  add(4);
  test::run_until(loop, [&] { return results.size() == 4; });
  EXPECT_EQ(results.back(), 4);
}

TEST(Worker, LetsTheLoopGoOnMeanwhile) {
  asio::io_context loop;
  Worker worker(loop);
  std::latch held(1);
  std::function<base::Result<bool>()> job = [&held]() -> base::Result<bool> {
    held.wait();
    return true;
  };
  asio::post(loop, [&held] { held.count_down(); });  // would never run on a blocked loop
  EXPECT_TRUE(finish(loop, worker.run(job)));
}

}  // namespace
}  // namespace sealtone::net
