// SPDX-License-Identifier: Apache-2.0
//
// app/tracing: what the forms of `sealtone trace` have in common: the table and one connection
// (trace_command.cpp), a row a client (trace_by_phone.cpp).
//
// All that can be mistyped is read before the capture is.
#pragma once

#include <functional>
#include <optional>

#include "app/commands.h"
#include "app/key_log.h"
#include "app/trace_filter.h"
#include "app/trace_judge.h"
#include "app/trace_rows.h"
#include "capture/capture.h"

namespace sealtone::app {

struct Tracing {
  const TraceArguments& arguments;
  ConnectionFilter filter;
  TraceJudge judge;
  DecodedCertificates certificates;
  capture::Reader reader;
  std::optional<KeyLog> key_log;  // that may grow
  bool grows;                     // more may come, and nobody wants to wait for it
};

struct HowFar {
  bool whole = false;                  // the capture's end was reached
  std::optional<base::Error> problem;  // it cannot be read further; what there was was handed over
};
// Until the capture ends, or goes_on, which is asked in between, says no.  Secrets that come to the
// key log meanwhile count; and so does silence, by the clock.  One that grows ends with INT or
// TERM, too: what comes within a third of a second, as its writer may have had the same signal, is
// read.
[[nodiscard]] HowFar read_on(Tracing& tracing, const base::Clock& clock,
                             const std::function<void(capture::Connection)>& ended,
                             const std::function<bool()>& goes_on);

int trace_by_phone(Tracing& tracing, const Surroundings& with);

}  // namespace sealtone::app
