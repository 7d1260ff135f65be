// SPDX-License-Identifier: Apache-2.0
#include "app/stop_signals.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace sealtone::app {
namespace {

class StopSignalsTest : public testing::Test {
 protected:
  // It may be ignored where the tests run in the background.
  StopSignalsTest() { std::signal(SIGINT, SIG_DFL); }
};

TEST_F(StopSignalsTest, TheFirstOneIsNoted) {
  for (const int number : {SIGINT, SIGTERM}) {
    const StopSignals stop(true);
    EXPECT_FALSE(StopSignals::came());
    std::raise(number);
    EXPECT_TRUE(StopSignals::came());
  }
}

TEST_F(StopSignalsTest, TheSecondOneEndsTheProgramWhicheverItIs) {
  for (const int first : {SIGINT, SIGTERM}) {
    for (const int second : {SIGINT, SIGTERM}) {
      EXPECT_EXIT(
          {
            const StopSignals stop(true);
            std::raise(first);
            if (!StopSignals::came()) ::_exit(9);
            std::raise(second);
            ::_exit(8);
          },
          testing::KilledBySignal(second), "");
    }
  }
}

TEST_F(StopSignalsTest, EndTheProgramWhereTheyAreNotHeeded) {
  EXPECT_EXIT(
      {
        const StopSignals stop(false);
        std::raise(SIGTERM);
        ::_exit(8);
      },
      testing::KilledBySignal(SIGTERM), "");
  EXPECT_EXIT(
      {
        {
          const StopSignals stop(true);
        }
        std::raise(SIGINT);
        ::_exit(8);
      },
      testing::KilledBySignal(SIGINT), "");
}

// As a shell starts what it puts into the background.
TEST_F(StopSignalsTest, StayIgnoredWhereTheyWere) {
  std::signal(SIGINT, SIG_IGN);
  {
    const StopSignals stop(true);
    std::raise(SIGINT);
    EXPECT_FALSE(StopSignals::came());
  }
  std::signal(SIGINT, SIG_DFL);
}

// Also behind the first one, which makes the second end the program.
TEST_F(StopSignalsTest, StayIgnoredBehindAnotherThatIsHeeded) {
  const auto after_term = [](int second) {
    std::signal(SIGINT, SIG_IGN);
    const StopSignals stop(true);
    std::raise(SIGTERM);
    if (!StopSignals::came()) ::_exit(9);
    std::raise(second);
    ::_exit(0);
  };
  EXPECT_EXIT(after_term(SIGINT), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(after_term(SIGTERM), testing::KilledBySignal(SIGTERM), "");
}

}  // namespace
}  // namespace sealtone::app
