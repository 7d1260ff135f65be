// SPDX-License-Identifier: Apache-2.0
//
// tests/crash/planted: the store with a fault planted, for a checker that has to find it.
//
// The linker puts this in the place of sqlite3_prepare_v2; SEALTONE_PLANT says which of the store's
// statements becomes another one.  Everything else of the store is as it is.
#include <sqlite3.h>

#include <cstdlib>
#include <string_view>

extern "C" int __real_sqlite3_prepare_v2(sqlite3* handle, const char* sql, int size,
                                         sqlite3_stmt** statement, const char** rest);

namespace {

struct Plant {
  std::string_view name, statement, instead;
};
constexpr Plant kPlants[] = {
    {"synchronous off", "PRAGMA synchronous = FULL", "PRAGMA synchronous = OFF"},
    {"synchronous normal", "PRAGMA synchronous = FULL", "PRAGMA synchronous = NORMAL"},
    // Pages are written where they are, with no copy of what they held and no log.
    {"in place", "PRAGMA journal_mode = WAL", "PRAGMA journal_mode = OFF"},
    // No fault: the log is written back after a few pages, where a phone takes a thousand.
    {"early checkpoints", "PRAGMA temp_store = MEMORY", "PRAGMA wal_autocheckpoint = 8"},
};

}  // namespace

extern "C" int __wrap_sqlite3_prepare_v2(sqlite3* handle, const char* sql, int size,
                                         sqlite3_stmt** statement, const char** rest) {
  const char* planted = std::getenv("SEALTONE_PLANT");
  const std::string_view asked(sql, static_cast<std::size_t>(size));
  for (const auto& plant : kPlants) {
    if (planted == nullptr || planted != plant.name || asked != plant.statement) continue;
    // SQLite would refuse it as long as it is defensive; then the store is told what it wants to
    // hear.
    if (plant.name == "in place") {
      sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
      sqlite3_exec(handle, plant.instead.data(), nullptr, nullptr, nullptr);
      return __real_sqlite3_prepare_v2(handle, "SELECT 'wal'", -1, statement, rest);
    }
    return __real_sqlite3_prepare_v2(handle, plant.instead.data(),
                                     static_cast<int>(plant.instead.size()), statement, rest);
  }
  return __real_sqlite3_prepare_v2(handle, sql, size, statement, rest);
}
