// SPDX-License-Identifier: Apache-2.0
//
// The address a connection comes from, and what the kernel tells of addresses.  That it tells of a
// change is in tests/e2e/sip_address_test.cpp, which has a network of its own.
#include "net/own_address.h"

#include <gtest/gtest.h>

namespace sealtone::net {
namespace {

using asio::ip::make_address;

TEST(AddressTowards, IsTheLoopbacksOwnForWhatIsThere) {
  EXPECT_EQ(address_towards(make_address("127.0.0.1")), make_address("127.0.0.1"));
  EXPECT_EQ(address_towards(make_address("127.0.0.9")), make_address("127.0.0.1"));
}

// 240.0.0.0/4 is reserved (RFC 1112 §4), and the kernel has no way there.
TEST(AddressTowards, IsNothingWhereNoWayLeads) {
  EXPECT_FALSE(address_towards(make_address("255.255.255.255")));
}

TEST(AddressWatch, IsQuietWhereNothingChangesAndEndsWhenItIsStopped) {
  asio::io_context loop;
  const auto watch = AddressWatch::open(loop, {});
  ASSERT_TRUE(watch) << base::to_string(watch.error());
  bool told = false;
  (*watch)->start([&] { told = true; });
  loop.poll();
  EXPECT_FALSE(told);
  (*watch)->stop();
  loop.restart();
  loop.run();
}

}  // namespace
}  // namespace sealtone::net
