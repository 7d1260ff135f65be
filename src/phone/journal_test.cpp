// SPDX-License-Identifier: Apache-2.0
//
// phone/journal: what is noted is stored, and no more than the disk can take.
#include "phone/journal.h"

#include <gmock/gmock.h>

#include "support/loop.h"
#include "support/process.h"

namespace sealtone::phone {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Lines final : public base::Log {
 public:
  void write(base::LogLevel, std::string_view, std::string_view line) override {
    lines.emplace_back(line);
  }
  std::vector<std::string> lines;
};

Entry entry(const std::string& server, trust::Decision decision) {
  Entry entry;
  entry.service = "provisioning";
  entry.server = server;
  entry.verdict.decision = decision;
  entry.at = std::chrono::sys_seconds(std::chrono::seconds(1'700'000'000));
  return entry;
}

class JournalTest : public ::testing::Test {
 protected:
  std::vector<std::string> stored() {
    const auto rows = store_->connections();
    std::vector<std::string> texts;
    for (const auto& row : *rows) texts.push_back(row.server + " " + row.decision);
    return texts;
  }

  test::TempDir folder_;
  std::unique_ptr<store::Store> store_ = *store::Store::open(folder_.path() / "state");
  Lines log_;
  net::asio::io_context loop_;
  net::Worker worker_{loop_};
  Journal journal_{loop_, worker_, *store_, log_};
};

TEST_F(JournalTest, KeepsWhatARefusedServerShowedUntilItIsAccepted) {
  auto refused = entry("a:443", trust::Decision::untrusted);
  refused.record.server_chain = {base::Bytes(store::kMaxChainBytes, 'x'), base::Bytes{1}};
  journal_.note(refused);
  auto visitor = refused;
  visitor.service = "page";
  visitor.record.role = handshake::Role::server;
  journal_.note(visitor);
  test::finish(loop_, journal_.flush());
  const auto rows = *store_->rejected();
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].server, "a:443");
  // What is over the bound is left out, not the record.
  EXPECT_THAT(store_->rejected(rows[0].id)->chain, SizeIs(1));
  journal_.note(entry("a:443", trust::Decision::not_established));
  test::finish(loop_, journal_.flush());
  EXPECT_THAT(*store_->rejected(), SizeIs(1));
  journal_.note(entry("a:443", trust::Decision::accepted_untrusted));
  test::finish(loop_, journal_.flush());
  EXPECT_THAT(*store_->rejected(), IsEmpty());
}

TEST_F(JournalTest, StoresWhatWasNotedByTheTimeItIsFlushed) {
  journal_.note(entry("a:443", trust::Decision::trusted));
  journal_.note(entry("b:443", trust::Decision::untrusted));
  test::finish(loop_, journal_.flush());
  EXPECT_THAT(stored(), ElementsAre("b:443 untrusted", "a:443 trusted"));
  EXPECT_THAT(log_.lines, ElementsAre(HasSubstr("a:443"), HasSubstr("b:443")));
}

TEST_F(JournalTest, WritesOnlyTheNewestOfOnePeer) {
  for (int i = 0; i < 100; ++i) journal_.note(entry("a:443", trust::Decision::trusted));
  journal_.note(entry("a:443", trust::Decision::untrusted));
  test::finish(loop_, journal_.flush());
  EXPECT_THAT(stored(), ElementsAre("a:443 untrusted"));
  EXPECT_THAT(log_.lines, SizeIs(1));
}

TEST_F(JournalTest, StoresByItself) {
  journal_.note(entry("a:443", trust::Decision::trusted));
  test::run_until(loop_, [this] { return !log_.lines.empty(); });
  EXPECT_THAT(stored(), SizeIs(1));
}

TEST_F(JournalTest, KeepsNoMorePeersWaitingThanTheStoreKeeps) {
  for (std::size_t i = 0; i <= store::kMaxConnections; ++i) {
    journal_.note(entry(std::to_string(i), trust::Decision::trusted));
  }
  journal_.stop();
  journal_.write_rest();
  EXPECT_THAT(stored(), SizeIs(store::kMaxConnections));
  EXPECT_THAT(stored(), Not(Contains("500 trusted")));
}

TEST_F(JournalTest, WritesTheRestOnceItHasStopped) {
  journal_.stop();
  journal_.note(entry("a:443", trust::Decision::trusted));
  loop_.run();
  EXPECT_THAT(stored(), IsEmpty());
  journal_.write_rest();
  EXPECT_THAT(stored(), SizeIs(1));
}

// A later connection of the same peer takes the place in the store of one that can still be saved.
TEST_F(JournalTest, KeepsTheRecordsWhoseOctetsAreKept) {
  const base::FakeClock clock(std::chrono::sys_seconds(std::chrono::seconds(1'700'000'000)));
  tls::Recordings octets(clock);
  const auto recorded = [&](const std::string& headline) {
    auto one = entry("a:443", trust::Decision::trusted);
    one.target = headline;
    one.recording = octets.begin();
    return one;
  };
  const auto first = recorded("1");
  journal_.note(first);
  journal_.note(entry("a:443", trust::Decision::untrusted));  // and one of which there are none
  journal_.note(recorded("2"));
  test::finish(loop_, journal_.flush());
  EXPECT_THAT(stored(), ElementsAre("a:443 trusted"));
  journal_.note(recorded("3"));
  test::finish(loop_, journal_.flush());
  const auto kept = journal_.recorded();
  ASSERT_THAT(kept, SizeIs(3));
  EXPECT_GT(kept[0].id, kept[1].id);
  EXPECT_GT(kept[1].id, kept[2].id);
  EXPECT_EQ(journal_.recording_of(kept[2].id), first.recording);
  EXPECT_NE(kept[2].json, "");
  // The same one, of which more is known, is no other.
  journal_.note(first);
  test::finish(loop_, journal_.flush());
  EXPECT_THAT(journal_.recorded(), SizeIs(3));
}

// So many in one round are no more than the disk can take.
class JournalOfABurst : public JournalTest {
 protected:
  void note(const std::string& server, int count) {
    for (int i = 0; i < count; ++i) {
      auto one = entry(server, trust::Decision::trusted);
      one.at += std::chrono::seconds(i);
      one.recording = octets_.begin();
      journal_.note(std::move(one));
    }
  }
  // Seconds behind the first, the newest first.
  std::vector<int> kept_of(const std::string& server) {
    std::vector<int> kept;
    for (const auto& row : journal_.recorded()) {
      if (row.server != server) continue;
      kept.push_back(static_cast<int>((row.at - entry("", {}).at).count()));
    }
    return kept;
  }
  const base::FakeClock clock_{std::chrono::sys_seconds(std::chrono::seconds(1'700'000'000))};
  tls::Recordings octets_{clock_};
};

TEST_F(JournalOfABurst, KeepsAllUpToTheBoundAndSaysNothing) {
  note("a:443", 33);
  test::finish(loop_, journal_.flush());
  EXPECT_THAT(kept_of("a:443"), SizeIs(33));
  EXPECT_THAT(log_.lines, SizeIs(33));
}

TEST_F(JournalOfABurst, KeepsTheNewestAndSaysHowManyAreLeftOut) {
  note("a:443", 1'000);
  test::finish(loop_, journal_.flush());
  const auto kept = kept_of("a:443");
  ASSERT_THAT(kept, SizeIs(33));
  EXPECT_EQ(kept.front(), 999);
  EXPECT_EQ(kept.back(), 967);
  EXPECT_THAT(stored(), SizeIs(1));
  ASSERT_THAT(log_.lines, SizeIs(34));
  EXPECT_EQ(log_.lines.front(),
            "provisioning: 967 of the connections with a:443 came faster than they can be written, "
            "and are left out; the newest are there");
  // The next round has its own.
  note("a:443", 1);
  test::finish(loop_, journal_.flush());
  EXPECT_THAT(log_.lines, SizeIs(35));
}

TEST_F(JournalOfABurst, CostsNoOtherPeerItsEarlierOnes) {
  note("b:443", 2);
  note("a:443", 1'000);
  note("c:443", 2);
  test::finish(loop_, journal_.flush());
  EXPECT_THAT(kept_of("b:443"), ElementsAre(1, 0));
  EXPECT_THAT(kept_of("c:443"), ElementsAre(1, 0));
  EXPECT_THAT(kept_of("a:443"), SizeIs(31));
}

}  // namespace
}  // namespace sealtone::phone
