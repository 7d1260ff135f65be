// SPDX-License-Identifier: Apache-2.0
//
// net/sntp: questions to scripted time servers on loopback.
#include "net/sntp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/loop.h"
#include "support/time_server.h"

namespace sealtone::net {
namespace {

using base::ErrorCode;
using test::time_answer;
using test::TimeServer;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds kTime = std::chrono::sys_days{std::chrono::year{2026} / 11 / 26};

// Another number each time.
class Counting final : public base::Random {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (auto& octet : out) octet = ++next_;
  }

 private:
  std::uint8_t next_ = 0;
};

base::Result<TimeTold> ask(std::uint16_t port, std::chrono::milliseconds limit = 20s) {
  net::asio::io_context loop;
  Counting random;
  return test::finish(loop, ask_time("127.0.0.1", port, limit, random));
}

TEST(AskTime, HearsWhatTimeItIs) {
  const TimeServer server(
      [](const std::string& question) { return std::vector{time_answer(question, kTime)}; });
  const auto told = ask(server.port());
  ASSERT_TRUE(told) << base::to_string(told.error());
  EXPECT_GE(told->time, NtpTime(kTime));
  EXPECT_LE(told->time, NtpTime(kTime) + told->round_trip);
  EXPECT_EQ(server.questions(), 1);
}

TEST(AskTime, PassesOverWhatDoesNotRepeatTheQuestion) {
  const TimeServer server([](const std::string& question) {
    auto forged = time_answer(question, kTime + 24h * 365);
    forged[24] = static_cast<char>(forged[24] ^ 1);
    return std::vector{forged, std::string("x"), std::string(500, '\xFF'), std::string(),
                       time_answer(question, kTime)};
  });
  const auto told = ask(server.port());
  ASSERT_TRUE(told) << base::to_string(told.error());
  EXPECT_LT(told->time, NtpTime(kTime) + 24h);
}

TEST(AskTime, GivesUpOnAServerThatSaysNothing) {
  const TimeServer server([](const std::string&) { return std::vector<std::string>(); });
  const auto told = ask(server.port(), 50ms);
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().code, ErrorCode::timeout);
  EXPECT_THAT(base::to_string(told.error()), HasSubstr("127.0.0.1"));
}

TEST(AskTime, TellsThatNobodyListens) {
  std::uint16_t port = 0;
  {
    const TimeServer gone([](const std::string&) { return std::vector<std::string>(); });
    port = gone.port();
  }
  const auto told = ask(port);
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().code, ErrorCode::unreachable);
}

TEST(AskTime, HandsOnThatItIsNotWanted) {
  const TimeServer server([](const std::string& question) {
    auto kiss = time_answer(question, kTime);
    kiss[1] = 0;
    kiss.replace(12, 4, "DENY");
    return std::vector{kiss};
  });
  const auto told = ask(server.port());
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().code, ErrorCode::not_allowed);
}

}  // namespace
}  // namespace sealtone::net
