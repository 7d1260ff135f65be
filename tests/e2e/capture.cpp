// SPDX-License-Identifier: Apache-2.0
#include "e2e/capture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <thread>

namespace sealtone::test {
namespace {

void send_datagram(std::uint16_t port, const std::string& octets) {
  const int descriptor = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto sent = ::sendto(descriptor, octets.data(), octets.size(), 0,
                             reinterpret_cast<const sockaddr*>(&to), sizeof to);
  ::close(descriptor);
  if (sent < 0) throw std::runtime_error("no datagram could be sent on the loopback interface");
}

}  // namespace

Capture::Capture(std::uint16_t port, const std::string& filter)
    : file_(folder_.path() / "loopback.pcap"), port_(port) {
  // -B: KiB that may wait for tcpdump, so that a busy machine loses nothing.
  Arguments command{
      "tcpdump", "-i",   "lo", "-s",           "0",   "-B", "65536", "-U", "--immediate-mode",
      "-Z",      "root", "-w", file_.string(), filter};
  if (::geteuid() != 0) command.insert(command.begin(), {"sudo", "-n"});
  process_ = std::make_unique<Process>(std::move(command));
  if (!process_->said("listening on")) throw std::runtime_error(process_->err());
}

void Capture::stop() {
  // A datagram sent last of all: once it is in the file, so is everything before it.
  const std::string marker = "last of the capture " + file_.string();
  send_datagram(port_, marker);
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (read_text(file_).find(marker) == std::string::npos) {
    if (std::chrono::steady_clock::now() > end)
      throw std::runtime_error("tcpdump captures nothing");
    std::this_thread::yield();
  }
  process_->signal(SIGINT);
  if (process_->wait() != 0) throw std::runtime_error(process_->err());
}

std::string Capture::fields(const std::string& filter, const Arguments& names,
                            const std::filesystem::path& key_log) const {
  Arguments command{"tshark",
                    "-r",
                    file_.string(),
                    "-o",
                    "tls.keylog_file:" + key_log.string(),
                    "-d",
                    "tcp.port==" + std::to_string(port_) + ",tls",
                    "-Y",
                    filter,
                    "-T",
                    "fields"};
  for (const auto& name : names) {
    command.emplace_back("-e");
    command.push_back(name);
  }
  return run_ok(std::move(command));
}

}  // namespace sealtone::test
