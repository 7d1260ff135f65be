// SPDX-License-Identifier: Apache-2.0
//
// store: the last connection of each service, server and role.
#include <fmt/format.h>

#include "store/fixture.h"

namespace sealtone::store {
namespace {

class Connections : public StoreTest {};

TEST_F(Connections, AreKeptWithEveryField) {
  const ConnectionRow put{.id = 99,
                          .service = "provisioning",
                          .server = "prov.example.com:8443",
                          .role = "client",
                          .at = kNow,
                          .decision = "untrusted",
                          .headline = "It was refused.",
                          .json = "{\"verdict\":{}}"};
  with_store([&](Store& store) { EXPECT_EQ(store.put_connection(put).value(), 1); });
  with_store([&](Store& store) {
    const auto kept = store.connection(1).value();
    EXPECT_EQ(kept.id, 1);
    EXPECT_EQ(kept.service, put.service);
    EXPECT_EQ(kept.server, put.server);
    EXPECT_EQ(kept.role, put.role);
    EXPECT_EQ(kept.at, put.at);
    EXPECT_EQ(kept.decision, put.decision);
    EXPECT_EQ(kept.headline, put.headline);
    EXPECT_EQ(kept.json, put.json);
    expect_failure(store.connection(2), ErrorCode::not_found, "connection 2");
  });
}

TEST_F(Connections, AreListedLastRecordedFirstWithoutTheirRecords) {
  with_store([](Store& store) {
    auto early = row("b");
    early.at = kNow - 1'000h;  // the clock was set back
    ASSERT_TRUE(store.put_connection(row("a")));
    ASSERT_TRUE(store.put_connection(early));
    const auto listed = store.connections().value();
    ASSERT_EQ(listed.size(), 2U);
    EXPECT_EQ(listed[0].server, "b");
    EXPECT_EQ(listed[1].server, "a");
    EXPECT_EQ(listed[0].json, "");
  });
}

TEST_F(Connections, TakeThePlaceOfTheSameServiceServerAndRoleOnly) {
  with_store([](Store& store) {
    ASSERT_TRUE(store.put_connection(row("a", "old")));
    auto other_role = row("a");
    other_role.role = "server";
    auto other_service = row("a");
    other_service.service = "page";
    ASSERT_TRUE(store.put_connection(other_role));
    ASSERT_TRUE(store.put_connection(other_service));
    ASSERT_TRUE(store.put_connection(row("b")));
    const auto id = store.put_connection(row("a", "new"));
    EXPECT_EQ(store.connections().value().size(), 4U);
    EXPECT_EQ(store.connection(id.value()).value().json, "new");
    expect_failure(store.connection(1), ErrorCode::not_found);
  });
}

TEST_F(Connections, AreFiveHundredAndTheOldestGoesFirst) {
  with_store([](Store& store) {
    for (std::size_t i = 1; i <= kMaxConnections; ++i)
      ASSERT_TRUE(store.put_connection(row(fmt::format("server {}", i))));
    EXPECT_TRUE(store.connection(1));
    ASSERT_TRUE(store.put_connection(row("one more")));
    const auto listed = store.connections().value();
    ASSERT_EQ(listed.size(), kMaxConnections);
    EXPECT_EQ(listed.front().server, "one more");
    EXPECT_EQ(listed.back().server, "server 2");
    ASSERT_TRUE(store.put_connection(row("one more")));
    EXPECT_EQ(store.connections().value().back().server, "server 2")
        << "one that takes another's place pushes none out";
  });
}

TEST_F(Connections, HaveALargestRecordAndLongestTexts) {
  with_store([](Store& store) {
    EXPECT_TRUE(store.put_connection(row("a", std::string(kMaxRecordBytes, 'j'))));
    expect_failure(store.put_connection(row("a", std::string(kMaxRecordBytes + 1, 'j'))),
                   ErrorCode::too_large, "record");
    EXPECT_EQ(store.connections().value().size(), 1U) << "the one before stays";
    for (auto text : {&ConnectionRow::service, &ConnectionRow::server, &ConnectionRow::role,
                      &ConnectionRow::decision, &ConnectionRow::headline}) {
      auto longest = row("a");
      (longest.*text).assign(kMaxTextBytes, 't');
      EXPECT_TRUE(store.put_connection(longest));
      (longest.*text).push_back('t');
      expect_failure(store.put_connection(longest), ErrorCode::too_large);
    }
  });
}

TEST_F(Connections, HaveNamesOfHostileServersAsTheyAre) {
  const std::string hostile("prov\0.example.com'); DROP TABLE trusted; --\xFF\xE2\x80\xAE", 48);
  with_store([&](Store& store) {
    const auto id = store.put_connection(row(hostile, hostile));
    ASSERT_TRUE(id);
    ASSERT_TRUE(store.put_connection(row("prov")));
    EXPECT_EQ(store.connections().value().size(), 2U);
    EXPECT_EQ(store.connection(*id).value().server, hostile);
    EXPECT_EQ(store.connection(*id).value().json, hostile);
    EXPECT_TRUE(store.add_trusted(numbered(1), kNow, hostile));
  });
  with_store([&](Store& store) { EXPECT_EQ(store.snapshot()->trusted[0].origin, hostile); });
}

}  // namespace
}  // namespace sealtone::store
