// SPDX-License-Identifier: Apache-2.0
//
// bench/measure: what an operation costs, by the operating system's own accounting.
//
// CPU time, not wall time: other programs on the machine cost a measurement its calm, not its
// value.  Those compared take turns (A B A B), and each row keeps median, lowest and highest of
// its turns.  Units: as the row says; CPU time in microseconds.  Errors: std::runtime_error.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace sealtone::bench {

struct Spread {
  double median = 0, lowest = 0, highest = 0;
  int turns = 0;
};
[[nodiscard]] Spread spread_of(std::vector<double> samples);

// What a process has used so far, all its threads, user and system (clock_getcpuclockid(3)).
[[nodiscard]] std::chrono::nanoseconds cpu_of(int pid);
[[nodiscard]] std::chrono::nanoseconds own_cpu();

// Memory of a process in KB, from /proc/PID/status, which a phone that lets nobody look into it
// still shows: "VmRSS", "RssAnon".  One that does not tell it yet is waited for.
[[nodiscard]] double memory_kb(int pid, const std::string& what);

// CPU time as a contestant's process has used it up to now.
using Used = std::function<std::chrono::nanoseconds()>;
[[nodiscard]] std::chrono::nanoseconds cpu_of_children();  // those that have ended

// One of those compared.
struct Contestant {
  std::string name;
  std::function<void(int operations)> turn;
  Used used;
  // Counted from one turn of its own to the next, and not during its turns alone: what a server
  // does after a connection is what the connection costs.
  bool works_on_between_turns = false;
};

struct Series {
  std::string name;
  Spread spread;
};

struct Plan {
  int rounds = 1;
  int operations = 1;  // in each turn
};
// The CPU time of one operation in microseconds, for each.
[[nodiscard]] std::vector<Series> take_turns(const std::vector<Contestant>& contestants,
                                             const Plan& plan);

}  // namespace sealtone::bench
