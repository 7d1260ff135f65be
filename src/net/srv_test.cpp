// SPDX-License-Identifier: Apache-2.0
//
// net/srv: services asked of a scripted name server on loopback, and the order of RFC 2782.
#include "net/srv.h"

#include <gmock/gmock.h>

#include <map>

#include "support/loop.h"
#include "support/name_server.h"

namespace sealtone::net {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using test::finish;
using test::NameServer;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class Srv : public ::testing::Test {
 protected:
  auto look_up(const std::string& name, std::chrono::milliseconds limit = 5s) {
    return finish(loop, look_up_srv(name, limit, server.address()));
  }
  asio::io_context loop;
  NameServer server{loop};
};

TEST_F(Srv, FindsTheRecordsOfAService) {
  server.srv("_sips._tcp.example.com", 10, 60, 5061, "a.example.com");
  server.srv("_sips._tcp.example.com", 20, 0, 5071, "b.example.com");
  server.a("_sips._tcp.example.com", "192.0.2.1");  // another type is not looked at
  const auto records = look_up("_sips._tcp.example.com");
  ASSERT_TRUE(records) << base::to_string(records.error());
  EXPECT_THAT(*records, UnorderedElementsAre(SrvRecord{"a.example.com", 5061, 10, 60},
                                             SrvRecord{"b.example.com", 5071, 20, 0}));
  EXPECT_THAT(server.asked, ElementsAre("_sips._tcp.example.com"));
}

TEST_F(Srv, FindsNoneWhereTheNameOrTheTypeDoesNotExist) {
  server.a("_sips._tcp.example.com", "192.0.2.1");
  for (const auto* name : {"_sips._tcp.example.com", "_sips._tcp.example.org"}) {
    const auto records = look_up(name);
    ASSERT_TRUE(records) << base::to_string(records.error());
    EXPECT_TRUE(records->empty());
  }
}

TEST_F(Srv, GivesTheRootAsAnEmptyTarget) {
  server.srv("_sips._tcp.example.com", 0, 0, 0, "");
  EXPECT_THAT(look_up("_sips._tcp.example.com").value(), ElementsAre(SrvRecord{"", 0, 0, 0}));
}

TEST_F(Srv, KeepsABoundedNumber) {
  for (int i = 0; i < 20; ++i) server.srv("_s._tcp.a.b", 0, 0, 5061, "c");
  const auto records = look_up("_s._tcp.a.b");
  ASSERT_TRUE(records) << base::to_string(records.error());
  EXPECT_EQ(records->size(), kMaxSrvRecords);
}

TEST_F(Srv, SaysTimeoutAndUnreachable) {
  server.response_code = 2;  // SERVFAIL
  const auto failed = look_up("_sips._tcp.example.com");
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::unreachable);
  server.silent = true;
  const auto slow = look_up("_sips._tcp.example.com", 50ms);
  ASSERT_FALSE(slow);
  EXPECT_EQ(slow.error().code, ErrorCode::timeout);
}

std::string targets(const std::vector<SrvRecord>& records) {
  std::string all;
  for (const auto& record : records) all += record.target;
  return all;
}

TEST(SrvOrder, GoesByPriorityFirst) {
  const std::vector<SrvRecord> records{{"c", 1, 30, 0}, {"a", 1, 10, 0}, {"b", 1, 20, 65'535}};
  for (const std::uint32_t random : {0U, 1U, 0xFFFF'FFFFU}) {
    EXPECT_EQ(targets(in_order(records, random)), "abc");
  }
  EXPECT_EQ(targets(in_order({}, 7)), "");
}

TEST(SrvOrder, GoesByChanceAccordingToWeight) {
  const std::vector<SrvRecord> records{{"a", 1, 10, 0}, {"b", 1, 10, 25}, {"c", 1, 10, 75}};
  std::map<char, int> first;
  for (std::uint32_t random = 0; random < 500; ++random) {
    const auto order = targets(in_order(records, random));
    ASSERT_EQ(order.size(), 3U);
    ++first[order[0]];
    EXPECT_EQ(order, targets(in_order(records, random)));
  }
  // "In the presence of records containing weights greater than 0, records with weight 0 should
  // have a very small chance of being selected": 1 of 101.
  EXPECT_NEAR(first['a'], 5, 10);
  EXPECT_NEAR(first['b'], 124, 50);
  EXPECT_NEAR(first['c'], 371, 50);
}

}  // namespace
}  // namespace sealtone::net
