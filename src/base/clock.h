// SPDX-License-Identifier: Apache-2.0
//
// base/clock: the time, asked for only at the edges (app, phone, net); everything else
// takes it as an argument.
//
// Units: UTC seconds for certificates and records, steady time for durations.
#pragma once

#include <chrono>

namespace sealtone::base {

using std::chrono::sys_seconds;

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual sys_seconds now() const = 0;
  [[nodiscard]] virtual std::chrono::steady_clock::time_point steady() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] sys_seconds now() const override {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::now();
  }
};

// A clock for tests: stands still until ticked.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(sys_seconds start) : now_(start) {}
  [[nodiscard]] sys_seconds now() const override { return now_; }
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override { return steady_; }
  void tick(std::chrono::seconds by) {
    now_ += by;
    steady_ += by;
  }

 private:
  sys_seconds now_;
  std::chrono::steady_clock::time_point steady_{};
};

}  // namespace sealtone::base
