// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/loopback_clients: connections on the loopback interface from addresses of their own,
// 127.x.y.z, so that each client is somebody else to who watches.
//
// For clients that cannot choose their address there is a relay that does.  IPv4 alone.
// Errors: std::runtime_error.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace sealtone::test {

// A connected descriptor, to 127.0.0.1:port from that address.
[[nodiscard]] int dial_from(const std::string& address, std::uint16_t port);

// One request in the clear, as a phone asks for its files.
void ask_in_the_clear(const std::string& address, std::uint16_t port,
                      const std::string& user_agent);
// Says hello in TLS 1.2, waits for the answer, and resets the connection.
void hello_and_reset(const std::string& address, std::uint16_t port);

// Hands octets on, both ways, until both streams have ended or one is broken.
void hand_on_both(int one, int other);

// Hands octets on to 127.0.0.1:server, each connection from the next address: 127.NET.0.1,
// 127.NET.0.2 and so on.
class AddressRelay {
 public:
  AddressRelay(int net, std::uint16_t server);
  ~AddressRelay();
  AddressRelay(const AddressRelay&) = delete;
  AddressRelay& operator=(const AddressRelay&) = delete;
  [[nodiscard]] std::uint16_t port() const { return port_; }
  // Waits until so many connections came and went; how many did, if the time is over before.
  [[nodiscard]] int wait_for(int connections, std::chrono::milliseconds limit);

 private:
  void accept_all();
  void pass_on(int client, const std::string& address) const;

  int net_;
  std::uint16_t server_, port_ = 0;
  int listening_;
  std::atomic<int> next_ = 0;
  std::mutex mutex_;
  std::condition_variable another_done_;
  int done_ = 0;  // under mutex_
  std::list<std::thread> threads_;
  std::thread accepting_;
};

}  // namespace sealtone::test
