// SPDX-License-Identifier: Apache-2.0
//
// net/own_address: see own_address.h.
#include "net/own_address.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/ip/udp.hpp>
#include <cerrno>
#include <system_error>

namespace sealtone::net {
namespace {

using boost::system::error_code;

constexpr std::uint16_t kSomePort = 5061;  // nothing is sent there

}  // namespace

std::optional<asio::ip::address> address_towards(const asio::ip::address& peer) {
  const asio::ip::udp::endpoint there(peer, kSomePort);
  const int descriptor = ::socket(there.protocol().family(), SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return std::nullopt;
  asio::ip::udp::endpoint here;
  auto size = static_cast<socklen_t>(here.capacity());
  const bool known =
      ::connect(descriptor, there.data(), static_cast<socklen_t>(there.size())) == 0 &&
      ::getsockname(descriptor, here.data(), &size) == 0;
  ::close(descriptor);
  if (!known) return std::nullopt;
  return here.address();
}

base::Result<std::unique_ptr<AddressWatch>> AddressWatch::open(asio::io_context& loop,
                                                               Limits limits) {
  const int descriptor =
      ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
  sockaddr_nl who{};
  who.nl_family = AF_NETLINK;
  who.nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE;
  if (descriptor >= 0 &&
      ::bind(descriptor, reinterpret_cast<const sockaddr*>(&who), sizeof who) == 0) {
    return std::make_unique<AddressWatch>(loop, descriptor, limits);
  }
  const auto why = std::generic_category().message(errno);
  if (descriptor >= 0) ::close(descriptor);
  return base::fail(base::ErrorCode::io, "netlink", why);
}

AddressWatch::AddressWatch(asio::io_context& loop, int descriptor, Limits limits)
    : socket_(loop, descriptor), timer_(loop), limits_(limits) {}

void AddressWatch::start(std::function<void()> changed) {
  changed_ = std::move(changed);
  listen();
}

void AddressWatch::stop() {
  changed_ = nullptr;
  timer_.cancel();
  error_code ignored;
  socket_.close(ignored);
}

void AddressWatch::listen() {
  socket_.async_wait(asio::posix::stream_descriptor::wait_read, [this](const error_code& stopped) {
    if (!stopped && changed_) tell_later();
  });
}

// What is told meanwhile waits in the socket, and where that does not hold it all (ENOBUFS), or the
// system tells of another error, something may have changed, too.
void AddressWatch::tell_later() {
  timer_.expires_at(std::max(std::chrono::steady_clock::now() + limits_.settle, not_before_));
  timer_.async_wait([this](const error_code& cancelled) {
    if (cancelled || !changed_) return;
    not_before_ = std::chrono::steady_clock::now() + limits_.between;
    pass_over();
    const auto changed = changed_;
    changed();
    if (changed_) listen();
  });
}

// That it was told is all that is wanted of it.
void AddressWatch::pass_over() {
  constexpr int kAtOnce = 256;
  std::array<std::uint8_t, 4096> message{};
  for (int i = 0; i < kAtOnce; ++i) {
    if (::recv(socket_.native_handle(), message.data(), message.size(), MSG_DONTWAIT) >= 0)
      continue;
    if (errno != ENOBUFS && errno != EINTR) return;
  }
}

}  // namespace sealtone::net
