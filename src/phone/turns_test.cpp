// SPDX-License-Identifier: Apache-2.0
//
// phone/turns: nobody overtakes, nobody is forgotten.
#include "phone/turns.h"

#include <gmock/gmock.h>

#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "support/loop.h"

namespace sealtone::phone {
namespace {

using ::testing::ElementsAre;

net::Task<void> work(Turns& turns, std::vector<std::string>& seen, std::string name) {
  const auto turn = co_await turns.take();
  seen.push_back(name + " begins");
  net::asio::steady_timer moment(co_await net::asio::this_coro::executor,
                                 std::chrono::milliseconds(1));
  co_await moment.async_wait(net::asio::use_awaitable);
  seen.push_back(name + " ends");
}

TEST(Turns, GoOneAfterTheOther) {
  net::asio::io_context loop;
  Turns turns;
  std::vector<std::string> seen;
  for (const char* name : {"a", "b", "c"}) {
    net::asio::co_spawn(loop, work(turns, seen, name), net::asio::detached);
  }
  loop.run();
  EXPECT_THAT(seen, ElementsAre("a begins", "a ends", "b begins", "b ends", "c begins", "c ends"));
}

TEST(Turns, CanBeTakenAgain) {
  net::asio::io_context loop;
  Turns turns;
  std::vector<std::string> seen;
  test::finish(loop, work(turns, seen, "a"));
  test::finish(loop, work(turns, seen, "b"));
  EXPECT_EQ(seen.size(), 4U);
}

}  // namespace
}  // namespace sealtone::phone
