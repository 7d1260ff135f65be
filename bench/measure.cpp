// SPDX-License-Identifier: Apache-2.0
#include "bench/measure.h"

#include <sys/resource.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace sealtone::bench {
namespace {

using std::chrono::nanoseconds;

// A server is not done with its last connection when the client is.
constexpr std::chrono::milliseconds kAftermath{700};
// A process between fork and exec has no memory of its own that /proc would tell.
constexpr std::chrono::seconds kTellsWithin{5};
constexpr std::chrono::milliseconds kBetweenLooks{10};
constexpr int kWarmUpShare = 4;  // of a turn

nanoseconds read_clock(clockid_t clock) {
  timespec time{};
  if (clock_gettime(clock, &time) != 0) throw std::runtime_error("a CPU clock cannot be read");
  return std::chrono::seconds(time.tv_sec) + nanoseconds(time.tv_nsec);
}

// Which of those compared it was is not in the words of whoever failed.
void turn_of(const Contestant& contestant, int operations) {
  try {
    contestant.turn(operations);
  } catch (const std::exception& problem) {
    throw std::runtime_error(contestant.name + ": " + problem.what());
  }
}

}  // namespace

Spread spread_of(std::vector<double> samples) {
  if (samples.empty()) return {};
  std::ranges::sort(samples);
  const auto middle = samples.size() / 2;
  const double median =
      samples.size() % 2 == 1 ? samples[middle] : (samples[middle - 1] + samples[middle]) / 2;
  return {median, samples.front(), samples.back(), static_cast<int>(samples.size())};
}

nanoseconds cpu_of(int pid) {
  clockid_t clock{};
  if (clock_getcpuclockid(pid, &clock) != 0) {
    throw std::runtime_error("process " + std::to_string(pid) + " has no CPU clock: it has ended");
  }
  return read_clock(clock);
}

nanoseconds own_cpu() { return read_clock(CLOCK_PROCESS_CPUTIME_ID); }

nanoseconds cpu_of_children() {
  rusage usage{};
  if (getrusage(RUSAGE_CHILDREN, &usage) != 0) throw std::runtime_error("getrusage failed");
  const auto of = [](const timeval& time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

double memory_kb(int pid, const std::string& what) {
  const auto end = std::chrono::steady_clock::now() + kTellsWithin;
  do {
    std::ifstream file("/proc/" + std::to_string(pid) + "/status");
    std::string word;
    double value = 0;
    while (file >> word) {
      if (word == what + ":" && file >> value) return value;
    }
    std::this_thread::sleep_for(kBetweenLooks);
  } while (std::chrono::steady_clock::now() < end);
  throw std::runtime_error("process " + std::to_string(pid) + " does not tell its " + what);
}

std::vector<Series> take_turns(const std::vector<Contestant>& contestants, const Plan& plan) {
  struct Turns {
    std::vector<double> samples;
    nanoseconds began{0};
  };
  std::vector<Turns> all(contestants.size());
  const auto note = [&](std::size_t which) {
    const auto cost = contestants[which].used() - all[which].began;
    all[which].samples.push_back(std::chrono::duration<double, std::micro>(cost).count() /
                                 plan.operations);
  };
  for (const auto& contestant : contestants) {
    turn_of(contestant, std::max(1, plan.operations / kWarmUpShare));
  }
  std::this_thread::sleep_for(kAftermath);
  for (int round = 0; round < plan.rounds; ++round) {
    for (std::size_t i = 0; i < contestants.size(); ++i) {
      const auto& contestant = contestants[i];
      if (contestant.works_on_between_turns && round > 0) note(i);
      all[i].began = contestant.used();
      turn_of(contestant, plan.operations);
      if (!contestant.works_on_between_turns) note(i);
    }
  }
  std::this_thread::sleep_for(kAftermath);
  std::vector<Series> series;
  for (std::size_t i = 0; i < contestants.size(); ++i) {
    if (contestants[i].works_on_between_turns) note(i);
    series.push_back({contestants[i].name, spread_of(std::move(all[i].samples))});
  }
  return series;
}

}  // namespace sealtone::bench
