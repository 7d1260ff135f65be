// SPDX-License-Identifier: Apache-2.0
//
// bench/recorder_row: both ends of a TLS connection of ours, with the recorder and without.
#include <fmt/format.h>
#include <malloc.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/local/connect_pair.hpp>
#include <stdexcept>

#include "bench/authority.h"
#include "bench/rows.h"
#include "bench/servers.h"
#include "support/loop.h"
// The one place outside the room that looks behind it: the recorder has no switch of its own.
#include "tls/native.h"
#include "tls/recording.h"

namespace sealtone::bench {
namespace {

namespace asio = net::asio;
using SharedContext = std::shared_ptr<const tls::Context>;

constexpr auto kName = "prov.example.com";
constexpr std::chrono::seconds kLimit{10};

// At the first step of the handshake: nothing will be told to the recorder.
void take_the_recorder_away(const SSL* ssl, int where, int) {
  if ((where & SSL_CB_HANDSHAKE_START) == 0) return;
  SSL_set_msg_callback(const_cast<SSL*>(ssl), nullptr);
  BIO_set_callback_ex(SSL_get_rbio(ssl), nullptr);
}

struct Ends {
  SharedContext client, server;
  std::shared_ptr<tls::Recordings> recordings;  // null: without the recorder
};

Ends make_ends(const x509::DeviceCredential& credential, bool recorded) {
  tls::ContextOptions client, server;
  server.role = handshake::Role::server;
  server.credential = credential;
  client.keep_secrets = server.keep_secrets = recorded;
  static const base::SystemClock clock;
  Ends ends{value_of(tls::Context::build(client)), value_of(tls::Context::build(server)),
            recorded ? std::make_shared<tls::Recordings>(clock) : nullptr};
  if (!recorded) {
    for (const auto& context : {ends.client, ends.server}) {
      SSL_CTX_set_info_callback(context->native().context.get(), take_the_recorder_away);
    }
  }
  return ends;
}

struct Both {
  tls::Outcome client, server;
};

Both meet(asio::io_context& loop, const Ends& ends, tls::PeerCheck check) {
  asio::local::stream_protocol::socket left(loop), right(loop);
  asio::local::connect_pair(left, right);
  std::optional<tls::Outcome> served;
  tls::PeerCheck server_check;
  server_check.now = check.now;
  if (ends.recordings) {
    check.recording = ends.recordings->begin();
    server_check.recording = ends.recordings->begin();
  }
  asio::co_spawn(
      loop,
      tls::accept(std::make_unique<net::Socket>(std::move(right)), ends.server,
                  std::move(server_check), kLimit),
      [&](const std::exception_ptr&, tls::Outcome outcome) { served.emplace(std::move(outcome)); });
  Both both;
  both.client = test::finish(loop, tls::connect(std::make_unique<net::Socket>(std::move(left)),
                                                ends.client, check, kLimit));
  test::run_until(loop, [&] { return served.has_value(); });
  both.server = std::move(*served);
  if (!both.client.stream || !both.server.stream) throw std::runtime_error("no connection");
  return both;
}

// A small request and its answer, as a configuration file is fetched.
void exchange(asio::io_context& loop, const Both& both) {
  static const base::Bytes request(200, 'q'), answer(2'000, 'a');
  base::Bytes piece(16'384);
  const auto read = [&](net::ByteStream& stream, std::size_t size) {
    for (std::size_t got = 0; got < size;) {
      got += value_of(test::finish(loop, stream.read_some(piece)));
    }
  };
  (void)test::finish(loop, net::write_all(*both.client.stream, request));
  read(*both.server.stream, request.size());
  (void)test::finish(loop, net::write_all(*both.server.stream, answer));
  read(*both.client.stream, answer.size());
}

double record_kb(const handshake::HandshakeRecord& record) {
  constexpr std::size_t copies = 1'000;
  constexpr double octets_per_kb = 1'024;
  std::vector<handshake::HandshakeRecord> kept;
  kept.reserve(copies);
  const auto before = mallinfo2().uordblks;
  for (std::size_t i = 0; i < copies; ++i) kept.push_back(record);
  const auto more = mallinfo2().uordblks - before;
  return static_cast<double>(more) / copies / octets_per_kb + sizeof(record) / octets_per_kb;
}

}  // namespace

void recorder_row(const Scene& scene, Results& results) {
  Authority authority;
  const auto leaf = authority.server(kName);
  const x509::DeviceCredential credential{{leaf.certificate, authority.intermediate().certificate},
                                          leaf.key};
  tls::PeerCheck check;
  check.anchors = std::make_shared<const x509::AnchorSet>(
      std::vector<x509::Certificate>{authority.root().certificate});
  check.reference = trust::ReferenceIdentifier::from_host(kName);
  check.now = now();
  check.sni = kName;

  asio::io_context loop;
  const auto with = make_ends(credential, true);
  const auto without = make_ends(credential, false);
  const auto connections = [&](const Ends& ends, bool recorded) {
    return [&, recorded](int count) {
      for (int i = 0; i < count; ++i) {
        const auto both = meet(loop, ends, check);
        exchange(loop, both);
        const bool has_record = !both.client.record.messages.empty();
        if (has_record != recorded) throw std::runtime_error("the recorder is not as it was set");
      }
    };
  };
  Row row{"recorder", "connection, both ends ours, with the recorder", "µs", {}, {}, {}};
  row.series = take_turns({{kOurs, connections(with, true), own_cpu},
                           {"without recorder", connections(without, false), own_cpu}},
                          {scene.scale.count(21, 2), scene.scale.count(200, 5)});
  row.bars = {at_most(1.10, "without recorder", row)};
  const auto record = meet(loop, with, check).server.record;
  row.notes = {
      fmt::format("a kept record of a server's handshake takes {:.1f} KB", record_kb(record))};
  results.add(row);
}

}  // namespace sealtone::bench
