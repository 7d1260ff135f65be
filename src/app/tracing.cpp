// SPDX-License-Identifier: Apache-2.0
#include "app/tracing.h"

#include <utility>

#include "app/stop_signals.h"

namespace sealtone::app {

namespace {

// Since when no packet came.
class Silence {
 public:
  explicit Silence(const base::Clock& clock) : clock_(clock), since_(clock.steady()) {}
  void tell(capture::Reader& reader) {
    const auto packets = reader.totals().packets;
    const auto now = clock_.steady();
    if (packets != std::exchange(packets_, packets)) since_ = now;
    reader.silent_for(std::chrono::duration_cast<std::chrono::microseconds>(now - since_));
  }

 private:
  const base::Clock& clock_;
  std::chrono::steady_clock::time_point since_;
  std::uint64_t packets_ = 0;
};

// Ends the reading a moment behind the signal.
class Stopping {
 public:
  Stopping(const base::Clock& clock, bool heeded) : clock_(clock), signals_(heeded) {}
  void tell(capture::Reader& reader) {
    if (!StopSignals::came()) return;
    constexpr std::chrono::milliseconds last_words{300};
    const auto now = clock_.steady();
    if (!since_) since_ = now;
    if (now - *since_ >= last_words) reader.stop();
  }

 private:
  const base::Clock& clock_;
  StopSignals signals_;
  std::optional<std::chrono::steady_clock::time_point> since_;
};

}  // namespace

HowFar read_on(Tracing& tracing, const base::Clock& clock,
               const std::function<void(capture::Connection)>& ended,
               const std::function<bool()>& goes_on) {
  // Few, where somebody may want to end it.
  const std::size_t packets_at_once = tracing.grows ? 100 : 1'000;
  HowFar far;
  Silence silence(clock);
  Stopping stopping(clock, tracing.grows);
  for (bool more = true; more;) {
    stopping.tell(tracing.reader);
    if (tracing.key_log) tracing.reader.add_secrets(tracing.key_log->more());
    if (tracing.grows) silence.tell(tracing.reader);
    const auto read = tracing.reader.read(packets_at_once, ended);
    if (!read) {
      far.problem = read.error();
      return far;
    }
    more = *read;
    far.whole = !more && !tracing.reader.totals().stopped;
    if (!goes_on()) return far;
  }
  return far;
}

}  // namespace sealtone::app
