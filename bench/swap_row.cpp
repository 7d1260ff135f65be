// SPDX-License-Identifier: Apache-2.0
//
// bench/swap_row: the phone's certificate replaced again and again while clients connect.
#include <fmt/format.h>

#include <array>
#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

#include "bench/load.h"
#include "bench/rows.h"
#include "bench/servers.h"

namespace sealtone::bench {
namespace {

constexpr int kClients = 2;

// What the clients saw, all together.
struct Seen {
  std::atomic<int> connections = 0;
  std::atomic<int> failed = 0;
  std::mutex mutex;
  std::set<std::string> serials;
  std::string first_failure;

  void note(const SSL* ssl) {
    const X509* const shown = SSL_get0_peer_certificate(ssl);
    const ASN1_INTEGER* const serial = X509_get0_serialNumber(shown);
    const std::string octets(reinterpret_cast<const char*>(ASN1_STRING_get0_data(serial)),
                             static_cast<std::size_t>(ASN1_STRING_length(serial)));
    const std::lock_guard lock(mutex);
    serials.insert(octets);
  }
  void note_failure(const std::string& why) {
    ++failed;
    const std::lock_guard lock(mutex);
    if (first_failure.empty()) first_failure = why;
  }
};

void connect_again_and_again(Seen& seen, std::uint16_t port, int count) {
  const auto context = lean_context(TLS1_3_VERSION);
  while (seen.connections++ < count) {
    try {
      const Dialled dialled(port);
      const Ssl ssl(SSL_new(context.get()));
      SSL_set_fd(ssl.get(), dialled.descriptor());
      if (SSL_connect(ssl.get()) != 1) throw std::runtime_error("a handshake failed");
      request_once(ssl.get(), "/", port);
      seen.note(ssl.get());
      SSL_shutdown(ssl.get());
    } catch (const std::exception& problem) {
      seen.note_failure(problem.what());
    }
  }
}

}  // namespace

void swap_row(const Scene& scene, Results& results) {
  const ServerFiles files(scene.p256, scene.page);
  const auto& command = files.commands().front();
  const auto phone = start(command);

  const test::TempDir folder;
  const std::array uploads{folder.write("rsa.pem", credential_text(scene.rsa)),
                           folder.write("p256.pem", credential_text(scene.p256))};
  const int count = scene.scale.count(4'000, 60);
  Seen seen;
  std::vector<std::jthread> clients;
  for (int i = 0; i < kClients; ++i) {
    clients.emplace_back([&] { connect_again_and_again(seen, phone.port, count); });
  }
  int swaps = 0;
  std::string refused;
  while (seen.connections < count && refused.empty()) {
    const auto upload = uploads.at(static_cast<std::size_t>(swaps) % uploads.size());
    const auto done =
        test::run({program(), "server-cert", "set", upload.string(), "--state", files.state()});
    if (done.status != 0) refused = done.err;
    ++swaps;
  }
  clients.clear();  // joins them
  if (!refused.empty()) throw std::runtime_error("a certificate was not taken: " + refused);
  if (swaps > 1 && seen.serials.size() != uploads.size()) {
    throw std::runtime_error("the certificate was replaced, and the clients saw no other one");
  }

  Row row;
  row.id = "swap";
  row.what =
      fmt::format("connections that failed, of {} during {} changes of certificate", count, swaps);
  row.unit = "failed";
  row.series = {{kOurs, spread_of({static_cast<double>(seen.failed)})}};
  row.bars = {{"0", 0}};
  if (!seen.first_failure.empty()) row.notes = {"the first that failed: " + seen.first_failure};
  results.add(row);
}

}  // namespace sealtone::bench
