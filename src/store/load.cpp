// SPDX-License-Identifier: Apache-2.0
//
// store/load: every row checked as it is read.
#include "store/load.h"

#include <algorithm>

#include <fmt/format.h>

namespace sealtone::store {
namespace {

using base::Result;

std::chrono::sys_seconds time_of(std::int64_t seconds) {
  return std::chrono::sys_seconds(std::chrono::seconds(seconds));
}

Result<x509::Certificate> certificate(const Database& database, base::ByteView sha256,
                                      base::ByteView der, std::string_view which) {
  auto read = x509::Certificate::from_der(der);
  if (!read || !std::ranges::equal(read->sha256(), sha256))
    return database.damaged(fmt::format("{} is not what was stored", which));
  return read;
}

Result<void> load_trusted(Database& database, Snapshot& snapshot) {
  return database.each("SELECT id, sha256, der, added, origin FROM trusted ORDER BY id", {},
                       [&](const Row& row) -> Result<void> {
                         const auto id = row.integer(0);
                         auto read = certificate(database, row.blob(1), row.blob(2),
                                                 fmt::format("trusted certificate {}", id));
                         if (!read) return std::unexpected(read.error());
                         snapshot.trusted.push_back({id, std::move(*read), time_of(row.integer(3)),
                                                     std::string(row.text(4))});
                         return {};
                       });
}

// which: "the server certificate", for the words; the chain's table is the key's with _chain.
Result<void> load_credential(Database& database, const std::string& table, std::string_view which,
                             std::optional<x509::DeviceCredential>& credential,
                             std::chrono::sys_seconds& added) {
  std::vector<x509::Certificate> chain;
  auto read_chain =
      database.each(fmt::format("SELECT sha256, der FROM {}_chain ORDER BY position", table), {},
                    [&](const Row& row) -> Result<void> {
                      auto read = certificate(database, row.blob(0), row.blob(1), which);
                      if (!read) return std::unexpected(read.error());
                      chain.push_back(std::move(*read));
                      return {};
                    });
  if (!read_chain) return read_chain;

  auto read_key = database.each(
      fmt::format("SELECT key, added FROM {}", table), {}, [&](const Row& row) -> Result<void> {
        auto key = crypto::PrivateKey::from_der(row.blob(0));
        if (!key || chain.empty() || !chain.front().matches(*key))
          return database.damaged(fmt::format("{}'s private key is not what was stored", which));
        credential = x509::DeviceCredential{std::move(chain), std::move(*key)};
        added = time_of(row.integer(1));
        return {};
      });
  if (!read_key) return read_key;
  if (!credential && !chain.empty())
    return database.damaged(fmt::format("{} has lost its private key", which));
  return {};
}

Result<void> load_credentials(Database& database, Snapshot& snapshot) {
  auto loaded = load_credential(database, "credential", "the server certificate",
                                snapshot.credential, snapshot.credential_added);
  if (!loaded) return loaded;
  return load_credential(database, "previous_credential", "the previous server certificate",
                         snapshot.previous, snapshot.previous_added);
}

Result<void> load_revocation_lists(Database& database, Snapshot& snapshot) {
  auto loaded = database.each(
      "SELECT id, sha256, der, added, origin FROM revocation_list ORDER BY id", {},
      [&](const Row& row) -> Result<void> {
        const auto id = row.integer(0);
        auto read = x509::Crl::from_der(row.blob(2));
        if (!read || !std::ranges::equal(read->facts().sha256, row.blob(1)))
          return database.damaged(fmt::format("revocation list {} is not what was stored", id));
        snapshot.revocation_lists.push_back({id, *std::move(read), row.blob(2).size(),
                                             time_of(row.integer(3)), std::string(row.text(4))});
        return {};
      });
  share_lists(snapshot);
  return loaded;
}

Result<void> load_settings(Database& database, Snapshot& snapshot) {
  return database.each("SELECT name, value FROM setting", {}, [&](const Row& row) -> Result<void> {
    // A name that this program does not know stays in its row for the version that wrote it.
    const auto known = settings::find_key(row.text(0));
    if (known && known->canonical == row.text(0))
      snapshot.settings.set(known->canonical, std::string(row.text(1)));
    return {};
  });
}

}  // namespace

void share_lists(Snapshot& snapshot) {
  std::vector<x509::Crl> lists;
  lists.reserve(snapshot.revocation_lists.size());
  for (const auto& each : snapshot.revocation_lists) lists.push_back(each.crl);
  snapshot.crls.reset();
  if (!lists.empty()) {
    snapshot.crls = std::make_shared<const std::vector<x509::Crl>>(std::move(lists));
  }
}

Result<std::shared_ptr<const Snapshot>> load(Database& database) {
  auto snapshot = std::make_shared<Snapshot>();
  for (const auto& part : {load_trusted, load_credentials, load_revocation_lists, load_settings}) {
    if (auto loaded = part(database, *snapshot); !loaded) return std::unexpected(loaded.error());
  }
  // These tables are read when asked for; that they are there is seen now.
  if (auto there = database.run("SELECT 1 FROM connection, value, rejected, rejected_chain, "
                                "rejected_answer LIMIT 0");
      !there)
    return std::unexpected(there.error());
  return snapshot;
}

}  // namespace sealtone::store
