// SPDX-License-Identifier: Apache-2.0
//
// tests/crash/openings: see openings.h.
#include "crash/openings.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <thread>

namespace sealtone::crash {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kMostSeconds = 20;
constexpr std::string_view kFailed = "failed: ";

std::size_t threads() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& each : fs::directory_iterator("/proc/self/task")) ++count;
  return count;
}

void put_file(const fs::path& path, std::string_view content) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const auto written = file < 0 ? -1 : ::write(file, content.data(), content.size());
  if (file >= 0) ::close(file);
  if (written != static_cast<ssize_t>(content.size()))
    throw std::runtime_error("cannot write " + path.string());
}

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end == std::string::npos ? text.size() : end + 1;
  }
  return lines;
}

}  // namespace

fs::path scratch_folder() {
  const fs::path memory = "/dev/shm";
  const bool usable = ::access(memory.c_str(), W_OK | X_OK) == 0;
  auto name = ((usable ? memory : fs::temp_directory_path()) / "sealtone-crash-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
  return name;
}

void write_tree(const Tree& tree, const fs::path& root) {
  if (::mkdir(root.c_str(), 0700) != 0) throw std::runtime_error("cannot make " + root.string());
  for (const auto& [path, content] : tree) {
    if (content) {
      put_file(root / path, *content);
    } else if (::mkdir((root / path).c_str(), 0700) != 0) {
      throw std::runtime_error("cannot make " + path);
    }
  }
}

Tree read_tree(const fs::path& root) {
  Tree tree;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const auto path = entry.path().lexically_relative(root).string();
    if (entry.is_directory()) tree[path] = std::nullopt;
    if (entry.is_regular_file()) tree[path] = test::read_text(entry.path());
  }
  return tree;
}

Openings::Openings(Find find)
    : find_(std::move(find)),
      scratch_(scratch_folder()),
      at_once_(std::max(1U, std::thread::hardware_concurrency())) {}

Openings::~Openings() {
  for (const auto& child : children_) {
    ::kill(child.process, SIGKILL);
    ::waitpid(child.process, nullptr, 0);
    ::close(child.pipe);
  }
  std::error_code ignored;
  fs::remove_all(scratch_, ignored);
}

void Openings::open(const Tree& tree, Take take) {
  while (children_.size() >= at_once_) take_one();
  if (threads() != 1) throw std::runtime_error("a child of a process with threads is not fresh");
  const auto root = scratch_ / std::to_string(count_++);
  write_tree(tree, root);
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const int process = ::fork();
  if (process < 0) throw std::runtime_error("no child");
  if (process == 0) run_child(root, pipe[1]);
  ::close(pipe[1]);
  children_.push_back({process, pipe[0], root, {}, std::move(take)});
}

void Openings::run_child(const fs::path& root, int pipe) const {
  ::alarm(kMostSeconds);
  std::string said;
  try {
    for (const auto& part : find_(root)) said += part + "\n";
  } catch (const std::exception& exception) {
    said = std::string(kFailed) + exception.what();
  }
  const auto written = ::write(pipe, said.data(), said.size());
  ::_exit(written == static_cast<ssize_t>(said.size()) ? 0 : 1);
}

void Openings::take_one() {
  std::vector<pollfd> watched;
  for (const auto& child : children_) watched.push_back({child.pipe, POLLIN, 0});
  if (::poll(watched.data(), watched.size(), -1) < 0) return;
  auto child = children_.begin();
  for (const auto& each : watched) {
    if (each.revents != 0) break;
    ++child;
  }
  std::array<char, 4'096> buffer{};
  const auto got = ::read(child->pipe, buffer.data(), buffer.size());
  if (got > 0) {
    child->said.append(buffer.data(), static_cast<std::size_t>(got));
    return;
  }
  int status = 0;
  ::waitpid(child->process, &status, 0);
  ::close(child->pipe);
  const auto ended = std::move(*child);
  children_.erase(child);
  fs::remove_all(ended.root);

  Found found;
  if (WIFSIGNALED(status))
    found.failure = "the process ended by signal " + std::to_string(WTERMSIG(status));
  else if (ended.said.starts_with(kFailed))
    found.failure = ended.said.substr(kFailed.size());
  else
    found.parts = split_lines(ended.said);
  ended.take(std::move(found));
}

void Openings::finish() {
  while (!children_.empty()) take_one();
}

}  // namespace sealtone::crash
