// SPDX-License-Identifier: Apache-2.0
//
// bench/handshake_rows: what a server's CPU costs for a full handshake, a resumed one, a request.
#include <fmt/format.h>

#include <thread>

#include "bench/load.h"
#include "bench/rows.h"
#include "bench/servers.h"

namespace sealtone::bench {
namespace {

constexpr double kBar = 1.05;
constexpr std::chrono::milliseconds kRest{200};  // until a server is done with what was closed

using Loads = std::vector<std::unique_ptr<Load>>;

// One client for each server, and what it does in a turn.
template <typename Turn>
Row row_of(const std::vector<Server>& servers, int version, const Plan& plan, const Turn& turn) {
  Loads loads;
  std::vector<Contestant> contestants;
  for (const auto& server : servers) {
    loads.push_back(std::make_unique<Load>(server.port, version));
    auto* load = loads.back().get();
    contestants.push_back({.name = server.name,
                           .turn = [load, &turn](int count) { turn(*load, count); },
                           .used = server.used(),
                           .works_on_between_turns = true});
  }
  Row row;
  row.unit = "µs";
  row.series = take_turns(contestants, plan);
  row.bars = {at_most(kBar, "nginx", row)};
  return row;
}

void rows_of_key(const Scene& scene, Results& results, const test::Identity& identity,
                 const std::string& key) {
  const ServerFiles files(identity, scene.page);
  const auto servers = start(files);
  const Plan plan{scene.scale.count(15, 2), scene.scale.count(200, 5)};
  for (const int version : {TLS1_3_VERSION, TLS1_2_VERSION}) {
    const int minor = version - TLS1_VERSION;
    auto full = row_of(servers, version, plan, [](Load& load, int count) { load.full(count); });
    full.id = fmt::format("full-1.{}-{}", minor, key);
    full.what = fmt::format("full handshake, TLS 1.{}, {}", minor, key);
    results.add(full);
    auto resumed =
        row_of(servers, version, plan, [](Load& load, int count) { load.resumed(count); });
    resumed.id = fmt::format("resumed-1.{}-{}", minor, key);
    resumed.what = fmt::format("resumed handshake, TLS 1.{}, {}", minor, key);
    results.add(resumed);
  }
  if (key != "P-256") return;
  const Plan many{plan.rounds, scene.scale.count(3'000, 10)};
  auto request = row_of(servers, TLS1_3_VERSION, many,
                        [](Load& load, int count) { load.requests(count, "/"); });
  request.id = "request";
  request.what = "kept-alive request for the phone's start page, TLS 1.3";
  results.add(request);
}

}  // namespace

void handshake_rows(const Scene& scene, Results& results) {
  rows_of_key(scene, results, scene.p256, "P-256");
  rows_of_key(scene, results, scene.rsa, "RSA-2048");
}

void connection_memory_row(const Scene& scene, Results& results) {
  const ServerFiles files(scene.p256, scene.page);
  const auto servers = start(files);
  const int count = scene.scale.count(1'000, 20);
  Row row;
  row.id = "connection-memory";
  row.what = fmt::format("memory of an idle TLS connection, of {}", count);
  row.unit = "KB";
  for (const auto& server : servers) {
    // What the first connections of a process bring into memory is not theirs alone.
    (void)IdleConnections(server.port, scene.scale.count(20, 2));
    // One after the other, until the phone's 8 MB of kept octets are full: these are not of the
    // connections that are measured.
    for (int i = 0; i < scene.scale.count(3'000, 2); ++i) (void)IdleConnections(server.port, 1);
    std::this_thread::sleep_for(kRest);
    const double before = memory_kb(server.process->pid(), "RssAnon");
    const IdleConnections open(server.port, count);
    const double after = memory_kb(server.process->pid(), "RssAnon");
    row.series.push_back({server.name, spread_of({(after - before) / count})});
  }
  row.bars = {{"≤ 20 KB", 20}};
  row.notes = {
      "each has answered one request and is kept alive; the phone's includes the record "
      "of its handshake"};
  results.add(row);
}

}  // namespace sealtone::bench
