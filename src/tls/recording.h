// SPDX-License-Identifier: Apache-2.0
//
// tls/recording: the octets of connections as they went over the wire, with their times, the
// secrets that open them, and what was said in them, for as long as there is room.
//
// What was said is told by whoever speaks, in words without secrets: the first kFirstSaid and the
// last kLastSaid messages of each connection are kept.  Of each connection the first kMostOfOne
// octets are kept, both directions together, and of all kMostOfAll: then the oldest connection's
// go.  The secrets are what a key log would hold; they are wiped with the octets, and are nowhere
// else.  Everything happens on the loop. Units: octets; UTC, microseconds.
#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ends.h"
#include "crypto/secret.h"
#include "handshake/record.h"

namespace sealtone::tls {

inline constexpr std::size_t kMostOfOne = 64 * 1024;
inline constexpr std::size_t kMostOfAll = 8 * 1024 * 1024;
inline constexpr std::size_t kMostSecrets = 16 * 1024;  // of one: some forty lines of a key log

inline constexpr std::size_t kFirstSaid = 8, kLastSaid = 8;
inline constexpr std::size_t kMostOfOneSaid = 4'096;

using WireTime = std::chrono::sys_time<std::chrono::microseconds>;

class Recordings;

// One connection.
class Recording {
 public:
  // What one read or write moved.
  struct Piece {
    handshake::Direction direction;
    std::uint32_t size;
    WireTime at;
  };

  // A message of what is spoken over TLS.
  struct Said {
    handshake::Direction direction;
    WireTime at;
    std::size_t pieces;  // that had been moved by then
    std::string line;    // "REGISTER sip:example.com"
    std::string text;    // whole, cut at kMostOfOneSaid
    bool octets_kept;    // its own are among the pieces
  };

  // Within the ring, which outlives it or makes it forget.
  Recording(WireTime began, std::chrono::steady_clock::time_point steady, Recordings& ring);

  // By the connection.
  void opened(handshake::Role role, std::string local, std::string peer);
  void moved(handshake::Direction direction, base::ByteView octets);
  void ended(handshake::Direction by);  // the first time that each side does
  void secret(const char* key_log_line);
  // By whoever knows what it is for: "provisioning", "prov.example.com:8443".
  void named(std::string service, std::string server);
  // By whoever speaks: sent before its octets go out, received once they are read.
  void said(handshake::Direction direction, std::string line, std::string text);

  [[nodiscard]] handshake::Role role() const { return role_; }
  [[nodiscard]] const std::string& local() const { return local_; }
  [[nodiscard]] const std::string& peer() const { return peer_; }
  [[nodiscard]] const std::string& service() const { return service_; }
  [[nodiscard]] const std::string& server() const { return server_; }
  [[nodiscard]] WireTime began() const { return began_; }
  [[nodiscard]] const std::vector<Piece>& pieces() const { return pieces_; }
  [[nodiscard]] const base::Bytes& octets() const { return octets_; }  // of all pieces, in order
  [[nodiscard]] base::ByteView secrets() const { return secrets_.view().first(secrets_size_); }
  [[nodiscard]] const base::Ends<Said>& said() const { return said_; }
  // Octets behind the last piece.
  [[nodiscard]] std::uint64_t not_kept(handshake::Direction direction) const;
  [[nodiscard]] std::optional<WireTime> ended_at(handshake::Direction by) const;
  [[nodiscard]] bool gone() const { return gone_; }  // there was no room for it any more
  [[nodiscard]] std::size_t memory() const;

 private:
  friend class Recordings;
  [[nodiscard]] WireTime now() const;
  void forget();

  WireTime began_;
  std::chrono::steady_clock::time_point steady_;
  Recordings* ring_;  // null once it is gone
  handshake::Role role_ = handshake::Role::client;
  std::string local_, peer_, service_, server_;
  std::vector<Piece> pieces_;
  base::Bytes octets_;
  crypto::Secret secrets_;  // a key log's lines; the first secrets_size_ octets
  std::size_t secrets_size_ = 0;
  base::Ends<Said> said_{kFirstSaid, kLastSaid};
  std::size_t said_size_ = 0;
  std::uint64_t not_kept_[2] = {0, 0};
  std::optional<WireTime> ended_[2];
  bool full_ = false;
  bool gone_ = false;
};

// The ring.  It may go before its recordings do.
class Recordings {
 public:
  explicit Recordings(const base::Clock& clock, std::size_t most = kMostOfAll)
      : clock_(clock), most_(most) {}
  ~Recordings();
  Recordings(const Recordings&) = delete;
  Recordings& operator=(const Recordings&) = delete;

  [[nodiscard]] std::shared_ptr<Recording> begin();
  // Those whose octets are kept, oldest first.
  [[nodiscard]] std::vector<std::shared_ptr<Recording>> all() const;
  [[nodiscard]] std::size_t memory() const { return memory_; }

 private:
  friend class Recording;
  void grew(std::size_t from, std::size_t to);
  [[nodiscard]] WireTime time_at(std::chrono::steady_clock::time_point steady);

  const base::Clock& clock_;
  std::size_t most_;
  std::size_t memory_ = 0;
  std::list<std::shared_ptr<Recording>> kept_;
  std::optional<WireTime> wall_;  // at steady_
  std::chrono::steady_clock::time_point steady_;
};

}  // namespace sealtone::tls
