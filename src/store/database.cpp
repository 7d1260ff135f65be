// SPDX-License-Identifier: Apache-2.0
//
// store/database: over SQLite's C interface.
#include "store/database.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "store/schema.h"

namespace sealtone::store {
namespace {

using base::ErrorCode;
using base::fail;

constexpr const char* kFile = "sealtone.db";
constexpr const char* kNewFile = "sealtone.db.new";
constexpr const char* kLog = "sealtone.db-wal";
constexpr int kMaxRowBytes = 4'000'000;

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

// An empty view may have no address, which SQLite would take for NULL.
int bind(sqlite3_stmt* statement, int index, const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value))
    return sqlite3_bind_int64(statement, index, *integer);
  if (const auto* text = std::get_if<std::string_view>(&value))
    return sqlite3_bind_text64(statement, index, text->empty() ? "" : text->data(), text->size(),
                               SQLITE_STATIC, SQLITE_UTF8);
  const auto& blob = std::get<base::ByteView>(value);
  return sqlite3_bind_blob64(statement, index,
                             blob.empty() ? "" : static_cast<const void*>(blob.data()), blob.size(),
                             SQLITE_STATIC);
}

std::uint32_t big_endian(base::ByteView four) {
  return static_cast<std::uint32_t>(four[0]) << 24 | static_cast<std::uint32_t>(four[1]) << 16 |
         static_cast<std::uint32_t>(four[2]) << 8 | four[3];
}

}  // namespace

std::int64_t Row::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Row::text(int column) const { return base::text(blob(column)); }

base::ByteView Row::blob(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

base::Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& dir) {
  auto owned = Folder::own(dir, kFile);
  if (!owned) return std::unexpected(owned.error());
  const auto folder = std::make_shared<const Folder>(std::move(*owned));

  std::unique_ptr<Database> database(new Database(folder, kFile));
  if (!folder->has(kFile)) {
    // What the log holds is lost without the file it belongs to.
    if (folder->has(kLog)) return database->damaged("it is missing beside its log");
    if (auto made = create(folder); !made) return std::unexpected(made.error());
  }
  if (auto ours = database->check_header(); !ours) return std::unexpected(ours.error());
  for (const char* beside : {"-wal", "-shm", "-journal"}) {
    const auto name = std::string(kFile) + beside;
    if (!folder->has(name)) continue;
    if (auto tight = folder->open(name); !tight) return std::unexpected(tight.error());
  }
  if (auto connected = database->connect(); !connected) return std::unexpected(connected.error());
  if (auto ready = bring_up_to_date(*database); !ready) return std::unexpected(ready.error());
  if (auto logged = database->log_ahead(); !logged) return std::unexpected(logged.error());
  // Whatever the last owner was kept from scrubbing.
  database->scrub();
  return database;
}

// Made under another name and renamed when whole: a file of the store's own name that is empty or
// has no tables is damaged, and is never taken for a first start.
base::Result<void> Database::create(const std::shared_ptr<const Folder>& folder) {
  if (auto made = folder->create(kNewFile); !made) return made;
  {
    Database fresh(folder, kNewFile);
    if (auto connected = fresh.connect(); !connected) return connected;
    if (auto one_file = fresh.run("PRAGMA journal_mode = MEMORY"); !one_file) return one_file;
    if (auto ready = bring_up_to_date(fresh); !ready) return ready;
  }
  return folder->rename(kNewFile, kFile);
}

// Source: sqlite.org/fileformat.html §1.3.  Before SQLite sees the file, so that a file of another
// program stays as it is.
base::Result<void> Database::check_header() const {
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  constexpr std::size_t kPageSizeAt = 16, kVersionAt = 60, kApplicationAt = 68;
  const auto file = folder_->open(name_);
  if (!file) return std::unexpected(file.error());
  std::array<std::uint8_t, 100> header{};
  const auto size = ::pread(file->get(), header.data(), header.size(), 0);
  const base::ByteView bytes(header);
  if (size != static_cast<ssize_t>(header.size()) ||
      base::text(bytes.first(kMagic.size())) != kMagic)
    return damaged("it does not begin as a store does");
  if (big_endian(bytes.subspan(kApplicationAt, 4)) != kApplicationId)
    return fail(ErrorCode::bad_input, folder_->shown(name_),
                "it is the file of another program; move it away, or name another folder");
  if (big_endian(bytes.subspan(kVersionAt, 4)) == 0) return damaged("it has no version");
  // SQLite would fill up a last page that is cut off with zeros.  While there is a log, a last page
  // may be half written and whole in the log.
  const std::size_t page_size = bytes[kPageSizeAt] << 8 | bytes[kPageSizeAt + 1];
  struct stat facts{};
  if (::fstat(file->get(), &facts) != 0 || page_size == 0 ||
      (static_cast<std::size_t>(facts.st_size) % page_size != 0 && !folder_->has(kLog)))
    return damaged("its end is cut off");
  return {};
}

base::Result<void> Database::connect() {
  sqlite3* handle = nullptr;
  const auto path = folder_->real(name_).string();
  const int opened = sqlite3_open_v2(
      path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE,
      nullptr);
  handle_.reset(handle);
  if (opened != SQLITE_OK) return failure(opened);
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kMaxRowBytes);
  // Nothing that stands in the file is run: it holds no views, no triggers, no functions.
  for (const auto& [option, on] :
       {std::pair(SQLITE_DBCONFIG_DEFENSIVE, 1), std::pair(SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
        std::pair(SQLITE_DBCONFIG_ENABLE_VIEW, 0), std::pair(SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
        std::pair(SQLITE_DBCONFIG_DQS_DML, 0), std::pair(SQLITE_DBCONFIG_DQS_DDL, 0)}) {
    if (const int set = sqlite3_db_config(handle, option, on, nullptr); set != SQLITE_OK)
      return failure(set);
  }
  for (const char* pragma :
       {"PRAGMA locking_mode = EXCLUSIVE", "PRAGMA busy_timeout = 0", "PRAGMA synchronous = FULL",
        "PRAGMA secure_delete = ON", "PRAGMA foreign_keys = ON", "PRAGMA cell_size_check = ON",
        "PRAGMA mmap_size = 0", "PRAGMA temp_store = MEMORY"}) {
    if (auto set = run(pragma); !set) return set;
  }
  return {};
}

base::Result<void> Database::log_ahead() {
  bool on = false;
  auto set = each("PRAGMA journal_mode = WAL", {}, [&](const Row& row) -> base::Result<void> {
    on = row.text(0) == "wal";
    return {};
  });
  if (!set) return set;
  if (!on)
    return fail(ErrorCode::unsupported, folder_->shown(name_),
                "this file system cannot keep a write-ahead log; name a folder on a local disk");
  return {};
}

base::Result<void> Database::run(std::string_view sql, std::initializer_list<Value> values) {
  return each(sql, values, [](const Row&) -> base::Result<void> { return {}; });
}

base::Result<void> Database::each(std::string_view sql, std::initializer_list<Value> values,
                                  const EachRow& row) {
  sqlite3_stmt* prepared = nullptr;
  if (const int code = sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                          &prepared, nullptr);
      code != SQLITE_OK)
    return failure(code);
  const std::unique_ptr<sqlite3_stmt, Finalize> statement(prepared);
  int index = 0;
  for (const auto& value : values) {
    if (const int code = bind(prepared, ++index, value); code != SQLITE_OK) return failure(code);
  }
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(prepared)) == SQLITE_ROW) {
    if (auto taken = row(Row(prepared)); !taken) return taken;
  }
  if (code != SQLITE_DONE) return failure(code);
  return {};
}

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(handle_.get()); }

std::int64_t Database::rows_changed() const { return sqlite3_changes64(handle_.get()); }

base::Result<void> Database::begin() { return run("BEGIN IMMEDIATE"); }

base::Result<void> Database::commit(After after) {
  if (auto done = run("COMMIT"); !done) return done;
  owes_scrub_ = owes_scrub_ || after == After::scrub;
  if (owes_scrub_) scrub();
  return {};
}

void Database::roll_back() {
  // After some failures SQLite has done so already.  If this one fails too, so does the next BEGIN.
  if (sqlite3_get_autocommit(handle_.get()) == 0)
    sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Database::scrub() {
  const bool blanked = blank_row_buffer();
  const bool emptied = sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE,
                                                 nullptr, nullptr) == SQLITE_OK;
  owes_scrub_ = !blanked || !emptied;
}

// SQLite builds each row in a buffer that it keeps for the next one.  The largest row that fits in
// there (btree.c, maxLocal: 4,061 octets of a page of 4,096) is built of zeros and taken back;
// nothing of it reaches the disk.
bool Database::blank_row_buffer() {
  const bool begun = begin().has_value();
  const bool built =
      begun && run("INSERT INTO value (name, value) VALUES ('', zeroblob(4040))").has_value();
  roll_back();
  return built;
}

std::unexpected<base::Error> Database::damaged(std::string_view what) const {
  return fail(ErrorCode::bad_input, folder_->shown(name_),
              fmt::format("the file is damaged: {}. It is left as it is; put back a copy of the "
                          "folder, or name another one",
                          what));
}

std::unexpected<base::Error> Database::too_new(std::int64_t version, std::int64_t newest) const {
  return fail(
      ErrorCode::unsupported, folder_->shown(name_),
      fmt::format("a newer Sealtone wrote it (its tables are version {}, this one knows {}); "
                  "use that one, or name another folder",
                  version, newest));
}

// SQLite's message may quote what it choked on; its name for the code never does.
std::unexpected<base::Error> Database::failure(int code) const {
  const auto where = folder_->shown(name_);
  const int reason = sqlite3_system_errno(handle_.get());
  const auto why =
      reason != 0 ? std::generic_category().message(reason) : std::string(sqlite3_errstr(code));
  // A disk may also find out that it is full when it syncs.
  const bool full = (code & 0xff) == SQLITE_IOERR && (reason == ENOSPC || reason == EDQUOT);
  switch (full ? SQLITE_FULL : code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:  // our own statements do not fit its tables
      return damaged(sqlite3_errstr(code));
    case SQLITE_FULL:
      return fail(ErrorCode::io, where,
                  "the disk has no room left, so nothing was changed; make room, then try again");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return fail(ErrorCode::busy, where,
                  "another program has the file open; close it there first");
    case SQLITE_TOOBIG:
      return fail(ErrorCode::too_large, where, "what is to be kept is too large for one row");
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return fail(ErrorCode::io, where,
                  fmt::format("the disk refused it ({}), so nothing was changed; see that the disk "
                              "is well, then try again",
                              why));
    default: return fail(ErrorCode::internal, where, fmt::format("SQLite refused it ({})", why));
  }
}

base::Result<Transaction> Transaction::begin(Database& database) {
  if (auto begun = database.begin(); !begun) return std::unexpected(begun.error());
  return Transaction(&database);
}

base::Result<void> Transaction::commit(Database::After after) {
  auto done = open_->commit(after);
  if (done) open_ = nullptr;
  return done;
}

}  // namespace sealtone::store
