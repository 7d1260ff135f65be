// SPDX-License-Identifier: Apache-2.0
//
// store/rejected: what servers that were refused showed, the last of each, within bounds.
#include <fmt/format.h>

#include <optional>

#include "store/database.h"
#include "store/store.h"
#include "x509/ocsp.h"

namespace sealtone::store {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

Result<std::int64_t> size_of(const Standing& standing) {
  const auto& chain = standing.refused;
  const auto answer = standing.ocsp_answer ? standing.ocsp_answer->size() : 0;
  std::size_t size = 0;
  for (const auto& certificate : chain) size += certificate.size();
  if (answer > x509::kMaxOcspBytes) {
    return fail(ErrorCode::too_large, "the answer of OCSP of a server that was refused",
                fmt::format("at most {} octets of it are kept", x509::kMaxOcspBytes));
  }
  if (size <= kMaxChainBytes && chain.size() <= kMaxRejectedChain) {
    return static_cast<std::int64_t>(size + answer);
  }
  return fail(
      ErrorCode::too_large, "the certificates of a server that was refused",
      fmt::format("at most {} are kept, of {} octets together", kMaxRejectedChain, kMaxChainBytes));
}

RejectedRow rejected_of(const Row& row) {
  RejectedRow read;
  read.id = row.integer(0);
  read.service = row.text(1);
  read.server = row.text(2);
  read.at = std::chrono::sys_seconds(std::chrono::seconds(row.integer(3)));
  read.headline = row.text(4);
  return read;
}

Result<void> insert(Database& database, const ConnectionRow& row, const Standing& standing) {
  const auto size = size_of(standing);
  if (!size) return std::unexpected(size.error());
  auto done = database.run(
      "INSERT INTO rejected (service, server, at, headline, size) VALUES (?, ?, ?, ?, ?)",
      {row.service, row.server, row.at.time_since_epoch().count(), row.headline, *size});
  if (!done) return done;
  const auto id = database.last_id();
  if (standing.ocsp_answer) {
    done = database.run("INSERT INTO rejected_answer (rejected, der) VALUES (?, ?)",
                        {id, base::ByteView(*standing.ocsp_answer)});
    if (!done) return done;
  }
  for (const auto& certificate : standing.refused) {
    done = database.run("INSERT INTO rejected_chain (rejected, der) VALUES (?, ?)",
                        {id, base::ByteView(certificate)});
    if (!done) return done;
  }
  return {};
}

// The oldest go, by number and by octets.
Result<void> keep_within_bounds(Database& database) {
  auto done = database.run(
      "DELETE FROM rejected WHERE id <="
      " (SELECT id FROM rejected ORDER BY id DESC LIMIT 1 OFFSET ?)",
      {static_cast<std::int64_t>(kMaxRejected)});
  if (!done) return done;
  return database.run(
      "DELETE FROM rejected WHERE id IN (SELECT id FROM"
      " (SELECT id, sum(size) OVER (ORDER BY id DESC) AS total FROM rejected) WHERE total > ?)",
      {static_cast<std::int64_t>(kMaxRejectedBytes)});
}

}  // namespace

Result<void> Store::note_standing(const ConnectionRow& row, const Standing& standing) {
  if (!standing.accepted && standing.refused.empty()) return {};
  auto done = database_->run("DELETE FROM rejected WHERE service = ? AND server = ?",
                             {row.service, row.server});
  if (!done || standing.accepted) return done;
  if (done = insert(*database_, row, standing); !done) return done;
  return keep_within_bounds(*database_);
}

Result<std::vector<RejectedRow>> Store::rejected() const {
  std::vector<RejectedRow> rows;
  auto read =
      database_->each("SELECT id, service, server, at, headline FROM rejected ORDER BY id DESC", {},
                      [&](const Row& row) -> Result<void> {
                        rows.push_back(rejected_of(row));
                        return {};
                      });
  if (!read) return std::unexpected(read.error());
  return rows;
}

Result<RejectedRow> Store::rejected(std::int64_t id) const {
  std::optional<RejectedRow> found;
  auto read = database_->each("SELECT id, service, server, at, headline FROM rejected WHERE id = ?",
                              {id}, [&](const Row& row) -> Result<void> {
                                found = rejected_of(row);
                                return {};
                              });
  if (!read) return std::unexpected(read.error());
  if (!found) {
    return fail(ErrorCode::not_found, fmt::format("rejected server {}", id),
                "there is none of that number; it may have been accepted meanwhile, or been "
                "refused once more under a new number: list them again");
  }
  read = database_->each("SELECT der FROM rejected_chain WHERE rejected = ? ORDER BY position",
                         {id}, [&](const Row& row) -> Result<void> {
                           const auto der = row.blob(0);
                           found->chain.emplace_back(der.begin(), der.end());
                           return {};
                         });
  if (!read) return std::unexpected(read.error());
  read = database_->each("SELECT der FROM rejected_answer WHERE rejected = ?", {id},
                         [&](const Row& row) -> Result<void> {
                           const auto der = row.blob(0);
                           found->ocsp_answer.emplace(der.begin(), der.end());
                           return {};
                         });
  if (!read) return std::unexpected(read.error());
  return std::move(*found);
}

}  // namespace sealtone::store
