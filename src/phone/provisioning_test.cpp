// SPDX-License-Identifier: Apache-2.0
//
// phone/provisioning: whole runs of a phone: applied, reported, refused, stopped.
#include <boost/asio/steady_timer.hpp>

#include "phone/fixture.h"

namespace sealtone::phone {
namespace {

using base::ErrorCode;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr const char* kUrlKey = "static.auto_provision.server.url";
const std::string kFirstLine = "#!version:1.0.0.1\n";

class PhoneProvisioning : public PhoneTest {
 protected:
  // nginx, with the phone's own file in its folder.
  std::string serve(const std::string& file, const std::string& further = {}) {
    test::Nginx::Options options;
    options.server = test::nginx_identity(identity_) + further;
    nginx_.emplace(options);
    test::write_text(nginx_->folder() / "001565000001.cfg", kFirstLine + file);
    return "https://localhost:" + std::to_string(nginx_->port()) + "/";
  }
  nlohmann::json provision(Running& phone) {
    auto report = phone.finish(phone.phone().provision_now());
    return report ? *report : nlohmann::json(base::to_string(report.error()));
  }
  static admin::Trial trial(std::string url, std::string mac = {}, std::string user = {}) {
    return {std::move(url), std::move(mac), std::move(user), {}};
  }
  void trust(Running& phone, const test::Identity& identity) {
    std::vector<x509::Certificate> certificates{certificate_of(identity)};
    ASSERT_TRUE(phone.finish(phone.phone().add_trusted(std::move(certificates), "test")));
  }

  test::Identity root_ = made_.root();
  test::Identity identity_ = made_.server(root_);
  std::optional<test::Nginx> nginx_;
};

TEST_F(PhoneProvisioning, RefusesIsTaughtAndProvisionsItself) {
  const auto url = serve("account.1.label = provisioned\n");
  auto& phone = start();
  ASSERT_TRUE(phone.set(kUrlKey, url));
  auto report = provision(phone);
  EXPECT_EQ(report.at("applied"), false);
  EXPECT_EQ(nginx_->access_log(), "");
  auto rows = phone.finish(phone.phone().connections()).value();
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].service, "provisioning");
  EXPECT_EQ(rows[0].server, "localhost:" + std::to_string(nginx_->port()));
  EXPECT_EQ(rows[0].decision, "untrusted");

  trust(phone, root_);
  report = provision(phone);
  EXPECT_EQ(report.at("applied"), true) << report;
  EXPECT_EQ(phone.get("account.1.label"), "provisioned");
  rows = phone.finish(phone.phone().connections()).value();
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].decision, "trusted");

  const auto status = phone.status();
  EXPECT_EQ(report.at("summary"), status.provisioning_summary);
  const auto again = open().status();
  EXPECT_EQ(again.provisioning_summary, status.provisioning_summary);
  EXPECT_EQ(again.provisioning_at, clock_.now());
  EXPECT_EQ(running_->get("account.1.label"), "provisioned");
}

TEST_F(PhoneProvisioning, DistrustsAtOnceAServerThatWouldResume) {
  test::Nginx::Options options;
  options.server = test::nginx_identity(identity_);
  options.log_format = "$ssl_session_reused $request_uri";
  nginx_.emplace(options);
  test::write_text(nginx_->folder() / "001565000001.cfg", kFirstLine);
  auto& phone = open();
  ASSERT_TRUE(phone.set(kUrlKey, "https://localhost:" + std::to_string(nginx_->port()) + "/"));
  trust(phone, root_);
  EXPECT_EQ(provision(phone).at("applied"), true);
  // The row keeps the handshake that showed a certificate.
  auto rows = phone.finish(phone.phone().connections()).value();
  ASSERT_THAT(rows, SizeIs(1));
  auto record = phone.finish(phone.phone().connection(rows[0].id)).value();
  EXPECT_EQ(nlohmann::json::parse(record.json).at("handshake").at("resumed"), false);
  // The one for the second file has its row beside it, as long as its octets are kept.
  const auto all = phone.on_loop([&] { return phone.phone().recorded_connections(); });
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].id, rows[0].id);
  EXPECT_EQ(all[1].server, rows[0].server);
  EXPECT_EQ(nlohmann::json::parse(all[1].json).at("handshake").at("resumed"), true);
  EXPECT_TRUE(phone.on_loop([&] { return phone.phone().octets_kept(all[1].id); }));
  phone.on_loop([this] { clock_.tick(std::chrono::minutes(1)); });
  EXPECT_EQ(provision(phone).at("applied"), true);
  rows = phone.finish(phone.phone().connections()).value();
  record = phone.finish(phone.phone().connection(rows.at(0).id)).value();
  const auto ladder = nlohmann::json::parse(record.json).at("handshake");
  EXPECT_EQ(ladder.at("resumed"), true);
  EXPECT_EQ(ladder.at("session_of"), "2026-11-23T00:00:00Z");

  const auto id = phone.phone().snapshot()->trusted.at(0).id;
  ASSERT_TRUE(phone.finish(phone.phone().remove_trusted(id)));
  EXPECT_EQ(provision(phone).at("applied"), false);
  EXPECT_EQ(phone.finish(phone.phone().connections()).value().at(0).decision, "untrusted");
  EXPECT_EQ(nginx_->stop(),
            ". /y000000000000.cfg\nr /001565000001.cfg\nr /y000000000000.cfg\nr "
            "/001565000001.cfg\n");
}

TEST_F(PhoneProvisioning, TriesWithItsListSettingsAndCertificateAndKeepsNothing) {
  const auto url =
      serve("account.1.label = tried\n",
            "ssl_verify_client on; ssl_client_certificate " + root_.certificate.string() + ";");
  auto& phone = start();
  trust(phone, root_);
  const auto own = made_.client(root_, "own");
  ASSERT_TRUE(phone.finish(phone.phone().set_credential(credential_of(own))));
  const auto before = phone.on_loop([&] { return phone.phone().snapshot(); });
  const auto tried = phone.finish(phone.phone().try_provisioning(trial(url)));
  ASSERT_TRUE(tried) << base::to_string(tried.error());
  EXPECT_TRUE(tried->at("would_apply").get<bool>()) << *tried;
  EXPECT_EQ(tried->at("changes").at("settings").at(0).at("name"), "account.1.label");
  EXPECT_EQ(phone.on_loop([&] { return phone.phone().snapshot(); }), before);
  EXPECT_THAT(phone.finish(phone.phone().connections()).value(), SizeIs(0));
  EXPECT_EQ(phone.status().provisioning_summary, "");

  EXPECT_THAT(nginx_->access_log(), HasSubstr("200 " + own.serial() + " - GET /001565000001.cfg"));
  (void)phone.finish(phone.phone().try_provisioning(trial(url, "00:15:65:00:00:02")));
  EXPECT_THAT(nginx_->access_log(), HasSubstr("GET /001565000002.cfg"));
  EXPECT_FALSE(phone.finish(phone.phone().try_provisioning(trial("tftp://localhost/"))));
  EXPECT_FALSE(phone.finish(phone.phone().try_provisioning(trial(url, "none"))));
}

TEST_F(PhoneProvisioning, GivesItsOwnPasswordInATrialToItsOwnServerAlone) {
  const auto log = std::string(test::kNginxAsksForAnyUser);
  const auto url = serve("account.1.label = tried\n", log);
  auto& phone = start();
  trust(phone, root_);
  ASSERT_TRUE(phone.set("static.auto_provision.server.username", "own"));
  ASSERT_TRUE(phone.set("static.auto_provision.server.password", "made-for-the-test"));
  (void)phone.finish(phone.phone().try_provisioning(trial(url)));
  EXPECT_THAT(nginx_->access_log(), ::testing::Not(HasSubstr(" own ")));
  (void)phone.finish(phone.phone().try_provisioning(trial(url, "", "given")));
  EXPECT_THAT(nginx_->access_log(), HasSubstr("200 - given GET /001565000001.cfg"));
  ASSERT_TRUE(phone.set(kUrlKey, url));
  (void)phone.finish(phone.phone().try_provisioning(trial(url + "elsewhere/")));
  EXPECT_THAT(nginx_->access_log(), HasSubstr(" own GET /elsewhere/001565000001.cfg"));
}

TEST_F(PhoneProvisioning, StoresItsConnectionsWithoutEverListening) {
  const auto url = serve("");
  auto& phone = open();
  ASSERT_TRUE(phone.set(kUrlKey, url));
  EXPECT_EQ(provision(phone).at("applied"), false);
  auto& again = open();
  EXPECT_THAT(again.finish(again.phone().connections()).value(), SizeIs(1));
}

TEST_F(PhoneProvisioning, NeverShowsItsTemporaryCertificateToAServer) {
  const auto url = serve("account.1.label = a\n", "ssl_verify_client optional_no_ca;");
  auto& phone = start();
  ASSERT_TRUE(phone.set(kUrlKey, url));
  trust(phone, root_);
  EXPECT_TRUE(phone.status().page_certificate_temporary);
  EXPECT_EQ(provision(phone).at("applied"), true);
  EXPECT_THAT(nginx_->access_log(), HasSubstr("200 - - GET /001565000001.cfg"));

  const auto own = made_.client(root_, "phone");
  ASSERT_TRUE(phone.finish(phone.phone().set_credential(credential_of(own))));
  EXPECT_EQ(provision(phone).at("applied"), true);
  EXPECT_THAT(nginx_->stop(), HasSubstr("200 " + own.serial() + " - GET /001565000001.cfg"));
}

TEST_F(PhoneProvisioning, TakesCertificatesIntoUseAtOnce) {
  const auto own = made_.server(root_, "phone");
  const auto url = serve("");
  test::write_text(nginx_->folder() / "phone.pem", own.pem() + own.key_pem());
  test::write_text(nginx_->folder() / "001565000001.cfg",
                   kFirstLine + "static.server_certificates.url = " + url + "phone.pem\n");
  auto& phone = start();
  ASSERT_TRUE(phone.set(kUrlKey, url));
  trust(phone, root_);
  EXPECT_EQ(provision(phone).at("applied"), true);
  EXPECT_EQ(shown_at(phone.page()), certificate_of(own));
}

TEST_F(PhoneProvisioning, FollowsTheListAndTheSwitchFromTheNextRunOn) {
  const auto url = serve("static.security.trust_certificates = 1\n");
  auto& phone = open();
  ASSERT_TRUE(phone.set(kUrlKey, url));
  ASSERT_TRUE(phone.set("security.trust_certificates", "0"));
  EXPECT_THAT(provision(phone).at("summary"), HasSubstr("would-lock-out"));
  trust(phone, root_);
  EXPECT_EQ(provision(phone).at("applied"), true);
  EXPECT_EQ(phone.get("static.security.trust_certificates"), "1");
  ASSERT_TRUE(phone.set("security.ca_cert", "0"));
  EXPECT_EQ(provision(phone).at("applied"), false);
}

TEST_F(PhoneProvisioning, AppliesNothingThatGivesNoContext) {
  const auto url = serve("account.1.label = a\nsecurity.tls_cipher_list = NO-SUCH-CIPHER\n");
  auto& phone = open();
  ASSERT_TRUE(phone.set(kUrlKey, url));
  trust(phone, root_);
  const auto report = provision(phone);
  EXPECT_EQ(report.at("applied"), false);
  EXPECT_EQ(report.at("files").at(1).at("outcome"), "not applied");
  EXPECT_EQ(phone.get("account.1.label"), "");
}

TEST_F(PhoneProvisioning, SaysThatNoAddressIsSet) {
  auto& phone = open();
  const auto report = phone.finish(phone.phone().provision_now());
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::not_found);
}

TEST_F(PhoneProvisioning, ProvisionsItselfAtPowerOnIfItShall) {
  const auto url = serve("account.1.label = power\n");
  auto& first = open();
  ASSERT_TRUE(first.set(kUrlKey, url));
  trust(first, root_);
  start();
  while (!running_->status().provisioning_at) std::this_thread::yield();
  EXPECT_EQ(running_->get("account.1.label"), "power");
}

TEST_F(PhoneProvisioning, TakesTheAdminsOwnFileAsAProvisionedOne) {
  auto& phone = open();
  const auto report =
      phone.finish(phone.phone().apply_config("my.cfg", kFirstLine + "account.1.label = mine\n"));
  ASSERT_TRUE(report);
  EXPECT_EQ(report->at("applied"), true);
  EXPECT_EQ(phone.get("account.1.label"), "mine");
  const auto mistaken =
      phone.finish(phone.phone().apply_config("my.cfg", "static.wui.https_enable = 7\n"));
  ASSERT_TRUE(mistaken);
  EXPECT_EQ(mistaken->at("applied"), false);
}

// A server that answers when it is told to.
class SlowServer {
 public:
  SlowServer()
      : server_([this](int descriptor) {
          if (test::receive(descriptor).empty()) return;
          asked_.set_value();
          answer_.get_future().wait();
          const std::string file = kFirstLine + "account.1.label = slow\n";
          test::transmit(descriptor, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " +
                                         std::to_string(file.size()) + "\r\n\r\n" + file);
        }) {}
  ~SlowServer() {
    if (!answered_) answer();
  }
  SlowServer(const SlowServer&) = delete;
  SlowServer& operator=(const SlowServer&) = delete;
  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server_.port()) + "/all.cfg";
  }
  void wait_until_asked() { asked_.get_future().wait(); }
  void answer() {
    answered_ = true;
    answer_.set_value();
  }

 private:
  bool answered_ = false;
  std::promise<void> asked_, answer_;
  test::ScriptedServer server_;
};

TEST_F(PhoneProvisioning, RunsOnceAtATime) {
  SlowServer server;
  auto& phone = open();
  ASSERT_TRUE(phone.set(kUrlKey, server.url()));
  auto first = phone.spawn(phone.phone().provision_now());
  server.wait_until_asked();
  const auto second = phone.finish(phone.phone().provision_now());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::busy);
  server.answer();
  EXPECT_EQ(first.get()->at("applied"), true);
}

TEST_F(PhoneProvisioning, OverwritesNothingThatTheAdminChangedMeanwhile) {
  SlowServer server;
  auto& phone = open();
  ASSERT_TRUE(phone.set(kUrlKey, server.url()));
  auto run = phone.spawn(phone.phone().provision_now());
  server.wait_until_asked();
  ASSERT_TRUE(phone.set("account.1.label", "admin"));
  server.answer();
  const auto report = run.get();
  ASSERT_TRUE(report);
  EXPECT_EQ(report->at("applied"), false);
  EXPECT_THAT(report->at("summary"), HasSubstr("changed meanwhile"));
  EXPECT_EQ(phone.get("account.1.label"), "admin");
}

TEST_F(PhoneProvisioning, EndsWithThePhone) {
  SlowServer server;
  auto& phone = start();
  ASSERT_TRUE(phone.set(kUrlKey, server.url()));
  auto run = phone.spawn(phone.phone().provision_now());
  server.wait_until_asked();
  phone.on_loop([&phone] { phone.phone().stop(); });
  const auto report = run.get();
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::closed);
  server.answer();
}

}  // namespace
}  // namespace sealtone::phone
