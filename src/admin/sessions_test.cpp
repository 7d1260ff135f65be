// SPDX-License-Identifier: Apache-2.0
#include "admin/sessions.h"

#include <gtest/gtest.h>

#include <set>

namespace sealtone::admin {
namespace {

using namespace std::chrono_literals;

const Moment kStart{};

class SessionsTest : public testing::Test {
 protected:
  crypto::SystemRandom random_;
  Sessions sessions_{random_, std::chrono::minutes(5)};
};

TEST_F(SessionsTest, LiveUntilTheIdleTimeIsOver) {
  const auto opened = sessions_.open(kStart);
  EXPECT_EQ(sessions_.csrf_of(opened.id, kStart + 5min), opened.csrf);
  // Being seen starts the time anew.
  EXPECT_EQ(sessions_.csrf_of(opened.id, kStart + 10min), opened.csrf);
  EXPECT_FALSE(sessions_.csrf_of(opened.id, kStart + 15min + 1ns));
}

TEST_F(SessionsTest, EndWhenClosed) {
  const auto opened = sessions_.open(kStart);
  sessions_.close(opened.id);
  EXPECT_FALSE(sessions_.csrf_of(opened.id, kStart));
}

TEST_F(SessionsTest, KnowNoIdThatTheyDidNotGive) {
  (void)sessions_.open(kStart);
  EXPECT_FALSE(sessions_.csrf_of("", kStart));
  EXPECT_FALSE(sessions_.csrf_of(std::string(64, '0'), kStart));
}

TEST_F(SessionsTest, AreNeverAlike) {
  std::set<std::string> seen;
  for (int i = 0; i < 20; ++i) {
    const auto opened = sessions_.open(kStart);
    EXPECT_EQ(opened.id.size(), 64U);
    EXPECT_TRUE(seen.insert(opened.id).second);
    EXPECT_TRUE(seen.insert(opened.csrf).second);
  }
}

TEST_F(SessionsTest, DropTheIdlestPastTheirNumber) {
  const auto first = sessions_.open(kStart);
  const auto second = sessions_.open(kStart + 1s);
  for (std::size_t i = 2; i < Sessions::kMaxSessions; ++i) (void)sessions_.open(kStart + 2s);
  EXPECT_TRUE(
      sessions_.csrf_of(first.id, kStart + 3s));  // seen just now, so the second is the idlest
  (void)sessions_.open(kStart + 4s);
  EXPECT_TRUE(sessions_.csrf_of(first.id, kStart + 4s));
  EXPECT_FALSE(sessions_.csrf_of(second.id, kStart + 4s));
}

TEST(AttemptsTest, FirstWrongPasswordsCostNoWait) {
  Attempts attempts;
  for (int i = 0; i < Attempts::kFree - 1; ++i) attempts.wrong("192.0.2.1", kStart);
  EXPECT_EQ(attempts.wait("192.0.2.1", kStart), 0s);
  attempts.wrong("192.0.2.1", kStart);
  EXPECT_EQ(attempts.wait("192.0.2.1", kStart), 1s);
  EXPECT_EQ(attempts.wait("192.0.2.1", kStart + 1s), 0s);
}

TEST(AttemptsTest, EachFurtherOneDoublesTheWaitUpToFifteenMinutes) {
  Attempts attempts;
  for (int i = 0; i < Attempts::kFree + 3; ++i) attempts.wrong("192.0.2.1", kStart);
  EXPECT_EQ(attempts.wait("192.0.2.1", kStart), 8s);
  auto now = kStart;
  for (int i = 0; i < 20; ++i) {
    now += attempts.wait("192.0.2.1", now);
    attempts.wrong("192.0.2.1", now);
  }
  EXPECT_EQ(attempts.wait("192.0.2.1", now), 900s);
}

TEST(AttemptsTest, OneAddressDoesNotMakeAnotherWait) {
  Attempts attempts;
  for (int i = 0; i < 10; ++i) attempts.wrong("192.0.2.1", kStart);
  EXPECT_EQ(attempts.wait("192.0.2.2", kStart), 0s);
}

TEST(AttemptsTest, AddressesOfOneIpv6NetworkCountAsOne) {
  Attempts attempts;
  for (int i = 0; i < Attempts::kFree; ++i) {
    attempts.wrong("2001:db8:0:1::" + std::to_string(i + 1), kStart);
  }
  EXPECT_EQ(attempts.wait("2001:db8:0:1:ffff:ffff:ffff:ffff", kStart), 1s);
  EXPECT_EQ(attempts.wait("2001:db8:0:2::1", kStart), 0s);
}

TEST(AttemptsTest, AddressesOfOneLinkCountAsOne) {
  Attempts attempts;
  for (int i = 0; i < Attempts::kFree; ++i) {
    attempts.wrong("fe80::" + std::to_string(i + 1) + "%eth0", kStart);
  }
  EXPECT_EQ(attempts.wait("fe80::ffff%2", kStart), 1s);
}

TEST(AttemptsTest, Ipv4AddressIsTheSameThroughASocketOfBothFamilies) {
  Attempts attempts;
  for (int i = 0; i < Attempts::kFree; ++i) attempts.wrong("::ffff:192.0.2.1", kStart);
  EXPECT_EQ(attempts.wait("192.0.2.1", kStart), 1s);
  EXPECT_EQ(attempts.wait("::ffff:192.0.2.2", kStart), 0s);
  EXPECT_EQ(attempts.wait("::1", kStart), 0s);
}

TEST(AttemptsTest, ManyAddressesTogetherAreSlowedDownToo) {
  Attempts attempts;
  for (int i = 0; i < Attempts::kFreeInAll - 1; ++i) {
    attempts.wrong("192.0.2." + std::to_string(i), kStart);
  }
  EXPECT_EQ(attempts.wait("198.51.100.1", kStart), 0s);
  attempts.wrong("192.0.2.200", kStart);
  EXPECT_EQ(attempts.wait("198.51.100.1", kStart), Attempts::kEach);
  EXPECT_EQ(attempts.wait("198.51.100.1", kStart + Attempts::kEach), 0s);
  attempts.right("192.0.2.200");
  EXPECT_EQ(attempts.wait("198.51.100.1", kStart), 0s);
}

TEST(AttemptsTest, WhatCouldNotBeJudgedDoesNotCount) {
  Attempts attempts;
  for (int i = 0; i < 100; ++i) {
    attempts.wrong("192.0.2.1", kStart);
    attempts.unjudged("192.0.2.1");
  }
  EXPECT_EQ(attempts.wait("192.0.2.1", kStart), 0s);
}

// An address that was wrong too often, then so many others; how long it waits when wrong again.
std::chrono::seconds wait_after_others(std::size_t others) {
  Attempts attempts;
  auto now = kStart;
  for (int i = 0; i < Attempts::kFree; ++i) attempts.wrong("192.0.2.1", now);
  for (std::size_t i = 0; i < others; ++i) {
    now += Attempts::kEach;  // so that all of them together need not wait
    attempts.wrong("10.0." + std::to_string(i / 256) + "." + std::to_string(i % 256), now);
  }
  attempts.wrong("192.0.2.1", now);
  return attempts.wait("192.0.2.1", now);
}

TEST(AttemptsTest, AddressesPastTheirNumberPushOutTheOldest) {
  EXPECT_EQ(wait_after_others(Attempts::kMaxAddresses - 1), 2s);
  EXPECT_EQ(wait_after_others(Attempts::kMaxAddresses), 0s);
}

TEST(AttemptsTest, RightPasswordForgetsTheWrongOnes) {
  Attempts attempts;
  for (int i = 0; i < 10; ++i) attempts.wrong("192.0.2.1", kStart);
  attempts.right("192.0.2.1");
  EXPECT_EQ(attempts.wait("192.0.2.1", kStart), 0s);
}

}  // namespace
}  // namespace sealtone::admin
