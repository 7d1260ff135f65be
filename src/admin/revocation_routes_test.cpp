// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "admin/fixtures.h"
#include "x509/made.h"

namespace sealtone::admin::test {
namespace {

using ::testing::HasSubstr;
using x509::test::ca;
using x509::test::list_der;

class RevocationRoutes : public ApiTest {
 protected:
  std::string file(const x509::test::ListDraft& draft) const {
    const auto der = list_der(draft);
    return std::string(base::text(der));
  }
  std::string says(const http::Response& response) {
    return body(response).at("says").get<std::string>();
  }
  x509::Certificate root_ = x509::test::made({.subject = "/CN=Acme Root", .extensions = ca()});
  x509::Certificate leaf_ = x509::test::made({.subject = "/CN=leaf", .issuer = &root_});
};

TEST_F(RevocationRoutes, AListIsAddedShownAndDeleted) {
  ASSERT_EQ(local("POST", "/api/trusted", root_.pem()).status, 201);
  const auto added = local("POST", "/api/revocation-lists",
                           file({.issuer = &root_, .entries = {{&leaf_}}, .key = "/CN=Acme Root"}));
  ASSERT_EQ(added.status, 201) << added.body;
  EXPECT_EQ(says(added),
            "The list of \"Acme Root\", of 2026-01-01 00:00:00 UTC, which names 1 certificate, was "
            "added. It counts from now on.");
  const auto shown = body(local("GET", "/api/revocation-lists"));
  EXPECT_EQ(shown.at("required"), false);
  const auto& row = shown.at("lists").at(0);
  EXPECT_EQ(row.at("issuer"), "Acme Root");
  EXPECT_EQ(row.at("entries"), 1);
  EXPECT_EQ(row.at("next_update"), "2027-01-01T00:00:00Z");
  EXPECT_EQ(row.at("expired"), false);
  EXPECT_EQ(row.at("signed_by"), root_.fingerprint());
  EXPECT_EQ(row.at("remark"), "");
  EXPECT_EQ(row.at("origin"), "command line");
  const auto id = std::to_string(row.at("id").get<int>());
  EXPECT_THAT(says(local("DELETE", "/api/revocation-lists/" + id)), HasSubstr("was deleted"));
  EXPECT_EQ(local("DELETE", "/api/revocation-lists/" + id).status, 404);
  EXPECT_TRUE(body(local("GET", "/api/revocation-lists")).at("lists").empty());
}

TEST_F(RevocationRoutes, AListThatNobodyAtHandSignedIsTakenAndSaidToBeSo) {
  const auto added = local("POST", "/api/revocation-lists", file({.issuer = &root_}));
  ASSERT_EQ(added.status, 201) << added.body;
  EXPECT_THAT(says(added), HasSubstr("No certificate that is at hand made its signature"));
  const auto row = body(local("GET", "/api/revocation-lists")).at("lists").at(0);
  EXPECT_EQ(row.at("signed_by"), nullptr);
}

TEST_F(RevocationRoutes, AListThatRanOutIsShownAsSuch) {
  const auto added = local("POST", "/api/revocation-lists",
                           file({.issuer = &root_, .next_update = kNow - seconds(1)}));
  ASSERT_EQ(added.status, 201) << added.body;
  EXPECT_THAT(says(added), HasSubstr("ran out on 2026-11-22 23:59:59 UTC"));
  EXPECT_EQ(body(local("GET", "/api/revocation-lists")).at("lists").at(0).at("expired"), true);
}

TEST_F(RevocationRoutes, WhatIsNoListIsRefused) {
  EXPECT_EQ(local("POST", "/api/revocation-lists", "no list").status, 422);
  EXPECT_EQ(local("POST", "/api/revocation-lists", root_.pem()).status, 422);
  EXPECT_EQ(local("POST", "/api/revocation-lists", "").status, 422);
  EXPECT_EQ(local("DELETE", "/api/revocation-lists/x").status, 404);
  EXPECT_EQ(remote("GET", "/api/revocation-lists").status, 401);
}

TEST_F(RevocationRoutes, TheIssuersNameIsMadeVisible) {
  const auto hostile = x509::test::made({.subject = "/CN=a\u202Eb\x1B", .extensions = ca()});
  ASSERT_EQ(local("POST", "/api/revocation-lists", file({.issuer = &hostile, .key = "any"})).status,
            201);
  EXPECT_EQ(body(local("GET", "/api/revocation-lists")).at("lists").at(0).at("issuer"),
            "a\\u{202E}b\\u{1B}");
}

}  // namespace
}  // namespace sealtone::admin::test
