// SPDX-License-Identifier: Apache-2.0
//
// net/connect: a TCP connection to a name or address, or one to a Unix socket, within a limit.
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "net/net.h"
#include "net/resolve.h"
#include "net/unix_path.h"

namespace sealtone::net {
namespace {

using boost::system::error_code;
using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

template <typename Protocol>
struct Attempt {
  explicit Attempt(const asio::any_io_executor& executor) : socket(executor), timer(executor) {}
  typename Protocol::socket socket;
  asio::steady_timer timer;
  bool expired = false;
};

template <typename Protocol>
Task<base::Result<std::unique_ptr<Socket>>> connect_one(typename Protocol::endpoint endpoint,
                                                        std::string where, milliseconds limit) {
  const auto executor = co_await asio::this_coro::executor;
  const auto attempt = std::make_shared<Attempt<Protocol>>(executor);
  attempt->timer.expires_after(limit);
  const std::weak_ptr<Attempt<Protocol>> weak = attempt;
  auto give_up = [weak](const error_code& cancelled) {
    const auto self = weak.lock();
    if (!self || cancelled) return;
    self->expired = true;
    error_code ignored;
    self->socket.close(ignored);
  };
  attempt->timer.async_wait(std::move(give_up));
  error_code failed;
  auto token = asio::redirect_error(asio::use_awaitable, failed);
  co_await attempt->socket.async_connect(endpoint, token);
  attempt->timer.cancel();
  if (attempt->expired) {
    co_return base::fail(base::ErrorCode::timeout, where, "the connection was not made in time");
  }
  if (failed) {
    co_return base::fail(base::ErrorCode::unreachable, where,
                         "the connection was not made: " + failed.message());
  }
  co_return std::make_unique<Socket>(std::move(attempt->socket));
}

std::string shown(const asio::ip::address& address, std::uint16_t port) {
  const auto text = address.to_string();
  return (address.is_v6() ? "[" + text + "]" : text) + ":" + std::to_string(port);
}

}  // namespace

Task<base::Result<std::unique_ptr<Socket>>> connect_tcp(std::string host, std::uint16_t port,
                                                        milliseconds limit) {
  const auto end = SteadyClock::now() + limit;
  auto resolving = resolve(host, limit);
  auto addresses = co_await std::move(resolving);
  if (!addresses) co_return std::unexpected(addresses.error());
  base::Error last{base::ErrorCode::unreachable, host, "no address is known for this name"};
  for (std::size_t i = 0; i < addresses->size(); ++i) {
    // An address that swallows everything must not use up the time of the others.
    const auto left = std::chrono::duration_cast<milliseconds>(end - SteadyClock::now());
    const auto share = left / static_cast<int>(addresses->size() - i);
    const asio::ip::tcp::endpoint endpoint(addresses->at(i), port);
    auto connecting = connect_one<asio::ip::tcp>(endpoint, shown(endpoint.address(), port), share);
    auto socket = co_await std::move(connecting);
    if (socket) co_return std::move(*socket);
    last = socket.error();
  }
  co_return std::unexpected(std::move(last));
}

Task<base::Result<std::unique_ptr<Socket>>> connect_unix(std::filesystem::path path,
                                                         milliseconds limit) {
  auto reachable = UnixPath::of(path);
  if (!reachable) co_return std::unexpected(reachable.error());
  const asio::local::stream_protocol::endpoint endpoint(reachable->text());
  auto connecting = connect_one<asio::local::stream_protocol>(endpoint, path.string(), limit);
  auto socket = co_await std::move(connecting);
  co_return socket;
}

}  // namespace sealtone::net
