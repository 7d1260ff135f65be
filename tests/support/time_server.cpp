// SPDX-License-Identifier: Apache-2.0
#include "support/time_server.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace sealtone::test {

TimeServer::TimeServer(Answers answers) : answers_(std::move(answers)) {
  socket_ = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const general = reinterpret_cast<sockaddr*>(&address);
  if (::bind(socket_, general, size) != 0 || ::getsockname(socket_, general, &size) != 0) {
    ::close(socket_);
    throw std::runtime_error("no UDP port on loopback");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

TimeServer::~TimeServer() {
  over_ = true;
  thread_.join();
  ::close(socket_);
}

void TimeServer::serve() {
  while (!over_) {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, 20) <= 0) continue;
    std::array<char, 512> packet{};
    sockaddr_in from{};
    socklen_t size = sizeof from;
    auto* const general = reinterpret_cast<sockaddr*>(&from);
    const auto octets = ::recvfrom(socket_, packet.data(), packet.size(), 0, general, &size);
    if (octets < 0) continue;
    ++questions_;
    for (const auto& answer : answers_({packet.data(), static_cast<std::size_t>(octets)})) {
      (void)::sendto(socket_, answer.data(), answer.size(), 0, general, size);
    }
  }
}

std::string time_answer(const std::string& question, std::chrono::sys_seconds time) {
  constexpr std::size_t kOctets = 48, kOriginate = 24, kReceive = 32, kTransmit = 40;
  constexpr std::int64_t k1900 = 2'208'988'800;
  std::string answer(kOctets, '\0');
  answer[0] = 4 << 3 | 4;  // no leap second, version 4, server
  answer[1] = 2;
  answer.replace(kOriginate, 8, question.substr(kTransmit, 8));
  const auto seconds = static_cast<std::uint64_t>(time.time_since_epoch().count() + k1900);
  for (const auto at : {kReceive, kTransmit}) {
    for (std::size_t i = 0; i < 4; ++i) {
      answer[at + i] = static_cast<char>(seconds >> (24 - 8 * i));
    }
  }
  return answer;
}

}  // namespace sealtone::test
