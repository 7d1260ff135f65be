// SPDX-License-Identifier: Apache-2.0
//
// store/change: one change of the store: rows in one transaction, and beside them the Snapshot
// that stands once they are on the disk.
//
// Certificates that stay are shared with the snapshot before, never parsed again.  After the
// commit nothing can fail; without one, destroying the Change leaves everything as it was.
// Errors: see store.h.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "store/database.h"
#include "store/store.h"

namespace sealtone::store {

class Change {
 public:
  // Certificates that may have signed a list, besides the trusted ones.
  using Signers = std::span<const x509::Certificate>;

  [[nodiscard]] static base::Result<Change> begin(Database& database,
                                                  std::shared_ptr<const Snapshot> before);

  [[nodiscard]] base::Result<TrustedCertificate> add_trusted(const x509::Certificate& certificate,
                                                             std::chrono::sys_seconds now,
                                                             const std::string& origin);
  [[nodiscard]] base::Result<void> remove_trusted(std::int64_t id);
  [[nodiscard]] base::Result<void> clear_trusted();
  [[nodiscard]] base::Result<void> set_credential(const x509::DeviceCredential& credential,
                                                  std::chrono::sys_seconds now);
  [[nodiscard]] base::Result<void> clear_credential();
  [[nodiscard]] base::Result<void> undo_credential();
  [[nodiscard]] base::Result<void> forget_previous_credential();
  [[nodiscard]] base::Result<RevocationList> add_revocation_list(const x509::Crl& given,
                                                                 std::chrono::sys_seconds now,
                                                                 const std::string& origin,
                                                                 Signers at_hand);
  [[nodiscard]] base::Result<void> remove_revocation_list(std::int64_t id);
  [[nodiscard]] base::Result<void> set_settings(const settings::Settings& settings);

  // The snapshot before, the same object, if all was so already.
  [[nodiscard]] base::Result<std::shared_ptr<const Snapshot>> commit();

 private:
  Change(Database& database, Transaction transaction, std::shared_ptr<const Snapshot> before);
  // The rows of both server certificates are made what next_ says.
  [[nodiscard]] base::Result<void> write_credentials();

  Database* database_;
  Transaction transaction_;
  std::shared_ptr<const Snapshot> before_;
  std::shared_ptr<Snapshot> next_;
  bool changed_ = false;
  Database::After after_ = Database::After::nothing;
};

}  // namespace sealtone::store
