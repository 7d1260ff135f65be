// SPDX-License-Identifier: Apache-2.0
//
// tests/crash/checker: is nothing lost, wherever the power goes?
//
// What was recorded says "ACK k PART…" after each change that was saved, a word for each part of
// what is kept; parts are saved one after the other, each by itself.  After every call, every way
// the disk could stand is opened: each part must be that of the last ACK or of the next one.
// States that are equal are opened once.
// Errors: std::runtime_error if a call is not understood, or if nothing was acknowledged.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "crash/disk.h"
#include "crash/openings.h"
#include "crash/recording.h"

namespace sealtone::crash {

struct Report {
  std::size_t calls = 0, states = 0, opened = 0, acknowledged = 0;
  std::vector<std::string> losses;  // the first kMostLosses; then the check stops
  std::size_t lost = 0;
  Tree end;  // what the model says the folder holds at the end
  [[nodiscard]] std::string summary() const;
};
inline constexpr std::size_t kMostLosses = 3;

[[nodiscard]] Report check(const std::vector<Call>& calls, const Openings::Find& find);

// Planted: the calls as if some had never been made.
[[nodiscard]] std::vector<Call> without(std::vector<Call> calls,
                                        const std::function<bool(const Call&)>& which);

}  // namespace sealtone::crash
