// SPDX-License-Identifier: Apache-2.0
#include "app/tracing.h"

namespace sealtone::app {

HowFar read_on(Tracing& tracing, const std::function<void(capture::Connection)>& ended,
               const std::function<bool()>& goes_on) {
  constexpr std::size_t packets_at_once = 1'000;
  HowFar far;
  while (!far.whole) {
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
