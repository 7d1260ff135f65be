// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/fake_time: a program whose wall clock says what a test wants, by libfaketime.
//
// The clock by which time limits are counted goes on as it is.
#pragma once

#include <filesystem>
#include <string>

#include "support/process.h"

namespace sealtone::test {

class FakeTime {
 public:
  explicit FakeTime(const std::string& time) { set(time); }
  // For programs that run already, too: "2001-01-01 00:00:00" (UTC), at which it stands still.
  void set(const std::string& time);
  // As this computer's clock is.
  void right() { set("+0"); }
  // Starts a program under it.
  [[nodiscard]] StartOptions options() const;

 private:
  TempDir folder_;
};

}  // namespace sealtone::test
