// SPDX-License-Identifier: Apache-2.0
//
// net/sntp: see sntp.h.
#include "net/sntp.h"

#include <algorithm>
#include <array>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "net/resolve.h"

namespace sealtone::net {
namespace {

using boost::system::error_code;
using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

// One address that is asked; the time limit closes the socket.
struct Asking {
  explicit Asking(const asio::any_io_executor& executor) : socket(executor), timer(executor) {}
  asio::ip::udp::socket socket;
  asio::steady_timer timer;
  bool expired = false;
};

std::uint64_t nonce_of(base::Random& random) {
  std::array<std::uint8_t, 8> octets{};
  random.fill(octets);
  std::uint64_t nonce = 0;
  for (const auto octet : octets) nonce = nonce << 8 | octet;
  return nonce;
}

void give_up_after(const std::shared_ptr<Asking>& asking, milliseconds limit) {
  asking->timer.expires_after(limit);
  const std::weak_ptr<Asking> weak = asking;
  asking->timer.async_wait([weak](const error_code& cancelled) {
    const auto self = weak.lock();
    if (!self || cancelled) return;
    self->expired = true;
    error_code ignored;
    self->socket.close(ignored);
  });
}

// The socket is connected, so that the kernel passes over what other addresses send.
Task<base::Result<TimeTold>> ask_one(asio::ip::udp::endpoint server, milliseconds limit,
                                     std::uint64_t nonce) {
  const auto executor = co_await asio::this_coro::executor;
  const auto asking = std::make_shared<Asking>(executor);
  const auto where = server.address().to_string();
  error_code failed;
  asking->socket.open(server.protocol(), failed);
  if (!failed) asking->socket.connect(server, failed);
  if (failed) {
    co_return base::fail(base::ErrorCode::unreachable, where,
                         "the time server cannot be asked: " + failed.message());
  }
  give_up_after(asking, limit);
  auto token = asio::redirect_error(asio::use_awaitable, failed);
  const auto question = ntp_question(nonce);
  const auto asked = SteadyClock::now();
  co_await asking->socket.async_send(asio::buffer(question), token);
  std::array<std::uint8_t, 512> packet{};
  while (!failed) {
    const auto octets = co_await asking->socket.async_receive(asio::buffer(packet), token);
    const auto received = SteadyClock::now();
    const auto read = base::ByteView(packet).first(octets);
    if (failed || !answers_ntp(read, nonce)) continue;
    asking->timer.cancel();
    const auto answer = read_ntp_answer(read);
    if (!answer) co_return std::unexpected(answer.error());
    const auto away = std::chrono::duration_cast<milliseconds>(received - asked) - answer->held;
    const auto trip = std::max(away, milliseconds(0));
    co_return TimeTold{answer->sent + trip / 2, received, trip};
  }
  asking->timer.cancel();
  if (asking->expired) {
    co_return base::fail(base::ErrorCode::timeout, where, "the time server did not answer");
  }
  co_return base::fail(base::ErrorCode::unreachable, where,
                       "the time server cannot be asked: " + failed.message());
}

}  // namespace

Task<base::Result<TimeTold>> ask_time(std::string host, std::uint16_t port, milliseconds limit,
                                      base::Random& random) {
  const auto end = SteadyClock::now() + limit;
  auto resolving = resolve(host, limit);
  auto addresses = co_await std::move(resolving);
  if (!addresses) co_return std::unexpected(addresses.error());
  base::Error last{base::ErrorCode::unreachable, host, "no address is known for this name"};
  for (std::size_t i = 0; i < addresses->size(); ++i) {
    const auto left = std::chrono::duration_cast<milliseconds>(end - SteadyClock::now());
    const auto share = left / static_cast<int>(addresses->size() - i);
    auto task = ask_one({addresses->at(i), port}, share, nonce_of(random));
    auto told = co_await std::move(task);
    if (told) co_return told;
    last = std::move(told.error());
    last.where = host;
    const bool heard =
        last.code == base::ErrorCode::busy || last.code == base::ErrorCode::not_allowed;
    if (heard) break;  // its other addresses are its own
  }
  co_return std::unexpected(std::move(last));
}

}  // namespace sealtone::net
