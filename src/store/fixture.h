// SPDX-License-Identifier: Apache-2.0
//
// store/fixture: a state folder that goes with the test, and other people's certificates in it.
#pragma once

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "store/store.h"
#include "store/test_data.h"

namespace sealtone::store {

namespace fs = std::filesystem;
using base::ErrorCode;
using namespace std::chrono_literals;

class StoreTest : public testing::Test {
 protected:
  static constexpr std::chrono::sys_seconds kNow =
      std::chrono::sys_days(std::chrono::year(2026) / 11 / 23);

  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "sealtone-store-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    scratch_ = fs::canonical(pattern);
    dir_ = scratch_ / "state";
  }
  void TearDown() override { fs::remove_all(scratch_); }

  [[nodiscard]] std::unique_ptr<Store> open() const {
    auto opened = Store::open(dir_);
    EXPECT_TRUE(opened) << (opened ? "" : to_string(opened.error()));
    return opened ? std::move(*opened) : nullptr;
  }
  // Opened, filled by some hand, closed.
  template <typename Fill>
  void with_store(Fill&& fill) const {
    const auto store = open();
    ASSERT_NE(store, nullptr);
    fill(*store);
  }
  // Another program's hand on the closed file.
  void sql(const std::string& statement) const {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open((dir_ / "sealtone.db").c_str(), &handle), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle, statement.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(handle);
    sqlite3_close(handle);
  }

  static int mode_of(const fs::path& path) {
    struct stat facts{};
    return ::lstat(path.c_str(), &facts) == 0 ? static_cast<int>(facts.st_mode & 07777) : -1;
  }
  static std::string content(const fs::path& path) {
    return std::string(base::text(base::read_file(path, 100'000'000).value()));
  }
  static void write(const fs::path& path, std::string_view text) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
  }
  // What every file of the folder holds, by name.
  [[nodiscard]] std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::directory_iterator(dir_))
      all[entry.path().filename().string()] = content(entry.path());
    return all;
  }

  static ConnectionRow row(std::string server, std::string json = "{}") {
    return {0,    "check",   std::move(server), "client",
            kNow, "trusted", "It is trusted.",  std::move(json)};
  }

  fs::path scratch_, dir_;
};

// EXPECT that a Result is an Error of a code, and see its words when it is not.
template <typename T>
void expect_failure(const base::Result<T>& result, ErrorCode code, const std::string& words = "") {
  ASSERT_FALSE(result);
  EXPECT_STREQ(base::word(result.error().code), base::word(code)) << to_string(result.error());
  EXPECT_THAT(to_string(result.error()), testing::HasSubstr(words));
}

}  // namespace sealtone::store
