// SPDX-License-Identifier: Apache-2.0
//
// base/log: one line an event, whatever the text holds.
#include "base/log.h"

#include <cstdio>
#include <string>

#include <gtest/gtest.h>

namespace sealtone::base {
namespace {

using namespace std::chrono_literals;

class LogTo : public testing::Test {
 protected:
  ~LogTo() override { std::fclose(stream_); }

  std::string written() {
    std::rewind(stream_);
    std::string out(10'000, '\0');
    out.resize(std::fread(out.data(), 1, out.size(), stream_));
    return out;
  }

  std::FILE* stream_ = std::tmpfile();
  FakeClock clock_{std::chrono::sys_days{2026y / 11 / 23} + 22h + 12min + 55s};
};

TEST_F(LogTo, AStreamIsOneLineWithTimeLevelAndRoom) {
  StreamLog log(stream_, LogLevel::info, clock_);
  log.write(LogLevel::info, "tls", "listening");
  log.write(LogLevel::warning, "net", "gone");
  EXPECT_EQ(written(),
            "2026-11-23T22:12:55Z info tls: listening\n"
            "2026-11-23T22:12:55Z warning net: gone\n");
}

TEST_F(LogTo, AStreamLeavesOutWhatIsBelowItsLevel) {
  StreamLog log(stream_, LogLevel::warning, clock_);
  log.write(LogLevel::debug, "tls", "a");
  log.write(LogLevel::info, "tls", "b");
  log.write(LogLevel::warning, "tls", "c");
  EXPECT_EQ(written(), "2026-11-23T22:12:55Z warning tls: c\n");
}

TEST_F(LogTo, AStreamCannotBeMadeToForgeASecondLine) {
  StreamLog log(stream_, LogLevel::debug, clock_);
  log.write(LogLevel::debug, "tls", "from peer: x\n2026 info tls: forged\x1b[2J");
  EXPECT_EQ(written(),
            "2026-11-23T22:12:55Z debug tls: from peer: x\\u{A}2026 info tls: forged\\u{1B}[2J\n");
}

}  // namespace
}  // namespace sealtone::base
