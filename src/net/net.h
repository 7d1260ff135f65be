// SPDX-License-Identifier: Apache-2.0
//
// net: the event loop's parts: byte streams, connecting, listening, time limits, the worker.
//
// One io_context runs the phone; every function here is called on it.  Errors: unreachable (name
// or address), timeout, closed (the peer ended), io.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace sealtone::net {

namespace asio = boost::asio;
template <typename T>
using Task = asio::awaitable<T>;

// A connected stream of octets: TCP, TLS over it, or a Unix socket.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // 0: the peer ended the stream properly (for TLS: close_notify).  closed: it ended without.
  virtual Task<base::Result<std::size_t>> read_some(std::span<std::uint8_t> into) = 0;
  virtual Task<base::Result<std::size_t>> write_some(base::ByteView from) = 0;
  // Says goodbye (TLS: close_notify), best effort, at most a second.
  virtual Task<void> shutdown() = 0;
  // Every operation under way ends with closed; the descriptor is closed.
  virtual void close() = 0;
  // From now on, everything that is not done within the limit ends with timeout.
  virtual void expires_after(std::chrono::milliseconds limit) = 0;
  [[nodiscard]] virtual std::string peer() const = 0;  // "192.0.2.1:443", "local"
};

// All of it, or an Error.
[[nodiscard]] Task<base::Result<void>> write_all(ByteStream& stream, base::ByteView bytes);

// A connected non-blocking descriptor with a time limit; what tls drives and TcpStream reads.
class Socket {
 public:
  explicit Socket(asio::ip::tcp::socket socket);
  explicit Socket(asio::local::stream_protocol::socket socket);
  ~Socket();
  [[nodiscard]] int descriptor() const;
  [[nodiscard]] Task<base::Result<void>> wait_readable();
  [[nodiscard]] Task<base::Result<void>> wait_writable();
  void expires_after(std::chrono::milliseconds limit);
  [[nodiscard]] bool expired() const;
  void close();
  [[nodiscard]] bool is_open() const;
  [[nodiscard]] const std::string& peer() const;
  [[nodiscard]] std::string local() const;  // as peer(); this end
  [[nodiscard]] asio::any_io_executor executor();
  // Closes it from elsewhere, for as long as it lives; afterwards does nothing.
  [[nodiscard]] std::function<void()> closer() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

[[nodiscard]] std::unique_ptr<ByteStream> plain_stream(std::unique_ptr<Socket> socket);

// Resolves with c-ares (and /etc/hosts), tries each address in turn within the limit.
[[nodiscard]] Task<base::Result<std::unique_ptr<Socket>>> connect_tcp(
    std::string host, std::uint16_t port, std::chrono::milliseconds limit);
[[nodiscard]] Task<base::Result<std::unique_ptr<Socket>>> connect_unix(
    std::filesystem::path path, std::chrono::milliseconds limit);

struct Listening {
  std::string address;     // "127.0.0.1"
  std::uint16_t port = 0;  // the one bound, when 0 was asked for
};

// Accepts until stopped; each connection runs its own coroutine.  Limits: at most max_per_address
// connections an address and max_total in all (the newest is closed at once); out of descriptors:
// waits and goes on.
class Listener {
 public:
  struct Limits {
    std::size_t max_per_address = 256;
    std::size_t max_total = 10'000;
  };
  using Handler = std::function<Task<void>(std::unique_ptr<Socket>)>;

  [[nodiscard]] static base::Result<std::unique_ptr<Listener>> tcp(asio::io_context& loop,
                                                                   const std::string& address,
                                                                   std::uint16_t port,
                                                                   Limits limits);
  // A stale socket (nobody answers) is removed first; busy if somebody does.  Mode 0600.  Paths
  // longer than sun_path are reached through the folder's descriptor (/proc/self/fd).
  [[nodiscard]] static base::Result<std::unique_ptr<Listener>> unix_socket(
      asio::io_context& loop, const std::filesystem::path& path, Limits limits);
  virtual ~Listener() = default;
  virtual void start(Handler handler) = 0;
  virtual void stop() = 0;  // and closes what it accepted
  [[nodiscard]] virtual Listening where() const = 0;
};

// The one thread for what blocks: commits, scrypt, key generation.  Jobs run in order; a full queue
// gives busy.
class Worker {
 public:
  explicit Worker(asio::io_context& loop, std::size_t queue_limit = 64);
  ~Worker();
  // Runs job on the worker thread and resumes on the loop with what it returned.
  template <typename T>
  [[nodiscard]] Task<base::Result<T>> run(std::function<base::Result<T>()> job);

 private:
  [[nodiscard]] Task<base::Result<void>> run_erased(std::function<void()> job);
  asio::thread_pool pool_{1};
  std::size_t queue_limit_;
  std::shared_ptr<std::size_t> queued_;
};

template <typename T>
Task<base::Result<T>> Worker::run(std::function<base::Result<T>()> job) {
  std::optional<base::Result<T>> result;
  std::function<void()> erased = [&result, &job] { result.emplace(job()); };
  auto done = co_await run_erased(std::move(erased));
  if (!done) co_return std::unexpected(done.error());
  co_return std::move(*result);
}

}  // namespace sealtone::net
