// SPDX-License-Identifier: Apache-2.0
//
// phone/lists: what a revocation list, a setting and an answer of OCSP do to provisioning: at once,
// whatever a server would resume.
#include <nlohmann/json.hpp>

#include "phone/fixture.h"

namespace sealtone::phone {
namespace {

using ::testing::HasSubstr;

class PhoneLists : public PhoneTest {
 protected:
  void SetUp() override {
    test::Nginx::Options options;
    options.server = test::nginx_identity(identity_);
    nginx_.emplace(options);
    test::write_text(nginx_->folder() / "001565000001.cfg", "#!version:1.0.0.1\n");
  }
  // By the openssl tool: a list of the root's that names these certificates.
  std::vector<x509::Crl> list(const std::vector<test::Identity>& revoked) {
    const auto name = "list-" + std::to_string(++lists_);
    const auto index = folder_.write(name + ".txt", "");
    const auto config =
        folder_.write(name + ".cnf", "[ca]\ndefault_ca=here\n[here]\ndatabase=" + index.string() +
                                         "\ndefault_md=sha256\ndefault_crl_days=30\n"
                                         "unique_subject=no\n");
    const test::Arguments as{"openssl",  "ca",
                             "-config",  config.string(),
                             "-cert",    root_.certificate.string(),
                             "-keyfile", root_.key.string()};
    for (const auto& one : revoked) {
      auto revoke = as;
      revoke.insert(revoke.end(), {"-revoke", one.certificate.string()});
      test::run_ok(revoke);
    }
    const auto file = folder_.path() / (name + ".pem");
    auto make = as;
    // Each is a second newer than the one before, and all were made before the phone's clock.
    make.insert(make.end(), {"-gencrl", "-out", file.string(), "-crl_lastupdate",
                             "2026112200000" + std::to_string(lists_) + "Z", "-crl_nextupdate",
                             "20270101000000Z"});
    test::run_ok(make);
    return x509::parse_crls(base::view(test::read_text(file)), name).value();
  }
  nlohmann::json provision(Running& phone) {
    auto report = phone.finish(phone.phone().provision_now());
    return report ? *report : nlohmann::json(base::to_string(report.error()));
  }
  Running& taught() {
    auto& phone = start();
    std::vector<x509::Certificate> certificates{certificate_of(root_)};
    EXPECT_TRUE(phone.finish(phone.phone().add_trusted(std::move(certificates), "test")));
    EXPECT_TRUE(phone.set("static.auto_provision.server.url",
                          "https://localhost:" + std::to_string(nginx_->port()) + "/"));
    return phone;
  }
  auto add(Running& phone, std::vector<x509::Crl> lists) {
    return phone.finish(phone.phone().add_revocation_lists(std::move(lists), "test"));
  }
  static std::string codes(const nlohmann::json& report) {
    std::string all;
    for (const auto& finding : report.at("connections").back().at("verdict").at("findings")) {
      all += (all.empty() ? "" : " ") + finding.at("code").get<std::string>();
    }
    return all;
  }

  test::Identity root_ = made_.root();
  test::Identity identity_ = made_.server(root_);
  std::optional<test::Nginx> nginx_;
  int lists_ = 0;
};

TEST_F(PhoneLists, DistrustTakesEffectAtOnceAlsoWhereASessionWouldBeResumed) {
  auto& phone = taught();
  EXPECT_EQ(codes(provision(phone)), "");
  EXPECT_EQ(codes(provision(phone)), "");  // resumed, and by a verdict that was kept
  const auto added = add(phone, list({identity_}));
  ASSERT_TRUE(added) << base::to_string(added.error());
  const auto refused = provision(phone);
  EXPECT_EQ(codes(refused), "revoked");
  EXPECT_EQ(refused.at("applied"), false);
  EXPECT_EQ(refused.at("connections").back().at("handshake").at("resumed"), false);
  ASSERT_TRUE(phone.finish(phone.phone().remove_revocation_list(added->front().id)));
  EXPECT_EQ(codes(provision(phone)), "");
}

TEST_F(PhoneLists, TheSettingDemandsThatEachIsCovered) {
  auto& phone = taught();
  ASSERT_TRUE(phone.set("sealtone.security.revocation_required", "1"));
  EXPECT_EQ(codes(provision(phone)), "revocation-unknown");
  ASSERT_TRUE(add(phone, list({})));
  EXPECT_EQ(codes(provision(phone)), "");
  // What an nginx without ssl_stapling sends along is nothing: the list covers it.
  ASSERT_TRUE(phone.set("sealtone.security.revocation_required", "0"));
  EXPECT_EQ(codes(provision(phone)), "");
}

TEST_F(PhoneLists, OutliveARestart) {
  ASSERT_TRUE(add(taught(), list({identity_})));
  EXPECT_EQ(codes(provision(open())), "revoked");
}

TEST_F(PhoneLists, AFileThatWouldLockThePhoneOutIsNotApplied) {
  auto& phone = taught();
  test::write_text(nginx_->folder() / "001565000001.cfg",
                   "#!version:1.0.0.1\nsealtone.security.revocation_required = 1\n");
  const auto report = provision(phone);
  EXPECT_EQ(report.at("applied"), false);
  EXPECT_THAT(report.at("summary").get<std::string>(), HasSubstr("would-lock-out"));
  ASSERT_TRUE(add(phone, list({})));
  EXPECT_EQ(provision(phone).at("applied"), true);
}

}  // namespace
}  // namespace sealtone::phone
