// SPDX-License-Identifier: Apache-2.0
#include "support/loopback.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace sealtone::test {
namespace {

sockaddr_in loopback(std::uint16_t port, std::uint8_t last = 1) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl((INADDR_LOOPBACK & 0xFFFFFF00U) | last);
  address.sin_port = htons(port);
  return address;
}

}  // namespace

int listen_on_loopback(std::uint16_t& port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto address = loopback(0);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(descriptor, generic, size) != 0 || listen(descriptor, SOMAXCONN) != 0 ||
      getsockname(descriptor, generic, &size) != 0) {
    throw std::runtime_error("a server of the tests cannot listen");
  }
  port = ntohs(address.sin_port);
  return descriptor;
}

int dial_loopback(std::uint16_t port, std::uint8_t from) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto own = loopback(0, from);
  const auto address = loopback(port);
  // So many of one address may be open as differ in what they are connected to.
  const int on = 1;
  setsockopt(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  const bool other_address = from != 1;
  if ((other_address &&
       bind(descriptor, reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0) ||
      connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    close(descriptor);
    return -1;
  }
  return descriptor;
}

}  // namespace sealtone::test
