// SPDX-License-Identifier: Apache-2.0
// The routes of the clock: what it says, and the floor under which it counts as unset.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "admin/answers.h"
#include "admin/body.h"
#include "admin/routes.h"
#include "base/text.h"
#include "explain/wording.h"
#include "trust/clock.h"

namespace sealtone::admin {
namespace {

using base::ErrorCode;
using explain::when;

// What it is, what follows from that, and what to do.
std::string clock_words(const ClockStatus& clock) {
  auto says = fmt::format("The clock says {}{}.", when(clock.now),
                          clock.by_time_server ? ", as a time server told it" : "");
  if (!clock.unset) {
    return says +
           fmt::format(" It has been {} at least, so that it can be right.", when(clock.floor));
  }
  says += fmt::format(" It has been {} already, so that it was never set:", when(clock.floor));
  says += clock.policy == "use-floor"
              ? " dates are judged as if it were that time (sealtone.clock.policy)."
              : " no server is trusted until it is set (sealtone.clock.policy).";
  says += " Set the clock of this computer, or name a time server (local_time.ntp_server1).";
  if (clock.floor > clock.built) {
    says += " If it is right, a server with a date from the future was trusted: lower the floor.";
  }
  return says;
}

}  // namespace

nlohmann::json clock_json(const ClockStatus& clock) {
  return {{"now", base::utc(clock.now)},
          {"floor", base::utc(clock.floor)},
          {"lowest_floor", base::utc(clock.built)},
          {"unset", clock.unset},
          {"by_time_server", clock.by_time_server},
          {"policy", clock.policy},
          {"says", clock_words(clock)},
          {"waits", base::visible(clock.waits, 1'000)},
          {"time_server", base::visible(clock.time_server, 1'000)}};
}

std::chrono::sys_seconds Dates::of(const x509::Certificate& certificate) const {
  return trust::dates_at(clock, now, certificate);
}

std::chrono::sys_seconds Dates::at() const { return std::max(now, clock.floor); }

Dates dates_of(const Call& call) {
  const auto clock = call.phone.status().clock;
  return {.clock = {.floor = clock.floor, .use_floor = clock.policy == "use-floor"},
          .now = call.clock.now()};
}

net::Task<http::Response> show_clock(Call call) {
  co_return answer_json(200, clock_json(call.phone.status().clock));
}

net::Task<http::Response> lower_clock_floor(Call call) {
  const auto body = json_object(call.request.body);
  if (!body) co_return refuse(body.error());
  const auto text = text_member(*body, "to");
  const auto to = base::parse_utc(text);
  if (!to) {
    co_return refuse({ErrorCode::bad_input, "to",
                      "write a UTC time, for example 2026-11-23 or 2026-11-23T22:00:00Z"});
  }
  const std::string who = call.local ? "command line" : "page";
  const auto lowered = co_await call.phone.lower_clock_floor(*to, who);
  if (!lowered) co_return refuse(lowered.error());
  co_return answer_json(
      200, {{"says", fmt::format("A clock that says less than {} counts as unset from now on. The "
                                 "floor rises again with what trusted servers have signed.",
                                 when(*to))}});
}

}  // namespace sealtone::admin
