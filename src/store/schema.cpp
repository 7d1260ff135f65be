// SPDX-License-Identifier: Apache-2.0
//
// store/schema: the steps.
#include "store/schema.h"

#include <array>
#include <span>

#include <fmt/format.h>

namespace sealtone::store {
namespace {

using Step = std::span<const char* const>;

// AUTOINCREMENT: an id that was once given is never given again.
constexpr std::array kFirst = {
    "CREATE TABLE trusted (id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " sha256 BLOB NOT NULL UNIQUE, der BLOB NOT NULL,"
    " added INTEGER NOT NULL, origin TEXT NOT NULL) STRICT",

    "CREATE TABLE credential (id INTEGER PRIMARY KEY CHECK (id = 1),"
    " key BLOB NOT NULL, added INTEGER NOT NULL) STRICT",

    "CREATE TABLE credential_chain (position INTEGER PRIMARY KEY,"
    " credential INTEGER NOT NULL REFERENCES credential (id) ON DELETE CASCADE,"
    " sha256 BLOB NOT NULL, der BLOB NOT NULL) STRICT",

    "CREATE TABLE setting (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT",

    "CREATE TABLE connection (id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " service TEXT NOT NULL, server TEXT NOT NULL, role TEXT NOT NULL, at INTEGER NOT NULL,"
    " decision TEXT NOT NULL, headline TEXT NOT NULL, json TEXT NOT NULL,"
    " UNIQUE (service, server, role)) STRICT",

    "CREATE TABLE value (name TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL) STRICT",
};

// The server certificate that was there before the one in credential.
constexpr std::array kSecond = {
    "CREATE TABLE previous_credential (id INTEGER PRIMARY KEY CHECK (id = 1),"
    " key BLOB NOT NULL, added INTEGER NOT NULL) STRICT",

    "CREATE TABLE previous_credential_chain (position INTEGER PRIMARY KEY,"
    " credential INTEGER NOT NULL REFERENCES previous_credential (id) ON DELETE CASCADE,"
    " sha256 BLOB NOT NULL, der BLOB NOT NULL) STRICT",
};

// What servers that were refused showed.
constexpr std::array kRejected = {
    "CREATE TABLE rejected (id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " service TEXT NOT NULL, server TEXT NOT NULL, at INTEGER NOT NULL, headline TEXT NOT NULL,"
    " size INTEGER NOT NULL, UNIQUE (service, server)) STRICT",

    "CREATE TABLE rejected_chain (position INTEGER PRIMARY KEY,"
    " rejected INTEGER NOT NULL REFERENCES rejected (id) ON DELETE CASCADE,"
    " der BLOB NOT NULL) STRICT",

    "CREATE INDEX rejected_chain_of ON rejected_chain (rejected)",
};

// Lists of revoked certificates that the admin gave.
constexpr std::array kRevocationLists = {
    "CREATE TABLE revocation_list (id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " sha256 BLOB NOT NULL UNIQUE, der BLOB NOT NULL,"
    " added INTEGER NOT NULL, origin TEXT NOT NULL) STRICT",
};

// The answer of OCSP that a server which was refused sent along, empty if it sent none; no row: it
// was refused before that was known.
constexpr std::array kRejectedAnswers = {
    "CREATE TABLE rejected_answer (rejected INTEGER PRIMARY KEY"
    " REFERENCES rejected (id) ON DELETE CASCADE, der BLOB NOT NULL) STRICT",
};

// Step N brings version N to N + 1.
constexpr std::array kSteps = {Step(kFirst), Step(kSecond), Step(kRejected), Step(kRevocationLists),
                               Step(kRejectedAnswers)};

}  // namespace

base::Result<void> bring_up_to_date(Database& database) {
  std::int64_t version = -1;
  auto read = database.each("PRAGMA user_version", {}, [&](const Row& row) -> base::Result<void> {
    version = row.integer(0);
    return {};
  });
  if (!read) return read;
  if (version < 0) return database.damaged("its version cannot be");
  const auto newest = static_cast<std::int64_t>(kSteps.size());
  if (version > newest) return database.too_new(version, newest);
  if (version == newest) return {};

  auto change = Transaction::begin(database);
  if (!change) return std::unexpected(change.error());
  for (const auto& step : std::span(kSteps).subspan(static_cast<std::size_t>(version))) {
    for (const char* statement : step) {
      if (auto done = database.run(statement); !done) return done;
    }
  }
  for (const auto& mark : {fmt::format("PRAGMA application_id = {}", kApplicationId),
                           fmt::format("PRAGMA user_version = {}", newest)}) {
    if (auto done = database.run(mark); !done) return done;
  }
  return change->commit(Database::After::nothing);
}

}  // namespace sealtone::store
