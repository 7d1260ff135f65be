// SPDX-License-Identifier: Apache-2.0
//
// store: what servers that were refused showed.
#include <fmt/format.h>

#include "store/fixture.h"
#include "x509/ocsp.h"

namespace sealtone::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RejectedServers : public StoreTest {
 protected:
  static ConnectionRow refused(std::string server) {
    return {0,    "provisioning", std::move(server), "client",
            kNow, "untrusted",    "It was refused.", "{}"};
  }
  static Standing showing(std::vector<base::Bytes> chain) { return {false, std::move(chain)}; }
  static std::vector<std::string> servers(const Store& store) {
    std::vector<std::string> names;
    for (const auto& row : store.rejected().value()) names.push_back(row.server);
    return names;
  }
  // A store of the version before this table.
  void make_older() const {
    sql("DROP TABLE rejected_answer; DROP TABLE rejected_chain; DROP TABLE rejected;"
        " DROP TABLE revocation_list;"
        " PRAGMA user_version = 2;");
  }
};

const base::Bytes kOne{0x30, 0x00}, kTwo{0x00, 0xFF, 0x00};

TEST_F(RejectedServers, AreKeptAsTheyCameWhateverThatIs) {
  with_store([](Store& store) {
    ASSERT_TRUE(store.put_connection(refused("a:443"), showing({kOne, kTwo, {}})));
  });
  with_store([](Store& store) {
    const auto listed = store.rejected().value();
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_THAT(listed[0].chain, IsEmpty());
    const auto row = store.rejected(listed[0].id).value();
    EXPECT_EQ(row.service, "provisioning");
    EXPECT_EQ(row.server, "a:443");
    EXPECT_EQ(row.at, kNow);
    EXPECT_EQ(row.headline, "It was refused.");
    EXPECT_THAT(row.chain, ElementsAre(kOne, kTwo, base::Bytes()));
    expect_failure(store.rejected(99), ErrorCode::not_found, "rejected server 99");
  });
}

TEST_F(RejectedServers, AreTheLastRefusalOfEachUnderANewNumber) {
  with_store([](Store& store) {
    ASSERT_TRUE(store.put_connection(refused("a:443"), showing({kOne})));
    const auto first = store.rejected().value().at(0).id;
    ASSERT_TRUE(store.put_connection(refused("b:443"), showing({kOne})));
    ASSERT_TRUE(store.put_connection(refused("a:443"), showing({kTwo})));
    EXPECT_THAT(servers(store), ElementsAre("a:443", "b:443"));
    expect_failure(store.rejected(first), ErrorCode::not_found);
    EXPECT_THAT(store.rejected(store.rejected().value().at(0).id).value().chain, ElementsAre(kTwo));
  });
}

TEST_F(RejectedServers, AreTakenOffByAnAcceptedConnectionAndByNoOther) {
  with_store([](Store& store) {
    ASSERT_TRUE(store.put_connection(refused("a:443"), showing({kOne})));
    // Nobody was reached: that says nothing new.
    ASSERT_TRUE(store.put_connection(refused("a:443")));
    auto other = refused("a:443");
    other.service = "sip";
    ASSERT_TRUE(store.put_connection(other, {.accepted = true}));
    EXPECT_THAT(servers(store), ElementsAre("a:443"));
    ASSERT_TRUE(store.put_connection(refused("a:443"), {.accepted = true}));
    EXPECT_THAT(servers(store), IsEmpty());
  });
}

TEST_F(RejectedServers, AreAHundredAndTheOldestGoesFirst) {
  with_store([](Store& store) {
    for (std::size_t i = 0; i <= kMaxRejected; ++i) {
      ASSERT_TRUE(store.put_connection(refused(fmt::format("{}", i)), showing({kOne})));
    }
    const auto names = servers(store);
    EXPECT_EQ(names.size(), kMaxRejected);
    EXPECT_EQ(names.front(), "100");
    EXPECT_EQ(names.back(), "1");
  });
}

TEST_F(RejectedServers, HaveTwoMillionOctetsTogether) {
  const base::Bytes large(kMaxChainBytes, 'x');
  constexpr std::size_t kMost = kMaxRejectedBytes / kMaxChainBytes;
  with_store([&](Store& store) {
    for (std::size_t i = 0; i < kMost; ++i) {
      ASSERT_TRUE(store.put_connection(refused(fmt::format("{}", i)), showing({large})));
    }
    EXPECT_EQ(servers(store).size(), kMost);
    ASSERT_TRUE(store.put_connection(refused("one more"), showing({kOne})));
    EXPECT_EQ(servers(store).size(), kMost);
    EXPECT_EQ(servers(store).back(), "1");
  });
}

// None came, one came, and nobody knows: it was refused before that.
TEST_F(RejectedServers, AreKeptWithTheAnswerThatCameAlong) {
  with_store([](Store& store) {
    ASSERT_TRUE(store.put_connection(refused("a"), {.refused = {kOne}, .ocsp_answer = kTwo}));
    ASSERT_TRUE(
        store.put_connection(refused("b"), {.refused = {kOne}, .ocsp_answer = base::Bytes()}));
    ASSERT_TRUE(store.put_connection(refused("c"), showing({kOne})));
  });
  with_store([](Store& store) {
    const auto rows = store.rejected().value();
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(store.rejected(rows[0].id)->ocsp_answer, std::nullopt);
    EXPECT_EQ(store.rejected(rows[1].id)->ocsp_answer, base::Bytes());
    EXPECT_EQ(store.rejected(rows[2].id)->ocsp_answer, kTwo);
    // Gone with its server.
    ASSERT_TRUE(store.put_connection(refused("a"), {.accepted = true}));
    const base::Bytes most(x509::kMaxOcspBytes, 'x'), more(x509::kMaxOcspBytes + 1, 'x');
    EXPECT_TRUE(store.put_connection(refused("a"), {.refused = {kOne}, .ocsp_answer = most}));
    expect_failure(store.put_connection(refused("a"), {.refused = {kOne}, .ocsp_answer = more}),
                   ErrorCode::too_large);
  });
}

TEST_F(RejectedServers, HaveChainsWithinBounds) {
  with_store([](Store& store) {
    const std::vector<base::Bytes> most(kMaxRejectedChain, kOne);
    EXPECT_TRUE(store.put_connection(refused("a"), showing(most)));
    auto more = most;
    more.push_back(kOne);
    expect_failure(store.put_connection(refused("b"), showing(more)), ErrorCode::too_large);
    expect_failure(
        store.put_connection(refused("c"), showing({base::Bytes(kMaxChainBytes + 1, 'x')})),
        ErrorCode::too_large);
    EXPECT_THAT(servers(store), ElementsAre("a"));
    EXPECT_EQ(store.connections().value().size(), 1U);  // all of it, or nothing
  });
}

TEST_F(RejectedServers, ComeToAStoreOfTheVersionBefore) {
  with_store([](Store& store) { ASSERT_TRUE(store.put_connection(refused("a"))); });
  make_older();
  with_store([](Store& store) {
    EXPECT_THAT(servers(store), IsEmpty());
    EXPECT_EQ(store.connections().value().size(), 1U);
    EXPECT_TRUE(store.put_connection(refused("a"), showing({kOne})));
  });
}

}  // namespace
}  // namespace sealtone::store
