// SPDX-License-Identifier: Apache-2.0
//
// Connections whose packets stand in the capture in another order than they were sent in, and those
// of which it has one side alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "capture/made.h"

namespace sealtone::capture {
namespace {

using handshake::Direction;
using testing::kAck;
using testing::kFin;
using testing::kRst;
using testing::read_wire;
using testing::Wire;

base::Bytes client_hello() {
  base::Bytes hello{22, 3, 1, 0, 47, 1, 0, 0, 43, 3, 3};
  hello.resize(11 + 32, 1);
  testing::put(hello, base::Bytes{0, 0, 4, 0xC0, 0x2F, 0, 0xFF, 1, 0});
  return hello;
}

base::Bytes alert(std::uint8_t description, std::uint8_t level = 2) {
  return {21, 3, 3, 0, 2, level, description};
}

// A server refuses and closes.
Wire refused() {
  Wire wire;
  wire.open();
  wire.says(true, client_hello());
  wire.says(false, alert(40));
  wire.close(false);
  return wire;
}

TEST(Order, OfPacketsWithinACaptureChangesNothing) {
  std::mt19937 random(7);
  for (std::size_t first = 0; first < refused().packets.size(); ++first) {
    for (int i = 0; i < 24; ++i) {
      auto wire = refused();
      const auto from = wire.packets.begin() + static_cast<std::ptrdiff_t>(first);
      std::shuffle(from, from + std::min<std::ptrdiff_t>(4, wire.packets.end() - from), random);
      const auto seen = read_wire(wire);
      ASSERT_EQ(seen.connections.size(), 1U);
      const auto& record = seen.connections[0].record;
      EXPECT_EQ(seen.connections[0].client.port, 50'000);
      EXPECT_TRUE(record.client_hello);
      ASSERT_EQ(record.alerts.size(), 1U);
      EXPECT_EQ(record.alerts[0].direction, Direction::received);
      EXPECT_EQ(record.closed_by, Direction::received);
      EXPECT_EQ(record.observed->opened_in_clear, "");
      EXPECT_FALSE(record.observed->start_missing);
      EXPECT_FALSE(record.observed->lacks());
    }
  }
}

// An end that stands in the capture before what its sender said last.
TEST(Order, OfAnEndIsThatOfItsNumber) {
  for (const unsigned how : {kFin | kAck, kRst | kAck}) {
    Wire wire;
    wire.open();
    wire.says(true, client_hello());
    wire.says(false, alert(100, 1));
    wire.says(true, alert(48));
    wire.segment(true, how);
    wire.segment(false, kFin | kAck);
    std::swap(wire.packets[5], wire.packets[6]);
    auto record = read_wire(wire).connections.at(0).record;
    ASSERT_EQ(record.alerts.size(), 2U);
    EXPECT_EQ(record.closed_by, Direction::sent);
    EXPECT_EQ(record.reset, how == (kRst | kAck));
    std::swap(wire.packets[6], wire.packets[7]);
    record = read_wire(wire).connections.at(0).record;
    ASSERT_EQ(record.alerts.size(), 2U);
    EXPECT_EQ(record.closed_by, Direction::sent);
  }
}

// What nobody can wait for any longer is told all the same: the client's answer is not there.
TEST(Order, OfWhatIsLostIsNotWaitedForForEver) {
  Wire wire;
  wire.open();
  wire.says(true, client_hello());
  wire.client_next += 50;
  for (int i = 0; i < 100; ++i) wire.says(false, alert(100, 1));
  const auto seen = read_wire(wire);
  ASSERT_EQ(seen.connections.size(), 1U);
  EXPECT_EQ(seen.connections[0].record.alerts.size(), 100U);
  EXPECT_EQ(seen.connections[0].record.observed->missing_sent, 50U);
}

// The end that closed is the first to have done so, though no other packet of it is there.
TEST(Order, OfTheEndsIsKnownOfAConnectionThatBeganBefore) {
  Wire wire;
  wire.segment(true, kFin | kAck);
  base::Bytes sealed{21, 3, 3, 0, 26};
  sealed.resize(5 + 26);
  wire.says(false, sealed);
  wire.segment(false, kFin | kAck);
  const auto seen = read_wire(wire);
  ASSERT_EQ(seen.connections.size(), 1U);
  EXPECT_EQ(seen.connections[0].record.closed_by, Direction::sent);
}

TEST(OneSide, SaysWhoseIsNotThereAndHowMuchOfItTheOtherHas) {
  for (const bool client : {true, false}) {
    Wire wire;
    wire.open();
    wire.says(true, client_hello());
    base::Bytes hello{22, 3, 3, 0, 42, 2, 0, 0, 38, 3, 3};
    hello.resize(11 + 32, 1);
    testing::put(hello, base::Bytes{0, 0xC0, 0x2F, 0});
    wire.says(false, hello);
    wire.segment(true, kAck);
    wire.says(true, alert(100, 1));
    wire.segment(false, kAck);
    wire.close(true);
    std::erase_if(wire.packets, [&](const base::Bytes& packet) {
      constexpr std::size_t last_of_source = 15;
      return (packet[last_of_source] == 1) != client;
    });
    const auto seen = read_wire(wire);
    ASSERT_EQ(seen.connections.size(), 1U);
    const auto& record = seen.connections[0].record;
    const auto& observed = *record.observed;
    EXPECT_EQ(observed.client_absent, !client);
    EXPECT_EQ(observed.server_absent, client);
    EXPECT_EQ(client ? observed.missing_received : observed.missing_sent,
              client ? hello.size() : client_hello().size() + alert(100).size());
    EXPECT_EQ(client ? observed.missing_sent : observed.missing_received, 0U);
    EXPECT_FALSE(record.closed_by) << "the other may have been first";
    EXPECT_FALSE(observed.end_missing);
  }
}

// The client's last seven octets are not in the capture; its reset stands behind them.
TEST(OneSide, SaysWhatIsMissingBeforeAReset) {
  Wire wire;
  wire.open();
  wire.says(true, client_hello());
  wire.client_next += 7;
  wire.segment(true, kRst);
  const auto record = read_wire(wire).connections.at(0).record;
  EXPECT_EQ(record.observed->missing_sent, 7U);
  EXPECT_TRUE(record.reset);
}

}  // namespace
}  // namespace sealtone::capture
