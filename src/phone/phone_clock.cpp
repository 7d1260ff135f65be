// SPDX-License-Identifier: Apache-2.0
//
// phone/phone_clock: see phone_clock.h.
#include "phone/phone_clock.h"

namespace sealtone::phone {
namespace {

using base::sys_seconds;
using std::chrono::seconds;

}  // namespace

std::int64_t PhoneClock::steady_seconds() const {
  return std::chrono::floor<seconds>(system_.steady().time_since_epoch()).count();
}

sys_seconds PhoneClock::now() const {
  return goes_by_told() ? sys_seconds(seconds(told_ + steady_seconds())) : system_.now();
}

sys_seconds PhoneClock::floor() const {
  const auto floor = floor_.load();
  return floor == kNothing ? sys_seconds::min() : sys_seconds(seconds(floor));
}

void PhoneClock::set_floor(sys_seconds floor) { floor_ = floor.time_since_epoch().count(); }

void PhoneClock::tell(sys_seconds time) {
  told_ = time.time_since_epoch().count() - steady_seconds();
}

bool PhoneClock::goes_by_told() const {
  return told_ != kNothing && (prefer_told_ || system_.now() < floor());
}

}  // namespace sealtone::phone
