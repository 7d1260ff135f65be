// SPDX-License-Identifier: Apache-2.0
//
// net/resolve: see resolve.h.
#include "net/resolve.h"

#include <ares.h>
#include <netinet/in.h>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>

#include "base/text.h"

namespace sealtone::net {
namespace {

using boost::system::error_code;
using Addresses = std::vector<asio::ip::address>;

asio::ip::address address_of(const ares_addrinfo_node& node) {
  if (node.ai_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(node.ai_addr);
    return asio::ip::address_v4(ntohl(v4->sin_addr.s_addr));
  }
  const auto* v6 = reinterpret_cast<const sockaddr_in6*>(node.ai_addr);
  asio::ip::address_v6::bytes_type octets{};
  std::copy(std::begin(v6->sin6_addr.s6_addr), std::end(v6->sin6_addr.s6_addr), octets.begin());
  return asio::ip::address_v6(octets, v6->sin6_scope_id);
}

// One question.  c-ares says which descriptors it waits for; they are watched on the loop without
// owning them.  Everything happens on the loop.
class Question : public std::enable_shared_from_this<Question> {
 public:
  explicit Question(const asio::any_io_executor& executor)
      : executor_(executor), tick_(executor), answered_(executor) {}

  ~Question() {
    if (channel_ != nullptr) ares_destroy(channel_);
  }

  [[nodiscard]] bool open(const std::string& name_servers) {
    static const int library = ares_library_init(ARES_LIB_INIT_ALL);
    ares_options options{};
    options.timeout = 2'000;  // of one try at one server
    options.tries = 3;
    options.sock_state_cb = [](void* self, ares_socket_t descriptor, int readable, int writable) {
      static_cast<Question*>(self)->watch(descriptor, readable != 0, writable != 0);
    };
    options.sock_state_cb_data = this;
    const int set = ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB;
    if (library != ARES_SUCCESS || ares_init_options(&channel_, &options, set) != ARES_SUCCESS) {
      return false;
    }
    return name_servers.empty() ||
           ares_set_servers_ports_csv(channel_, name_servers.c_str()) == ARES_SUCCESS;
  }

  void ask(const std::string& host, std::chrono::milliseconds limit) {
    answered_.expires_after(limit);
    ares_addrinfo_hints hints{};
    hints.ai_family = AF_UNSPEC;
    const auto callback = [](void* self, int status, int, ares_addrinfo* found) {
      static_cast<Question*>(self)->answer(status, found);
    };
    ares_getaddrinfo(channel_, host.c_str(), nullptr, &hints, callback, this);
    set_tick();
  }

  [[nodiscard]] asio::steady_timer& answered() { return answered_; }
  [[nodiscard]] std::optional<int> status() const { return status_; }
  [[nodiscard]] const Addresses& addresses() const { return addresses_; }

 private:
  struct Watched {
    explicit Watched(const asio::any_io_executor& executor, int descriptor)
        : stream(executor, descriptor) {}
    ~Watched() { stream.release(); }  // the descriptor is c-ares's
    asio::posix::stream_descriptor stream;
    bool readable = false, writable = false;       // what c-ares wants
    bool waits_read = false, waits_write = false;  // what is under way
  };

  void watch(int descriptor, bool readable, bool writable) {
    if (!readable && !writable) {
      watched_.erase(descriptor);
      return;
    }
    auto& entry = watched_[descriptor];
    if (!entry) entry = std::make_shared<Watched>(executor_, descriptor);
    entry->readable = readable;
    entry->writable = writable;
    if (readable && !entry->waits_read) wait(entry, asio::posix::stream_descriptor::wait_read);
    if (writable && !entry->waits_write) wait(entry, asio::posix::stream_descriptor::wait_write);
  }

  void wait(const std::shared_ptr<Watched>& entry, asio::posix::stream_descriptor::wait_type what) {
    const bool read = what == asio::posix::stream_descriptor::wait_read;
    (read ? entry->waits_read : entry->waits_write) = true;
    const std::weak_ptr<Question> weak = weak_from_this();
    const std::weak_ptr<Watched> weak_entry = entry;
    entry->stream.async_wait(what, [weak, weak_entry, what, read](const error_code& failed) {
      const auto self = weak.lock();
      const auto still = weak_entry.lock();
      if (!self || !still || failed) return;
      (read ? still->waits_read : still->waits_write) = false;
      const int descriptor = still->stream.native_handle();
      ares_process_fd(self->channel_, read ? descriptor : ARES_SOCKET_BAD,
                      read ? ARES_SOCKET_BAD : descriptor);
      // The entry may be gone by now; if it is not, it is watched until c-ares says otherwise.
      const bool wanted = read ? still->readable : still->writable;
      const bool waits = read ? still->waits_read : still->waits_write;
      if (self->watched_.contains(descriptor) && self->watched_[descriptor] == still && wanted &&
          !waits) {
        self->wait(still, what);
      }
      self->set_tick();
    });
  }

  // c-ares tries the next server, or gives up, when it is called after its own time limit.
  void set_tick() {
    timeval left{};
    if (status_ || ares_timeout(channel_, nullptr, &left) == nullptr) return;
    tick_.expires_after(std::chrono::seconds(left.tv_sec) +
                        std::chrono::microseconds(left.tv_usec));
    const std::weak_ptr<Question> weak = weak_from_this();
    tick_.async_wait([weak](const error_code& cancelled) {
      const auto self = weak.lock();
      if (!self || cancelled) return;
      ares_process_fd(self->channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
      self->set_tick();
    });
  }

  void answer(int status, ares_addrinfo* found) {
    status_ = status;
    for (auto* node = found == nullptr ? nullptr : found->nodes; node != nullptr;
         node = node->ai_next) {
      addresses_.push_back(address_of(*node));
    }
    ares_freeaddrinfo(found);
    tick_.cancel();
    answered_.expires_at(std::chrono::steady_clock::time_point::min());
  }

  asio::any_io_executor executor_;
  ares_channel channel_ = nullptr;
  std::map<int, std::shared_ptr<Watched>> watched_;
  asio::steady_timer tick_;
  asio::steady_timer answered_;  // fires at the answer, or at the time limit
  std::optional<int> status_;
  Addresses addresses_;
};

bool is_localhost(std::string_view host) {
  const auto name = base::lower_ascii(host.ends_with('.') ? host.substr(0, host.size() - 1) : host);
  return name == "localhost" || name.ends_with(".localhost");
}

}  // namespace

Task<base::Result<Addresses>> resolve(std::string host, std::chrono::milliseconds limit,
                                      std::string name_servers) {
  // c-ares takes an empty name for this machine.
  if (host.empty()) co_return base::fail(base::ErrorCode::unreachable, host, "there is no name");
  error_code failed;
  const auto literal = asio::ip::make_address(host, failed);
  if (!failed) co_return Addresses{literal};
  if (is_localhost(host)) {
    const Addresses own{asio::ip::address_v4::loopback(), asio::ip::address_v6::loopback()};
    co_return own;
  }
  const auto executor = co_await asio::this_coro::executor;
  const auto question = std::make_shared<Question>(executor);
  if (!question->open(name_servers)) {
    co_return base::fail(base::ErrorCode::internal, host, "the name resolver does not start");
  }
  question->ask(host, limit);
  auto token = asio::redirect_error(asio::use_awaitable, failed);
  co_await question->answered().async_wait(token);
  const auto status = question->status();
  if (!status) {
    co_return base::fail(base::ErrorCode::timeout, host, "the name servers did not answer in time");
  }
  if (*status != ARES_SUCCESS || question->addresses().empty()) {
    const bool no_such_name = *status == ARES_ENOTFOUND || *status == ARES_ENODATA;
    co_return base::fail(
        base::ErrorCode::unreachable, host,
        no_such_name ? std::string("no address is known for this name")
                     : std::string("the name could not be looked up: ") + ares_strerror(*status));
  }
  co_return question->addresses();
}

}  // namespace sealtone::net
