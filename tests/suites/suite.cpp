// SPDX-License-Identifier: Apache-2.0
//
// tests/suites/suite: see suite.h.
#include "suites/suite.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <map>
#include <stdexcept>

#include "e2e/phone_under_test.h"

namespace sealtone::test {
namespace {

using nlohmann::json;

// What a case is; all else in it is about the answer, or for people.
constexpr auto kGiven = std::to_array<const char*>(
    {"validation_kind", "trusted_certs", "untrusted_intermediates", "peer_certificate",
     "validation_time", "signature_algorithms", "key_usage", "extended_key_usage",
     "expected_peer_name", "expected_peer_names", "max_chain_depth", "crls"});
constexpr auto kGivenInX =
    std::to_array<const char*>({"no_purpose", "policy", "require_revocation", "partial_chain"});

template <typename Keys>
json only(const json& object, const Keys& keys) {
  auto out = json::object();
  for (const char* const key : keys) {
    if (object.contains(key)) out[key] = object[key];
  }
  return out;
}

json stripped(const json& test, const std::string& id) {
  auto out = only(test, kGiven);
  out["id"] = id;
  if (test.contains("x")) out["x"] = only(test["x"], kGivenInX);
  return out;
}

json read_archive(const std::string& name) {
  const TempDir folder;
  run_ok({"tar", "-xJf", std::string(SEALTONE_TEST_DATA) + "/suites/" + name + ".tar.xz", "-C",
          folder.path().string()});
  return json::parse(read_text(folder.path() / (name + ".json")));
}

std::string id_of_chance(std::mt19937_64& chance) {
  std::array<char, 17> text{};
  (void)std::snprintf(text.data(), text.size(), "%016llx",
                      static_cast<unsigned long long>(chance()));
  return text.data();
}

// The program's answers to some cases, by their ids.
std::map<std::string, json> answers_of(const std::string& profile, json cases) {
  const json suite{{"version", 1}, {"testcases", std::move(cases)}};
  StartOptions options;
  options.input = suite.dump();
  const auto finished = sealtone({"verify", "--cases", "--profile", profile}, std::move(options));
  if (finished.status != 0) throw std::runtime_error(finished.err + finished.out);
  std::map<std::string, json> answers;
  const auto all = json::parse(finished.out);
  for (const auto& answer : all.at("results")) {
    if (!answers.emplace(answer.at("id").get<std::string>(), answer).second) {
      throw std::runtime_error("two answers to one case: " + answer.dump());
    }
  }
  return answers;
}

}  // namespace

// docs/conformance.md says where the figures of the others are from.
const std::vector<SuiteAbout>& all_suites() {
  static const std::vector<SuiteAbout> suites{
      {"limbo", "strict", 109, 108, "OpenSSL 109 (108, 23)"},
      {"bettertls-pathbuilding", "default", 61, 61, "Go, cryptography 61 (61, 0)"},
      {"bettertls-nameconstraints", "default", 1500, 1320, "Go, OpenSSL 1500 (1320, 0)"},
      {"pkits", "default", 162, 162, "OpenSSL 162 (162, 0)"},
      {"chromium", "default", 72, 40, "OpenSSL 72 (39, 0), strict 69 (40, 0)"},
      {"webpki-tls", "default", 26, 26, "GnuTLS 26 (26, 2)"},
      {"names", "default", 152, 124, "Go 152 (122, 2), OpenSSL 142 (124, 0)"},
      {"gonc", "default", 39, 37, "GnuTLS 39 (37, 6); Go, its own, 51 (47, 0)"},
      {"openssl-verify", "default", 39, 39, "GnuTLS 39 (39, 9); OpenSSL, its own, 53 (51, 1)"},
      {"x509test", "default", 16, 15, "all 16 (15, 0)"},
      {"bsi", "default", 32, 32, "Botan 32 (32, 0)"},
  };
  return suites;
}

Figures figures(const std::vector<CaseAnswer>& answers) {
  Figures out;
  for (const auto& answer : answers) {
    const bool passed = answer.as_expected();
    ++out.cases;
    if (passed) ++out.passed;
    if (answer.disputed) continue;
    ++out.counted;
    if (passed) ++out.counted_passed;
    if (!passed && answer.actual == "SUCCESS") ++out.wrongly_accepted;
  }
  return out;
}

SuiteRun run_suite(const SuiteAbout& about, std::mt19937_64& chance) {
  const auto suite = read_archive(about.name);
  const auto& cases = suite.at("testcases");
  SuiteRun out;
  std::map<std::string, std::size_t> places;  // by the ids that the program sees
  std::vector<json> given;
  for (const auto& test : cases) {
    const auto& x = test.at("x");
    out.answers.push_back({.id = test.at("id").get<std::string>(),
                           .expected = test.at("expected_result").get<std::string>(),
                           .actual = "",
                           .context = "",
                           .disputed = x.value("soft", false)});
    const auto id = id_of_chance(chance);
    places[id] = out.answers.size() - 1;
    given.push_back(stripped(test, id));
  }
  std::ranges::shuffle(given, chance);
  for (std::size_t from = 0; from < given.size(); from += kAtOnce) {
    const auto to = std::min(given.size(), from + kAtOnce);
    const auto began = std::chrono::steady_clock::now();
    const auto answers = answers_of(
        about.profile, json(std::vector<json>(given.begin() + static_cast<std::ptrdiff_t>(from),
                                              given.begin() + static_cast<std::ptrdiff_t>(to))));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    out.longest_seconds = std::max(out.longest_seconds, took.count());
    if (answers.size() != to - from) throw std::runtime_error("not every case was answered");
    for (const auto& [id, answer] : answers) {
      auto& place = out.answers.at(places.at(id));
      place.actual = answer.at("actual_result").get<std::string>();
      place.context = answer.at("context").get<std::string>();
    }
  }
  return out;
}

}  // namespace sealtone::test
