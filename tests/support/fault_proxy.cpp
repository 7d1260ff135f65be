// SPDX-License-Identifier: Apache-2.0
#include "support/fault_proxy.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>

#include "support/loopback.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

using Kind = Fault::Kind;

// How much of a stream of TLS records stands before the place where the fault strikes.
class Untouched {
 public:
  Untouched(std::size_t records, std::size_t octets) : records_(records), octets_(octets) {}

  std::size_t of(std::string_view stream) {
    std::size_t passed = 0;
    for (const char octet : stream) {
      if (records_ > 0) {
        follow_record(static_cast<std::uint8_t>(octet));
      } else if (octets_ > 0) {
        --octets_;
      } else {
        break;
      }
      ++passed;
    }
    return passed;
  }

 private:
  void follow_record(std::uint8_t octet) {
    constexpr std::size_t header = 5, length_at = 3;
    if (in_header_ < header) {
      if (in_header_ >= length_at) body_ = body_ << 8U | octet;
      ++in_header_;
    } else {
      --body_;
    }
    if (in_header_ < header || body_ > 0) return;
    --records_;
    in_header_ = 0;
  }

  std::size_t records_, octets_;
  std::size_t in_header_ = 0, body_ = 0;
};

// Octets of no meaning that are the same in each run.
std::string garbled(std::string octets) {
  std::uint32_t state = 1;
  for (auto& octet : octets) {
    state = state * 1'664'525U + 1'013'904'223U;
    octet = static_cast<char>(0x80U | state >> 24U);
  }
  return octets;
}

}  // namespace

FaultProxy::FaultProxy(std::uint16_t server, Fault fault) : server_port_(server), fault_(fault) {
  listening_ = listen_on_loopback(port_);
  thread_ = std::thread([this] { accept_all(); });
}

FaultProxy::~FaultProxy() {
  shutdown(listening_, SHUT_RDWR);
  thread_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const auto& pair : pairs_) {
      shutdown(pair.client, SHUT_RDWR);
      shutdown(pair.server, SHUT_RDWR);
    }
  }
  for (auto& pair : pairs_) {
    pair.thread.join();
    close(pair.client);
    close(pair.server);
  }
  close(listening_);
}

void FaultProxy::accept_all() {
  for (;;) {
    const int client = accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    const int server = dial_loopback(server_port_);
    const std::lock_guard lock(mutex_);
    auto& pair = pairs_.emplace_back();
    pair.client = client;
    pair.server = server;
    pair.thread = std::thread([this, &pair] { pass(pair); });
  }
}

void FaultProxy::pass(Pair& pair) {
  const bool of_server = fault_.side == Fault::Side::server;
  const int faulty = of_server ? pair.server : pair.client;
  const int other = of_server ? pair.client : pair.server;
  Untouched untouched(fault_.records, fault_.octets);
  bool strikes = false;
  std::string dripping;
  std::array<pollfd, 2> watched{pollfd{faulty, POLLIN, 0}, pollfd{other, POLLIN, 0}};
  const auto end = [&] {
    shutdown(faulty, SHUT_RDWR);
    shutdown(other, SHUT_RDWR);
  };
  for (;;) {
    const int patience = dripping.empty() ? -1 : static_cast<int>(fault_.pace.count());
    if (poll(watched.data(), watched.size(), patience) == 0) {
      transmit(other, dripping.substr(0, 1));
      dripping.erase(0, 1);
      continue;
    }
    if (watched[1].revents != 0) {
      const auto octets = receive(other);
      if (octets.empty()) return end();
      transmit(faulty, octets);
    }
    if (watched[0].revents == 0) continue;
    auto octets = receive(faulty);
    const bool ended = octets.empty();
    const bool keeps_still = strikes && (fault_.kind == Kind::silence || !dripping.empty());
    if (ended && !keeps_still) return end();
    if (ended) {
      watched[0].fd = -1;
      continue;
    }
    if (fault_.kind != Kind::none && !strikes) {
      const auto whole = untouched.of(octets);
      transmit(other, std::string_view(octets).substr(0, whole));
      octets.erase(0, whole);
      if (octets.empty()) continue;
      strikes = true;
      struck_ = true;
      if (fault_.kind == Kind::corrupt) octets[0] = static_cast<char>(octets[0] ^ 0x55);
      if (fault_.kind == Kind::half_close) shutdown(other, SHUT_WR);
    }
    switch (strikes ? fault_.kind : Kind::none) {
      case Kind::cut: return end();
      case Kind::silence:
      case Kind::half_close: break;
      case Kind::garbage: transmit(other, garbled(std::move(octets))); break;
      case Kind::drip: dripping += octets; break;
      case Kind::delay:
        poll(nullptr, 0, static_cast<int>(fault_.pace.count()));
        transmit(other, octets);
        break;
      case Kind::none:
      case Kind::corrupt: transmit(other, octets); break;
    }
  }
}

}  // namespace sealtone::test
