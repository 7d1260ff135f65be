// SPDX-License-Identifier: Apache-2.0
//
// provision/safety: changes of trust that nobody vouches for, and settings that would lock out.
#include "provision/safety.h"

#include "provision/fixture.h"

namespace sealtone::provision {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(Provisioning, WarnsOfAChangeOfTrustOverPlainHttp) {
  Server server(plain_options());
  server.put("root.pem", root_.pem());
  server.put_files("static.security.trust_certificates = 0\nsecurity.sip.cn_validation = 0\n" +
                   ("static.trusted_certificates.url = " + server.url("http")) + "root.pem\n");
  set(kUrlKey, server.url("http"));
  const auto run = provision();
  ASSERT_TRUE(run.batch) << run.summary;
  EXPECT_THAT(run.connections, IsEmpty());
  EXPECT_THAT(run.warnings,
              ElementsAre(AllOf(HasSubstr("static.security.trust_certificates"),
                                HasSubstr("plain HTTP"), HasSubstr("trust-changed-unverified")),
                          HasSubstr("security.sip.cn_validation"),
                          AllOf(HasSubstr("root.pem"), HasSubstr("trust-changed-unverified"))));
}

TEST_F(Provisioning, WarnsOfNewRulesForNamesOverPlainHttp) {
  Server server(plain_options());
  server.put_files(
      "sealtone.security.sip_wildcards = 1\nsealtone.security.sip_address_names = 1\n");
  set(kUrlKey, server.url("http"));
  const auto run = provision();
  ASSERT_TRUE(run.batch) << run.summary;
  EXPECT_THAT(run.warnings, ElementsAre(HasSubstr("sealtone.security.sip_wildcards")));
}

TEST_F(Provisioning, WarnsOfAPrivateKeyThatCouldBeReadOnTheWay) {
  Server server(plain_options());
  const auto phone = made_.client(root_, "phone");
  server.put("phone.pem", phone.pem() + phone.key_pem());
  server.put_files("static.server_certificates.url = " + server.url("http") + "phone.pem\n");
  set(kUrlKey, server.url("http"));
  const auto run = provision();
  ASSERT_TRUE(run.batch) << run.summary;
  EXPECT_THAT(run.warnings, ElementsAre(HasSubstr("readable on the way")));
}

TEST_F(Provisioning, WarnsOfAChangeOfTrustFromAServerThatWasNotTrusted) {
  Server server(tls_options());
  server.put("root.pem", root_.pem());
  server.put_files("static.trusted_certificates.url = " + server.url() + "root.pem\n");
  set(kUrlKey, server.url());
  set(kSwitchKey, "0");
  const auto run = provision();
  ASSERT_TRUE(run.batch) << run.summary;
  EXPECT_EQ(run.connections.front().verdict.decision, trust::Decision::accepted_untrusted);
  EXPECT_THAT(run.warnings, ElementsAre(HasSubstr("a server that was not trusted")));
}

TEST_F(Provisioning, WarnsOfNothingThatStaysAsItWas) {
  Server server(plain_options());
  server.put("root.pem", root_.pem());
  server.put_files("static.security.trust_certificates = 1\naccount.1.label = a\n" +
                   ("static.trusted_certificates.url = " + server.url("http")) + "root.pem\n");
  set(kUrlKey, server.url("http"));
  trust(root_);
  const auto run = provision();
  ASSERT_TRUE(run.batch) << run.summary;
  EXPECT_THAT(run.warnings, IsEmpty());
}

TEST_F(Provisioning, AppliesNothingThatWouldLockItsOwnServerOut) {
  Server server(tls_options());
  server.put_files("static.trusted_certificates.delete = http://localhost/all\n");
  set(kUrlKey, server.url());
  trust(root_);
  const auto run = provision();
  EXPECT_FALSE(run.batch);
  EXPECT_THAT(run.summary, AllOf(HasSubstr("would-lock-out"), HasSubstr("localhost"),
                                 HasSubstr("trusted_certificates.url")));
}

TEST_F(Provisioning, IsNotLockedOutEitherByAServerWhoseSessionItResumes) {
  Server server(tls_options());
  server.put_files("");
  set(kUrlKey, server.url());
  trust(root_);
  sessions_ = std::make_shared<tls::SessionCache>();
  ASSERT_TRUE(provision().batch);
  server.put_files("static.trusted_certificates.delete = http://localhost/all\n");
  const auto run = provision();
  for (const auto& connection : run.connections) EXPECT_TRUE(connection.record.resumed());
  EXPECT_FALSE(run.batch);
  EXPECT_THAT(run.summary, HasSubstr("would-lock-out"));
}

TEST_F(Provisioning, SwitchesTheCheckOnOnlyIfItsOwnServerPasses) {
  Server server(tls_options());
  server.put("root.pem", root_.pem());
  server.put_files("static.security.trust_certificates = 1\n");
  set(kUrlKey, server.url());
  set(kSwitchKey, "0");
  EXPECT_THAT(provision().summary, HasSubstr("would-lock-out"));

  server.put_files("static.security.trust_certificates = 1\nstatic.trusted_certificates.url = " +
                   server.url() + "root.pem\n");
  const auto run = provision();
  ASSERT_TRUE(run.batch) << run.summary;
}

TEST_F(Provisioning, LocksItselfOutWhereTheOwnerAllowsIt) {
  Server server(tls_options());
  server.put_files("static.trusted_certificates.delete = http://localhost/all\n");
  set(kUrlKey, server.url());
  set("sealtone.provision_locks_out_own_server", "1");
  trust(root_);
  EXPECT_TRUE(provision().batch);
}

TEST_F(Provisioning, NeedNotTrustTheServerThatItIsSentAwayFrom) {
  Server server(tls_options());
  server.put_files(
      "static.trusted_certificates.delete = http://localhost/all\n"
      "static.auto_provision.server.url = https://new.example/\n");
  set(kUrlKey, server.url());
  trust(root_);
  const auto run = provision();
  EXPECT_TRUE(run.batch) << run.summary;
  EXPECT_THAT(run.summary, Not(HasSubstr("would-lock-out")));
}

}  // namespace
}  // namespace sealtone::provision
