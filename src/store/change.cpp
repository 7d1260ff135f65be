// SPDX-License-Identifier: Apache-2.0
//
// store/change: each part changes its rows, then the snapshot in the making.
#include "store/change.h"

#include <cstring>  // explicit_bzero
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "x509/path.h"

namespace sealtone::store {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

// A private key on its way into the file, wiped however the way ends.
class KeyOctets {
 public:
  explicit KeyOctets(base::Bytes octets) : octets_(std::move(octets)) {}
  ~KeyOctets() { ::explicit_bzero(octets_.data(), octets_.size()); }
  KeyOctets(const KeyOctets&) = delete;
  KeyOctets& operator=(const KeyOctets&) = delete;
  [[nodiscard]] base::ByteView view() const { return octets_; }

 private:
  base::Bytes octets_;
};

std::string name_of(const x509::Certificate& certificate) {
  return base::visible(certificate.subject().short_name());
}

Result<void> check_credential(const x509::DeviceCredential& credential) {
  if (credential.chain.empty() || credential.key.empty())
    return fail(ErrorCode::mismatch, "",
                "a server certificate is a certificate and its private key; give both");
  const auto& leaf = credential.leaf();
  if (!leaf.matches(credential.key))
    return fail(
        ErrorCode::mismatch, name_of(leaf),
        "the private key belongs to another certificate; give the key this one was made for");
  std::size_t size = 0;
  for (std::size_t i = 0; i < credential.chain.size(); ++i) {
    size += credential.chain[i].der().size();
    if (i > 0 && !x509::signed_by(credential.chain[i - 1], credential.chain[i]))
      return fail(ErrorCode::mismatch, name_of(credential.chain[i]),
                  fmt::format("it did not issue the certificate before it, \"{}\"; put each issuer "
                              "behind what it issued",
                              name_of(credential.chain[i - 1])));
  }
  if (size > kMaxChainBytes)
    return fail(ErrorCode::too_large, name_of(leaf),
                fmt::format("the certificate and its issuers are over {} octets; leave out what "
                            "does not belong to the chain",
                            kMaxChainBytes));
  return {};
}

// Whether it is the certificate, chain and key that are there already.
Result<bool> is_same(const x509::DeviceCredential& one, const x509::DeviceCredential& other) {
  if (one.chain != other.chain) return false;
  auto first = one.key.pkcs8_der();
  auto second = other.key.pkcs8_der();
  if (!first) return std::unexpected(first.error());
  if (!second) return std::unexpected(second.error());
  const KeyOctets key(std::move(*first)), other_key(std::move(*second));
  return crypto::equal_in_constant_time(key.view(), other_key.view());
}

// Into an empty table and that of its chain; nothing for none.
Result<void> write_credential(Database& database, const std::string& table,
                              const std::optional<x509::DeviceCredential>& credential,
                              std::chrono::sys_seconds added) {
  if (!credential) return {};
  auto octets = credential->key.pkcs8_der();
  if (!octets) return std::unexpected(octets.error());
  const KeyOctets key(std::move(*octets));
  auto kept = database.run(fmt::format("INSERT INTO {} (id, key, added) VALUES (1, ?, ?)", table),
                           {key.view(), added.time_since_epoch().count()});
  if (!kept) return kept;
  for (const auto& certificate : credential->chain) {
    kept = database.run(
        fmt::format("INSERT INTO {}_chain (credential, sha256, der) VALUES (1, ?, ?)", table),
        {certificate.sha256(), certificate.der()});
    if (!kept) return kept;
  }
  return {};
}

// Settings spells every key that is known in the one canonical way.
Result<void> check_setting(const std::string& name, const std::string& value) {
  if (!settings::find_key(name))
    return fail(ErrorCode::bad_input, base::visible(name), "there is no setting of that name");
  if (value.size() > settings::kMaxLineBytes)
    return fail(ErrorCode::too_large, name,
                fmt::format("its value is over {} octets", settings::kMaxLineBytes));
  return {};
}

}  // namespace

Change::Change(Database& database, Transaction transaction, std::shared_ptr<const Snapshot> before)
    : database_(&database),
      transaction_(std::move(transaction)),
      before_(std::move(before)),
      next_(std::make_shared<Snapshot>(*before_)) {}

Result<Change> Change::begin(Database& database, std::shared_ptr<const Snapshot> before) {
  auto transaction = Transaction::begin(database);
  if (!transaction) return std::unexpected(transaction.error());
  return Change(database, std::move(*transaction), std::move(before));
}

Result<TrustedCertificate> Change::add_trusted(const x509::Certificate& certificate,
                                               std::chrono::sys_seconds now,
                                               const std::string& origin) {
  if (origin.size() > kMaxTextBytes)
    return fail(ErrorCode::too_large, name_of(certificate),
                fmt::format("the words on its origin are over {} octets", kMaxTextBytes));
  auto added = database_->run(
      "INSERT INTO trusted (sha256, der, added, origin) VALUES (?, ?, ?, ?)"
      " ON CONFLICT (sha256) DO NOTHING",
      {certificate.sha256(), certificate.der(), now.time_since_epoch().count(), origin});
  if (!added) return std::unexpected(added.error());
  if (database_->rows_changed() == 0)
    return fail(ErrorCode::exists, name_of(certificate),
                fmt::format("this certificate (SHA-256 {}) is among the trusted certificates "
                            "already; there is nothing to do",
                            certificate.fingerprint()));
  if (next_->trusted.size() == kMaxTrusted)
    return fail(ErrorCode::too_large, name_of(certificate),
                fmt::format("the list holds {} trusted certificates, which is as many as it can; "
                            "delete some that are not needed",
                            kMaxTrusted));
  changed_ = true;
  return next_->trusted.emplace_back(
      TrustedCertificate{database_->last_id(), certificate, now, origin});
}

Result<void> Change::remove_trusted(std::int64_t id) {
  auto removed = database_->run("DELETE FROM trusted WHERE id = ?", {id});
  if (!removed) return removed;
  if (std::erase_if(next_->trusted, [id](const auto& each) { return each.id == id; }) == 0)
    return fail(ErrorCode::not_found, fmt::format("trusted certificate {}", id),
                "there is none of that number; list them again, it may be deleted already");
  changed_ = true;
  return {};
}

Result<void> Change::clear_trusted() {
  if (next_->trusted.empty()) return {};
  changed_ = true;
  next_->trusted.clear();
  return database_->run("DELETE FROM trusted");
}

Result<void> Change::write_credentials() {
  changed_ = true;
  after_ = Database::After::scrub;
  // A chain goes with its key's row.
  for (const char* table : {"credential", "previous_credential"}) {
    if (auto done = database_->run(fmt::format("DELETE FROM {}", table)); !done) return done;
  }
  if (auto done =
          write_credential(*database_, "credential", next_->credential, next_->credential_added);
      !done) {
    return done;
  }
  return write_credential(*database_, "previous_credential", next_->previous,
                          next_->previous_added);
}

Result<void> Change::set_credential(const x509::DeviceCredential& credential,
                                    std::chrono::sys_seconds now) {
  if (auto fits = check_credential(credential); !fits) return fits;
  const auto same = next_->credential ? is_same(*next_->credential, credential) : false;
  if (!same) return std::unexpected(same.error());
  if (next_->credential && !*same) {
    next_->previous = std::move(next_->credential);
    next_->previous_added = next_->credential_added;
  }
  next_->credential = credential;
  next_->credential_added = now;
  return write_credentials();
}

Result<void> Change::clear_credential() {
  if (!next_->credential) return {};
  next_->previous = std::exchange(next_->credential, std::nullopt);
  next_->previous_added = std::exchange(next_->credential_added, {});
  return write_credentials();
}

Result<void> Change::undo_credential() {
  if (!next_->credential && !next_->previous)
    return fail(ErrorCode::not_found, "",
                "no server certificate was uploaded yet, so there is none to go back to");
  std::swap(next_->credential, next_->previous);
  std::swap(next_->credential_added, next_->previous_added);
  return write_credentials();
}

Result<void> Change::forget_previous_credential() {
  if (!next_->previous)
    return fail(ErrorCode::not_found, "", "there is no previous server certificate");
  next_->previous.reset();
  next_->previous_added = {};
  return write_credentials();
}

Result<void> Change::set_settings(const settings::Settings& settings) {
  if (settings == next_->settings) return {};
  const auto& before = next_->settings.stored();
  const auto& after = settings.stored();
  for (const auto& [name, value] : before) {
    if (after.contains(name)) continue;
    if (auto done = database_->run("DELETE FROM setting WHERE name = ?", {name}); !done)
      return done;
  }
  for (const auto& [name, value] : after) {
    const auto old = before.find(name);
    if (old != before.end() && old->second == value) continue;
    if (auto good = check_setting(name, value); !good) return good;
    auto done = database_->run(
        "INSERT INTO setting (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {name, value});
    if (!done) return done;
  }
  after_ = Database::After::scrub;  // a password that was replaced leaves no copy either
  changed_ = true;
  next_->settings = settings;
  return {};
}

Result<std::shared_ptr<const Snapshot>> Change::commit() {
  if (!changed_) return before_;
  if (auto done = transaction_.commit(after_); !done) return std::unexpected(done.error());
  return std::shared_ptr<const Snapshot>(std::move(next_));
}

}  // namespace sealtone::store
