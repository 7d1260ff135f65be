// SPDX-License-Identifier: Apache-2.0
//
// A phone that asks by PnP at its start: where it is on, whom it believes, and what it keeps.
#include "phone/fixture.h"
#include "sip/pnp_responder.h"

namespace sealtone::phone {
namespace {

using sip::tests::PnpResponder;
using ::testing::HasSubstr;

class PnpPhone : public PhoneTest {
 protected:
  // A phone that trusts the server and has these settings, started.
  Running& start_with(const PnpResponder& responder, bool pnp, const std::string& own_url) {
    return start(open(), responder, pnp, own_url);
  }
  Running& start(Running& running, const PnpResponder& responder, bool pnp,
                 const std::string& own_url) {
    EXPECT_TRUE(running.finish(running.phone().add_trusted({certificate_of(root_)}, "test")));
    EXPECT_TRUE(running.set("sealtone.pnp.address", responder.address()));
    EXPECT_TRUE(running.set("sealtone.pnp.enable", pnp ? "1" : "0"));
    if (!own_url.empty()) {
      EXPECT_TRUE(running.set("static.auto_provision.server.url", own_url));
    }
    EXPECT_TRUE(running.start());
    return running;
  }
  static void wait_for_a_run(Running& running) {
    const auto end = std::chrono::steady_clock::now() + test::kPatience;
    while (running.status().provisioning_summary.empty()) {
      if (std::chrono::steady_clock::now() > end) throw std::runtime_error("no run in time");
    }
  }
  static std::string url_of(const test::Nginx& nginx) {
    return "https://localhost:" + std::to_string(nginx.port()) + "/";
  }
  [[nodiscard]] test::Nginx::Options serving(const std::string& relog) const {
    return {.server = test::nginx_identity(server_) +
                      "location / { return 200 '#!version:1.0.0.1\\nfeatures.relog_offtime = " +
                      relog + "\\n'; }",
            .http = {}};
  }

  test::Identity root_ = made_.root();
  test::Identity server_ = made_.server(root_);
};

TEST_F(PnpPhone, TakesItsFilesFromWhereItIsToldAndKeepsTheServerThatIsSet) {
  const test::Nginx told(serving("7"));
  const PnpResponder responder([&](const sip::Message& subscribe) {
    return std::vector{PnpResponder::notify(subscribe, url_of(told))};
  });
  auto& running = start_with(responder, true, "https://127.0.0.1:9/");
  wait_for_a_run(running);
  EXPECT_EQ(running.get("features.relog_offtime"), "7");
  EXPECT_EQ(running.get("static.auto_provision.server.url"), "https://127.0.0.1:9/");
  EXPECT_THAT(told.access_log(), HasSubstr("GET /y000000000000.cfg"));
}

TEST_F(PnpPhone, AsksNobodyFromTheFactory) {
  const test::Nginx own(serving("8"));
  const PnpResponder responder([&](const sip::Message& subscribe) {
    return std::vector{PnpResponder::notify(subscribe, "https://127.0.0.1:9/")};
  });
  auto& running = start_with(responder, false, url_of(own));
  wait_for_a_run(running);
  EXPECT_EQ(running.get("features.relog_offtime"), "8");
  EXPECT_EQ(responder.asked(), 0);
}

TEST_F(PnpPhone, GoesToItsOwnServerWhereTheAnswerIsOfNoUse) {
  const test::Nginx own(serving("9"));
  const PnpResponder responder([&](const sip::Message& subscribe) {
    return std::vector{PnpResponder::notify(subscribe, "http://127.0.0.1:9/")};
  });
  auto& running = start_with(responder, true, url_of(own));
  wait_for_a_run(running);
  EXPECT_EQ(running.get("features.relog_offtime"), "9");
  EXPECT_GT(responder.asked(), 0);
}

// Whoever answers cannot bring a phone to a server that it does not trust.
TEST_F(PnpPhone, JudgesTheServerThatItIsToldAsAny) {
  const auto stranger = made_.server(made_.root("stranger"), "strangers-server");
  test::Nginx::Options options = serving("7");
  options.server = test::nginx_identity(stranger) + "location / { return 200 ''; }";
  const test::Nginx told(options);
  const PnpResponder responder([&](const sip::Message& subscribe) {
    return std::vector{PnpResponder::notify(subscribe, url_of(told))};
  });
  auto& running = start_with(responder, true, "");
  wait_for_a_run(running);
  EXPECT_THAT(running.status().provisioning_summary, HasSubstr("Nothing was applied"));
  EXPECT_EQ(told.access_log(), "");
  EXPECT_EQ(running.get("static.auto_provision.server.url"), "");
}

TEST_F(PnpPhone, StopsWhileItAsks) {
  const PnpResponder silent([](const sip::Message&) { return std::vector<std::string>{}; });
  start_with(silent, true, "").stop();
  running_.reset();
}

// A file from nobody knows whom cannot send the phone's own password elsewhere, nor change whom it
// trusts.
TEST_F(PnpPhone, SendsNoPasswordOfItsOwnWhereTheFilesSendIt) {
  const test::Nginx told(
      {.server = test::nginx_identity(server_) +
                 "location / { return 200 '#!version:1.0.0.1\\n"
                 "static.auto_provision.server.url = https://elsewhere.example/\\n'; }",
       .http = {}});
  const PnpResponder responder([&](const sip::Message& subscribe) {
    return std::vector{PnpResponder::notify(subscribe, url_of(told))};
  });
  auto& running = open();
  EXPECT_TRUE(running.set("static.auto_provision.server.username", "own"));
  EXPECT_TRUE(running.set("static.auto_provision.server.password", "made-for-the-test"));
  start(running, responder, true, "https://127.0.0.1:9/");
  wait_for_a_run(running);
  EXPECT_EQ(running.get("static.auto_provision.server.url"), "https://elsewhere.example/");
  EXPECT_EQ(running.get("static.auto_provision.server.username"), "");
  EXPECT_EQ(running.get("static.auto_provision.server.password"), "");
}

TEST_F(PnpPhone, ChangesNotWhomItTrustsWhereAServerIsSet) {
  const test::Nginx told({.server = test::nginx_identity(server_) +
                                    "location / { return 200 '#!version:1.0.0.1\\n"
                                    "static.security.trust_certificates = 0\\n"
                                    "features.relog_offtime = 7\\n'; }",
                          .http = {}});
  const PnpResponder responder([&](const sip::Message& subscribe) {
    return std::vector{PnpResponder::notify(subscribe, url_of(told))};
  });
  auto& running = start_with(responder, true, "https://127.0.0.1:9/");
  wait_for_a_run(running);
  EXPECT_THAT(running.status().provisioning_summary, HasSubstr("they came by PnP"));
  EXPECT_NE(running.get("static.security.trust_certificates"), "0");
  EXPECT_NE(running.get("features.relog_offtime"), "7");
}

}  // namespace
}  // namespace sealtone::phone
