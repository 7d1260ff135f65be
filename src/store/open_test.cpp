// SPDX-License-Identifier: Apache-2.0
//
// store: files that are not there, not ours, damaged, newer, or in use.
#include <sys/wait.h>
#include <csignal>

#include <fmt/format.h>

#include "store/fixture.h"

namespace sealtone::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Key;

class Open : public StoreTest {
 protected:
  // A store with something in every table.
  void fill() const {
    with_store([](Store& store) {
      Store::Batch batch;
      for (std::uint32_t i = 1; i <= 40; ++i) batch.add_trusted.push_back(numbered(i));
      batch.origin = "page";
      batch.credential = credential("chain.pem");
      batch.settings.set("static.auto_provision.server.url", "https://prov.example.com/");
      ASSERT_TRUE(store.apply(batch, kNow));
      ASSERT_TRUE(store.put_connection(row("prov.example.com:443")));
      ASSERT_TRUE(store.set_value("mac", "001565aabbcc"));
    });
  }
  // Opening is refused, and every octet is still there.
  void expect_refused(ErrorCode code, const std::string& words) const {
    const auto before = files();
    expect_failure(Store::open(dir_), code, words);
    auto after = files();
    after["lock"] = before.contains("lock") ? before.at("lock") : "";
    for (const auto& [name, octets] : before) EXPECT_EQ(after[name], octets) << name;
  }
  [[nodiscard]] fs::path file() const { return dir_ / "sealtone.db"; }
};

TEST_F(Open, MakesAFolderWithNothingInIt) {
  with_store([](Store& store) {
    EXPECT_TRUE(store.snapshot()->trusted.empty());
    EXPECT_FALSE(store.snapshot()->credential);
    EXPECT_TRUE(store.snapshot()->settings.stored().empty());
    EXPECT_TRUE(store.connections().value().empty());
    EXPECT_EQ(store.value("mac").value(), std::nullopt);
  });
  EXPECT_THAT(files(), ElementsAre(Key("lock"), Key("sealtone.db")));
}

TEST_F(Open, MakesTheFoldersAbove) {
  dir_ = scratch_ / "a" / "b" / "state" / "";
  EXPECT_NE(open(), nullptr);
  for (const auto* made : {"a", "a/b", "a/b/state"}) EXPECT_EQ(mode_of(scratch_ / made), 0700);
}

TEST_F(Open, KeepsEverythingForTheNextTime) {
  fill();
  with_store([](Store& store) {
    const auto snapshot = store.snapshot();
    ASSERT_EQ(snapshot->trusted.size(), 40U);
    EXPECT_EQ(snapshot->trusted[6].certificate, numbered(7));
    EXPECT_EQ(snapshot->trusted[6].added, kNow);
    EXPECT_EQ(snapshot->trusted[6].origin, "page");
    ASSERT_TRUE(snapshot->credential);
    EXPECT_EQ(snapshot->credential->chain, credential("chain.pem").chain);
    EXPECT_TRUE(snapshot->credential->leaf().matches(snapshot->credential->key));
    EXPECT_EQ(snapshot->credential_added, kNow);
    EXPECT_EQ(snapshot->settings.get("static.auto_provision.server.url"),
              "https://prov.example.com/");
    EXPECT_EQ(store.connections().value().size(), 1U);
    EXPECT_EQ(store.value("mac").value(), "001565aabbcc");
  });
}

TEST_F(Open, RefusesAFileCutAtAnyPlace) {
  fill();
  const auto whole = content(file());
  ASSERT_GT(whole.size(), 40'000U);
  for (const std::size_t size : std::initializer_list<std::size_t>{
           0, 1, 15, 16, 99, 100, 4'095, 4'096, 8'192, whole.size() / 2, whole.size() - 4'096,
           whole.size() - 1}) {
    write(file(), std::string_view(whole).substr(0, size));
    SCOPED_TRACE(size);
    expect_refused(ErrorCode::bad_input, "the file is damaged");
  }
  write(file(), whole);
  EXPECT_EQ(open()->snapshot()->trusted.size(), 40U);
}

TEST_F(Open, RefusesGarbage) {
  fill();
  write(file(), std::string(100'000, '\xA5'));
  expect_refused(ErrorCode::bad_input, "it does not begin as a store does");
}

// Pages of tables that are read only when asked for are found out then.
TEST_F(Open, TakesNoSpoiltPageForAGoodOne) {
  fill();
  const auto whole = content(file());
  int found_out_late = 0;
  for (std::size_t page = 0; page < whole.size() / 4'096; ++page) {
    SCOPED_TRACE(page);
    auto spoilt = whole;
    const auto from = std::max<std::size_t>(page * 4'096, 100);
    std::fill(spoilt.begin() + static_cast<long>(from),
              spoilt.begin() + static_cast<long>(page + 1) * 4'096, '\xA5');
    write(file(), spoilt);
    const auto opened = Store::open(dir_);
    if (!opened) {
      expect_failure(opened, ErrorCode::bad_input, "the file is damaged");
      continue;
    }
    const auto snapshot = (*opened)->snapshot();
    EXPECT_EQ(snapshot->trusted.size(), 40U);
    EXPECT_TRUE(snapshot->credential);
    const auto record = (*opened)->connection(1);
    const auto value = (*opened)->value("mac");
    const auto again = (*opened)->add_trusted(numbered(7), kNow, "");
    ASSERT_FALSE(again);
    const bool spoilt_seen = !record || !value || again.error().code != ErrorCode::exists;
    EXPECT_TRUE(!record || record->server == "prov.example.com:443");
    EXPECT_TRUE(!value || *value == "001565aabbcc");
    if (spoilt_seen) ++found_out_late;
  }
  EXPECT_GE(found_out_late, 3) << "the tables connection and value, an index";
}

TEST_F(Open, RefusesTheFileOfAnotherProgram) {
  fs::create_directory(dir_);
  sql("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  expect_refused(ErrorCode::bad_input, "the file of another program");
}

TEST_F(Open, RefusesATableVersionNewerThanItsOwn) {
  fill();
  sql("PRAGMA user_version = 5");
  EXPECT_NE(open(), nullptr);
  sql("PRAGMA user_version = 6");
  expect_refused(ErrorCode::unsupported, "a newer Sealtone wrote it");
  sql("PRAGMA user_version = 0");
  expect_refused(ErrorCode::bad_input, "it has no version");
  sql("PRAGMA user_version = -1");
  expect_refused(ErrorCode::bad_input, "its version cannot be");
}

// Before there was a previous server certificate.
TEST_F(Open, BringsAFileOfTheFirstVersionUpToDate) {
  fill();
  sql("DROP TABLE rejected_answer; DROP TABLE rejected_chain; DROP TABLE rejected;"
      " DROP TABLE previous_credential_chain; DROP TABLE previous_credential;"
      " DROP TABLE revocation_list; PRAGMA user_version = 1");
  with_store([](Store& store) {
    EXPECT_EQ(store.snapshot()->credential->chain, credential("chain.pem").chain);
    EXPECT_FALSE(store.snapshot()->previous);
    ASSERT_TRUE(store.set_credential(credential("p256.pem"), kNow));
  });
  with_store([](Store& store) {
    EXPECT_EQ(store.snapshot()->previous.value().chain, credential("chain.pem").chain);
    EXPECT_EQ(store.snapshot()->trusted.size(), 40U);
  });
}

// Before refused servers were kept.
TEST_F(Open, BringsAFileOfTheSecondVersionUpToDate) {
  fill();
  sql("DROP TABLE rejected_answer; DROP TABLE rejected_chain; DROP TABLE rejected; DROP TABLE revocation_list;"
      " PRAGMA user_version = 2");
  with_store([](Store& store) { EXPECT_EQ(store.snapshot()->trusted.size(), 40U); });
}

// Before there were revocation lists.
TEST_F(Open, BringsAFileOfTheThirdVersionUpToDate) {
  fill();
  sql("DROP TABLE rejected_answer; DROP TABLE revocation_list; PRAGMA user_version = 3");
  with_store([](Store& store) {
    EXPECT_TRUE(store.snapshot()->revocation_lists.empty());
    EXPECT_EQ(store.snapshot()->trusted.size(), 40U);
  });
}

// Before what a refused server sent along was kept.
TEST_F(Open, BringsAFileOfTheFourthVersionUpToDate) {
  fill();
  sql("DROP TABLE rejected_answer; PRAGMA user_version = 4");
  with_store([](Store& store) {
    EXPECT_EQ(store.snapshot()->trusted.size(), 40U);
    EXPECT_TRUE(store.rejected());
  });
}

TEST_F(Open, MissesEveryTable) {
  for (const auto* table : {"trusted", "credential", "credential_chain", "setting", "connection",
                            "value", "previous_credential", "previous_credential_chain", "rejected",
                            "rejected_chain", "rejected_answer", "revocation_list"}) {
    fill();
    sql(fmt::format("PRAGMA foreign_keys = OFF; DROP TABLE {}", table));
    expect_refused(ErrorCode::bad_input, "the file is damaged");
    fs::remove_all(dir_);
  }
}

TEST_F(Open, RefusesWhatIsNotWhatWasStored) {
  const struct {
    const char* change;
    const char* words;
  } cases[] = {
      {"UPDATE trusted SET der = (SELECT der FROM trusted WHERE id = 1) WHERE id = 7",
       "trusted certificate 7 is not what was stored"},
      {"UPDATE trusted SET der = x'3003020101' WHERE id = 9",
       "trusted certificate 9 is not what was stored"},
      {"UPDATE credential_chain SET sha256 = zeroblob(32)", "server certificate is not what was"},
      {"UPDATE credential SET key = x'00'", "private key is not what was stored"},
      {"DELETE FROM credential_chain", "private key is not what was stored"},
      {"DELETE FROM credential_chain WHERE position = 1", "private key is not what was stored"},
      {"PRAGMA foreign_keys = OFF; DELETE FROM credential", "has lost its private key"},
      {"INSERT INTO previous_credential SELECT * FROM credential",
       "previous server certificate's private key is not what was stored"},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.change);
    fill();
    sql(each.change);
    expect_refused(ErrorCode::bad_input, each.words);
    fs::remove_all(dir_);
  }
}

TEST_F(Open, DoesNotTakeALostFileForAFirstStart) {
  fs::create_directory(dir_);
  write(dir_ / "sealtone.db-wal", "what was not yet in the file");
  expect_refused(ErrorCode::bad_input, "missing beside its log");
}

TEST_F(Open, StartsAnewWhereAFirstStartWasCutOff) {
  fs::create_directory(dir_);
  write(dir_ / "sealtone.db.new", "SQLite for");
  EXPECT_NE(open(), nullptr);
  EXPECT_THAT(files(), ElementsAre(Key("lock"), Key("sealtone.db")));
}

TEST_F(Open, LeavesASettingOfALaterVersionInItsRow) {
  fill();
  sql("INSERT INTO setting VALUES ('sealtone.invented.later', 'x')");
  with_store([](Store& store) {
    auto settings = store.snapshot()->settings;
    EXPECT_EQ(settings.stored().size(), 1U);
    settings.set("static.auto_provision.server.url", "https://other.example.com/");
    EXPECT_TRUE(store.set_settings(settings));
  });
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(file().c_str(), &handle), SQLITE_OK);
  int rows = 0;
  sqlite3_exec(
      handle, "SELECT 1 FROM setting WHERE name = 'sealtone.invented.later' AND value = 'x'",
      [](void* count, int, char**, char**) { return ++*static_cast<int*>(count), 0; }, &rows,
      nullptr);
  sqlite3_close(handle);
  EXPECT_EQ(rows, 1);
}

TEST_F(Open, HasOneOwnerAndNamesIt) {
  auto owner = open();
  expect_failure(Store::open(dir_), ErrorCode::busy, fmt::format("process {};", ::getpid()));
  expect_failure(Store::open(dir_), ErrorCode::busy, dir_.string());
  EXPECT_TRUE(owner->set_value("mac", "still the owner's"));
  owner.reset();
  EXPECT_EQ(open()->value("mac").value(), "still the owner's");
}

TEST_F(Open, NamesAnOwnerThatIsAnotherProcessAndOutlivesItsDeath) {
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto opened = Store::open(dir_);
    static_cast<void>(::write(ready[1], opened ? "y" : "n", 1));
    for (;;) ::pause();
  }
  char opened = 0;
  ASSERT_EQ(::read(ready[0], &opened, 1), 1);
  EXPECT_EQ(opened, 'y');
  expect_failure(Store::open(dir_), ErrorCode::busy, fmt::format("process {};", child));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_NE(open(), nullptr);
  for (const int end : ready) ::close(end);
}

TEST_F(Open, IsBusyWhileAnotherProgramHoldsTheFile) {
  fill();
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(file().c_str(), &handle), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(handle, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  expect_failure(Store::open(dir_), ErrorCode::busy, "another program has the file open");
  sqlite3_close(handle);
  EXPECT_NE(open(), nullptr);
}

}  // namespace
}  // namespace sealtone::store
