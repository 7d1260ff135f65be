// SPDX-License-Identifier: Apache-2.0
//
// store: one SQLite file in the state folder: certificates, key, settings, verdicts, records.
//
// SQLite with WAL, synchronous=FULL, locking_mode=EXCLUSIVE, secure_delete; every file 0600, the
// folder 0700; an flock on DIR/lock decides who owns the folder (busy names the owner's process).
// Each change is one transaction: after it returns it is on disk, or nothing changed and the Error
// says why.  Not thread-safe: one owner calls it (the phone's worker); snapshot() alone may be
// called from any thread.  Private keys leave only as a DeviceCredential for OpenSSL.
// No Error holds a setting's or a value's content.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "settings/settings.h"
#include "trust/trust.h"
#include "x509/crl.h"
#include "x509/parse.h"

namespace sealtone::store {

inline constexpr std::size_t kMaxTrusted = 1'000;
inline constexpr std::size_t kMaxRevocationLists = 100;
inline constexpr std::size_t kMaxRevocationBytes = 10'000'000;  // of all of them together
inline constexpr std::size_t kMaxConnections = 500;             // rows kept; the oldest goes first
inline constexpr std::size_t kMaxChainBytes = 100'000;          // the DER of a credential's chain
inline constexpr std::size_t kMaxRecordBytes = 1'000'000;       // ConnectionRow::json, a value
inline constexpr std::size_t kMaxTextBytes = 10'000;            // any other text of a row
inline constexpr std::size_t kMaxRejected = 100;                // servers; the oldest goes first
inline constexpr std::size_t kMaxRejectedChain = 100;           // certificates of one
inline constexpr std::size_t kMaxRejectedBytes = 2'000'000;  // the DER of all of them, answers too

struct TrustedCertificate {
  std::int64_t id = 0;  // never used again after deletion
  x509::Certificate certificate;
  std::chrono::sys_seconds added;
  std::string origin;  // "page", "command line", "provisioning: https://…/ca.pem"
};

// A list that the admin gave; whose signature it has is looked at when it is gone by.
struct RevocationList {
  std::int64_t id = 0;  // never used again after deletion
  x509::Crl crl;
  std::size_t octets = 0;
  std::chrono::sys_seconds added;
  std::string origin;
};

// What the phone runs on; immutable, shared, replaced as a whole by each change.
struct Snapshot {
  std::vector<TrustedCertificate> trusted;           // in order of id
  std::optional<x509::DeviceCredential> credential;  // the uploaded server certificate
  std::chrono::sys_seconds credential_added{};
  std::optional<x509::DeviceCredential> previous;  // the last one before it, for one undo
  std::chrono::sys_seconds previous_added{};
  settings::Settings settings;
  std::vector<RevocationList> revocation_lists;  // in order of id
  // The same as paths are checked by: one object as long as none changes; null: there is none.
  std::shared_ptr<const std::vector<x509::Crl>> crls;
};

// The last connection to one server for one service ("provisioning", "page", "check", "sip").
// Its texts may hold anything, NUL included, and come back as they were.
struct ConnectionRow {
  std::int64_t id = 0;
  std::string service, server;  // "provisioning", "prov.example.com:8443"
  std::string role;             // "client" or "server"
  std::chrono::sys_seconds at;
  std::string decision;  // trust::word; empty where nobody was to be judged
  std::string headline;
  std::string json;  // explain::to_json
};

// What a connection says of its server.  Neither: it does not change what was said before.
struct Standing {
  bool accepted = false;
  std::vector<base::Bytes> refused = {};  // DER, as it came, hostile: the certificates it showed
  // The same of what it sent along; empty: nothing; absent: it was refused before that was known.
  std::optional<base::Bytes> ocsp_answer = {};
};

// The last connection to a server and service that was refused for its certificates; gone with the
// next one that is accepted.
struct RejectedRow {
  std::int64_t id = 0;  // never used again
  std::string service, server;
  std::chrono::sys_seconds at;
  std::string headline;
  std::vector<base::Bytes> chain;  // DER, as the server sent it: nothing of it can be relied on
  std::optional<base::Bytes> ocsp_answer;  // as of Standing
};

class Database;

class Store {
 public:
  // Creates DIR (0700) and the file if need be, tightens the modes of what is there.
  // busy: another process owns it.  unsupported: the schema is newer than this program.
  // bad_input: the file is no store, or is damaged (it is left as it is).  not_allowed: DIR belongs
  // to another user, or is open to others and holds other things than a store.
  [[nodiscard]] static base::Result<std::unique_ptr<Store>> open(const std::filesystem::path& dir);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const;

  // exists: that very certificate is in the list.  too_large: over its limit (trusted_limit.h).
  [[nodiscard]] base::Result<TrustedCertificate> add_trusted(const x509::Certificate& certificate,
                                                             std::chrono::sys_seconds now,
                                                             std::string origin);
  [[nodiscard]] base::Result<void> remove_trusted(std::int64_t id);  // not_found

  // mismatch: the key does not fit the leaf, or the chain is not in order.  The old one becomes the
  // previous one in the same transaction; the key's octets of the previous one before it are gone
  // from the files.  The same once more replaces itself, and leaves the previous one.
  [[nodiscard]] base::Result<void> set_credential(const x509::DeviceCredential& credential,
                                                  std::chrono::sys_seconds now);
  // It becomes the previous one.
  [[nodiscard]] base::Result<void> clear_credential();
  // Server certificate and previous one change places, be one of them absent; not_found: both are.
  [[nodiscard]] base::Result<void> undo_credential();
  // The previous one and its key's octets are gone; not_found: there is none.
  [[nodiscard]] base::Result<void> forget_previous_credential();

  // All of them or none.  at_hand: certificates besides the trusted ones that may have signed a
  // list.  One that is proved by them takes the place of older ones of the same issuer and scope,
  // and of those that are not; one that is not stands beside them until they have run out.
  // exists: that very list, or a newer one of its kind is there.  mismatch: it would not count now
  // (its dates), or nobody at hand signed it while one that is proved is there.  too_large:
  // kMaxRevocationLists or kMaxRevocationBytes reached.
  [[nodiscard]] base::Result<std::vector<RevocationList>> add_revocation_lists(
      const std::vector<x509::Crl>& lists, std::chrono::sys_seconds now, std::string origin,
      std::span<const x509::Certificate> at_hand = {});
  [[nodiscard]] base::Result<void> remove_revocation_list(std::int64_t id);  // not_found

  // bad_input: a name that is no key.  too_large: a value over settings::kMaxLineBytes.
  [[nodiscard]] base::Result<void> set_settings(const settings::Settings& settings);

  // Everything a provisioning run brings, in one transaction.  Deleting comes before adding.
  struct Batch {
    settings::Settings settings;
    std::vector<x509::Certificate> add_trusted;  // those there already are passed over
    std::optional<x509::DeviceCredential> credential;
    bool clear_trusted = false;  // trusted_certificates.delete = http://localhost/all
    bool clear_credential = false;
    std::string origin;
  };
  [[nodiscard]] base::Result<void> apply(const Batch& batch, std::chrono::sys_seconds now);

  // Replaces the row of the same service, server and role; row.id is not looked at, the new id is
  // returned.  An id always means the same record.  too_large: over kMaxRecordBytes or
  // kMaxTextBytes, or what was refused over kMaxChainBytes or kMaxRejectedChain.
  [[nodiscard]] base::Result<std::int64_t> put_connection(const ConnectionRow& row,
                                                          const Standing& standing = {});
  // Last recorded first, whatever the clock said then; json left empty.
  [[nodiscard]] base::Result<std::vector<ConnectionRow>> connections() const;
  [[nodiscard]] base::Result<ConnectionRow> connection(std::int64_t id) const;  // not_found

  // Last refused first; chain left empty.
  [[nodiscard]] base::Result<std::vector<RejectedRow>> rejected() const;
  [[nodiscard]] base::Result<RejectedRow> rejected(std::int64_t id) const;  // not_found

  // Small values by name: the admin password's hash, the phone's MAC, the last provisioning report,
  // the temporary certificate.  bad_input: no name.  too_large: over kMaxRecordBytes.
  [[nodiscard]] base::Result<std::optional<std::string>> value(std::string_view name) const;
  [[nodiscard]] base::Result<void> set_value(std::string_view name, std::string_view value);

 private:
  Store(std::unique_ptr<Database> database, std::shared_ptr<const Snapshot> snapshot);
  template <typename Do>
  [[nodiscard]] base::Result<void> change(Do&& what);
  void publish(std::shared_ptr<const Snapshot> snapshot);
  // rejected.cpp; within a transaction.
  [[nodiscard]] base::Result<void> note_standing(const ConnectionRow& row,
                                                 const Standing& standing);

  std::unique_ptr<Database> database_;
  mutable std::mutex snapshot_mutex_;
  std::shared_ptr<const Snapshot> snapshot_;
};

}  // namespace sealtone::store
