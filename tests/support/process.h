// SPDX-License-Identifier: Apache-2.0
//
// tests/support/process: other people's programs as child processes, folders that go away again,
// free ports.
//
// Knows no room of Sealtone.  A child dies with the thread that started it.  Units: milliseconds.
// Errors: std::runtime_error with the command line and what it said; a test that cannot set its
// scene fails, and is never skipped.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sealtone::test {

using Arguments = std::vector<std::string>;

// How long anything is waited for; far more than a loaded machine needs.
inline constexpr std::chrono::milliseconds kPatience{30'000};

// A new folder of mode 0700 under the system's temporary folder; removed with what is in it.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  // A file in it: written, its path returned.
  std::filesystem::path write(const std::string& name, std::string_view content) const;

 private:
  std::filesystem::path path_;
};

[[nodiscard]] std::string read_text(const std::filesystem::path& path);  // "" if it is not there
void write_text(const std::filesystem::path& path, std::string_view content);

// A TCP port of 127.0.0.1 that was free a moment ago.
[[nodiscard]] std::uint16_t free_port();
// How often a server is started: between finding a free port and using it somebody else may.
inline constexpr int kStartAttempts = 5;

struct StartOptions {
  std::string input;             // written to its standard input
  bool keep_input_open = false;  // for programs that end with their input; see send()
  std::filesystem::path folder;  // working directory; empty: ours
  std::map<std::string, std::string> environment;  // besides ours
};

// A running program.  Ended (SIGTERM, then SIGKILL) when it goes out of scope.
class Process {
 public:
  explicit Process(Arguments command, StartOptions options = {});
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  [[nodiscard]] int pid() const;
  [[nodiscard]] bool running() const;
  [[nodiscard]] std::string out() const;  // what it has written so far
  [[nodiscard]] std::string err() const;
  // Whether the text turned up in what it wrote (either stream) before it ended or the time was up.
  [[nodiscard]] bool said(std::string_view text, std::chrono::milliseconds limit = kPatience) const;
  void send(std::string_view input);
  void close_input();
  void signal(int number);
  // Its exit status (128 + signal if a signal ended it); throws if it is still running after limit.
  int wait(std::chrono::milliseconds limit = kPatience);
  // SIGTERM and wait.
  int stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct Finished {
  int status = 0;
  std::string out, err;
};

// Runs to the end.
[[nodiscard]] Finished run(Arguments command, StartOptions options = {},
                           std::chrono::milliseconds limit = kPatience);
// The same; throws unless it ends with 0.  Returns what it wrote.
std::string run_ok(Arguments command, StartOptions options = {});

}  // namespace sealtone::test
