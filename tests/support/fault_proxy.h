// SPDX-License-Identifier: Apache-2.0
//
// tests/support/fault_proxy: stands between a client and a server and does one thing wrong.
//
// Knows no room of Sealtone.  Listens on 127.0.0.1 at a free port; each connection has a thread, so
// that many can go wrong at once.  Units: octets, milliseconds.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>
#include <thread>

namespace sealtone::test {

// Strikes when the side has more to say behind the records and octets that pass untouched.
struct Fault {
  enum class Side { server, client };  // whose octets it befalls
  enum class Kind {
    none,
    silence,     // nothing more of that side passes, and no end of the stream either
    cut,         // both connections are closed
    half_close,  // that side's stream ends; the other side's goes on
    garbage,     // every further octet is another one
    corrupt,     // the next octet is another one, the rest passes
    drip,        // one octet at a time, pace apart
    delay,       // each piece comes pace later
  };
  Kind kind = Kind::none;
  Side side = Side::server;
  std::size_t records = 0;  // whole TLS records that pass
  std::size_t octets = 0;   // and these many octets behind them
  std::chrono::milliseconds pace{1'000};
};

class FaultProxy {
 public:
  FaultProxy(std::uint16_t server, Fault fault);
  ~FaultProxy();
  FaultProxy(const FaultProxy&) = delete;
  FaultProxy& operator=(const FaultProxy&) = delete;
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] bool struck() const { return struck_; }  // on any connection

 private:
  struct Pair {
    int client = -1, server = -1;
    std::thread thread;
  };
  void accept_all();
  void pass(Pair& pair);

  std::uint16_t server_port_;
  Fault fault_;
  int listening_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> struck_ = false;
  std::mutex mutex_;
  std::list<Pair> pairs_;
  std::thread thread_;
};

}  // namespace sealtone::test
