// SPDX-License-Identifier: Apache-2.0
#include "admin/api.h"

#include "admin/fixtures.h"
#include "admin/sessions.h"

namespace sealtone::admin::test {
namespace {

TEST_F(ApiTest, StrangerGetsNothingBeforeLoggingIn) {
  for (const char* path : {"/api/status", "/api/trusted", "/api/settings", "/api/connections",
                           "/api/server-certificate", "/api/nothing"}) {
    EXPECT_EQ(remote("GET", path).status, 401) << path;
  }
  EXPECT_EQ(remote("POST", "/api/provision").status, 401);
}

TEST_F(ApiTest, PasswordOpensASessionWhoseCookieIsTheBrowsersAlone) {
  const auto response = remote("POST", "/api/session", json{{"password", kOwn}}.dump());
  ASSERT_EQ(response.status, 200);
  const std::string cookie(response.field("Set-Cookie"));
  for (const char* part : {"__Host-", "Secure", "HttpOnly", "SameSite=Strict", "Path=/"}) {
    EXPECT_NE(cookie.find(part), std::string::npos) << cookie;
  }
  EXPECT_EQ(remote("GET", "/api/status", "", logged_in()).status, 200);
}

TEST_F(ApiTest, OneTimePasswordIsOnlyGoodForChoosingOnesOwn) {
  const auto first = remote("POST", "/api/session", json{{"password", kOneTime}}.dump());
  EXPECT_EQ(first.status, 403);
  EXPECT_EQ(body(first).at("code"), "choose-password");
  EXPECT_EQ(first.field("Set-Cookie"), "");
  EXPECT_EQ(
      remote("POST", "/api/session", json{{"password", kOneTime}, {"new_password", kOwn}}.dump())
          .status,
      200);
}

TEST_F(ApiTest, WrongPasswordsMakeTheAddressWaitWithoutAskingThePhone) {
  const auto wrong = json{{"password", "wrong"}}.dump();
  for (int i = 0; i < Attempts::kFree; ++i)
    EXPECT_EQ(remote("POST", "/api/session", wrong).status, 401);
  const int asked = phone_.log_ins_;
  const auto waits = remote("POST", "/api/session", json{{"password", kOwn}}.dump());
  EXPECT_EQ(waits.status, 429);
  EXPECT_EQ(waits.field("Retry-After"), "1");
  EXPECT_EQ(phone_.log_ins_, asked);
  clock_.tick(1s);
  EXPECT_EQ(remote("POST", "/api/session", json{{"password", kOwn}}.dump()).status, 200);
}

TEST_F(ApiTest, GuessesSideBySideAreCountedBeforeTheyAreAnswered) {
  constexpr int kGuesses = 20;
  int turned_away = 0;
  for (int i = 0; i < kGuesses; ++i) {
    http::Request request{"POST", "/api/session", {{"Host", "127.0.0.1"}}, ""};
    request.body = json{{"password", "guess " + std::to_string(i)}}.dump();
    net::asio::co_spawn(loop_, api_.handle(std::move(request), {false, "192.0.2.9"}),
                        [&](std::exception_ptr thrown, const http::Response& response) {
                          EXPECT_FALSE(thrown);
                          if (response.status == 429) ++turned_away;
                        });
  }
  loop_.run();
  EXPECT_EQ(phone_.log_ins_, Attempts::kFree);
  EXPECT_EQ(turned_away, kGuesses - Attempts::kFree);
}

TEST_F(ApiTest, BusyPhoneIsNoWrongPassword) {
  for (int i = 0; i < 3 * Attempts::kFree; ++i) {
    const auto busy = remote("POST", "/api/session", json{{"password", kBusy}}.dump());
    EXPECT_EQ(busy.status, 429);
    EXPECT_EQ(body(busy).at("code"), "busy");
    EXPECT_EQ(busy.field("Retry-After"), "1");
    clock_.tick(1s);
  }
  EXPECT_EQ(remote("POST", "/api/session", json{{"password", kOwn}}.dump()).status, 200);
}

TEST_F(ApiTest, NewPasswordEndsTheSessionsOfTheOneBefore) {
  const auto before = logged_in();
  const auto changed = remote("POST", "/api/session",
                              json{{"password", kOwn}, {"new_password", "another one"}}.dump());
  ASSERT_EQ(changed.status, 200);
  EXPECT_EQ(remote("GET", "/api/status", "", before).status, 401);
  const std::string cookie(changed.field("Set-Cookie"));
  EXPECT_EQ(
      remote("GET", "/api/status", "", {{"Cookie", cookie.substr(0, cookie.find(';'))}}).status,
      200);
}

TEST_F(ApiTest, MalformedLogInsAreRefused) {
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("[]"), std::string("7"),
        std::string(R"({"password":7})"), json{{"password", std::string(1025, 'x')}}.dump()}) {
    EXPECT_EQ(remote("POST", "/api/session", text).status, 422) << text.substr(0, 40);
  }
  EXPECT_EQ(phone_.log_ins_, 0);
}

TEST_F(ApiTest, SessionEndsWhenIdleAndWhenLoggedOut) {
  auto fields = logged_in();
  clock_.tick(minutes(5));
  EXPECT_EQ(remote("GET", "/api/status", "", fields).status, 200);
  clock_.tick(minutes(5) + 1s);
  EXPECT_EQ(remote("GET", "/api/status", "", fields).status, 401);

  fields = logged_in();
  EXPECT_EQ(remote("DELETE", "/api/session", "", fields).status, 200);
  EXPECT_EQ(remote("GET", "/api/status", "", fields).status, 401);
}

TEST_F(ApiTest, ChangeNeedsTheTokenOfItsOwnSession) {
  const auto mine = logged_in();
  const auto others = logged_in();
  const std::string change = R"({"static.security.trust_certificates":"0"})";
  EXPECT_EQ(remote("PUT", "/api/settings", change, {mine[0]}).status, 403);
  EXPECT_EQ(remote("PUT", "/api/settings", change, {mine[0], others[1]}).status, 403);
  EXPECT_EQ(remote("PUT", "/api/settings", change,
                   {mine[0], mine[1], {"Origin", "https://attacker.example"}})
                .status,
            403);
  EXPECT_TRUE(phone_.snapshot()->settings.flag("static.security.trust_certificates"));
  EXPECT_EQ(remote("PUT", "/api/settings", change,
                   {mine[0], mine[1], {"Origin", "https://127.0.0.1:8443"}})
                .status,
            200);
  EXPECT_FALSE(phone_.snapshot()->settings.flag("static.security.trust_certificates"));
}

TEST_F(ApiTest, NameThatIsNotItsOwnIsTurnedAwayEvenForThePage) {
  for (const char* path : {"/", "/api/session", "/api/status"}) {
    const auto response =
        ask({"GET", path, {{"Host", "attacker.example"}}, ""}, {false, "192.0.2.9"});
    EXPECT_EQ(response.status, 421) << path;
  }
}

TEST_F(ApiTest, EveryAnswerCarriesTheStrictPolicy) {
  for (const char* path : {"/", "/app.js", "/nowhere", "/api/status", "/api/nowhere"}) {
    const auto response = local("GET", path);
    const std::string policy(response.field("Content-Security-Policy"));
    EXPECT_NE(policy.find("default-src 'none'"), std::string::npos) << path;
    EXPECT_NE(policy.find("require-trusted-types-for 'script'"), std::string::npos) << path;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos) << path;
    EXPECT_EQ(response.field("X-Content-Type-Options"), "nosniff") << path;
  }
  EXPECT_EQ(local("GET", "/api/status").field("Cache-Control"), "no-store");
}

TEST_F(ApiTest, PageIsServedAndNothingBesideIt) {
  EXPECT_EQ(remote("GET", "/").status, 200);
  EXPECT_EQ(remote("GET", "/app.js").field("Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(remote("GET", "/../../etc/passwd").status, 404);
  const auto wrong = remote("POST", "/app.js");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.field("Allow"), "GET, HEAD");
}

TEST_F(ApiTest, WrongMethodNamesTheRightOnes) {
  const auto response = local("PATCH", "/api/trusted");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.field("Allow"), "GET, POST");
}

TEST_F(ApiTest, PasswordIsResetOnThePhoneItselfAlone) {
  const auto session = logged_in();
  EXPECT_EQ(remote("POST", "/api/admin/password-reset", "", session).status, 403);
  const auto response = local("POST", "/api/admin/password-reset");
  EXPECT_EQ(body(response).at("password"), kOneTime);
  EXPECT_EQ(remote("GET", "/api/status", "", session).status, 401);  // every session ended
}

TEST_F(ApiTest, ResetPasswordEndsTheWaitOfAllAddresses) {
  const auto wrong = json{{"password", "wrong"}}.dump();
  for (int i = 0; i < Attempts::kFree; ++i) (void)remote("POST", "/api/session", wrong);
  EXPECT_EQ(remote("POST", "/api/session", wrong).status, 429);
  // Tried from elsewhere it ends nothing.
  EXPECT_EQ(remote("POST", "/api/admin/password-reset").status, 401);
  EXPECT_EQ(remote("POST", "/api/session", wrong).status, 429);
  EXPECT_EQ(local("GET", "/api/admin/password-reset").status, 405);
  EXPECT_EQ(remote("POST", "/api/session", wrong).status, 429);
  EXPECT_EQ(local("POST", "/api/admin/password-reset").status, 200);
  EXPECT_EQ(remote("POST", "/api/session", wrong).status, 401);
}

}  // namespace
}  // namespace sealtone::admin::test
