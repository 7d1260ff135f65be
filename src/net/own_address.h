// SPDX-License-Identifier: Apache-2.0
//
// net/own_address: which of this computer's addresses a connection comes from, and when that may
// have become another one.
//
// Source: rtnetlink(7); udp(7): connecting chooses the address and sends nothing.  Runs on the
// loop.
#pragma once

#include <boost/asio/posix/stream_descriptor.hpp>
#include <optional>

#include "net/net.h"

namespace sealtone::net {

// Of a connection to that peer that is made now; nothing where no way leads there.
[[nodiscard]] std::optional<asio::ip::address> address_towards(const asio::ip::address& peer);

// Hears of each address and route of this computer that comes or goes.
class AddressWatch {
 public:
  struct Limits {
    std::chrono::milliseconds settle{1'000};    // one change seldom comes alone
    std::chrono::milliseconds between{10'000};  // from one telling to the next
  };
  // Before confinement: it opens a socket of the kernel's (AF_NETLINK).  io: the system tells
  // nothing.
  [[nodiscard]] static base::Result<std::unique_ptr<AddressWatch>> open(asio::io_context& loop,
                                                                        Limits limits);
  AddressWatch(asio::io_context& loop, int descriptor, Limits limits);
  // changed: something is another; what, is for address_towards to say.
  void start(std::function<void()> changed);
  void stop();

 private:
  void listen();
  void tell_later();
  void pass_over();

  asio::posix::stream_descriptor socket_;
  asio::steady_timer timer_;
  Limits limits_;
  std::function<void()> changed_;
  std::chrono::steady_clock::time_point not_before_{};
};

}  // namespace sealtone::net
