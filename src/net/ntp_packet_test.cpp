// SPDX-License-Identifier: Apache-2.0
#include "net/ntp_packet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace sealtone::net {
namespace {

using base::ErrorCode;
using ::testing::HasSubstr;
using namespace std::chrono;
using namespace std::chrono_literals;

constexpr std::uint64_t kNonce = 0x0123'4567'89AB'CDEF;
constexpr std::uint64_t k2026 = 0xEE8B'5580'8000'0000;  // 2026-10-27T16:53:20.5Z

void put(base::Bytes& packet, std::size_t at, std::uint64_t value, std::size_t octets = 8) {
  for (std::size_t i = 0; i < octets; ++i) {
    packet[at + i] = static_cast<std::uint8_t>(value >> (8 * (octets - 1 - i)));
  }
}

base::Bytes good() {
  base::Bytes packet(kNtpOctets);
  packet[0] = 4 << 3 | 4;
  packet[1] = 1;
  put(packet, 24, kNonce);
  put(packet, 32, k2026);
  put(packet, 40, k2026);
  return packet;
}

base::Error error_of(const base::Bytes& packet) {
  const auto answer = read_ntp_answer(packet);
  return answer ? base::Error{ErrorCode::internal, "", "it was taken"} : answer.error();
}

TEST(NtpQuestion, TellsNothingOfThisClock) {
  const auto question = ntp_question(kNonce);
  EXPECT_EQ(question[0], 0x23);  // version 4, client
  EXPECT_TRUE(std::all_of(question.begin() + 1, question.begin() + 40,
                          [](std::uint8_t octet) { return octet == 0; }));
  EXPECT_EQ(base::hex(base::ByteView(question).subspan(40)), "0123456789abcdef");
}

TEST(NtpAnswer, HasToRepeatTheQuestion) {
  EXPECT_TRUE(answers_ntp(good(), kNonce));
  EXPECT_FALSE(answers_ntp(good(), kNonce + 1));
  EXPECT_FALSE(answers_ntp(base::ByteView(good()).first(kNtpOctets - 1), kNonce));
  EXPECT_FALSE(answers_ntp({}, 0));
  auto longer = good();
  longer.resize(68);  // extension fields or a message digest behind it
  EXPECT_TRUE(answers_ntp(longer, kNonce));
}

TEST(NtpAnswer, SaysTheTimeToAMillisecond) {
  const auto answer = read_ntp_answer(good());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->sent, NtpTime(sys_days{2026y / 10 / 27} + 16h + 53min + 20s + 500ms));
  EXPECT_EQ(answer->held, 0ms);
}

TEST(NtpAnswer, SaysHowLongItWasHeld) {
  auto packet = good();
  put(packet, 32, k2026 - 0x4000'0000);
  EXPECT_EQ(read_ntp_answer(packet)->held, 250ms);
  put(packet, 32, k2026 + 0x4000'0000);  // it left before it came: no such time
  EXPECT_EQ(read_ntp_answer(packet)->held, 0ms);
}

// RFC 4330 §3: the first bit tells the eras apart.
TEST(NtpAnswer, KnowsTheEraThatBeginsIn2036) {
  auto packet = good();
  put(packet, 40, 0xFFFF'FFFF'0000'0000);
  EXPECT_EQ(read_ntp_answer(packet)->sent, NtpTime(sys_days{2036y / 2 / 7} + 6h + 28min + 15s));
  put(packet, 40, 0x0000'0001'0000'0000);
  EXPECT_EQ(read_ntp_answer(packet)->sent, NtpTime(sys_days{2036y / 2 / 7} + 6h + 28min + 17s));
  put(packet, 40, 0x8000'0000'0000'0000);
  EXPECT_EQ(read_ntp_answer(packet)->sent, NtpTime(sys_days{1968y / 1 / 20} + 3h + 14min + 8s));
}

TEST(NtpAnswer, ComesFromAServerInOrder) {
  struct Case {
    std::size_t at;
    std::uint8_t octet;
    const char* why;
  };
  const Case cases[] = {
      {0, 4 << 3 | 3, "it is no server's"},  // a client's, as ours
      {0, 4 << 3 | 5, "it is no server's"},  // a broadcast, which nobody asked for
      {0, 2 << 3 | 4, "another version"},
      {0, 5 << 3 | 4, "another version"},
      {0, 3 << 6 | 4 << 3 | 4, "not set"},
      {1, 16, "not set"},
      {1, 255, "not set"},
      {5, 1, "too far"},  // a root delay of one second
      {9, 1, "too far"},
      {4, 0x80, "too far"},
  };
  for (const auto& [at, octet, why] : cases) {
    auto packet = good();
    packet[at] = octet;
    const auto error = error_of(packet);
    EXPECT_EQ(error.code, ErrorCode::bad_input) << why;
    EXPECT_THAT(error.detail, HasSubstr(why));
  }
  for (const std::uint8_t stratum : {1, 15}) {
    auto packet = good();
    packet[1] = stratum;
    EXPECT_TRUE(read_ntp_answer(packet));
  }
  auto third = good();
  third[0] = 3 << 3 | 4;
  EXPECT_TRUE(read_ntp_answer(third));
}

TEST(NtpAnswer, WithoutATimeSaysNothing) {
  auto packet = good();
  put(packet, 40, 0);
  EXPECT_THAT(error_of(packet).detail, HasSubstr("no time in it"));
}

TEST(KissOfDeath, IsObeyed) {
  const auto kiss = [](std::string_view code) {
    auto packet = good();
    packet[1] = 0;
    std::ranges::copy(code, packet.begin() + 12);
    return error_of(packet);
  };
  EXPECT_EQ(kiss("RATE").code, ErrorCode::busy);
  EXPECT_EQ(kiss("DENY").code, ErrorCode::not_allowed);
  EXPECT_EQ(kiss("RSTR").code, ErrorCode::not_allowed);
  EXPECT_EQ(kiss("INIT").code, ErrorCode::bad_input);
  EXPECT_THAT(kiss("\x1B[2J").detail, HasSubstr("\\u{1B}[2J"));  // a terminal's order, made visible
}

}  // namespace
}  // namespace sealtone::net
