// SPDX-License-Identifier: Apache-2.0
//
// app/confinement: what this process gives up for good.
//
// Of the process as a whole, so here: no room below app decides what the program may do.
// Errors: unsupported, if the kernel does not take it; then nothing that meets peers is begun.
#pragma once

#include "base/result.h"

namespace sealtone::app {

// A build with sanitizers is not confined: their own threads and mappings need other calls.
#ifdef SEALTONE_SANITIZED
inline constexpr bool kConfines = false;
#else
inline constexpr bool kConfines = true;
#endif

// Before any key is in memory: no core dump, and no other process of the same user looks in
// (PR_SET_DUMPABLE, RLIMIT_CORE).
[[nodiscard]] base::Result<void> keep_memory_private();

// After start-up, once libraries are loaded and threads are running: no new privileges, and from
// now on, in every thread, the calls of allowed_calls.h alone; any other ends the process (SIGSYS).
[[nodiscard]] base::Result<void> confine();

}  // namespace sealtone::app
