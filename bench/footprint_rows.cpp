// SPDX-License-Identifier: Apache-2.0
//
// bench/footprint_rows: from start to listening, the memory of a phone that idles, its size on
// disk.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <thread>

#include "bench/rows.h"
#include "bench/servers.h"
#include "support/loopback.h"

namespace sealtone::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::microseconds kBetweenTries{100};
constexpr std::chrono::seconds kPatience{10};
constexpr std::chrono::seconds kIdle{1};

bool listens(std::uint16_t port) {
  const int descriptor = test::dial_loopback(port);
  if (descriptor >= 0) close(descriptor);
  return descriptor >= 0;
}

// Started with as little between as there is: what starting costs this program is not the server's.
class Spawned {
 public:
  explicit Spawned(const Command& command) {
    std::vector<char*> words;
    for (const auto& word : command.arguments) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    posix_spawn_file_actions_t silent{};
    posix_spawn_file_actions_init(&silent);
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
      posix_spawn_file_actions_addopen(&silent, stream, "/dev/null", O_WRONLY, 0);
    }
    const int failed = posix_spawn(&pid_, words[0], &silent, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&silent);
    if (failed != 0) throw std::runtime_error(command.name + " cannot be started");
  }
  ~Spawned() {
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
  }
  Spawned(const Spawned&) = delete;
  Spawned& operator=(const Spawned&) = delete;
  [[nodiscard]] int pid() const { return pid_; }

 private:
  pid_t pid_ = -1;
};

// Milliseconds of wall time.
double start_time(const Command& command, const std::function<void(int pid)>& once_it_listens) {
  const auto began = Clock::now();
  const Spawned server(command);
  while (!listens(command.port)) {
    if (Clock::now() - began > kPatience) {
      throw std::runtime_error(command.name + " does not listen");
    }
    std::this_thread::sleep_for(kBetweenTries);
  }
  const auto took = Clock::now() - began;
  once_it_listens(server.pid());
  return std::chrono::duration<double, std::milli>(took).count();
}

}  // namespace

void footprint_rows(const Scene& scene, Results& results) {
  const ServerFiles files(scene.p256, scene.page);
  // The first start makes what later ones find: a password, a key. Each is whole before it ends.
  for (const auto& command : files.commands()) (void)start(command);

  const int starts = scene.scale.count(21, 2);
  std::vector<std::vector<double>> times(files.commands().size());
  std::vector<std::vector<double>> memory(times.size());
  for (int turn = 0; turn < starts; ++turn) {
    for (std::size_t i = 0; i < times.size(); ++i) {
      const bool measure_memory = turn >= starts - scene.scale.count(3, 1);
      times[i].push_back(start_time(files.commands()[i], [&](int pid) {
        if (!measure_memory) return;
        std::this_thread::sleep_for(kIdle);
        memory[i].push_back(memory_kb(pid, "VmRSS") / 1024);
      }));
    }
  }
  Row start{"start", "from start to listening, with an existing state folder", "ms", {}, {}, {}};
  Row idle{"idle-memory", "memory of an idle phone", "MB", {}, {}, {}};
  for (std::size_t i = 0; i < times.size(); ++i) {
    start.series.push_back({files.commands()[i].name, spread_of(times[i])});
    idle.series.push_back({files.commands()[i].name, spread_of(memory[i])});
  }
  start.bars = {{"≤ 10 ms", 10}};
  start.notes = {"wall time, the only row that is: other work on the machine shows in it"};
  idle.bars = {{"≤ 14 MB", 14}};
  idle.notes = {"resident, with the pages of libraries that processes share"};
  results.add(start);
  results.add(idle);

  Row size{"size", "the program on disk, stripped", "MB", {}, {}, {}};
  const auto octets = std::filesystem::file_size(program());
  size.series = {{kOurs, spread_of({static_cast<double>(octets) / 1'000'000})}};
  size.bars = {{"≤ 5 MB", 5}};
  results.add(size);
}

}  // namespace sealtone::bench
