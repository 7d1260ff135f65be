// SPDX-License-Identifier: Apache-2.0
//
// app/stop_signals: INT and TERM as the end of what would go on for ever.
//
// The first of them asks for it and changes nothing else; the second, whichever it is, ends the
// program as it always did.  What was ignored when the program began stays ignored.  One at a time.
#pragma once

#include <array>
#include <csignal>

namespace sealtone::app {

class StopSignals {
 public:
  // heeded: else they end the program, as ever.
  explicit StopSignals(bool heeded);
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  [[nodiscard]] static bool came();

 private:
  static constexpr std::array kStops{SIGINT, SIGTERM};
  static void note(int);

  bool heeded_;
  std::array<struct sigaction, kStops.size()> before_{};
};

}  // namespace sealtone::app
