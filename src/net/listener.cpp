// SPDX-License-Identifier: Apache-2.0
//
// net/listener: accepts connections on a TCP port or a Unix socket, within limits.
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <map>

#include "net/net.h"
#include "net/unix_path.h"

namespace sealtone::net {
namespace {

using boost::system::error_code;

// Out of descriptors or memory: connections wait in the backlog meanwhile.
constexpr std::chrono::milliseconds kBreather{50};

// A peer may be gone before it is accepted (accept(2)); that is no reason to stop either.
bool out_of_resources(const error_code& failed) {
  const int number = failed.value();
  return number == EMFILE || number == ENFILE || number == ENOBUFS || number == ENOMEM;
}

std::string key_of(const asio::ip::tcp::endpoint& endpoint) {
  return endpoint.address().to_string();
}
std::string key_of(const asio::local::stream_protocol::endpoint&) { return "local"; }

// What the accepting coroutine and those of the connections share; it outlives the Listener.
template <typename Protocol>
struct Core : std::enable_shared_from_this<Core<Protocol>> {
  Core(asio::io_context& loop, Listener::Limits most)
      : acceptor(loop), breather(loop), limits(most) {}

  typename Protocol::acceptor acceptor;
  asio::steady_timer breather;
  Listener::Limits limits;
  Listener::Handler handler;
  std::map<std::string, std::size_t> per_address;
  std::map<std::uint64_t, std::function<void()>> closers;
  std::uint64_t next_id = 0;

  [[nodiscard]] bool has_room(const std::string& address) const {
    const auto found = per_address.find(address);
    const auto of_address = found == per_address.end() ? 0 : found->second;
    return closers.size() < limits.max_total && of_address < limits.max_per_address;
  }

  void ended(std::uint64_t id, const std::string& address) {
    closers.erase(id);
    const auto found = per_address.find(address);
    if (--found->second == 0) per_address.erase(found);
  }

  void begin(typename Protocol::socket accepted, const std::string& address) {
    if (!has_room(address)) return;  // going out of scope closes it
    auto socket = std::make_unique<Socket>(std::move(accepted));
    const auto id = next_id++;
    closers.emplace(id, socket->closer());
    ++per_address[address];
    auto self = this->shared_from_this();
    // A handler that throws ends its own connection only.
    asio::co_spawn(acceptor.get_executor(), handler(std::move(socket)),
                   [self, id, address](const std::exception_ptr&) { self->ended(id, address); });
  }
};

template <typename Protocol>
Task<void> accept_all(std::shared_ptr<Core<Protocol>> core) {
  while (core->acceptor.is_open()) {
    error_code failed;
    typename Protocol::endpoint from;
    auto token = asio::redirect_error(asio::use_awaitable, failed);
    auto accepted = co_await core->acceptor.async_accept(from, token);
    if (!core->acceptor.is_open()) co_return;
    if (failed && out_of_resources(failed)) {
      core->breather.expires_after(kBreather);
      co_await core->breather.async_wait(token);
      continue;
    }
    if (!failed) core->begin(std::move(accepted), key_of(from));
  }
}

template <typename Protocol>
class ListenerOf : public Listener {
 public:
  explicit ListenerOf(std::shared_ptr<Core<Protocol>> core) : core_(std::move(core)) {}
  ~ListenerOf() override { stop_accepting(); }

  void start(Handler handler) override {
    core_->handler = std::move(handler);
    const auto ignored = [](const std::exception_ptr&) {};
    asio::co_spawn(core_->acceptor.get_executor(), accept_all(core_), ignored);
  }

  void stop() override { stop_accepting(); }

 protected:
  void stop_accepting() {
    error_code ignored;
    core_->acceptor.close(ignored);
    core_->breather.cancel();
    for (const auto& [id, close] : core_->closers) close();
  }
  std::shared_ptr<Core<Protocol>> core_;
};

class TcpListener final : public ListenerOf<asio::ip::tcp> {
 public:
  using ListenerOf::ListenerOf;
  // Known when it was bound, and still when it has stopped.
  Listening listening;
  [[nodiscard]] Listening where() const override { return listening; }
};

struct FileIdentity {
  dev_t device = 0;
  ino_t inode = 0;
  bool operator==(const FileIdentity&) const = default;
};

FileIdentity identity_of(const std::filesystem::path& path) {
  struct stat facts{};
  if (lstat(path.c_str(), &facts) != 0) return {};
  return {facts.st_dev, facts.st_ino};
}

class UnixListener final : public ListenerOf<asio::local::stream_protocol> {
 public:
  UnixListener(std::shared_ptr<Core<asio::local::stream_protocol>> core, std::filesystem::path path)
      : ListenerOf(std::move(core)), path_(std::move(path)), made_(identity_of(path_)) {}
  ~UnixListener() override { remove_file(); }
  void stop() override {
    stop_accepting();
    remove_file();
  }
  [[nodiscard]] Listening where() const override { return {path_.string(), 0}; }

 private:
  // Only the one made here: another process may have put its own in its place.
  void remove_file() const {
    if (made_.inode != 0 && identity_of(path_) == made_) unlink(path_.c_str());
  }
  std::filesystem::path path_;
  FileIdentity made_;
};

std::unexpected<base::Error> cannot_listen(const std::string& where, const error_code& failed) {
  auto code = base::ErrorCode::io;
  if (failed == asio::error::address_in_use) code = base::ErrorCode::busy;
  if (failed.value() == EACCES || failed.value() == EPERM) code = base::ErrorCode::not_allowed;
  if (failed.value() == EADDRNOTAVAIL) code = base::ErrorCode::unreachable;
  if (failed.value() == ENOENT) code = base::ErrorCode::not_found;
  return base::fail(code, where, "listening there does not work: " + failed.message());
}

// Whether the path is free for a socket: nothing there, or one where nobody answers (removed).
base::Result<void> make_way(const std::filesystem::path& path,
                            const asio::local::stream_protocol::endpoint& endpoint) {
  struct stat facts{};
  if (lstat(path.c_str(), &facts) != 0) return {};
  if (!S_ISSOCK(facts.st_mode)) {
    return base::fail(base::ErrorCode::exists, path.string(), "there is a file that is no socket");
  }
  const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const bool nobody =
      connect(probe, endpoint.data(), static_cast<socklen_t>(endpoint.size())) != 0 &&
      errno == ECONNREFUSED;
  ::close(probe);
  if (!nobody) return base::fail(base::ErrorCode::busy, path.string(), "somebody answers there");
  unlink(path.c_str());
  return {};
}

}  // namespace

base::Result<std::unique_ptr<Listener>> Listener::tcp(asio::io_context& loop,
                                                      const std::string& address,
                                                      std::uint16_t port, Limits limits) {
  const auto where = address + ":" + std::to_string(port);
  error_code failed;
  const auto bound_to = asio::ip::make_address(address, failed);
  if (failed) return base::fail(base::ErrorCode::bad_input, address, "this is no IP address");
  const asio::ip::tcp::endpoint endpoint(bound_to, port);
  auto core = std::make_shared<Core<asio::ip::tcp>>(loop, limits);
  auto& acceptor = core->acceptor;
  acceptor.open(endpoint.protocol(), failed);
  if (!failed) acceptor.set_option(asio::socket_base::reuse_address(true), failed);
  if (!failed) acceptor.bind(endpoint, failed);
  if (!failed) acceptor.listen(asio::socket_base::max_listen_connections, failed);
  if (failed) return cannot_listen(where, failed);
  const auto bound = acceptor.local_endpoint(failed);
  auto listener = std::make_unique<TcpListener>(std::move(core));
  listener->listening = {bound.address().to_string(), bound.port()};
  return listener;
}

base::Result<std::unique_ptr<Listener>> Listener::unix_socket(asio::io_context& loop,
                                                              const std::filesystem::path& path,
                                                              Limits limits) {
  auto reachable = UnixPath::of(path);
  if (!reachable) return std::unexpected(reachable.error());
  const asio::local::stream_protocol::endpoint endpoint(reachable->text());
  if (auto way = make_way(path, endpoint); !way) return std::unexpected(way.error());
  auto core = std::make_shared<Core<asio::local::stream_protocol>>(loop, limits);
  auto& acceptor = core->acceptor;
  error_code failed;
  acceptor.open(endpoint.protocol(), failed);
  // Before it is bound: the file is made with this mode (unix(7)), so that it is never open to all.
  if (!failed && fchmod(acceptor.native_handle(), 0600) != 0) {
    failed = error_code(errno, boost::system::system_category());
  }
  if (!failed) acceptor.bind(endpoint, failed);
  if (!failed) acceptor.listen(asio::socket_base::max_listen_connections, failed);
  if (failed) return cannot_listen(path.string(), failed);
  return std::make_unique<UnixListener>(std::move(core), path);
}

}  // namespace sealtone::net
