// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "admin/fixtures.h"

namespace sealtone::admin::test {
namespace {

class OctetsRoutes : public ApiTest {};

TEST_F(OctetsRoutes, GiveAConnectionsOctetsWithoutKeysUnlessAskedFor) {
  phone_.octets_of_ = 7;
  const auto given = local("GET", "/api/connections/7/capture");
  EXPECT_EQ(given.status, 200);
  EXPECT_EQ(given.body, std::string("\x0A\x0D\x0D\x0A\0", 5));
  EXPECT_EQ(given.field("Content-Type"), "application/x-pcapng");
  EXPECT_EQ(given.field("Content-Disposition"),
            "attachment; filename=\"sealtone-connection-7.pcapng\"");
  EXPECT_EQ(given.field("X-Says"), "It holds them.");
  EXPECT_EQ(local("GET", "/api/capture").field("Content-Disposition"),
            "attachment; filename=\"sealtone-connections.pcapng\"");
  EXPECT_EQ(local("POST", "/api/connections/7/capture", "{}").status, 200);
  EXPECT_EQ(local("POST", "/api/capture", R"({"with_keys": true})").status, 200);
  ASSERT_EQ(phone_.saved_.size(), 4U);
  EXPECT_EQ(phone_.saved_[0].connection, 7);
  EXPECT_FALSE(phone_.saved_[1].connection);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(phone_.saved_[i].with_keys, i == 3) << i;
  EXPECT_EQ(phone_.saved_[0].who, "command line");
}

TEST_F(OctetsRoutes, GiveNoOctetsToWhoMayNotHaveThem) {
  phone_.octets_of_ = 7;
  EXPECT_EQ(local("GET", "/api/connections/8/capture").status, 404);
  EXPECT_EQ(local("GET", "/api/connections/x/capture").status, 404);
  EXPECT_EQ(local("POST", "/api/capture", R"({"with_keys": "yes"})").status, 422);
  EXPECT_EQ(local("POST", "/api/capture", "yes").status, 422);
  EXPECT_EQ(local("DELETE", "/api/capture").status, 405);
  EXPECT_EQ(remote("GET", "/api/capture").status, 401);
  EXPECT_EQ(remote("GET", "/api/connections/7/capture").status, 401);
  // A body is a change: it needs the page's token.
  auto without_token = logged_in();
  std::erase_if(without_token, [](const auto& field) { return field.first == "X-CSRF-Token"; });
  EXPECT_EQ(remote("POST", "/api/capture", "{}", without_token).status, 403);
  EXPECT_TRUE(phone_.saved_.empty());
  EXPECT_EQ(remote("POST", "/api/capture", "{}", logged_in()).status, 200);
  EXPECT_EQ(phone_.saved_.at(0).who, "page");
  EXPECT_FALSE(phone_.saved_.at(0).with_keys);
}

// The page's user may not have them: under them lie the passwords of the provisioning server.
TEST_F(OctetsRoutes, GiveKeysOnThePhoneItselfAlone) {
  phone_.octets_of_ = 7;
  for (const char* path : {"/api/capture", "/api/connections/7/capture"}) {
    const auto refused = remote("POST", path, R"({"with_keys": true})", logged_in());
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(body(refused).at("code"), "local-only");
    EXPECT_THAT(body(refused).at("says").get<std::string>(), ::testing::HasSubstr("--with-keys"));
  }
  EXPECT_TRUE(phone_.saved_.empty());
}

TEST_F(OctetsRoutes, AreToldOfWhereConnectionsAreListed) {
  phone_.rows_.push_back({7, "page", "192.0.2.7", "server", kNow, "", "it opened the page", "{}"});
  phone_.rows_.push_back({8, "page", "192.0.2.8", "server", kNow, "", "it opened the page", "{}"});
  phone_.octets_of_ = 7;
  const auto rows = body(local("GET", "/api/connections")).at("connections");
  EXPECT_EQ(rows.at(0).at("octets_kept"), true);
  EXPECT_EQ(rows.at(1).at("octets_kept"), false);
  EXPECT_EQ(body(local("GET", "/api/connections/7")).at("octets_kept"), true);
}

}  // namespace
}  // namespace sealtone::admin::test
