// SPDX-License-Identifier: Apache-2.0
//
// A disk that refuses each write and each sync once (EIO, ENOSPC): the store says so in words,
// loses nothing, and takes the change when it is tried again.
//
// strace makes the system call fail: the store cannot tell that from a disk.
#include <gmock/gmock.h>

#include <atomic>
#include <iostream>
#include <list>
#include <mutex>
#include <sstream>
#include <thread>

#include "crash/content.h"
#include "crash/openings.h"
#include "crash/recording.h"

namespace sealtone::crash {
namespace {

namespace fs = std::filesystem;

struct Refusal {
  const char* call;
  const char* reason;
  const char* words;  // that the user is to see
};
constexpr Refusal kRefusals[] = {
    {"pwrite64", "EIO", "the disk refused it"},
    {"pwrite64", "ENOSPC", "no room left"},
    {"fdatasync", "EIO", "the disk refused it"},
    {"fdatasync", "ENOSPC", "nothing was changed"},  // SQLite does not always say why
    {"fsync", "EIO", ""},
    {"fsync", "ENOSPC", ""},
    {"ftruncate", "EIO", ""},
};

// A workload during which the nth call of a kind was refused.
struct Outcome {
  fs::path root;
  std::string name;
  bool refused = false;
  test::Finished finished;
};

// What the workload said about one of its changes.
struct Told {
  bool opening = false;  // it was the store that did not open
  std::size_t number = 0;
  std::string words;
};

class DiskThatRefuses : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto why = why_no_recording(); !why.empty()) GTEST_SKIP() << why;
    root_ = scratch_folder();
  }
  void TearDown() override { fs::remove_all(root_); }

  // which: strace's words for the calls to refuse, "3" or "3+".
  Outcome run(const Refusal& refusal, const std::string& which) const {
    Outcome run;
    run.name = std::string(refusal.call) + " " + which + " refused with " + refusal.reason;
    run.root = root_ / (std::string(refusal.call) + which);
    fs::create_directory(run.root);
    const auto trace = run.root / "trace";
    run.finished = test::run(
        {"strace", "-f", "--seccomp-bpf", "-o", trace.string(), "-e",
         "trace=" + std::string(refusal.call), "-e",
         "inject=" + std::string(refusal.call) + ":error=" + refusal.reason + ":when=" + which,
         STORE_WORKLOAD, (run.root / "state").string(), "1"});
    run.refused = test::read_text(trace).find("(INJECTED)") != std::string::npos;
    fs::remove(trace);
    return run;
  }
  // One run for each call there is, on all processors.
  std::list<Outcome> run_for_each(const Refusal& refusal) const {
    std::list<Outcome> runs;
    std::mutex mutex;
    std::atomic<int> next = 1;
    std::atomic<bool> more = true;
    const auto work = [&] {
      while (more) {
        auto one = run(refusal, std::to_string(next++));
        if (!one.refused) more = false;  // there are no more calls than that
        const std::lock_guard lock(mutex);
        if (one.refused) runs.push_back(std::move(one));
      }
    };
    std::list<std::thread> threads;
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
      threads.emplace_back(work);
    for (auto& thread : threads) thread.join();
    return runs;
  }

  // The digests of an undisturbed run, by number.
  std::vector<std::string> undisturbed() const {
    const auto state = (root_ / "undisturbed").string();
    std::istringstream lines(test::run_ok({STORE_WORKLOAD, state, "1"}));
    std::vector<std::string> digests;
    std::size_t number = 0;
    for (std::string word, digest; lines >> word >> number >> digest;) digests.push_back(digest);
    return digests;
  }
  static std::vector<Told> told_in(const std::string& out) {
    std::vector<Told> all;
    std::istringstream lines(out);
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      std::string word;
      Told told;
      words >> word >> told.number;
      std::getline(words, told.words);
      told.opening = word == "UNOPENED";
      if (told.opening || word == "REFUSED") all.push_back(told);
    }
    return all;
  }

  fs::path root_;
};

class RefusingDisk : public DiskThatRefuses, public testing::WithParamInterface<Refusal> {};

TEST_P(RefusingDisk, LosesNothingAndIsToldInWords) {
  const auto& refusal = GetParam();
  const auto digests = undisturbed();
  const auto runs = run_for_each(refusal);
  Openings openings([](const fs::path& root) {
    return std::vector<std::string>{digest(found_in(root / "state"))};
  });
  const auto expect = [&](const fs::path& state, std::vector<std::string> allowed,
                          const std::string& where) {
    Tree tree;
    if (fs::exists(state)) tree["state"] = std::nullopt;
    for (auto& [path, content] : fs::exists(state) ? read_tree(state) : Tree())
      tree["state/" + path] = content;
    openings.open(tree, [allowed = std::move(allowed), where](const Openings::Found& found) {
      EXPECT_EQ(found.failure, "") << where;
      if (!found.failure.empty()) return;
      EXPECT_THAT(allowed, testing::Contains(found.parts.at(0))) << where;
    });
  };

  std::size_t told = 0;
  for (const auto& run : runs) {
    // Tried again, each change was saved in the end.
    EXPECT_EQ(run.finished.status, 0) << run.name << run.finished.out << run.finished.err;
    expect(run.root / "state", {digests.back()}, run.name);
    std::size_t copy = 0;
    for (const auto& each : told_in(run.finished.out)) {
      ++told;
      EXPECT_THAT(each.words,
                  testing::AllOf(testing::HasSubstr("/state"), testing::HasSubstr(refusal.words)))
          << run.name;
      // Had the power gone then: what was acknowledged, or the change that was refused.
      auto allowed = std::vector{digests.at(each.number)};
      if (!each.opening) allowed.push_back(digests.at(each.number - 1));
      expect(run.root / ("state.refused." + std::to_string(copy++)), allowed,
             run.name + ":" + each.words);
    }
  }
  openings.finish();
  std::cout << runs.size() << " calls refused, " << told << " times the user is told" << std::endl;
  EXPECT_GT(runs.size(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Each, RefusingDisk, testing::ValuesIn(kRefusals), [](const auto& each) {
  return std::string(each.param.call) + "_" + each.param.reason;
});

// From one moment on the disk refuses for good: the program ends with words, and what was
// acknowledged is there when the disk is well again.
TEST_F(DiskThatRefuses, ForGoodLosesNothing) {
  const auto digests = undisturbed();
  for (const int first : {1, 2, 5, 11, 23, 47, 95, 150}) {
    const auto run = this->run({"pwrite64", "ENOSPC", ""}, std::to_string(first) + "+");
    ASSERT_TRUE(run.refused);
    EXPECT_EQ(run.finished.status, 1) << run.name;
    EXPECT_THAT(run.finished.err, testing::AnyOf(testing::HasSubstr("no room left"),
                                                 testing::HasSubstr("does not open")));
    std::size_t acknowledged = 0;
    for (auto at = run.finished.out.find("ACK "); at != std::string::npos;
         at = run.finished.out.find("ACK ", at + 1))
      ++acknowledged;
    const auto found = digest(found_in(run.root / "state"));
    const auto last = acknowledged == 0 ? 0 : acknowledged - 1;
    EXPECT_TRUE(found == digests.at(last) ||
                found == digests.at(std::min(last + 1, digests.size() - 1)))
        << run.name << run.finished.out;
  }
}

}  // namespace
}  // namespace sealtone::crash
