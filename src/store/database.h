// SPDX-License-Identifier: Apache-2.0
//
// store/database: the SQLite file in its folder, one statement at a time, one transaction at a
// time.
//
// Statements live no longer than the call that runs them, so values are bound without a copy of
// SQLite's own.  Errors: see Store::open; io when the disk refuses.  No Error holds a value.
#pragma once

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/bytes.h"
#include "base/result.h"
#include "store/folder.h"

struct sqlite3;
struct sqlite3_stmt;

namespace sealtone::store {

using Value = std::variant<std::int64_t, std::string_view, base::ByteView>;

// The columns of the row at hand, from 0; views end with the row.
class Row {
 public:
  explicit Row(sqlite3_stmt* statement) : statement_(statement) {}
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] base::ByteView blob(int column) const;

 private:
  sqlite3_stmt* statement_;
};
using EachRow = std::function<base::Result<void>(const Row&)>;

class Database {
 public:
  // The folder locked, the file there, its schema this program's.
  [[nodiscard]] static base::Result<std::unique_ptr<Database>> open(
      const std::filesystem::path& dir);

  // What deleted rows held is overwritten in the database file as they are deleted; scrub also
  // empties the write-ahead log of the older copies, and the buffer that rows are built in.
  enum class After { nothing, scrub };

  [[nodiscard]] base::Result<void> run(std::string_view sql,
                                       std::initializer_list<Value> values = {});
  [[nodiscard]] base::Result<void> each(std::string_view sql, std::initializer_list<Value> values,
                                        const EachRow& row);
  [[nodiscard]] std::int64_t last_id() const;
  [[nodiscard]] std::int64_t rows_changed() const;  // by the last run()

  [[nodiscard]] base::Result<void> begin();
  // Once this succeeds the change stands.  A scrub that the disk refuses is made up for after the
  // next commit, or when the store is opened again.
  [[nodiscard]] base::Result<void> commit(After after);
  void roll_back();

  // bad_input: what is stored is not what was stored.  what: "its version cannot be".
  [[nodiscard]] std::unexpected<base::Error> damaged(std::string_view what) const;
  [[nodiscard]] std::unexpected<base::Error> too_new(std::int64_t version,
                                                     std::int64_t newest) const;  // unsupported

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  using Handle = std::unique_ptr<sqlite3, Close>;

  Database(std::shared_ptr<const Folder> folder, std::string name)
      : folder_(std::move(folder)), name_(std::move(name)) {}
  [[nodiscard]] static base::Result<void> create(const std::shared_ptr<const Folder>& folder);
  [[nodiscard]] base::Result<void> check_header() const;
  [[nodiscard]] base::Result<void> connect();
  [[nodiscard]] base::Result<void> log_ahead();
  [[nodiscard]] std::unexpected<base::Error> failure(int code) const;
  void scrub();
  [[nodiscard]] bool blank_row_buffer();

  std::shared_ptr<const Folder> folder_;  // before the handle: the lock is let go of last
  std::string name_;
  Handle handle_;
  bool owes_scrub_ = false;
};

// Rolls back unless committed.
class Transaction {
 public:
  [[nodiscard]] static base::Result<Transaction> begin(Database& database);
  ~Transaction() {
    if (open_) open_->roll_back();
  }
  Transaction(Transaction&& other) noexcept : open_(std::exchange(other.open_, nullptr)) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  Transaction& operator=(Transaction&&) = delete;

  [[nodiscard]] base::Result<void> commit(Database::After after);

 private:
  explicit Transaction(Database* open) : open_(open) {}
  Database* open_;
};

}  // namespace sealtone::store
