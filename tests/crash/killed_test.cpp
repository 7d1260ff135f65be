// SPDX-License-Identifier: Apache-2.0
//
// kill -9 at random moments of provisioning and upload: the folder opens, and holds what was
// acknowledged or the next change.
//
// SEALTONE_KILL_ROUNDS says how often (40), SEALTONE_SEED from which number on; both are printed.
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <random>

#include "crash/provisioning_phone.h"

namespace sealtone::crash {
namespace {

using std::chrono::milliseconds;

unsigned from_environment(const char* name, unsigned otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : static_cast<unsigned>(std::stoul(value));
}

class Killed : public testing::Test {
 protected:
  Killed() : random_(seed_) {
    std::cout << rounds_ << " rounds, SEALTONE_SEED=" << seed_ << std::endl;
  }

  // Half of the changes are uploads, half are provisioning runs.
  Step next_step() {
    const int number = ++changes_;
    switch (random_() % 4) {
      case 0:
        return upload_own(scene_, held_, held_.server_certificate == scene_.own(false).fingerprint);
      case 1:
        if (held_.trusted.contains(scene_.other().fingerprint)) break;
        return add_other(scene_, held_);
      default: break;
    }
    return provision(scene_, held_, number + 1);
  }

  // Changes one after the other until the moment comes.  Returns the one that was under way.
  Step work_until_killed(test::PhoneUnderTest& phone) {
    auto left = milliseconds(random_() % kLongest.count());
    for (;;) {
      auto step = next_step();
      auto arguments = step.arguments;
      arguments.insert(arguments.begin(), std::getenv("SEALTONE_BINARY"));
      arguments.insert(arguments.end(), {"--state", state_.string()});
      const auto began = std::chrono::steady_clock::now();
      test::Process command(arguments);
      (void)command.said("\n", left);  // whichever comes first: its words or the moment
      const auto took =
          std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - began);
      left = std::max(milliseconds(0), left - took);
      const bool now = left == milliseconds(0);
      if (now) phone.process().signal(SIGKILL);
      if (command.wait() == 0) {
        ++acknowledged_;
        held_ = step.then;
      } else if (!now) {
        throw std::runtime_error(command.out() + command.err());
      }
      if (now) return step;
    }
  }

  void take(const Step& step) {
    auto arguments = step.arguments;
    arguments.insert(arguments.end(), {"--state", state_.string()});
    const auto finished = test::sealtone(arguments);
    ASSERT_EQ(finished.status, 0) << finished.err;
    held_ = step.then;
  }

  static constexpr milliseconds kLongest{600};
  unsigned rounds_ = from_environment("SEALTONE_KILL_ROUNDS", 40);
  unsigned seed_ = from_environment("SEALTONE_SEED", std::random_device{}());
  std::mt19937 random_;
  Scene scene_;
  test::TempDir folder_;
  std::filesystem::path state_ = folder_.path() / "state";
  Held held_;
  int changes_ = 0;
  unsigned acknowledged_ = 0;
};

TEST_F(Killed, PhoneHoldsWhatWasAcknowledgedOrTheNextChange) {
  take({{"set", std::string(kPowerOnKey), "0"}, held_});
  held_.settings[std::string(kPowerOnKey)] = "0";
  take(trust(scene_, held_));
  take(point_at_server(scene_, held_));

  unsigned came_through = 0;
  for (unsigned round = 0; round < rounds_; ++round) {
    Step under_way;
    {
      auto phone = test::PhoneUnderTest::on(state_);
      under_way = work_until_killed(phone);
      ASSERT_EQ(phone.process().wait(), 128 + SIGKILL);
    }
    const auto found = from_json_text(test::run_ok({HELD_READER, state_.string()}));
    ASSERT_TRUE(is_last_or_next(found, held_, under_way.then))
        << "round " << round << ", seed " << seed_ << ", `" << under_way.arguments[0] << " "
        << under_way.arguments[1] << "`\nholds\n"
        << found.changes_text() << found.verdicts_text() << "acknowledged\n"
        << held_.changes_text() << held_.verdicts_text();
    if (found != held_) ++came_through;
    held_ = found;
  }
  std::cout << acknowledged_ << " changes acknowledged, " << came_through
            << " of those cut off were on the disk" << std::endl;
  EXPECT_GT(acknowledged_, 0U);
}

}  // namespace
}  // namespace sealtone::crash
