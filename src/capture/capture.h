// SPDX-License-Identifier: Apache-2.0
//
// capture: what a capture file holds of TLS connections, as HandshakeRecords.
//
// Source: pcap (draft-ietf-opsawg-pcap), pcapng (draft-ietf-opsawg-pcapng), RFC 791, 8200, 9293.
// Units: octets; UTC, microseconds.  Errors: not_found, not_allowed, io, bad_input (no capture,
// named for what it is, or damaged from somewhere on).  A file that ends in the middle gives what
// it holds, and Totals says so.  Memory grows with the connections that are open, not with the
// file.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "capture/secrets.h"
#include "crypto/crypto.h"
#include "handshake/record.h"

namespace sealtone::capture {

using Time = std::chrono::sys_time<std::chrono::microseconds>;

struct Endpoint {
  std::string address;  // "192.0.2.1", "2001:db8::1"
  std::uint16_t port = 0;

  [[nodiscard]] std::string text() const;  // "192.0.2.1:443", "[2001:db8::1]:443"
  bool operator==(const Endpoint&) const = default;
};

// A TCP connection in which TLS was found.
struct Connection {
  std::size_t number = 0;  // from 1, in the order in which TLS began in them
  Endpoint client, server;
  handshake::HandshakeRecord record;                                     // observed
  std::vector<crypto::Sha256> server_certificates, client_certificates;  // of the record's chains
  Time first, last;                                                      // packets
  std::string user_agent;  // that the client told in it, decrypted; empty if none could be read
};

struct Options {
  std::string key_log;  // SSLKEYLOGFILE's text; what the capture embeds counts too
  std::size_t most_memory = 256'000'000;  // octets; what is kept beyond is given up, oldest first
  // Random, so that who wrote the capture cannot choose ports that all fall into one place.
  std::uint64_t seed = 0;
  bool follow = false;  // wait for more where the file ends, and for the pipe to say more
  // Secrets may be added later. What is said until then is kept, the first 64 KB of each direction
  // of a connection, for ten minutes at most.
  bool secrets_later = false;
};

struct Totals {
  std::uint64_t packets = 0, octets = 0;
  std::uint64_t unreadable = 0;      // packets of a link type or form that cannot be read
  std::size_t connections = 0;       // with TLS in them
  std::size_t given_up = 0;          // for want of memory, with TLS or without
  bool cut = false;                  // the file ends within a packet
  bool stopped = false;              // by the caller, before it was at its end
  std::vector<std::string> remarks;  // what else was met, in words
};

class Reader {
 public:
  // "-": standard input.
  [[nodiscard]] static base::Result<Reader> open(const std::string& path, Options options);
  // A whole capture in memory.
  [[nodiscard]] static Reader of(base::Bytes capture, Options options);
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

  // Goes on by at most so many packets; each connection that ended is handed over, once, two
  // seconds of the capture later.  False: the capture is at its end, and those that were still open
  // have been handed over, too.  Who follows is called back after a fifth of a second, also where
  // nothing more came.  Behind an error, too, the next call hands over what is there, and is false.
  [[nodiscard]] base::Result<bool> read(std::size_t packets,
                                        const std::function<void(Connection)>& ended);
  // What came to the key log since, in whole lines.  What is still open, or was not handed over, is
  // read by it as if it had been there before.  At the end it is said if none was of any use.
  KeyLogLines add_secrets(std::string_view key_log);
  // What came by now is all: the next call of read hands over what is open, and is false.
  void stop();
  // For who follows: by the caller's clock nothing came for so long.  From two seconds on
  // connections that one side closed are handed over by the next call of read.
  void silent_for(std::chrono::microseconds time);
  // As far as they are known by now: for a table that is drawn while the capture grows.
  [[nodiscard]] std::vector<Connection> open_connections() const;
  // What clients said of themselves in the clear, HTTP or SIP, on any connection: by address.  At
  // most 10,000.
  [[nodiscard]] const std::map<std::string, std::string>& user_agents() const;
  [[nodiscard]] const Totals& totals() const;
  // A key log was given, and holds nothing of those connections that were met by now, whether the
  // capture's own secrets open them or not.
  [[nodiscard]] bool key_log_is_of_others() const;

 private:
  class Work;
  explicit Reader(std::unique_ptr<Work> work);
  std::unique_ptr<Work> work_;
};

}  // namespace sealtone::capture
