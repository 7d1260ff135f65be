// SPDX-License-Identifier: Apache-2.0
#include "e2e/loopback_clients.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "support/loopback.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

sockaddr_in endpoint(const std::string& address, std::uint16_t port) {
  sockaddr_in out{};
  out.sin_family = AF_INET;
  out.sin_port = htons(port);
  if (::inet_pton(AF_INET, address.c_str(), &out.sin_addr) != 1) {
    throw std::runtime_error(address + " is no address");
  }
  return out;
}

// What OpenSSL would send first.
std::string client_hello() {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()),
                                                                  SSL_CTX_free);
  SSL_CTX_set_max_proto_version(context.get(), TLS1_2_VERSION);
  const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.get()), SSL_free);
  BIO* const written = BIO_new(BIO_s_mem());
  SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), written);
  SSL_set_connect_state(ssl.get());
  (void)SSL_do_handshake(ssl.get());
  std::array<char, 4096> octets{};
  const int got = BIO_read(written, octets.data(), static_cast<int>(octets.size()));
  if (got <= 0) throw std::runtime_error("OpenSSL says no hello");
  return {octets.data(), static_cast<std::size_t>(got)};
}

}  // namespace

int dial_from(const std::string& address, std::uint16_t port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto from = endpoint(address, 0);
  const auto to = endpoint("127.0.0.1", port);
  const bool connected =
      ::bind(descriptor, reinterpret_cast<const sockaddr*>(&from), sizeof from) == 0 &&
      ::connect(descriptor, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
  if (!connected) {
    const std::string why = std::strerror(errno);
    ::close(descriptor);
    throw std::runtime_error("no connection from " + address + ": " + why);
  }
  return descriptor;
}

void ask_in_the_clear(const std::string& address, std::uint16_t port,
                      const std::string& user_agent) {
  const int descriptor = dial_from(address, port);
  transmit(descriptor, "GET /y000000000000.cfg HTTP/1.0\r\nHost: localhost\r\nUser-Agent: " +
                           user_agent + "\r\n\r\n");
  while (!receive(descriptor).empty()) {
  }
  ::close(descriptor);
}

void hello_and_reset(const std::string& address, std::uint16_t port) {
  const int descriptor = dial_from(address, port);
  transmit(descriptor, client_hello());
  (void)receive(descriptor);
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(descriptor);
}

void hand_on_both(int one, int another) {
  std::array<pollfd, 2> watched{pollfd{one, POLLIN, 0}, pollfd{another, POLLIN, 0}};
  int open = 2;
  while (open > 0 && ::poll(watched.data(), watched.size(), -1) > 0) {
    for (std::size_t i = 0; i < watched.size(); ++i) {
      if (watched[i].fd < 0 || watched[i].revents == 0) continue;
      const int other = i == 0 ? another : one;
      const auto octets = receive(watched[i].fd);
      if (octets.empty()) {
        ::shutdown(other, SHUT_WR);
        watched[i].fd = -1;
        --open;
      } else {
        transmit(other, octets);
      }
    }
  }
}

AddressRelay::AddressRelay(int net, std::uint16_t server)
    : net_(net), server_(server), listening_(listen_on_loopback(port_)) {
  accepting_ = std::thread([this] { accept_all(); });
}

AddressRelay::~AddressRelay() {
  ::shutdown(listening_, SHUT_RDWR);
  accepting_.join();
  for (auto& each : threads_) each.join();
  ::close(listening_);
}

int AddressRelay::wait_for(int connections, std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  another_done_.wait_for(lock, limit, [&] { return done_ >= connections; });
  return done_;
}

void AddressRelay::pass_on(int client, const std::string& address) const {
  try {
    const int server = dial_from(address, server_);
    hand_on_both(client, server);
    ::close(server);
  } catch (const std::runtime_error&) {
    // The client finds the connection closed, and the test one client too few.
  }
  ::close(client);
}

void AddressRelay::accept_all() {
  for (;;) {
    const int client = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    const auto address = "127." + std::to_string(net_) + ".0." + std::to_string(++next_);
    threads_.emplace_back([this, client, address] {
      pass_on(client, address);
      const std::lock_guard lock(mutex_);
      ++done_;
      another_done_.notify_all();
    });
  }
}

}  // namespace sealtone::test
