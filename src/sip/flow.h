// SPDX-License-Identifier: Apache-2.0
//
// sip/flow: one connection to a server, kept for requests of both sides.
//
// Source: RFC 3261 §17.1.2 (non-INVITE client transactions over a reliable transport: timer F, 32
// s), §17.1.3 (responses belong to the branch of the top Via), §18 (persistent connections); RFC
// 5626 §3.5.1, §4.4.1 (ping each interval, pong within 10 s or the flow is dead).  Runs on the
// loop. Limits: sizes as message.h, requests_a_second from the server (more get 503 and are
// counted), 64 transactions at once, octets that wait to be written.  Errors: timeout, closed, io,
// bad_input, too_large; a flow that ended answers every open request with what ended it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "net/net.h"
#include "sip/message.h"

namespace sealtone::sip {

class Flow {
 public:
  struct Limits {
    std::chrono::milliseconds transaction{32'000};  // timer F
    std::chrono::milliseconds pong{10'000};
    std::chrono::milliseconds message{10'000};  // from a message's first octet to its last
    int requests_a_second = 50;
  };
  struct Events {
    // A request; what comes back is sent (nothing: no response).
    std::function<std::optional<Message>(const Message& request)> request;
    // Once; nothing of the flow is called afterwards.  Both sides' proper ends are `closed`.
    std::function<void(const base::Error& why)> ended;
    // Every message either way, for log and ladder.  sent: by us.
    std::function<void(bool sent, const Message& message)> seen;
  };
  // local: this end, "192.0.2.5:40112", for Via and Contact.
  [[nodiscard]] static std::shared_ptr<Flow> start(net::asio::any_io_executor loop,
                                                   std::unique_ptr<net::ByteStream> stream,
                                                   Limits limits, Events events);
  virtual ~Flow() = default;
  // The final response; provisional ones are only seen.  The request's top Via has the branch.
  [[nodiscard]] virtual net::Task<base::Result<Message>> request(Message message) = 0;
  // Pings each interval from now on; zero: no more.
  virtual void keep_alive(std::chrono::seconds interval) = 0;
  virtual void close() = 0;  // says goodbye (close_notify); ended is called
  [[nodiscard]] virtual bool open() const = 0;
};

}  // namespace sealtone::sip
