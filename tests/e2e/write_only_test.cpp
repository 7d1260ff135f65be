// SPDX-License-Identifier: Apache-2.0
//
// Every setting marked secret in keys.tsv is write-only, under each of its names: it can be set and
// taken back, and over the API, the command line, the page and the reports of provisioning it is
// set or not set, and nothing else.
#include <gtest/gtest.h>

#include "e2e/browser.h"
#include "e2e/program_surface.h"
#include "e2e/secrets.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

class WriteOnly : public testing::Test {
 protected:
  Secrets secrets_;
  TempDir folder_;
  std::vector<KeyRow> keys_ = secret_keys();

  static std::vector<KeyRow> secret_keys() {
    auto rows = table_of_keys();
    std::erase_if(rows, [](const KeyRow& row) { return !row.secret; });
    return rows;
  }
  void SetUp() override {
    ASSERT_GE(keys_.size(), 8U);
    for (const auto& key : keys_) (void)secrets_.plant(key.name);
  }
  void expect_none(const std::string& where, const std::string& octets) {
    EXPECT_FALSE(octets.empty()) << where;
    for (const auto& found : secrets_.found_in(where, octets)) ADD_FAILURE() << found;
  }
  static std::string api(const PhoneUnderTest& phone, const std::string& target) {
    return run_ok({"curl", "-s", "--unix-socket", (phone.state() / "admin.sock").string(),
                   "http://localhost" + target});
  }
  // What is said of one key, over the API and the command line.
  void expect_said(const PhoneUnderTest& phone, const std::string& spelled, const KeyRow& key,
                   bool set) {
    SCOPED_TRACE(spelled);
    const auto answer = api(phone, "/api/settings/" + spelled);
    const auto row = nlohmann::json::parse(answer);
    EXPECT_EQ(row.at("name"), key.name);
    EXPECT_EQ(row.at("secret"), true);
    EXPECT_EQ(row.at("set"), set);
    EXPECT_EQ(row.at("changed"), set);
    EXPECT_FALSE(row.contains("value"));
    EXPECT_FALSE(row.contains("factory"));
    expect_none("the API", answer);
    const auto words = phone.command({"get", spelled});
    EXPECT_EQ(words.out, key.name + " = " + (set ? "(set)" : "(not set)") + "\n");
    const auto json = phone.command({"get", spelled, "--json"});
    EXPECT_EQ(nlohmann::json::parse(json.out), row);
  }
};

TEST_F(WriteOnly, SetIsAllThatIsSaidUnderEachName) {
  const PhoneUnderTest phone;
  for (const auto& key : keys_) {
    expect_said(phone, key.name, key, false);
    const auto file = folder_.write("value", secrets_.value(key.name)).string();
    const auto changed = phone.command({"set", key.name, "--value-file", file});
    // Those that nobody can set are refused in words that do not repeat the value.
    if (key.ignored) {
      EXPECT_EQ(changed.status, 2) << key.name;
      expect_none("the refusal", changed.err);
    } else {
      EXPECT_EQ(changed.out, "The setting was changed.\n") << key.name << changed.err;
    }
    expect_said(phone, key.name, key, !key.ignored);
    for (const auto& alias : key.aliases) expect_said(phone, alias, key, !key.ignored);
  }
  expect_none("all settings over the API", api(phone, "/api/settings"));
  expect_none("all settings in words", phone.command({"get"}).out);
  expect_none("all settings as JSON", phone.command({"get", "--json"}).out);
  Browser browser(phone);
  expect_none("the page", browser.visit({{"everything"}}).dump());

  for (const auto& key : keys_) {
    if (key.ignored) continue;
    phone.must({"set", key.name, "--factory"});
    expect_said(phone, key.name, key, false);
  }
}

TEST_F(WriteOnly, ReportsOfProvisioningSayNothingOfThem) {
  std::string good = "#!version:1.0.0.1\n", bad = good;
  for (const auto& key : keys_) {
    good += key.name + " = " + secrets_.value(key.name) + "\n";
    bad += key.name + " = " + secrets_.value(key.name) + "\x01\n";
  }
  TempDir files;
  std::filesystem::permissions(files.path(), std::filesystem::perms(0755));
  Nginx::Options options;
  options.tls = false;
  options.server = "location / { root " + files.path().string() + "; }";
  const Nginx server(options);
  const auto url = "http://127.0.0.1:" + std::to_string(server.port()) + "/";
  PhoneUnderTest phone({"--mac", "001565000001"});
  phone.set("static.auto_provision.server.url", url);
  for (const auto& content :
       {good, bad, good + "static.auto_provision.server.password = other\n"}) {
    files.write("y000000000000.cfg", content);
    const auto json = phone.provision().dump();
    expect_none("the report", json);
    expect_none("the report in words", phone.command({"provision", "now"}).out);
    expect_none("the status", api(phone, "/api/status"));
  }
  for (const auto& leaf : commands_of_program()) {
    if (leaf.words.front() != "provision" || leaf.words == Arguments{"provision", "now"}) continue;
    auto arguments = leaf.words;
    arguments.insert(arguments.end(), {url, "--mac", "001565000001"});
    const auto shown = leaf.takes("--state") ? phone.command(arguments) : sealtone(arguments);
    expect_none("the report of " + leaf.words.back(), shown.out + shown.err);
  }
  const auto file = folder_.write("file.cfg", good).string();
  const PhoneUnderTest other({"--config", file});
  for (const auto& key : keys_) expect_said(other, key.name, key, !key.ignored);
  phone.process().stop();
  expect_none("the log", phone.process().err());
}

}  // namespace
}  // namespace sealtone::test
