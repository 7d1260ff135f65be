// SPDX-License-Identifier: Apache-2.0
//
// capture/tcp: the TCP connections of a capture, each with its conversation.
//
// Source: RFC 9293.  A new SYN on the same ports is a new connection; one of which no SYN was seen
// began before the capture.  Connections that ended are handed over two seconds later, so that
// what comes out of order is in them.  What a segment says stands behind what it acknowledges, and
// an end behind all that its sender said before: what comes too early waits for that, as long as 32
// segments, 64 KB or two seconds of the capture.  Bounded by the memory that is given: what was
// silent for the longest is given up first.
#pragma once

#include <deque>
#include <map>
#include <unordered_map>

#include "capture/capture.h"
#include "capture/conversation.h"
#include "capture/internet.h"
#include "capture/stream.h"

namespace sealtone::capture {

// What clients said of themselves, by address: the first that was heard.
class Agents {
 public:
  void heard(const Address& address, std::string agent);
  [[nodiscard]] const std::map<std::string, std::string>& all() const { return all_; }

 private:
  std::map<std::string, std::string> all_;
};
inline constexpr std::size_t kMostAgents = 10'000;

class Tcp {
 public:
  Tcp(const Secrets& secrets, Agents& agents, std::size_t most_memory, std::uint64_t seed);
  Tcp(const Tcp&) = delete;
  Tcp& operator=(const Tcp&) = delete;

  // Secrets may turn up later: of connections that begin from now on so many octets may be kept for
  // them, of all together.
  void expect_secrets(std::size_t octets) {
    expects_secrets_ = true;
    allowance_.left += octets;
  }
  // False: it is no TCP segment.
  [[nodiscard]] bool segment(const Datagram& datagram, Time at);
  // Nothing comes by now: those that ended need not wait for it, but for secrets where some may
  // come; those that came are used.
  void quiet();
  // Nothing came for long, up to this moment of the capture: where one side closed two seconds
  // before, the other is not waited for.
  void silent(Time until);
  // All that are still open, as the capture ends.
  void end();
  // Those that ended, once.
  [[nodiscard]] std::deque<Connection>& ended() { return ended_; }
  [[nodiscard]] std::vector<Connection> open() const;
  [[nodiscard]] std::size_t connections() const { return connections_; }
  [[nodiscard]] std::size_t given_up() const { return given_up_; }

 private:
  struct Key {
    Address low{}, high{};  // side 0 and side 1
    std::uint16_t low_port = 0, high_port = 0;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::uint64_t seed;
    std::size_t operator()(const Key& key) const;
  };
  struct Header {
    std::size_t side = 0;
    std::uint32_t sequence = 0, acknowledged = 0;
    bool syn = false, ack = false, fin = false, rst = false;
    base::ByteView octets;
    std::size_t size = 0;
  };
  // Came before what it stands behind.
  struct Early {
    Header header;
    base::Bytes octets;
    Time at;
  };
  struct Flow {
    const Key* key = nullptr;
    Flow *newer = nullptr, *older = nullptr;  // by their last packets
    std::uint64_t serial = 0;
    std::size_t number = 0;  // of those with TLS
    Time first, last;
    std::array<Stream, 2> streams;
    Conversation conversation;
    std::optional<std::size_t> opener, closed_by;
    std::array<std::optional<std::uint32_t>, 2> first_sequence;  // of their SYNs
    std::array<bool, 2> seen{};                                  // any packet
    std::array<bool, 2> said_all{};                              // FIN
    bool reset = false, ended = false;
    bool end_seen = false, end_unknown = false;  // which came first cannot be told
    std::vector<Early> early;
    std::size_t early_octets = 0;
    std::array<std::optional<std::uint32_t>, 2> not_awaited{};  // nothing waits for these any more
    std::size_t kept = 0;
  };
  class Listener;

  [[nodiscard]] static bool read(const Datagram& datagram, Header& header, Key& key);
  [[nodiscard]] Flow* flow_for(const Key& key, const Header& header, Time at);
  [[nodiscard]] Flow& make(const Key& key, Time at);
  [[nodiscard]] static bool is_new(const Flow& flow, const Header& header);
  void opened(Flow& flow, const Header& header);
  void acknowledge(Flow& flow, const Header& header, Time at);
  void ending(Flow& flow, const Header& header, Time at);
  [[nodiscard]] static bool is_awaited(const Flow& flow, std::size_t side, std::uint32_t number);
  [[nodiscard]] static bool comes_early(const Flow& flow, const Header& header);
  static void keep_for_later(Flow& flow, const Header& header, Time at);
  void take_early(Flow& flow, Time at, bool all);
  void wait_no_more(Flow& flow, const Header& header, Time at);
  void take(Flow& flow, const Header& header, Time at);
  static void closed(Flow& flow, const Header& header);
  [[nodiscard]] static std::optional<std::size_t> closed_first(const Flow& flow);
  [[nodiscard]] static bool within_window(const Flow& flow, const Header& header);
  void touch(Flow& flow, Time at);
  void unlink(Flow& flow);
  void account(Flow& flow);
  void finish(Flow& flow);
  void finish_ended(Time now);
  void finish_first();
  void remember(const Key& key, Time last);
  [[nodiscard]] bool is_past(const Key& key, Time at) const;
  static void describe(const Flow& flow, Connection& connection);

  struct Closing {
    Key key;
    std::uint64_t serial;
    Time at;
  };

  Allowance allowance_;
  SecretsSource secrets_;
  bool expects_secrets_ = false;
  std::size_t looked_at_ = 0;  // secrets, when all that is open was last read by them
  Agents& agents_;
  std::size_t most_memory_;
  std::unordered_map<Key, Flow, Hash> flows_;
  Flow *newest_ = nullptr, *oldest_ = nullptr;
  std::deque<Closing> closing_;
  // Those that were handed over last, by their hashes, so that what is sent again begins no other.
  struct Past {
    std::size_t hash = 0;
    Time last;
  };
  std::vector<Past> past_;
  std::deque<Connection> ended_;
  std::size_t kept_ = 0, connections_ = 0, given_up_ = 0;
  std::uint64_t serial_ = 0;
  Time now_;
};

}  // namespace sealtone::capture
