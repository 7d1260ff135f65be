// SPDX-License-Identifier: Apache-2.0
//
// phone/keeping_time: the clock's floor, waiting for a clock that was never set, and time servers.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/text.h"
#include "base/url.h"
#include "explain/wording.h"
#include "net/sntp.h"
#include "phone/rest.h"
#include "phone/values.h"
#include "phone/wired.h"
#include "provision/trusting.h"
#include "trust/clock.h"

namespace sealtone::phone {
namespace {

using base::ErrorCode;
using base::LogLevel;
using base::Result;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr seconds kLook{1};                  // at the wall clock, while it is waited for
constexpr seconds kLookAgain{60};            // whether a time server is wanted
constexpr seconds kAnswerLimit{5};           // of a time server
constexpr seconds kFirstRest{15};            // RFC 4330 §10: "MUST NOT […] less than 15 seconds"
constexpr std::chrono::years kFarthest{30};  // behind the floor; nobody runs this program then

std::string shown(sys_seconds time) { return explain::when(time); }

struct TimeServer {
  std::string host;
  std::uint16_t port;
};

// "time.example.com", "192.0.2.1:1123", "[2001:db8::1]:1123".
Result<TimeServer> time_server_of(const std::string& text) {
  const auto url = base::parse_host_port(text, "https");
  if (!url) return std::unexpected(url.error());
  const auto bracket = text.rfind(']');
  const bool port_given = text.find(':', bracket == text.npos ? 0 : bracket) != text.npos;
  return TimeServer{url->host, port_given ? url->port : net::kNtpPort};
}

}  // namespace

Result<void> Wired::load_floor() {
  auto floor = options_.built;
  const auto kept = store_->value(kFloorValue);
  if (!kept) return std::unexpected(kept.error());
  if (*kept) {
    if (const auto stored = base::parse_utc(**kept)) floor = std::max(floor, *stored);
  }
  clock_.set_floor(floor);
  clock_.prefer_told(settings::clock_settings(snapshot_->settings).prefer_time_server);
  return {};
}

trust::ClockFloor Wired::clock_floor() const {
  return {.floor = clock_.floor(),
          .use_floor = settings::clock_settings(snapshot_->settings).use_floor};
}

sys_seconds Wired::latest_known() const { return std::max(clock_.now(), clock_.floor()); }

admin::ClockStatus Wired::clock_status() const {
  const auto floor = clock_floor();
  return {.now = clock_.now(),
          .floor = floor.floor,
          .built = options_.built,
          .unset = clock_.unset(),
          .by_time_server = clock_.goes_by_told(),
          .policy = floor.use_floor ? "use-floor" : "wait",
          .waits = waits_,
          .time_server = time_server_says_};
}

net::Task<Result<void>> Wired::store_floor(sys_seconds floor) {
  auto& store = *store_;
  std::function<Result<bool>()> job = [&store, floor]() -> Result<bool> {
    if (auto stored = store.set_value(kFloorValue, base::utc(floor)); !stored) {
      return std::unexpected(stored.error());
    }
    return true;
  };
  const auto stored = co_await worker_->run<bool>(std::move(job));
  if (!stored) co_return std::unexpected(stored.error());
  clock_.set_floor(floor);
  co_return Result<void>{};
}

net::Task<void> Wired::raise_floor(const provision::Run& run, sys_seconds now) {
  // A long list is verified as slowly as it is long.
  struct Signed {
    sys_seconds floor;
    std::string by;  // empty: nobody signed anything later
  };
  const auto crls = snapshot_->crls;
  const auto before = clock_.floor();
  std::function<Result<Signed>()> job = [&run, crls, before, now]() -> Result<Signed> {
    Signed latest{before, {}};
    for (const auto& connection : run.connections) {
      const auto time = trust::signed_time(connection.verdict, crls, now);
      if (time && *time > latest.floor) latest = {*time, connection.url.authority()};
    }
    return latest;
  };
  const auto found = co_await worker_->run<Signed>(std::move(job));
  if (!found || found->by.empty()) co_return;
  const auto& [floor, by] = *found;
  const auto stored = co_await store_floor(floor);
  if (stored) {
    log_.write(
        LogLevel::info, "phone",
        fmt::format("the clock's floor rose to {}: {}, which is trusted, shows a certificate "
                    "of that time, or one of its authorities signed a revocation list then",
                    shown(floor), base::visible(by)));
    co_return;
  }
  log_.write(LogLevel::warning, "phone",
             "the clock's floor was not stored: " + base::to_string(stored.error()));
}

net::Task<Result<void>> Wired::lower_clock_floor(sys_seconds to, std::string who) {
  const auto before = clock_.floor();
  if (to < options_.built) {
    co_return base::fail(
        ErrorCode::bad_input, shown(to),
        fmt::format("this program was not there before {}; a clock that says less is not set",
                    shown(options_.built)));
  }
  if (to >= before) {
    co_return base::fail(ErrorCode::bad_input, shown(to),
                         fmt::format("the floor is {} already; it rises by itself, by what servers "
                                     "that are trusted have signed",
                                     shown(before)));
  }
  const auto stored = co_await store_floor(to);
  if (!stored) co_return std::unexpected(stored.error());
  log_.write(LogLevel::warning, "phone",
             fmt::format("the clock's floor was lowered from {} to {} ({})", shown(before),
                         shown(to), base::visible(who)));
  co_return Result<void>{};
}

bool Wired::waits_for_clock() const {
  if (clock_floor().use_floor || !clock_.unset()) return false;
  if (settings::pnp_settings(snapshot_->settings).enabled) return true;  // https alone is taken
  // Over plain HTTP nobody is judged.
  const auto url = base::parse_url(settings::provision_settings(snapshot_->settings).url);
  return url && url->scheme == "https";
}

net::Task<void> Wired::provision_at_start() {
  if (settings::provision_settings(snapshot_->settings).url.empty() &&
      !settings::pnp_settings(snapshot_->settings).enabled) {
    co_return;
  }
  if (!waits_.empty()) co_return;  // one waits already
  const auto limit = seconds(settings::clock_settings(snapshot_->settings).wait_limit_s);
  const auto end = clock_.steady() + limit;
  bool reported = false;
  while (started_ && waits_for_clock()) {
    const auto words = fmt::format(
        "The phone waits for its clock to be set before it provisions itself: it says {}, which is "
        "before {}. Set the clock of this computer, or name a time server "
        "(local_time.ntp_server1).",
        shown(clock_.now()), shown(clock_.floor()));
    if (waits_.empty()) log_.write(LogLevel::warning, "phone", words);
    waits_ = words;
    if (!reported && clock_.steady() >= end) {
      reported = true;
      log_.write(LogLevel::warning, "phone",
                 fmt::format("the clock was not set within {} s (sealtone.clock.wait_limit); the "
                             "report says so, and the phone goes on waiting",
                             limit.count()));
      (void)co_await provision_now();  // its report is kept as the last run's
    }
    co_await rest(look_at_clock_, kLook);
  }
  if (!started_) co_return;
  if (!waits_.empty()) {
    waits_.clear();
    log_.write(LogLevel::info, "phone",
               clock_.unset()
                   ? std::string("the clock is still unset, and is not waited for any more")
                   : fmt::format("the clock was set: it says {}", shown(clock_.now())));
  }
  co_await provision_by_pnp_or_url();
}

void Wired::look_at_time_servers_again() {
  time_settings_changed_ = true;
  next_question_.cancel();
}

net::Task<void> Wired::keep_time() {
  while (started_) {
    if (std::exchange(time_settings_changed_, false)) {
      unwanted_.clear();
      unanswered_ = 0;
    }
    const auto time = co_await ask_time_servers();
    if (!started_) break;
    if (!time_settings_changed_) co_await rest(next_question_, time);
  }
}

// How long to rest before the next look.
net::Task<seconds> Wired::ask_time_servers() {
  const auto wanted = settings::clock_settings(snapshot_->settings);
  clock_.prefer_told(wanted.prefer_time_server);
  const bool needed = wanted.prefer_time_server || clock_.system_now() < clock_.floor();
  if (!needed) {
    time_server_says_.clear();
    co_return kLookAgain;
  }
  bool asked = false;
  for (const auto& server : wanted.time_servers) {
    if (unwanted_.contains(server)) continue;
    asked = true;
    const bool told = co_await ask_time_server(server);
    if (told) co_return seconds(wanted.interval_s);
    if (!started_) co_return kLookAgain;
  }
  if (!asked) co_return kLookAgain;
  // Twice as long each time, up to the interval.
  constexpr int kMostDoublings = 12;
  unanswered_ = std::min(unanswered_ + 1, kMostDoublings);
  co_return std::min(kFirstRest * (1 << (unanswered_ - 1)), seconds(wanted.interval_s));
}

net::Task<bool> Wired::ask_time_server(const std::string& text) {
  const auto before = time_server_says_;
  const auto says = [&](std::string words) {
    time_server_says_ = std::move(words);
    if (time_server_says_ != before) log_.write(LogLevel::info, "phone", time_server_says_);
  };
  const auto server = time_server_of(text);
  if (!server) {
    says("No time server was asked: " + base::to_string(server.error()) + ".");
    unwanted_.insert(text);
    co_return false;
  }
  const auto name = base::visible(text);
  auto asking = net::ask_time(server->host, server->port, kAnswerLimit, random_);
  const auto told = co_await std::move(asking);
  if (!told) {
    using enum base::ErrorCode;
    // RFC 4330 §8: who says DENY or RSTR is not asked again, who says RATE is asked less often.
    if (told.error().code == not_allowed) unwanted_.insert(text);
    if (told.error().code == busy) ++unanswered_;
    says(fmt::format("The time server {} did not tell the time: {}.", name,
                     base::to_string(told.error())));
    co_return false;
  }
  const auto time = std::chrono::floor<seconds>(told->time);
  if (time < clock_.floor() || time > clock_.floor() + kFarthest) {
    says(
        fmt::format("The time server {} says {}, which cannot be: it has been {} already. It is "
                    "not gone by.",
                    name, shown(time), shown(clock_.floor())));
    co_return false;
  }
  unanswered_ = 0;
  clock_.tell(time);
  says(fmt::format("The phone goes by the time server {}, which nobody vouches for.", name));
  co_return true;
}

}  // namespace sealtone::phone
