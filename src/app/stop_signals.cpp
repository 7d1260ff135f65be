// SPDX-License-Identifier: Apache-2.0
#include "app/stop_signals.h"

namespace sealtone::app {
namespace {

volatile std::sig_atomic_t stop_came = 0;
// INT, TERM: not what was ignored when the program began.
volatile std::sig_atomic_t is_heeded[2] = {};

}  // namespace

// Only what POSIX calls async-signal-safe.
void StopSignals::note(int) {
  static_assert(std::size(is_heeded) == kStops.size());
  stop_came = 1;
  for (std::size_t i = 0; i < kStops.size(); ++i) {
    if (is_heeded[i] != 0) std::signal(kStops[i], SIG_DFL);
  }
}

StopSignals::StopSignals(bool heeded) : heeded_(heeded) {
  stop_came = 0;
  if (!heeded_) return;
  struct sigaction noted{};
  noted.sa_handler = note;
  // What is being written is written to its end; poll() is interrupted all the same.
  noted.sa_flags = SA_RESTART;
  for (std::size_t i = 0; i < kStops.size(); ++i) {
    sigaction(kStops[i], nullptr, &before_[i]);
    is_heeded[i] = before_[i].sa_handler != SIG_IGN;
  }
  for (std::size_t i = 0; i < kStops.size(); ++i) {
    if (is_heeded[i] != 0) sigaction(kStops[i], &noted, nullptr);
  }
}

StopSignals::~StopSignals() {
  if (!heeded_) return;
  for (std::size_t i = 0; i < kStops.size(); ++i) sigaction(kStops[i], &before_[i], nullptr);
}

bool StopSignals::came() { return stop_came != 0; }

}  // namespace sealtone::app
