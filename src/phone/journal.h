// SPDX-License-Identifier: Apache-2.0
//
// phone/journal: the last connection with each peer for each service, explained and stored.
//
// Peers make connections faster than a disk takes them: of one service, peer and role only the
// newest waits to be written, with kMostBefore in all of those before it whose octets are kept, and
// rounds of writing stand kRest apart.  Beyond, the oldest of whoever has the most is left out, so
// that a burst costs nobody else's.  Explaining and writing happen on the worker.  The log gets one
// line for each connection that is written, and one for each peer of which some were left out.  A
// record that the store gave up for a later one of the same peer stays here as long as its octets
// do, the newest 4 MB of them.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "base/log.h"
#include "explain/spoken.h"
#include "net/net.h"
#include "store/store.h"
#include "tls/recording.h"

namespace sealtone::phone {

using Certificates = std::shared_ptr<const std::vector<x509::Certificate>>;

// One connection as it is known so far.
struct Entry {
  std::string service;  // "provisioning", "page"
  std::string server;   // "prov.example.com:8443"; for the page the peer's address
  std::string target;   // of the URL that was asked for; for the page empty
  trust::Verdict verdict;
  handshake::HandshakeRecord record;
  std::chrono::sys_seconds at;
  std::string list_name;
  Certificates at_hand;  // where a missing certificate may be; may be null
  std::shared_ptr<tls::Recording> recording = {};  // of its octets; may be null
  explain::Conversation spoken = {};               // in SIP
};

// What is stored of a connection, with what was said in it by now.
[[nodiscard]] std::string with_spoken(const std::string& json, const explain::Conversation& spoken);

class Journal {
 public:
  Journal(net::asio::io_context& loop, net::Worker& worker, store::Store& store, base::Log& log);
  // Never waits.
  void note(Entry entry);
  // The octets of a stored connection, as long as they are kept; null: they are not.
  [[nodiscard]] std::shared_ptr<tls::Recording> recording_of(std::int64_t id) const;
  // The stored records whose octets are kept, the newest first, as the store had them.
  [[nodiscard]] std::vector<store::ConnectionRow> recorded() const;
  // Everything noted so far is stored when it returns.
  [[nodiscard]] net::Task<void> flush();
  // No more rounds; what waits is written by write_rest().
  void stop();
  // On the thread that owns the store, once the worker is gone.
  void write_rest();

 private:
  using Key = std::tuple<std::string, std::string, handshake::Role>;
  struct Waiting {
    std::vector<Entry> entries = {};  // the newest last
    std::size_t left_out = 0;
  };
  void leave_out_what_is_too_much();
  [[nodiscard]] static net::Task<void> write_in_rounds(Journal& journal);
  [[nodiscard]] net::Task<void> write_round();

  net::asio::io_context& loop_;
  net::Worker& worker_;
  store::Store& store_;
  base::Log& log_;
  net::asio::steady_timer rest_;
  struct Recorded {
    std::weak_ptr<tls::Recording> octets;
    store::ConnectionRow row;  // without a number: given up
  };
  void forget_what_is_gone();

  std::map<Key, Waiting> waiting_;
  std::map<std::int64_t, Recorded> recorded_;  // by the store's numbers
  bool writing_ = false;
  bool stopped_ = false;
};

}  // namespace sealtone::phone
