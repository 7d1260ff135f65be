// SPDX-License-Identifier: Apache-2.0
//
// store: each change begun, committed, and only then seen.
#include "store/store.h"

#include <fmt/format.h>

#include "base/text.h"
#include "store/change.h"
#include "store/database.h"
#include "store/load.h"
#include "store/trusted_limit.h"

namespace sealtone::store {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

Result<void> check_size(std::string_view text, std::size_t most, std::string_view what) {
  if (text.size() <= most) return {};
  return fail(ErrorCode::too_large, std::string(what),
              fmt::format("it has {} octets, and at most {} are kept", text.size(), most));
}

Result<void> check_row(const ConnectionRow& row) {
  const std::pair<const std::string&, std::string_view> texts[] = {
      {row.service, "the connection's service"},   {row.server, "the connection's server"},
      {row.role, "the connection's role"},         {row.decision, "the connection's decision"},
      {row.headline, "the connection's headline"},
  };
  for (const auto& [text, what] : texts) {
    if (auto fits = check_size(text, kMaxTextBytes, what); !fits) return fits;
  }
  return check_size(row.json, kMaxRecordBytes, "the connection's record");
}

ConnectionRow connection_of(const Row& row) {
  ConnectionRow read;
  read.id = row.integer(0);
  read.service = row.text(1);
  read.server = row.text(2);
  read.role = row.text(3);
  read.at = std::chrono::sys_seconds(std::chrono::seconds(row.integer(4)));
  read.decision = row.text(5);
  read.headline = row.text(6);
  return read;
}

}  // namespace

Store::Store(std::unique_ptr<Database> database, std::shared_ptr<const Snapshot> snapshot)
    : database_(std::move(database)), snapshot_(std::move(snapshot)) {}

Store::~Store() = default;

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& dir) {
  auto database = Database::open(dir);
  if (!database) return std::unexpected(database.error());
  auto loaded = load(**database);
  if (!loaded) return std::unexpected(loaded.error());
  return std::unique_ptr<Store>(new Store(std::move(*database), std::move(*loaded)));
}

std::shared_ptr<const Snapshot> Store::snapshot() const {
  const std::lock_guard lock(snapshot_mutex_);
  return snapshot_;
}

void Store::publish(std::shared_ptr<const Snapshot> snapshot) {
  const std::lock_guard lock(snapshot_mutex_);
  snapshot_.swap(snapshot);
}

Result<TrustedCertificate> Store::add_trusted(const x509::Certificate& certificate,
                                              std::chrono::sys_seconds now, std::string origin) {
  const auto& there = snapshot_->trusted;
  if (auto why = over_trusted_limit(there.size(), count_new(there, {&certificate, 1}),
                                    snapshot_->settings)) {
    return std::unexpected(*std::move(why));
  }
  auto change = Change::begin(*database_, snapshot_);
  if (!change) return std::unexpected(change.error());
  auto added = change->add_trusted(certificate, now, origin);
  if (!added) return added;
  auto next = change->commit();
  if (!next) return std::unexpected(next.error());
  publish(std::move(*next));
  return added;
}

template <typename Do>
Result<void> Store::change(Do&& what) {
  auto change = Change::begin(*database_, snapshot_);
  if (!change) return std::unexpected(change.error());
  if (auto done = what(*change); !done) return done;
  auto next = change->commit();
  if (!next) return std::unexpected(next.error());
  publish(std::move(*next));
  return {};
}

Result<void> Store::remove_trusted(std::int64_t id) {
  return change([id](Change& each) { return each.remove_trusted(id); });
}

Result<void> Store::set_credential(const x509::DeviceCredential& credential,
                                   std::chrono::sys_seconds now) {
  return change([&](Change& each) { return each.set_credential(credential, now); });
}

Result<void> Store::clear_credential() {
  return change([](Change& each) { return each.clear_credential(); });
}

Result<void> Store::undo_credential() {
  return change([](Change& each) { return each.undo_credential(); });
}

Result<void> Store::forget_previous_credential() {
  return change([](Change& each) { return each.forget_previous_credential(); });
}

Result<std::vector<RevocationList>> Store::add_revocation_lists(
    const std::vector<x509::Crl>& lists, std::chrono::sys_seconds now, std::string origin,
    std::span<const x509::Certificate> at_hand) {
  std::vector<RevocationList> added;
  auto done = change([&](Change& each) -> Result<void> {
    for (const auto& crl : lists) {
      auto one = each.add_revocation_list(crl, now, origin, at_hand);
      if (!one) return std::unexpected(one.error());
      added.push_back(*std::move(one));
    }
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return added;
}

Result<void> Store::remove_revocation_list(std::int64_t id) {
  return change([id](Change& each) { return each.remove_revocation_list(id); });
}

Result<void> Store::set_settings(const settings::Settings& settings) {
  return change([&](Change& each) { return each.set_settings(settings); });
}

Result<void> Store::apply(const Batch& batch, std::chrono::sys_seconds now) {
  // The limit is the one that stands afterwards, all or nothing.
  std::span<const TrustedCertificate> there = snapshot_->trusted;
  if (batch.clear_trusted) there = {};
  if (auto why =
          over_trusted_limit(there.size(), count_new(there, batch.add_trusted), batch.settings)) {
    return std::unexpected(*std::move(why));
  }
  return change([&](Change& each) -> Result<void> {
    if (batch.clear_trusted) {
      if (auto done = each.clear_trusted(); !done) return done;
    }
    for (const auto& certificate : batch.add_trusted) {
      auto added = each.add_trusted(certificate, now, batch.origin);
      if (!added && added.error().code != ErrorCode::exists) return std::unexpected(added.error());
    }
    if (batch.clear_credential) {
      if (auto done = each.clear_credential(); !done) return done;
    }
    if (batch.credential) {
      if (auto done = each.set_credential(*batch.credential, now); !done) return done;
    }
    return each.set_settings(batch.settings);
  });
}

Result<std::int64_t> Store::put_connection(const ConnectionRow& row, const Standing& standing) {
  if (auto fits = check_row(row); !fits) return std::unexpected(fits.error());
  auto transaction = Transaction::begin(*database_);
  if (!transaction) return std::unexpected(transaction.error());
  auto done = database_->run("DELETE FROM connection WHERE service = ? AND server = ? AND role = ?",
                             {row.service, row.server, row.role});
  if (!done) return std::unexpected(done.error());
  done = database_->run(
      "INSERT INTO connection (service, server, role, at, decision, headline, json)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)",
      {row.service, row.server, row.role, row.at.time_since_epoch().count(), row.decision,
       row.headline, row.json});
  if (!done) return std::unexpected(done.error());
  const auto id = database_->last_id();
  done = database_->run(
      "DELETE FROM connection WHERE id <="
      " (SELECT id FROM connection ORDER BY id DESC LIMIT 1 OFFSET ?)",
      {static_cast<std::int64_t>(kMaxConnections)});
  if (!done) return std::unexpected(done.error());
  if (done = note_standing(row, standing); !done) return std::unexpected(done.error());
  if (done = transaction->commit(Database::After::nothing); !done)
    return std::unexpected(done.error());
  return id;
}

Result<std::vector<ConnectionRow>> Store::connections() const {
  std::vector<ConnectionRow> rows;
  auto read = database_->each(
      "SELECT id, service, server, role, at, decision, headline FROM connection ORDER BY id DESC",
      {}, [&](const Row& row) -> Result<void> {
        rows.push_back(connection_of(row));
        return {};
      });
  if (!read) return std::unexpected(read.error());
  return rows;
}

Result<ConnectionRow> Store::connection(std::int64_t id) const {
  std::optional<ConnectionRow> found;
  auto read = database_->each(
      "SELECT id, service, server, role, at, decision, headline, json FROM connection WHERE id = ?",
      {id}, [&](const Row& row) -> Result<void> {
        found = connection_of(row);
        found->json = row.text(7);
        return {};
      });
  if (!read) return std::unexpected(read.error());
  if (!found)
    return fail(ErrorCode::not_found, fmt::format("connection {}", id),
                "there is no record of that number; a later connection to the same server may have "
                "taken its place, list them again");
  return std::move(*found);
}

Result<std::optional<std::string>> Store::value(std::string_view name) const {
  std::optional<std::string> found;
  auto read = database_->each("SELECT value FROM value WHERE name = ?", {name},
                              [&](const Row& row) -> Result<void> {
                                found = row.text(0);
                                return {};
                              });
  if (!read) return std::unexpected(read.error());
  return found;
}

Result<void> Store::set_value(std::string_view name, std::string_view value) {
  if (name.empty()) return fail(ErrorCode::bad_input, "", "a value needs a name to be kept under");
  if (auto fits = check_size(name, kMaxTextBytes, "the value's name"); !fits) return fits;
  if (auto fits = check_size(value, kMaxRecordBytes, base::visible(name)); !fits) return fits;
  auto transaction = Transaction::begin(*database_);
  if (!transaction) return std::unexpected(transaction.error());
  auto done = database_->run(
      "INSERT INTO value (name, value) VALUES (?, ?)"
      " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      {name, base::view(value)});
  if (!done) return done;
  return transaction->commit(Database::After::scrub);
}

}  // namespace sealtone::store
