// SPDX-License-Identifier: Apache-2.0
//
// tests/support/time_server: answers over UDP as a time server does, or as no time server should.
//
// A peer of our own making: Debian's time servers take the place of the one that keeps this
// computer's clock, so that the tests install none.  Listens on 127.0.0.1 at a free port.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace sealtone::test {

class TimeServer {
 public:
  // What comes back to a question, a packet each.
  using Answers = std::function<std::vector<std::string>(const std::string& question)>;
  explicit TimeServer(Answers answers);
  ~TimeServer();
  TimeServer(const TimeServer&) = delete;
  TimeServer& operator=(const TimeServer&) = delete;
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] int questions() const { return questions_; }

 private:
  void serve();
  Answers answers_;
  int socket_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> questions_ = 0;
  std::atomic<bool> over_ = false;
  std::thread thread_;
};

// The answer of a server in order (RFC 4330 §4): stratum 2, this time, the question's own time.
[[nodiscard]] std::string time_answer(const std::string& question, std::chrono::sys_seconds time);

}  // namespace sealtone::test
