// SPDX-License-Identifier: Apache-2.0
//
// tests/e2e/phone_under_test: the sealtone program as its users meet it: its commands, and a phone
// that runs.
//
// Knows no room of Sealtone: everything goes through the program.  Errors: std::runtime_error with
// what the program said.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "support/process.h"

namespace sealtone::test {

// "sealtone ARGUMENTS…", to its end.
[[nodiscard]] Finished sealtone(Arguments arguments, StartOptions options = {});
// Sentences that were broken into lines, in one again.
[[nodiscard]] std::string unwrapped(const std::string& text);
// The same with --json; throws unless it ends with one of 0 and 1.
[[nodiscard]] nlohmann::json sealtone_json(Arguments arguments);

// The codes of a verdict's findings, in order, parted by spaces.
[[nodiscard]] std::string codes(const nlohmann::json& verdict);
// All that codes() has given in this program: they were produced end to end.
[[nodiscard]] const std::set<std::string>& codes_seen();

// A phone of its own, its page on a free port of 127.0.0.1.
class PhoneUnderTest {
 public:
  // trusted: certificates that are in its list before it starts.
  explicit PhoneUnderTest(Arguments further = {},
                          const std::vector<std::filesystem::path>& trusted = {});

  // A phone on a state folder that outlives it, and may have had phones before.
  [[nodiscard]] static PhoneUnderTest on(std::filesystem::path state, Arguments further = {});

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string page() const { return page_; }
  [[nodiscard]] std::string fingerprint() const { return fingerprint_; }
  [[nodiscard]] std::string one_time_password() const { return password_; }  // "": it has one
  [[nodiscard]] const std::filesystem::path& state() const { return state_; }
  [[nodiscard]] Process& process() { return *process_; }

  // "sealtone COMMAND… --state STATE" against the running phone.
  [[nodiscard]] Finished command(Arguments arguments) const;
  void must(Arguments arguments) const;  // throws unless it ends with 0
  void set(const std::string& key, const std::string& value) const;
  [[nodiscard]] nlohmann::json ask(Arguments arguments) const;  // with --json, exit 0 or 1
  // Provisions now (after the run of its start, if one is under way) and gives the run's report.
  [[nodiscard]] nlohmann::json provision() const;

 private:
  PhoneUnderTest(std::filesystem::path where, std::unique_ptr<TempDir> folder, Arguments further,
                 const std::vector<std::filesystem::path>& trusted);
  std::unique_ptr<TempDir> folder_;  // of the state, unless that outlives the phone
  std::filesystem::path state_;
  std::unique_ptr<Process> process_;
  std::uint16_t port_ = 0;
  std::string page_, fingerprint_, password_;
};

}  // namespace sealtone::test
