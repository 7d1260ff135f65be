// SPDX-License-Identifier: Apache-2.0
#include "app/tracing.h"

#include <utility>

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

}  // namespace

HowFar read_on(Tracing& tracing, const base::Clock& clock,
               const std::function<void(capture::Connection)>& ended,
               const std::function<bool()>& goes_on) {
  constexpr std::size_t packets_at_once = 1'000;
  HowFar far;
  Silence silence(clock);
  while (!far.whole) {
    if (tracing.key_log) tracing.reader.add_secrets(tracing.key_log->more());
    if (tracing.grows) silence.tell(tracing.reader);
    const auto more = tracing.reader.read(packets_at_once, ended);
    if (!more) {
      far.problem = more.error();
      (void)tracing.reader.read(packets_at_once, ended);
      return far;
    }
    far.whole = !*more;
    if (!goes_on()) return far;
  }
  return far;
}

}  // namespace sealtone::app
