// SPDX-License-Identifier: Apache-2.0
//
// phone/visitors: whoever is here is told, and nobody is waited for longer than allowed.
#include "phone/visitors.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

namespace sealtone::phone {
namespace {

// Notes whether its time was said to be over.
class Guest final : public net::ByteStream {
 public:
  bool told = false, dropped = false;
  net::Task<base::Result<std::size_t>> read_some(std::span<std::uint8_t>) override { co_return 0U; }
  net::Task<base::Result<std::size_t>> write_some(base::ByteView from) override {
    co_return from.size();
  }
  net::Task<void> shutdown() override { co_return; }
  void close() override { dropped = true; }
  void expires_after(std::chrono::milliseconds limit) override { told = limit.count() == 0; }
  [[nodiscard]] std::string peer() const override { return "local"; }
};

constexpr std::chrono::hours kForever{1};

class VisitorsTest : public testing::Test {
 protected:
  void say_goodbye(std::chrono::milliseconds limit) {
    net::asio::co_spawn(loop_, visitors_.say_goodbye(limit),
                        [this](const std::exception_ptr&) { said_ = true; });
    loop_.poll();
  }
  net::asio::io_context loop_;
  Visitors visitors_{loop_};
  Guest guest_;
  bool said_ = false;
};

TEST_F(VisitorsTest, NobodyIsWaitedForIfNobodyIsHere) {
  say_goodbye(kForever);
  EXPECT_TRUE(said_);
  EXPECT_FALSE(visitors_.leaving());
}

TEST_F(VisitorsTest, EachIsToldAndTheLastOneEndsTheWaiting) {
  Guest other;
  auto first = std::make_unique<Visitors::Visit>(visitors_, guest_);
  auto second = std::make_unique<Visitors::Visit>(visitors_, other);
  EXPECT_EQ(visitors_.count(), 2U);
  say_goodbye(kForever);
  EXPECT_TRUE(guest_.told && other.told);
  EXPECT_FALSE(guest_.dropped || other.dropped);
  EXPECT_TRUE(visitors_.leaving());
  first.reset();
  loop_.restart();
  loop_.poll();
  EXPECT_FALSE(said_);
  second.reset();
  loop_.restart();
  loop_.poll();
  EXPECT_TRUE(said_);
}

TEST_F(VisitorsTest, WhoStaysIsWaitedForNoLongerThanAllowedAndDropped) {
  const Visitors::Visit visit(visitors_, guest_);
  say_goodbye(std::chrono::milliseconds(1));
  loop_.restart();
  loop_.run();
  EXPECT_TRUE(said_);
  EXPECT_TRUE(guest_.dropped);
}

TEST_F(VisitorsTest, AVisitMayOutliveThem) {
  auto visitors = std::make_unique<Visitors>(loop_);
  const auto visit = std::make_unique<Visitors::Visit>(*visitors, guest_);
  visitors.reset();
}

}  // namespace
}  // namespace sealtone::phone
