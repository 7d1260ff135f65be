// SPDX-License-Identifier: Apache-2.0
//
// tests/support/process: see process.h.
#include "support/process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <mutex>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace sealtone::test {
namespace {

[[noreturn]] void give_up(const std::string& what) {
  throw std::runtime_error(what + ": " + std::strerror(errno));
}

std::string shown(const Arguments& command) {
  std::string text;
  for (const auto& word : command) text += (text.empty() ? "" : " ") + word;
  return text;
}

struct Pipe {
  int read = -1;
  int write = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) give_up("pipe");
    read = ends[0];
    write = ends[1];
  }
};

// Between fork and exec only async-signal-safe calls are allowed: all strings are made before.
struct Prepared {
  std::vector<std::string> environment;
  std::vector<char*> argv, envp;
};

Prepared prepare(const Arguments& command, const StartOptions& options) {
  Prepared ready;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string name(text.substr(0, text.find('=')));
    if (!options.environment.contains(name)) ready.environment.emplace_back(text);
  }
  for (const auto& [name, value] : options.environment) {
    ready.environment.push_back(name + "=" + value);
  }
  for (const auto& word : command) ready.argv.push_back(const_cast<char*>(word.c_str()));
  for (const auto& entry : ready.environment)
    ready.envp.push_back(const_cast<char*>(entry.c_str()));
  ready.argv.push_back(nullptr);
  ready.envp.push_back(nullptr);
  return ready;
}

[[noreturn]] void become(const Prepared& ready, const StartOptions& options, const Pipe& in,
                         const Pipe& out, const Pipe& err) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  std::signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  dup2(in.read, STDIN_FILENO);
  dup2(out.write, STDOUT_FILENO);
  dup2(err.write, STDERR_FILENO);
  if (options.folder.empty() || chdir(options.folder.c_str()) == 0) {
    execvpe(ready.argv[0], ready.argv.data(), ready.envp.data());
  }
  _exit(127);
}

}  // namespace

TempDir::TempDir() {
  std::string name = (std::filesystem::temp_directory_path() / "sealtone-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) give_up(name);
  path_ = name;
}

TempDir::~TempDir() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TempDir::write(const std::string& name, std::string_view content) const {
  auto file = path_ / name;
  write_text(file, content);
  return file;
}

std::string read_text(const std::filesystem::path& path) {
  const std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  return text.str();
}

void write_text(const std::filesystem::path& path, std::string_view content) {
  std::ofstream file(path, std::ios::binary);
  file << content;
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

std::uint16_t free_port() {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  const bool bound =
      bind(descriptor, generic, size) == 0 && getsockname(descriptor, generic, &size) == 0;
  close(descriptor);
  if (!bound) give_up("no free port");
  return ntohs(address.sin_port);
}

struct Process::State {
  Arguments command;
  pid_t pid = -1;
  int input = -1;
  std::array<int, 2> outputs{-1, -1};
  std::array<std::string, 2> text;
  bool drained = false;       // both outputs have ended
  std::optional<int> status;  // set once it is reaped
  mutable std::mutex mutex;
  mutable std::condition_variable changed;
  std::thread reader, reaper;

  void read_outputs();
  void reap();
};

void Process::State::read_outputs() {
  std::array<pollfd, 2> watched{pollfd{outputs[0], POLLIN, 0}, pollfd{outputs[1], POLLIN, 0}};
  while (watched[0].fd >= 0 || watched[1].fd >= 0) {
    if (poll(watched.data(), watched.size(), -1) < 0) continue;
    for (std::size_t i = 0; i < watched.size(); ++i) {
      if (watched[i].fd < 0 || watched[i].revents == 0) continue;
      std::array<char, 4096> buffer{};
      const auto got = read(watched[i].fd, buffer.data(), buffer.size());
      if (got <= 0) {
        close(watched[i].fd);
        watched[i].fd = -1;
        continue;
      }
      const std::lock_guard lock(mutex);
      text[i].append(buffer.data(), static_cast<std::size_t>(got));
      changed.notify_all();
    }
  }
  const std::lock_guard lock(mutex);
  drained = true;
  changed.notify_all();
}

// Waits without reaping first, so that nobody signals a process id that is already another's.
void Process::State::reap() {
  siginfo_t info{};
  while (waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
  }
  const std::lock_guard lock(mutex);
  int raw = 0;
  waitpid(pid, &raw, 0);
  status = WIFSIGNALED(raw) ? 128 + WTERMSIG(raw) : WEXITSTATUS(raw);
  changed.notify_all();
}

Process::Process(Arguments command, StartOptions options) : state_(std::make_unique<State>()) {
  std::signal(SIGPIPE, SIG_IGN);  // a child that ends early must not take the test with it
  state_->command = std::move(command);
  const auto ready = prepare(state_->command, options);
  const Pipe in, out, err;
  state_->pid = fork();
  if (state_->pid < 0) give_up("fork");
  if (state_->pid == 0) become(ready, options, in, out, err);
  close(in.read);
  close(out.write);
  close(err.write);
  state_->input = in.write;
  state_->outputs = {out.read, err.read};
  auto* state = state_.get();
  state_->reader = std::thread([state] { state->read_outputs(); });
  state_->reaper = std::thread([state] { state->reap(); });
  if (!options.input.empty()) send(options.input);
  if (!options.keep_input_open) close_input();
}

Process::~Process() {
  close_input();
  signal(SIGTERM);
  {
    std::unique_lock lock(state_->mutex);
    const auto ended = [this] { return state_->status.has_value(); };
    if (!state_->changed.wait_for(lock, std::chrono::seconds(5), ended)) {
      kill(state_->pid, SIGKILL);
    }
  }
  state_->reaper.join();
  state_->reader.join();
}

int Process::pid() const { return state_->pid; }

bool Process::running() const {
  const std::lock_guard lock(state_->mutex);
  return !state_->status;
}

std::string Process::out() const {
  const std::lock_guard lock(state_->mutex);
  return state_->text[0];
}

std::string Process::err() const {
  const std::lock_guard lock(state_->mutex);
  return state_->text[1];
}

bool Process::said(std::string_view text, std::chrono::milliseconds limit) const {
  std::unique_lock lock(state_->mutex);
  const auto found = [&] {
    return state_->text[0].find(text) != std::string::npos ||
           state_->text[1].find(text) != std::string::npos;
  };
  const auto enough = [&] { return found() || (state_->drained && state_->status); };
  state_->changed.wait_for(lock, limit, enough);
  return found();
}

void Process::send(std::string_view input) {
  while (!input.empty()) {
    const auto written = write(state_->input, input.data(), input.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // it has closed its input
    input.remove_prefix(static_cast<std::size_t>(written));
  }
}

void Process::close_input() {
  if (state_->input >= 0) close(state_->input);
  state_->input = -1;
}

void Process::signal(int number) {
  const std::lock_guard lock(state_->mutex);
  if (!state_->status) kill(state_->pid, number);
}

int Process::wait(std::chrono::milliseconds limit) {
  std::unique_lock lock(state_->mutex);
  const auto ended = [this] { return state_->drained && state_->status; };
  if (!state_->changed.wait_for(lock, limit, ended)) {
    throw std::runtime_error(shown(state_->command) + " does not end; it said: " + state_->text[0] +
                             state_->text[1]);
  }
  return *state_->status;
}

int Process::stop() {
  signal(SIGTERM);
  return wait();
}

Finished run(Arguments command, StartOptions options, std::chrono::milliseconds limit) {
  Process process(std::move(command), std::move(options));
  Finished finished;
  finished.status = process.wait(limit);
  finished.out = process.out();
  finished.err = process.err();
  return finished;
}

std::string run_ok(Arguments command, StartOptions options) {
  const auto text = shown(command);
  const auto finished = run(std::move(command), std::move(options));
  if (finished.status != 0) {
    throw std::runtime_error(text + " ended with " + std::to_string(finished.status) + ": " +
                             finished.out + finished.err);
  }
  return finished.out;
}

}  // namespace sealtone::test
