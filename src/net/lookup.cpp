// SPDX-License-Identifier: Apache-2.0
//
// net/lookup: see lookup.h.
#include "net/lookup.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace sealtone::net {

using boost::system::error_code;

struct Lookup::Watched {
  explicit Watched(const asio::any_io_executor& executor, int descriptor)
      : stream(executor, descriptor) {}
  ~Watched() { stream.release(); }  // the descriptor is c-ares's
  asio::posix::stream_descriptor stream;
  bool readable = false, writable = false;       // what c-ares wants
  bool waits_read = false, waits_write = false;  // what is under way
};

Lookup::~Lookup() {
  if (channel_ != nullptr) ares_destroy(channel_);
}

bool Lookup::open(const std::string& name_servers) {
  static const int library = ares_library_init(ARES_LIB_INIT_ALL);
  ares_options options{};
  options.timeout = 2'000;  // of one try at one server
  options.tries = 3;
  options.sock_state_cb = [](void* self, ares_socket_t descriptor, int readable, int writable) {
    static_cast<Lookup*>(self)->watch(descriptor, readable != 0, writable != 0);
  };
  options.sock_state_cb_data = this;
  const int set = ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB;
  if (library != ARES_SUCCESS || ares_init_options(&channel_, &options, set) != ARES_SUCCESS) {
    return false;
  }
  return name_servers.empty() ||
         ares_set_servers_ports_csv(channel_, name_servers.c_str()) == ARES_SUCCESS;
}

Task<std::optional<int>> Lookup::wait(std::chrono::milliseconds limit) {
  if (status_) co_return status_;
  answered_.expires_after(limit);
  set_tick();
  error_code woken;
  auto token = asio::redirect_error(asio::use_awaitable, woken);
  co_await answered_.async_wait(token);
  co_return status_;
}

void Lookup::answer(int status) {
  status_ = status;
  tick_.cancel();
  answered_.cancel();
}

void Lookup::watch(int descriptor, bool readable, bool writable) {
  if (!readable && !writable) {
    watched_.erase(descriptor);
    return;
  }
  auto& entry = watched_[descriptor];
  if (!entry) entry = std::make_shared<Watched>(executor_, descriptor);
  entry->readable = readable;
  entry->writable = writable;
  if (readable && !entry->waits_read) wait_for(entry, asio::posix::stream_descriptor::wait_read);
  if (writable && !entry->waits_write) wait_for(entry, asio::posix::stream_descriptor::wait_write);
}

void Lookup::wait_for(const std::shared_ptr<Watched>& entry,
                      asio::posix::stream_descriptor::wait_type what) {
  const bool read = what == asio::posix::stream_descriptor::wait_read;
  (read ? entry->waits_read : entry->waits_write) = true;
  const std::weak_ptr<Lookup> weak = weak_from_this();
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
      self->wait_for(still, what);
    }
    self->set_tick();
  });
}

// c-ares tries the next server, or gives up, when it is called after its own time limit.
void Lookup::set_tick() {
  timeval left{};
  if (status_ || ares_timeout(channel_, nullptr, &left) == nullptr) return;
  tick_.expires_after(std::chrono::seconds(left.tv_sec) + std::chrono::microseconds(left.tv_usec));
  const std::weak_ptr<Lookup> weak = weak_from_this();
  tick_.async_wait([weak](const error_code& cancelled) {
    const auto self = weak.lock();
    if (!self || cancelled) return;
    ares_process_fd(self->channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    self->set_tick();
  });
}

}  // namespace sealtone::net
