// SPDX-License-Identifier: Apache-2.0
//
// phone/phone_clock: the phone's clock: this computer's, or what a time server told.
//
// Setting this computer's clock takes a privilege that a phone has not.  What a time server told is
// gone by while this computer's clock stands before the floor, or where a setting prefers it; it
// goes on with the steady clock, so that it does not jump with the other one.  What was told is not
// authenticated: it never raises the floor.  Any thread may ask.
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>

#include "base/clock.h"

namespace sealtone::phone {

class PhoneClock final : public base::Clock {
 public:
  explicit PhoneClock(const base::Clock& system) : system_(system) {}

  [[nodiscard]] base::sys_seconds now() const override;
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
    return system_.steady();
  }

  [[nodiscard]] base::sys_seconds floor() const;
  void set_floor(base::sys_seconds floor);
  [[nodiscard]] bool unset() const { return now() < floor(); }
  // This computer's own, whatever was told.
  [[nodiscard]] base::sys_seconds system_now() const { return system_.now(); }

  // It is this time now, somebody says.
  void tell(base::sys_seconds time);
  void prefer_told(bool prefer) { prefer_told_ = prefer; }
  // Whether now() is what was told.
  [[nodiscard]] bool goes_by_told() const;

 private:
  static constexpr std::int64_t kNothing = std::numeric_limits<std::int64_t>::min();
  [[nodiscard]] std::int64_t steady_seconds() const;

  const base::Clock& system_;
  std::atomic<std::int64_t> floor_ = kNothing;
  std::atomic<std::int64_t> told_ = kNothing;  // seconds, of when the steady clock was at zero
  std::atomic<bool> prefer_told_ = false;
};

}  // namespace sealtone::phone
