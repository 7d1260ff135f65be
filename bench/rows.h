// SPDX-License-Identifier: Apache-2.0
//
// bench/rows: the rows of the budget table, each with its peers.
#pragma once

#include "bench/results.h"
#include "support/peers.h"

namespace sealtone::bench {

// What all rows share: certificates made for this run, the page that is served.
struct Scene {
  Scale scale;
  test::Certificates certificates;
  test::Identity root, p256, rsa;  // p256 and rsa: servers for localhost and 127.0.0.1
  std::filesystem::path page;      // the phone's own start page, for the peers too
  explicit Scene(const Scale& how_much);
};

void handshake_rows(const Scene& scene, Results& results);  // full and resumed, and requests
void connection_memory_row(const Scene& scene, Results& results);
void swap_row(const Scene& scene, Results& results);
void fetch_row(const Scene& scene, Results& results);
void recorder_row(const Scene& scene, Results& results);
void trace_row(const Scene& scene, Results& results);
void verdict_rows(const Scene& scene, Results& results);
void identities_row(const Scene& scene, Results& results);
void registration_rows(const Scene& scene, Results& results);
void footprint_rows(const Scene& scene, Results& results);  // start, idle memory, size

}  // namespace sealtone::bench
