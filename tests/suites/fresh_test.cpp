// SPDX-License-Identifier: Apache-2.0
//
// Against fitting: 2,000 certification paths that nobody has seen before, whose truth is known by
// how they were made.  Sealtone answers each rightly, through `sealtone verify --cases`, and names
// the fault; OpenSSL and GnuTLS answer the same, but for what engine_rules.tsv explains.
//
// SEALTONE_SUITES_SEED=N repeats a run, SEALTONE_FRESH_CASES=N makes another number of paths.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "e2e/phone_under_test.h"
#include "suites/engine_rules.h"
#include "suites/engines.h"
#include "support/contexts.h"

namespace sealtone::test {
namespace {

using nlohmann::json;

constexpr std::size_t kCases = 2'000;
constexpr std::size_t kAtOnce = 100;

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* const given = std::getenv(variable);
  return given == nullptr ? otherwise : std::stoull(given);
}

std::vector<std::string> pems(const std::vector<Made>& made) {
  std::vector<std::string> out;
  for (const auto& one : made) out.push_back(one.pem());
  return out;
}

std::string time_text(std::chrono::sys_seconds time) {
  const std::time_t seconds = time.time_since_epoch().count();
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  (void)std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S+00:00", &parts);
  return text.data();
}

json as_case(const FreshCase& fresh, std::size_t id) {
  auto out = json{
      {"id", std::to_string(id)},
      {"validation_kind", "SERVER"},
      {"trusted_certs", pems(fresh.trusted)},
      {"untrusted_intermediates", pems(fresh.sent)},
      {"peer_certificate", fresh.leaf.pem()},
      {"validation_time", time_text(fresh.now)},
      {"expected_peer_name", {{"kind", fresh.by_address ? "IP" : "DNS"}, {"value", fresh.host}}}};
  if (fresh.explicit_policy) out["x"]["policy"]["initial_explicit_policy"] = true;
  if (!fresh.lists.empty()) {
    auto lists = json::array();
    for (const auto& list : fresh.lists) lists.push_back(list.pem());
    out["crls"] = std::move(lists);
  }
  return out;
}

struct OurAnswer {
  bool accepts = false;
  std::string context;  // the findings
  [[nodiscard]] std::string shown() const { return (accepts ? "yes: " : "no: ") + context; }
};

// What was made and what all three say of it.  Made once for all tests of this program.
class Run {
 public:
  static const Run& once() {
    static const Run run;
    return run;
  }
  [[nodiscard]] const std::vector<FreshCase>& cases() const { return cases_; }
  [[nodiscard]] const OurAnswer& ours(std::size_t at) const { return ours_.at(at); }
  // How to see that very case again.
  [[nodiscard]] std::string told(std::size_t at) const {
    const auto& fresh = cases_.at(at);
    std::string text = "path " + std::to_string(at) +
                       " of SEALTONE_SUITES_SEED=" + std::to_string(seed_) + ": " +
                       std::string(fresh.kind->name) + (fresh.in_a_mesh ? " in a mesh" : "") +
                       ", asked for " + fresh.host + " at " + time_text(fresh.now);
    if (std::getenv("SEALTONE_FRESH_SHOW") != nullptr) {
      text += "\n" + as_case(fresh, at).dump();
    }
    return text;
  }

 private:
  Run() : seed_(number_from("SEALTONE_SUITES_SEED", std::random_device{}())) {
    std::printf("SEALTONE_SUITES_SEED=%llu\n", static_cast<unsigned long long>(seed_));
    Chance chance(seed_);
    const KeyPool keys;
    const auto count = number_from("SEALTONE_FRESH_CASES", kCases);
    // As many of each kind, in no order.
    for (std::size_t at = 0; at < count; ++at) {
      cases_.push_back(fresh_case(all_kinds()[at % all_kinds().size()], keys, chance));
    }
    std::ranges::shuffle(cases_, chance);
    for (std::size_t from = 0; from < cases_.size(); from += kAtOnce) ask(from);
  }

  void ask(std::size_t from) {
    auto some = json::array();
    const auto to = std::min(cases_.size(), from + kAtOnce);
    for (std::size_t at = from; at < to; ++at) some.push_back(as_case(cases_[at], at));
    StartOptions options;
    options.input = json{{"version", 1}, {"testcases", std::move(some)}}.dump();
    const auto finished = sealtone({"verify", "--cases"}, std::move(options));
    if (finished.status != 0) throw std::runtime_error(finished.err);
    const auto answers = json::parse(finished.out);
    for (const auto& answer : answers.at("results")) {
      const auto result = answer.at("actual_result").get<std::string>();
      ours_[std::stoul(answer.at("id").get<std::string>())] = {
          result == "SUCCESS", answer.at("context").get<std::string>()};
    }
  }

  std::uint64_t seed_;
  std::vector<FreshCase> cases_;
  std::map<std::size_t, OurAnswer> ours_;
};

TEST(FreshPaths, AreAnsweredAsTheyWereMade) {
  const auto& run = Run::once();
  for (std::size_t at = 0; at < run.cases().size(); ++at) {
    EXPECT_EQ(run.ours(at).accepts, run.cases()[at].kind->sound) << run.told(at) << "\n"
                                                                 << run.ours(at).shown();
  }
}

// In a mesh another path may be the best of those that are refused, and a decoy that ran out is
// told of a server that is trusted.
TEST(FreshPaths, HaveTheirFaultNamedWhereNoMeshStandsAbout) {
  const auto& run = Run::once();
  for (std::size_t at = 0; at < run.cases().size(); ++at) {
    const auto& fresh = run.cases()[at];
    if (fresh.in_a_mesh) continue;
    const auto codes = codes_in(run.ours(at).context);
    const auto told = run.told(at) + "\n" + run.ours(at).shown();
    if (fresh.kind->sound) {
      EXPECT_EQ(run.ours(at).context, "") << told;
    } else if (fresh.kind->code.empty()) {
      EXPECT_FALSE(codes.empty()) << told;
    } else {
      EXPECT_NE(std::ranges::find(codes, fresh.kind->code), codes.end()) << told;
    }
  }
}

TEST(FreshPaths, AreAnsweredAlikeByOtherEnginesButForWhatARuleExplains) {
  const auto& run = Run::once();
  const auto rules = engine_rules();
  std::vector<std::size_t> explained(rules.size());
  std::map<std::string, std::size_t> disagree;
  for (std::size_t at = 0; at < run.cases().size(); ++at) {
    const auto& fresh = run.cases()[at];
    const std::map<std::string, EngineAnswer> answers{{"OpenSSL", ask_openssl(fresh)},
                                                      {"GnuTLS", ask_gnutls(fresh)}};
    for (const auto& [engine, answer] : answers) {
      if (answer.accepts == fresh.kind->sound) continue;
      ++disagree[engine];
      auto said = answer.words;
      for (std::size_t rule = 0; rule < rules.size(); ++rule) {
        if (!rules[rule].applies(engine, fresh, answer)) continue;
        if (take_out(said, rules[rule])) ++explained[rule];
      }
      EXPECT_EQ(left_unexplained(said), "")
          << engine << (answer.accepts ? " accepts " : " refuses ") << run.told(at) << "\n"
          << answer.words << "\nWe say " << run.ours(at).shown();
    }
  }
  // Of fewer paths no rule can be asked for more.
  for (std::size_t at = 0; run.cases().size() >= kCases && at < rules.size(); ++at) {
    EXPECT_GT(explained[at], 0U) << rules[at].engine << ", " << rules[at].kind << " "
                                 << rules[at].where << ": explains nothing any more: take it off";
  }
  for (const auto& [engine, count] : disagree) {
    std::printf("%s answers %zu of %zu otherwise, as the rules explain\n", engine.c_str(), count,
                run.cases().size());
  }
}

TEST(EngineRules, NameKindsThatThereAreAndSayWhy) {
  std::set<std::string> kinds{"sound"};
  for (const auto& kind : all_kinds()) EXPECT_TRUE(kinds.emplace(kind.name).second) << kind.name;
  for (const auto& rule : engine_rules()) {
    EXPECT_TRUE(kinds.contains(rule.kind)) << rule.kind;
    EXPECT_TRUE(rule.engine == "OpenSSL" || rule.engine == "GnuTLS") << rule.engine;
    EXPECT_GT(rule.why.size(), 40U) << rule.kind;
  }
}

}  // namespace
}  // namespace sealtone::test
