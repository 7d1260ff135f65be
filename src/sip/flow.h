// SPDX-License-Identifier: Apache-2.0
//
// sip/flow: one connection to a server, kept for requests of both sides.
//
// Source: RFC 3261 §17.1.2 (non-INVITE client transactions over a reliable transport: timer F, 32
// s), §17.1.3 (responses belong to the branch of the top Via), §18 (persistent connections); RFC
// 5626 §3.5.1, §4.4.1 (ping each interval, pong within 10 s or the flow is dead).  Runs on the
// loop.  Hostile peers: sizes as message.h; requests beyond requests_a_second get 503, and beyond
// frames_a_second nothing more is read until the second is over; 64 transactions at once; what
// waits to be written is bounded; what answers nothing that was asked is passed over; provisional
// responses do not move timer F.  Errors: timeout, closed, io, bad_input, too_large, busy (too many
// transactions); a flow that ended answers every open request with what ended it.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "net/net.h"
#include "sip/message.h"

namespace sealtone::sip {

class Flow {
 public:
  struct Limits {
    std::chrono::milliseconds transaction{32'000};  // timer F
    std::chrono::milliseconds pong{10'000};
    std::chrono::milliseconds message{10'000};  // from a message's first octet to its last
    std::chrono::milliseconds second{1'000};    // over which requests and frames are counted
    int requests_a_second = 50;
    int frames_a_second = 200;
    std::size_t waiting_octets = 256 * 1024;  // that the peer does not take
  };
  struct Events {
    // A request; what comes back is sent (nothing: no response).
    std::function<std::optional<Message>(const Message& request)> request = {};
    // What came and is no message that can be read; as request.
    std::function<std::optional<Message>(std::string_view octets, const base::Error& why)>
        unreadable = {};
    // Once, and never from within a call of the flow's own functions; nothing is called afterwards.
    // Both sides' proper ends are `closed`.
    std::function<void(const base::Error& why)> ended = {};
    // Every message either way, for log and ladder.  sent: by us.
    std::function<void(bool sent, const Message& message)> seen = {};
  };
  struct Counts {
    std::uint64_t refused = 0;      // requests that got 503
    std::uint64_t passed_over = 0;  // responses to nothing that was asked, messages not readable
  };

  // Letting go of it closes the connection without a word, and no event comes any more.
  [[nodiscard]] static std::unique_ptr<Flow> start(net::asio::any_io_executor loop,
                                                   std::shared_ptr<net::ByteStream> stream,
                                                   Limits limits, Events events);
  virtual ~Flow() = default;
  // The final response; provisional ones are only seen.  The request's top Via has the branch.
  [[nodiscard]] virtual net::Task<base::Result<Message>> request(Message message) = 0;
  // Pings each interval from now on; zero: no more.  answered: the server said that it answers
  // pings (RFC 5626), so that one without a pong ends the flow; else only once a pong was seen.
  virtual void keep_alive(std::chrono::milliseconds interval, bool answered) = 0;
  virtual void close() = 0;  // says goodbye (close_notify); ended is called
  [[nodiscard]] virtual bool open() const = 0;
  [[nodiscard]] virtual const Counts& counts() const = 0;
  [[nodiscard]] virtual bool pong_seen() const = 0;
};

}  // namespace sealtone::sip
