// SPDX-License-Identifier: Apache-2.0
//
// capture/observer: the TLS of one connection as it was seen from outside, record by record, into a
// HandshakeRecord.
//
// Source: RFC 6101 (SSL 3.0), 2246, 4346, 5246 §6.2, 8446 §5.  "Sent" is by the client.  What is
// encrypted is read where secrets are known; where more may turn up later, what was said is kept,
// and read anew when they have.  Units: octets; microseconds since the connection began.  Bounded:
// of a Certificate of more than 262,144 octets only kind and size are told, and what stands behind
// it is read; what is kept, see replay.h.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "capture/agents.h"
#include "capture/decryption.h"
#include "capture/replay.h"
#include "handshake/builder.h"

namespace sealtone::capture {

inline constexpr std::size_t kMostMessage = 262'144;

// Where secrets come from: those that are known by now, and what may be kept for want of others.
// Both outlive who is given them.
struct SecretsSource {
  const Secrets* known;
  Allowance* later;
};

class Observer final : private Replay::Listener {
 public:
  using Direction = handshake::Direction;
  using ContentType = handshake::ContentType;
  using Moment = std::chrono::microseconds;

  // The record's peer is left to who knows it.
  Observer(std::chrono::sys_seconds began, const SecretsSource& secrets);

  void ssl2_hello(base::ByteView body, Moment at);
  void data(Direction direction, base::ByteView octets, Moment at);
  void gap(Direction direction, std::uint64_t octets);
  // What the server answered is no TLS; and none can follow.
  void other(base::ByteView octets, Moment at, bool ends);
  // Secrets that turned up since: what they open is read anew.  Whether there was any of it.
  bool look_for_secrets();

  [[nodiscard]] handshake::Builder& builder() { return builder_; }
  [[nodiscard]] const handshake::Builder& builder() const { return builder_; }
  [[nodiscard]] const std::string& user_agent() const { return user_agent_; }
  [[nodiscard]] std::size_t kept() const;  // octets, about

 private:
  struct LongMessage {
    handshake::HandshakeType type{};
    std::size_t size = 0;
  };
  struct Side {
    base::Bytes record;        // the one that is not whole yet, with its header
    base::Bytes message;       // the same of a handshake message
    std::uint64_t skip = 0;    // octets of a record that need not be read
    std::uint64_t passed = 0;  // octets of a message that is too long
    LongMessage long_one;      // that one
    bool dead = false;         // no records any more
    bool lost = false;         // where the next record begins is not known
    bool broken = false;       // where the next message begins is not known
    bool encrypted = false;    // behind its ChangeCipherSpec, up to TLS 1.2
    bool unopened = false;     // what was lost was encrypted: nothing behind it opens
    bool finished = false;     // its Finished was seen, or its place
  };
  struct Record {
    Direction direction;
    ContentType content;
    std::uint16_t version;
    Moment at;
  };
  void hear_data(Direction direction, base::ByteView octets, Moment at) override;
  void hear_gap(Direction direction, std::uint64_t octets) override;
  void hear_ssl2_hello(base::ByteView body, Moment at) override;
  void hear_other(base::ByteView octets, Moment at, bool ends) override;
  [[nodiscard]] bool read_anew();
  void go_on_behind(Direction direction, const Observer& met);
  [[nodiscard]] Side& side(Direction direction) {
    return sides_[direction == Direction::sent ? 0 : 1];
  }
  [[nodiscard]] bool encrypts(const Record& record);
  [[nodiscard]] bool opens(Direction direction);
  [[nodiscard]] std::size_t begin(Direction direction, base::ByteView octets, Moment at);
  [[nodiscard]] bool header(Direction direction, base::ByteView octets, Moment at);
  void whole(const Record& record, base::ByteView body);
  void plain(const Record& record, base::ByteView octets, bool was_encrypted);
  void unread(const Record& record, std::size_t size);
  void unread_tls13(const Record& record, std::size_t size);
  void handshake(const Record& record, base::ByteView octets, bool was_encrypted);
  [[nodiscard]] bool plausible(const Record& record, base::ByteView octets);
  [[nodiscard]] base::ByteView messages(const Record& record, base::ByteView octets);
  void too_long(const Record& record, const LongMessage& message);
  void message(const Record& record, base::ByteView octets);
  void measure(Direction direction, handshake::HandshakeType type);
  void finished(const Record& record);
  void done(Moment at);
  [[nodiscard]] bool find_record(Side& side, base::ByteView& octets);

  handshake::Builder builder_;
  SecretsSource secrets_;
  std::optional<Decryption> decryption_;
  std::unique_ptr<Replay> replay_;  // as long as secrets may turn up
  base::Bytes random_;              // the client's, by which secrets are known
  std::size_t looked_at_ = 0;       // secrets of anybody, when they were last looked through
  std::size_t of_this_ = 0;         // secrets of this connection
  bool not_opened_ = false;         // something that was encrypted
  std::array<Side, 2> sides_;
  AgentSearch search_;
  std::string user_agent_;
  bool tls13_ = false, done_ = false;
  bool asked_for_more_ = false;  // ServerHelloDone: the client's Finished comes before the server's
  // TLS 1.3 without keys: what came in which order.
  bool server_flight_ = false, client_answer_ = false;
  int rounds_left_ = 1;
  // Of the record, each measured when its message is read.
  struct {
    std::size_t client_hello = 0, server_chain = 0, client_chain = 0, authorities = 0;
  } octets_;
};

}  // namespace sealtone::capture
