// SPDX-License-Identifier: Apache-2.0
//
// net/lookup: one question to the name servers, by c-ares on the loop's own descriptors.
//
// Included by this room's .cpp files only.  c-ares says which descriptors it waits for; they are
// watched on the loop without owning them.  Everything happens on the loop.
#pragma once

#include <ares.h>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <map>

#include "net/net.h"

namespace sealtone::net {

class Lookup final : public std::enable_shared_from_this<Lookup> {
 public:
  explicit Lookup(const asio::any_io_executor& executor)
      : executor_(executor), tick_(executor), answered_(executor) {}
  // A question that is still open is answered with ARES_EDESTRUCTION: what its callback writes to
  // must live longer.
  ~Lookup();
  Lookup(const Lookup&) = delete;
  Lookup& operator=(const Lookup&) = delete;

  // name_servers: "127.0.0.1:5353,192.0.2.1" instead of the system's; empty: the system's.
  [[nodiscard]] bool open(const std::string& name_servers);
  [[nodiscard]] ares_channel channel() const { return channel_; }
  // The question's callback says that it was called.
  void answer(int status);
  // Once the question is put to channel(): c-ares's status, or nothing if the limit came first.
  [[nodiscard]] Task<std::optional<int>> wait(std::chrono::milliseconds limit);

 private:
  struct Watched;
  void watch(int descriptor, bool readable, bool writable);
  void wait_for(const std::shared_ptr<Watched>& entry,
                asio::posix::stream_descriptor::wait_type what);
  void set_tick();

  asio::any_io_executor executor_;
  ares_channel channel_ = nullptr;
  std::map<int, std::shared_ptr<Watched>> watched_;
  asio::steady_timer tick_;
  asio::steady_timer answered_;  // fires at the answer, or at the time limit
  std::optional<int> status_;
};

}  // namespace sealtone::net
