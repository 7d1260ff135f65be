// SPDX-License-Identifier: Apache-2.0
//
// net/socket: a connected descriptor with one time limit, and the plain stream over it.
#include <sys/socket.h>

#include <array>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "net/gone.h"
#include "net/net.h"

namespace sealtone::net {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;
using boost::system::error_code;

// A write to a stream whose peer is gone must give EPIPE and not end the program; OpenSSL's own
// writes take no MSG_NOSIGNAL.
void ignore_sigpipe() {
  static const auto before = std::signal(SIGPIPE, SIG_IGN);
  (void)before;
}

std::string name_of(const asio::ip::tcp::endpoint& endpoint) {
  const auto address = endpoint.address().to_string();
  const auto port = std::to_string(endpoint.port());
  return endpoint.address().is_v6() ? "[" + address + "]:" + port : address + ":" + port;
}

std::string peer_of(const asio::ip::tcp::socket& socket) {
  error_code failed;
  const auto endpoint = socket.remote_endpoint(failed);
  return failed ? "" : name_of(endpoint);
}

}  // namespace

struct Socket::State : std::enable_shared_from_this<State> {
  State(asio::generic::stream_protocol::socket connected, std::string peer_name)
      : socket(std::move(connected)), peer(std::move(peer_name)), timer(socket.get_executor()) {
    ignore_sigpipe();
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.native_non_blocking(true, ignored);
  }

  // Moving the deadline back costs nothing: the timer that runs looks at it when it fires.
  void set_deadline(SteadyTime at) {
    deadline = at;
    expired = false;
    if (timer_runs && timer.expiry() <= at) return;
    start_timer();
  }

  void start_timer() {
    timer_runs = true;
    timer.expires_at(deadline);
    const std::weak_ptr<State> weak = weak_from_this();
    timer.async_wait([weak](const error_code& cancelled) {
      const auto self = weak.lock();
      if (!self || cancelled) return;
      self->timer_runs = false;
      if (self->timer.expiry() < self->deadline) return self->start_timer();
      self->expired = true;
      error_code ignored;
      self->socket.cancel(ignored);
    });
  }

  void close() {
    timer.cancel();
    timer_runs = false;
    error_code ignored;
    socket.close(ignored);
  }

  [[nodiscard]] base::Result<void> usable() const {
    if (expired) return base::fail(base::ErrorCode::timeout, peer, "it took longer than allowed");
    if (!socket.is_open()) return base::fail(base::ErrorCode::closed, peer, "it was closed here");
    return {};
  }

  asio::generic::stream_protocol::socket socket;
  std::string peer;
  asio::steady_timer timer;
  SteadyTime deadline{};
  bool timer_runs = false;
  bool expired = false;
};

namespace {

template <typename State>
Task<base::Result<void>> wait_for(std::shared_ptr<State> state, asio::socket_base::wait_type what) {
  if (auto usable = state->usable(); !usable) co_return usable;
  error_code failed;
  auto token = asio::redirect_error(asio::use_awaitable, failed);
  co_await state->socket.async_wait(what, token);
  if (auto usable = state->usable(); !usable) co_return usable;
  if (failed) {
    co_return base::fail(base::ErrorCode::io, state->peer, "waiting failed: " + failed.message());
  }
  co_return base::Result<void>{};
}

}  // namespace

Socket::Socket(asio::ip::tcp::socket socket) {
  error_code ignored;
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  auto name = peer_of(socket);
  state_ = std::make_shared<State>(std::move(socket), std::move(name));
}

Socket::Socket(asio::local::stream_protocol::socket socket)
    : state_(std::make_shared<State>(std::move(socket), "local")) {}

Socket::~Socket() { state_->close(); }

int Socket::descriptor() const { return state_->socket.native_handle(); }

Task<base::Result<void>> Socket::wait_readable() {
  return wait_for(state_, asio::socket_base::wait_read);
}

Task<base::Result<void>> Socket::wait_writable() {
  return wait_for(state_, asio::socket_base::wait_write);
}

void Socket::expires_after(std::chrono::milliseconds limit) {
  state_->set_deadline(std::chrono::steady_clock::now() + limit);
}

bool Socket::expired() const { return state_->expired; }
void Socket::close() { state_->close(); }
bool Socket::is_open() const { return state_->socket.is_open(); }
const std::string& Socket::peer() const { return state_->peer; }

std::string Socket::local() const {
  error_code failed;
  const auto generic = state_->socket.local_endpoint(failed);
  const int family = generic.protocol().family();
  if (failed || (family != AF_INET && family != AF_INET6)) return "local";
  asio::ip::tcp::endpoint endpoint;
  endpoint.resize(generic.size());
  std::memcpy(endpoint.data(), generic.data(), generic.size());
  return name_of(endpoint);
}

asio::any_io_executor Socket::executor() { return state_->socket.get_executor(); }

std::function<void()> Socket::closer() const {
  const std::weak_ptr<State> weak = state_;
  return [weak] {
    if (const auto state = weak.lock()) state->close();
  };
}

namespace {

bool would_block(int number) { return number == EAGAIN || number == EWOULDBLOCK; }

class PlainStream final : public ByteStream {
 public:
  explicit PlainStream(std::unique_ptr<Socket> socket) : socket_(std::move(socket)) {}

  Task<base::Result<std::size_t>> read_some(std::span<std::uint8_t> into) override {
    while (socket_->is_open() && !socket_->expired()) {
      const auto got = recv(socket_->descriptor(), into.data(), into.size(), 0);
      if (got >= 0) co_return static_cast<std::size_t>(got);
      if (errno == EINTR) continue;
      if (!would_block(errno)) co_return failed(errno);
      auto ready = co_await socket_->wait_readable();
      if (!ready) co_return std::unexpected(ready.error());
    }
    co_return unusable();
  }

  Task<base::Result<std::size_t>> write_some(base::ByteView from) override {
    while (socket_->is_open() && !socket_->expired()) {
      const auto sent = send(socket_->descriptor(), from.data(), from.size(), MSG_NOSIGNAL);
      if (sent >= 0) co_return static_cast<std::size_t>(sent);
      if (errno == EINTR) continue;
      if (!would_block(errno)) co_return failed(errno);
      auto ready = co_await socket_->wait_writable();
      if (!ready) co_return std::unexpected(ready.error());
    }
    co_return unusable();
  }

  Task<void> shutdown() override {
    if (socket_->is_open()) ::shutdown(socket_->descriptor(), SHUT_WR);
    co_return;
  }

  void close() override { socket_->close(); }
  void expires_after(std::chrono::milliseconds limit) override { socket_->expires_after(limit); }
  [[nodiscard]] std::string peer() const override { return socket_->peer(); }

 private:
  [[nodiscard]] std::unexpected<base::Error> unusable() const {
    if (socket_->expired()) {
      return base::fail(base::ErrorCode::timeout, socket_->peer(), "it took longer than allowed");
    }
    return base::fail(base::ErrorCode::closed, socket_->peer(), "it was closed here");
  }
  [[nodiscard]] std::unexpected<base::Error> failed(int number) const {
    if (peer_is_gone(number)) {
      return base::fail(base::ErrorCode::closed, socket_->peer(), "the other side broke it off");
    }
    return base::fail(base::ErrorCode::io, socket_->peer(), std::strerror(number));
  }

  std::unique_ptr<Socket> socket_;
};

}  // namespace

std::unique_ptr<ByteStream> plain_stream(std::unique_ptr<Socket> socket) {
  return std::make_unique<PlainStream>(std::move(socket));
}

Task<base::Result<void>> write_all(ByteStream& stream, base::ByteView bytes) {
  while (!bytes.empty()) {
    auto written = co_await stream.write_some(bytes);
    if (!written) co_return std::unexpected(written.error());
    bytes = bytes.subspan(*written);
  }
  co_return base::Result<void>{};
}

}  // namespace sealtone::net
