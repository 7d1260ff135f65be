// SPDX-License-Identifier: Apache-2.0
//
// sip/pnp_responder: for tests, who answers PnP, on a thread of its own: a mock, for no peer of
// Debian 12 does.
//
// Listens on UDP at 127.0.0.1 and a free port.  What it sends back to a SUBSCRIBE is the script's.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "sip/message.h"

namespace sealtone::sip::tests {

class PnpResponder {
 public:
  // The datagrams that answer this SUBSCRIBE.
  using Script = std::function<std::vector<std::string>(const Message& subscribe)>;
  explicit PnpResponder(Script script) : script_(std::move(script)) {
    descriptor_ = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof here;
    auto* generic = reinterpret_cast<sockaddr*>(&here);
    const timeval moment{0, 50'000};
    if (::bind(descriptor_, generic, size) != 0 ||
        ::getsockname(descriptor_, generic, &size) != 0 ||
        ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &moment, sizeof moment) != 0) {
      throw std::runtime_error("a responder of the tests cannot listen");
    }
    port_ = ntohs(here.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~PnpResponder() {
    ends_ = true;
    thread_.join();
    ::close(descriptor_);
  }
  PnpResponder(const PnpResponder&) = delete;
  PnpResponder& operator=(const PnpResponder&) = delete;
  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] int asked() const { return asked_; }
  [[nodiscard]] int answered() const { return answered_; }  // the status of the last response

  // A NOTIFY that answers it.
  [[nodiscard]] static std::string notify(const Message& subscribe, const std::string& url) {
    return "NOTIFY sip:phone@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKn\r\n"
           "Max-Forwards: 70\r\nFrom: " +
           std::string(subscribe.field("To")) +
           ";tag=t\r\nTo: " + std::string(subscribe.field("From")) +
           "\r\nCall-ID: " + std::string(subscribe.call_id()) +
           "\r\nCSeq: 1 NOTIFY\r\nEvent: ua-profile\r\nSubscription-State: terminated\r\n"
           "Content-Type: application/url\r\nContent-Length: " +
           std::to_string(url.size()) + "\r\n\r\n" + url;
  }

 private:
  void serve() {
    std::array<char, 8'192> datagram{};
    while (!ends_) {
      sockaddr_in from{};
      socklen_t size = sizeof from;
      auto* generic = reinterpret_cast<sockaddr*>(&from);
      const auto got = ::recvfrom(descriptor_, datagram.data(), datagram.size(), 0, generic, &size);
      if (got <= 0) continue;
      const auto message = parse({datagram.data(), static_cast<std::size_t>(got)});
      if (!message) continue;
      if (!message->is_request()) {
        answered_ = message->status;
        continue;
      }
      ++asked_;
      for (const auto& answer : script_(*message)) {
        ::sendto(descriptor_, answer.data(), answer.size(), 0, generic, size);
      }
    }
  }

  Script script_;
  int descriptor_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> ends_ = false;
  std::atomic<int> asked_ = 0, answered_ = 0;
  std::thread thread_;
};

}  // namespace sealtone::sip::tests
