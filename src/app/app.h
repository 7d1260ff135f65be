// SPDX-License-Identifier: Apache-2.0
//
// app: the command line; alone picks the real clock, randomness and paths.
//
// Exit: 0 done (check: trusted and nothing found), 1 check, provision or story found something,
// 2 nothing answered, or the command could not be done, or was mistyped.
#pragma once

#include <cstdio>
#include <filesystem>
#include <span>
#include <string>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"

namespace sealtone::app {

inline constexpr int kDone = 0;
inline constexpr int kFound = 1;
inline constexpr int kCouldNot = 2;

// The one JSON text that a command's --json asks for, whatever comes of the command.
struct JsonAnswer {
  bool asked = false;
  bool given = false;
};

// What a command works with.
struct Surroundings {
  std::FILE* out;
  std::FILE* err;
  const base::Clock& clock;
  base::Random& random;
  // Called once a command has all it needs and meets peers next; confinement.h has the real one.
  // Tests that run several commands in one process stay as they are.
  base::Result<void> (*confine)() = [] { return base::Result<void>{}; };
  // The day from which this program has been: a clock that says less was never set.
  base::sys_seconds built{};
  // Null where no command line was read.
  JsonAnswer* json = nullptr;
};

// Says on err why the command could not be done, and on out as JSON (docs/json.md) where that was
// asked for and nothing was given yet; gives kCouldNot.  The first of several is the one that
// counts.
int could_not(const Surroundings& with, const base::Error& error);
int could_not(const Surroundings& with, std::span<const base::Error> errors);

[[nodiscard]] int run(int argc, const char* const* argv, const Surroundings& with);

}  // namespace sealtone::app
