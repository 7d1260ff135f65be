// SPDX-License-Identifier: Apache-2.0
// sealtone trace --by phone: which clients of a capture were refused, or refused a server, and why.
//
// On a terminal the table of a capture that grows is drawn again as it changes, once a second at
// most; when it ends, or is stopped, the whole of it follows.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/client_table.h"
#include "app/screen.h"
#include "app/shown.h"
#include "app/tracing.h"

namespace sealtone::app {
namespace {

constexpr std::chrono::seconds kBetweenFrames{1};

class Live {
 public:
  Live(bool on, const Surroundings& with) : on_(on), with_(with) {}

  // What is open is added for this frame alone: how it ends is not known yet.
  void show(const ClientTally& ended, Tracing& tracing) {
    const auto now = with_.clock.steady();
    if (!on_ || (drawn_ && now - *drawn_ < kBetweenFrames)) return;
    const auto packets = tracing.reader.totals().packets;
    const auto size = screen_size(with_.out);
    const bool same = packets == packets_ && ended_ == ended.connections();
    if (drawn_ && same && size.columns == size_.columns && size.rows == size_.rows) {
      return;
    }
    auto tally = ended;
    for (const auto& each : tracing.reader.open_connections()) {
      if (!tracing.filter.takes(each)) continue;
      tally.add(each, explain::outcome(each.record, {.client = each.client.address,
                                                     .server = server_in_words(each)}));
    }
    tally.note_user_agents(tracing.reader.user_agents());
    if (!drawn_) fmt::print(with_.out, "{}", kClearScreen);
    fmt::print(with_.out, "{}", frame(clients_blocks(tally, size.columns), size));
    std::fflush(with_.out);
    drawn_ = now;
    packets_ = packets;
    ended_ = ended.connections();
    size_ = size;
  }
  // The whole table follows.
  void end() {
    if (drawn_) fmt::print(with_.out, "{}", kClearScreen);
  }

 private:
  bool on_;
  const Surroundings& with_;
  std::optional<std::chrono::steady_clock::time_point> drawn_;
  std::uint64_t packets_ = 0;
  std::size_t ended_ = 0;
  ScreenSize size_;
};

void tell(const ClientTally& tally, const Tracing& tracing, bool whole, const Surroundings& with) {
  const auto& totals = tracing.reader.totals();
  if (tracing.arguments.json) {
    auto answer = clients_json(tally);
    answer["file"] = tracing.arguments.file;
    answer["totals"] = totals_json(totals, whole);
    tell_json(answer, with);
    return;
  }
  fmt::print(with.out, "{}{}", clients_words(tally, table_width(with.out)), totals_words(totals));
}

}  // namespace

int trace_by_phone(Tracing& tracing, const Surroundings& with) {
  ClientTally tally;
  const auto ended = [&](const capture::Connection& connection) {
    if (!tracing.filter.takes(connection)) return;
    const auto one = traced(connection, tracing.judge, tracing.certificates);
    if (tracing.arguments.failed && !one.outcome.failed()) return;
    tally.add(one.connection, one.outcome);
  };
  const bool on_screen = tracing.grows && !tracing.arguments.json && is_terminal(with.out);
  Live live(on_screen, with);
  const auto read = read_on(tracing, with.clock, ended, [&] {
    live.show(tally, tracing);
    return true;
  });
  live.end();
  if (read.problem && tracing.reader.totals().packets == 0) return could_not(with, *read.problem);
  tally.note_user_agents(tracing.reader.user_agents());
  tell(tally, tracing, read.whole, with);
  if (read.problem) return could_not(with, *read.problem);
  return any_failed(tally) ? kFound : kDone;
}

}  // namespace sealtone::app
