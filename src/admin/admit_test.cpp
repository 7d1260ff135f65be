// SPDX-License-Identifier: Apache-2.0
//
// admin/api: whose bodies are read, and how much of them.
#include "admin/api.h"
#include "admin/body.h"
#include "admin/fixtures.h"
#include "admin/sessions.h"

namespace sealtone::admin::test {
namespace {

constexpr std::size_t kLogIn = 4'096;

class AdmitTest : public ApiTest {
 protected:
  // The status of the refusal, or 0; what may come is in most_.
  int admitted(std::string method, std::string target, std::size_t length, http::Fields fields = {},
               bool is_local = false) {
    if (length > 0) fields.emplace_back("Content-Length", std::to_string(length));
    fields.emplace_back("Host", "127.0.0.1:8443");
    const http::Request header{std::move(method), std::move(target), std::move(fields), ""};
    const Caller caller{is_local, is_local ? "" : "192.0.2.9"};
    const auto admission = api_.admit(header, caller);
    most_ = admission.value_or(0);
    if (!admission) {
      EXPECT_EQ(body(admission.error()).at("code").get<std::string>().empty(), false);
      EXPECT_FALSE(admission.error().field("Content-Security-Policy").empty());
    }
    return admission ? 0 : admission.error().status;
  }
  std::size_t most_ = 0;
};

TEST_F(AdmitTest, StrangersSendNothingButALogIn) {
  for (const char* path : {"/api/trusted", "/api/server-certificate", "/api/provision",
                           "/api/admin/password-reset", "/api/nothing"}) {
    EXPECT_EQ(admitted("POST", path, 1), 401) << path;
  }
  EXPECT_EQ(admitted("PUT", "/api/settings", 5'000'000), 401);
  EXPECT_EQ(admitted("POST", "/", 1), 405);
  EXPECT_EQ(admitted("PUT", "/nowhere", 1), 404);
  EXPECT_EQ(admitted("GET", "/", 1), 413);
  EXPECT_EQ(admitted("POST", "/api/session", 1), 0);
}

TEST_F(AdmitTest, SessionWithoutItsTokenSendsNothing) {
  const auto session = logged_in();
  EXPECT_EQ(admitted("POST", "/api/trusted", 1, {session[0]}), 403);
  EXPECT_EQ(admitted("POST", "/api/trusted", 1, {session[0], {"X-CSRF-Token", "another"}}), 403);
  EXPECT_EQ(admitted("POST", "/api/trusted", 1, session), 0);
}

TEST_F(AdmitTest, EachRouteHasItsBound) {
  struct Bound {
    const char* method;
    const char* path;
    std::size_t most;
  };
  const auto session = logged_in();
  for (const auto& [method, path, most] :
       {Bound{"POST", "/api/session", kLogIn}, Bound{"PUT", "/api/settings", kMaxJsonBytes},
        Bound{"POST", "/api/provision", kMaxJsonBytes},
        Bound{"POST", "/api/trusted", base::kMaxUploadBytes},
        Bound{"POST", "/api/server-certificate", base::kMaxUploadBytes}}) {
    EXPECT_EQ(admitted(method, path, most - 1, session), 0) << path;
    EXPECT_EQ(admitted(method, path, most, session), 0) << path;
    EXPECT_EQ(most_, most) << path;
    EXPECT_EQ(admitted(method, path, most + 1, session), 413) << path;
    // In chunks, whose length nobody tells: http holds them to it.
    EXPECT_EQ(admitted(method, path, 0, session), 0) << path;
    EXPECT_EQ(most_, most) << path;
  }
  EXPECT_EQ(admitted("GET", "/api/status", 1, session), 413);
  EXPECT_EQ(admitted("DELETE", "/api/trusted/1", 1, session), 413);
  EXPECT_EQ(admitted("DELETE", "/api/session", 1, session), 413);
}

TEST_F(AdmitTest, RefusesAsTheRouteWould) {
  const auto session = logged_in();
  EXPECT_EQ(admitted("POST", "/api/status", 1, session), 405);
  EXPECT_EQ(admitted("PATCH", "/api/session", 1), 405);
  EXPECT_EQ(admitted("POST", "/api/admin/password-reset", 1, session), 403);
  EXPECT_EQ(admitted("POST", "/api/session", 1, {{"Origin", "https://attacker.example"}}), 403);
  const http::Request elsewhere{"POST", "/api/session", {{"Host", "attacker.example"}}, ""};
  EXPECT_EQ(api_.admit(elsewhere, {false, "192.0.2.9"}).error().status, 421);
  for (int i = 0; i < Attempts::kFree; ++i) {
    (void)remote("POST", "/api/session", json{{"password", "wrong"}}.dump());
  }
  EXPECT_EQ(admitted("POST", "/api/session", 1), 429);
}

TEST_F(AdmitTest, LocalCallersNeedNoSession) {
  EXPECT_EQ(admitted("POST", "/api/trusted", base::kMaxUploadBytes, {}, true), 0);
  EXPECT_EQ(admitted("POST", "/api/trusted", base::kMaxUploadBytes + 1, {}, true), 413);
  EXPECT_EQ(admitted("POST", "/api/nothing", 1, {}, true), 404);
}

// The same bounds for who asks in the process itself.
TEST_F(AdmitTest, BodyOverTheBoundIsRefusedWithoutHttpToo) {
  const auto response = local("PUT", "/api/settings", std::string(kMaxJsonBytes + 1, ' '));
  EXPECT_EQ(response.status, 413);
  EXPECT_EQ(body(response).at("says"),
            "The request has 65537 octets; at most 65536 are read here.");
  EXPECT_EQ(local("GET", "/api/status", "x").status, 413);
}

}  // namespace
}  // namespace sealtone::admin::test
