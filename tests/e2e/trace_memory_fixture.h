// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/trace_memory_fixture: captures that were made to be too much for `sealtone trace`, and
// what it takes to read them.
//
// The captures go through a pipe, so that none has to lie anywhere.
#pragma once

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <functional>

#include "support/process.h"
#include "support/sanitized.h"

namespace sealtone::test {

// What the program is itself, with the libraries it uses, and what its heap keeps of what is free.
inline constexpr std::int64_t kProgramItself = 48'000'000;
inline constexpr std::int64_t kAllowed = 256'000'000;
// Of CPU time: past it something grows without end.  An optimised build takes 18 s at most, one
// without optimisation up to fourteen times as long.
inline constexpr int kMostSeconds = 600;
// Under a sanitizer memory says nothing, and all takes longer.
inline constexpr std::uint32_t kScale = kSanitized ? 20 : 1;

inline std::string big(std::uint64_t number, int octets) {
  std::string out;
  for (int i = octets - 1; i >= 0; --i) out += static_cast<char>(number >> (8 * i));
  return out;
}
inline std::string little(std::uint64_t number, int octets) {
  auto out = big(number, octets);
  std::ranges::reverse(out);
  return out;
}

// Where a capture is written as it is made; what is refused (the program may have had enough) is
// nobody's loss.
class Pipe {
 public:
  explicit Pipe(int descriptor) : descriptor_(descriptor) {}
  ~Pipe() { flush(); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  void write(std::string_view octets) {
    waiting_ += octets;
    constexpr std::size_t enough = 1 << 20;
    if (waiting_.size() > enough) flush();
  }
  void flush() {
    for (std::string_view rest = waiting_; !rest.empty() && !closed_;) {
      const auto written = ::write(descriptor_, rest.data(), rest.size());
      closed_ = written < 0 && errno != EINTR;
      rest.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
    }
    waiting_.clear();
  }
  [[nodiscard]] bool closed() const { return closed_; }

 private:
  int descriptor_;
  std::string waiting_;
  bool closed_ = false;
};

// pcap, its packets IP alone; a packet a millisecond.
class Pcap {
 public:
  explicit Pcap(Pipe& pipe) : pipe_(pipe) {
    pipe_.write(little(0xA1B2C3D4, 4) + little(2, 2) + little(4, 2) + little(0, 8) +
                little(262'144, 4) + little(101, 4));
  }
  void packet(std::string_view ip) {
    millis_ += 1;
    pipe_.write(little(1'700'000'000 + millis_ / 1000, 4) + little(millis_ % 1000 * 1000, 4) +
                little(ip.size(), 4) + little(ip.size(), 4));
    pipe_.write(ip);
  }
  void ipv4(std::uint32_t from, std::uint32_t to, std::uint8_t protocol, std::string_view payload,
            unsigned place = 0, unsigned identification = 0) {
    packet("\x45" + big(0, 1) + big(20 + payload.size(), 2) + big(identification, 2) +
           big(place, 2) + big(64, 1) + big(protocol, 1) + big(0, 2) + big(from, 4) + big(to, 4) +
           std::string(payload));
  }

 private:
  Pipe& pipe_;
  std::uint64_t millis_ = 0;
};

inline constexpr unsigned kFin = 1, kSyn = 2, kRst = 4, kAck = 16;
inline constexpr std::uint32_t kServer = 0xC0000201;

// One direction of a connection from an address of its own to 192.0.2.1:443, or back.
struct End {
  std::uint32_t client;
  std::uint16_t port;
  bool is_client = true;
  std::uint32_t next = 1;
};
inline void say(Pcap& pcap, End& end, unsigned flags, std::string_view payload = {},
                std::uint32_t ahead = 0) {
  const std::uint16_t server_port = 443;
  pcap.ipv4(end.is_client ? end.client : kServer, end.is_client ? kServer : end.client, 6,
            big(end.is_client ? end.port : server_port, 2) +
                big(end.is_client ? server_port : end.port, 2) + big(end.next + ahead, 4) +
                big(1, 4) + "\x50" + big(flags, 1) + std::string("\x20\0\0\0\0\0", 6) +
                std::string(payload));
  if (ahead == 0) end.next += static_cast<std::uint32_t>(payload.size()) + (flags & kSyn) / kSyn;
}

inline std::string record(std::uint8_t content, std::string_view body) {
  return big(content, 1) + "\x03\x03" + big(body.size(), 2) + std::string(body);
}
inline std::string message(std::uint8_t type, std::string_view body) {
  return big(type, 1) + big(body.size(), 3) + std::string(body);
}
inline std::string client_hello(const std::string& name) {
  const auto server_name = big(name.size() + 3, 2) + big(0, 1) + big(name.size(), 2) + name;
  std::string suites;
  for (int i = 0; i < 50; ++i) suites += big(0xC000U + static_cast<unsigned>(i), 2);
  const auto extension = big(0, 2) + big(server_name.size(), 2) + server_name;
  return record(
      22, message(1, "\x03\x03" + std::string(32, 'r') + big(0, 1) + big(suites.size(), 2) +
                         suites + big(1, 1) + big(0, 1) + big(extension.size(), 2) + extension));
}
inline std::string server_hello() {
  return record(22,
                message(2, "\x03\x03" + std::string(32, 'r') + big(0, 1) + "\xC0\x2F" + big(0, 1)));
}
// Ten thousand that are none, in the largest message that is read.
inline std::string many_certificates() {
  constexpr std::size_t size = 23, count = 10'000;
  std::string list;
  for (std::size_t i = 0; i < count; ++i)
    list += big(size - 4, 3) + big(i, 4) + std::string(15, 'c');
  const auto whole = message(11, big(list.size(), 3) + list);
  std::string records;
  constexpr std::size_t most = 16'000;
  for (std::size_t at = 0; at < whole.size(); at += most) {
    records += record(22, std::string_view(whole).substr(at, most));
  }
  return records;
}
inline void say_all(Pcap& pcap, End& end, std::string_view octets, std::size_t most = 60'000) {
  for (; !octets.empty(); octets.remove_prefix(std::min(most, octets.size()))) {
    say(pcap, end, kAck, octets.substr(0, most));
  }
}

struct Used {
  int status = -1;
  std::int64_t octets = 0;
  double seconds = 0;
};

class TraceMemory : public testing::Test {
 protected:
  static Used trace(const std::function<void(Pipe&)>& make, Arguments further = {}) {
    further.insert(further.begin(), "-");
    return run_trace(std::move(further), make);
  }
  static Used trace_file(const std::string& file) {
    return run_trace({file}, [](Pipe&) {});
  }
  static Used run_trace(Arguments further, const std::function<void(Pipe&)>& make) {
    Arguments command{std::getenv("SEALTONE_BINARY"), "trace"};
    command.insert(command.end(), further.begin(), further.end());
    std::vector<char*> pointers;
    for (auto& each : command) pointers.push_back(each.data());
    pointers.push_back(nullptr);
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    EXPECT_EQ(posix_spawn(&child, pointers[0], &actions, nullptr, pointers.data(), environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[0]);
    {
      Pipe pipe(ends[1]);
      make(pipe);
    }
    ::close(ends[1]);
    Used used;
    int status = 0;
    rusage usage{};
    EXPECT_EQ(::wait4(child, &status, 0, &usage), child);
    used.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    used.octets = usage.ru_maxrss * 1024;
    const auto seconds = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    used.seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    return used;
  }
  static void expect_bounded(const Used& used) {
    EXPECT_LE(used.status, 2);
    EXPECT_LE(used.seconds, kMostSeconds);
    if (!kSanitized) {
      EXPECT_LE(used.octets, kAllowed + kProgramItself);
    }
    std::printf("%lld octets, %.1f s\n", static_cast<long long>(used.octets), used.seconds);
  }
  void SetUp() override { std::signal(SIGPIPE, SIG_IGN); }
};

}  // namespace sealtone::test
