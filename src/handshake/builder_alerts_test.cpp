// SPDX-License-Identifier: Apache-2.0
//
// Which alert a message is, and that the fatal one is kept whatever came before it.
#include <gtest/gtest.h>

#include "handshake/builder.h"

namespace sealtone::handshake {
namespace {

using namespace std::chrono_literals;

TEST(BuilderAlerts, SaysOfAnAlertsMessageWhichAlertItIs) {
  Builder builder(Role::client, {}, {});
  builder.message(Direction::received, ContentType::alert, base::Bytes{1, 112}, 1us);
  builder.unread(Direction::received, ContentType::alert, 2, 2us);
  builder.message(Direction::sent, ContentType::alert, base::Bytes{2, 48}, 3us);
  const auto& record = builder.record();
  ASSERT_EQ(record.messages.size(), 3U);
  EXPECT_EQ(record.alert_of(record.messages[0])->description, 112);
  EXPECT_EQ(record.alert_of(record.messages[1]), nullptr);
  EXPECT_EQ(record.alert_of(record.messages[2])->description, 48);
  EXPECT_EQ(record.fatal_alert(), 2U);
}

TEST(BuilderAlerts, KeepsAtMostItsNumberOfMessagesAndStillTakesTheAlert) {
  Builder builder(Role::client, {}, {});
  const base::Bytes request{0, 0, 0, 0};  // a HelloRequest
  for (std::size_t i = 0; i < kMaxMessages; ++i) {
    builder.message(Direction::received, ContentType::handshake, request, 1us);
  }
  const auto& record = builder.record();
  EXPECT_EQ(record.messages.size(), kMaxMessages);
  EXPECT_EQ(record.messages_left_out, 0U);
  builder.message(Direction::received, ContentType::alert, base::Bytes{2, 40}, 2us);
  EXPECT_EQ(record.messages.size(), kMaxMessages);
  EXPECT_EQ(record.messages_left_out, 1U);
  EXPECT_EQ(record.ending, Ending::alert);
  ASSERT_EQ(record.fatal_alert(), kMaxMessages - 1);
  EXPECT_EQ(record.alert_of(record.messages.back())->description, 40);
}

// A server that warns for ever before it refuses.
TEST(BuilderAlerts, KeepsTheFatalAlertBehindManyWarnings) {
  Builder builder(Role::client, {}, {});
  for (std::size_t i = 0; i < kMaxMessages + 20; ++i) {
    builder.message(Direction::received, ContentType::alert, base::Bytes{1, 112}, 1us);
  }
  builder.message(Direction::received, ContentType::alert, base::Bytes{2, 40}, 2us);
  builder.message(Direction::received, ContentType::alert, base::Bytes{2, 80}, 3us);
  const auto& record = builder.record();
  EXPECT_EQ(record.messages.size(), kMaxMessages);
  EXPECT_EQ(record.alerts.size(), kMaxMessages);
  EXPECT_EQ(record.messages_left_out, 22U);
  EXPECT_EQ(record.alert_of(record.messages.at(record.fatal_alert().value()))->description, 40);
  EXPECT_EQ(record.alert_of(record.messages.front())->description, 112);
}

}  // namespace
}  // namespace sealtone::handshake
