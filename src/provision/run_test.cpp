// SPDX-License-Identifier: Apache-2.0
//
// provision/run: whole runs against nginx: all or nothing, and what is said.
#include "provision/fixture.h"

namespace sealtone::provision {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST_F(Provisioning, TakesTheCommonFileAndThenThePhonesOwn) {
  Server server(tls_options());
  server.put(kCommon, kFirstLine + "account.1.label = common\naccount.1.user_name = 100\n");
  server.put(kOwn, kFirstLine + "account.1.label = own\nmade.up = 1\n");
  set(kUrlKey, server.url());
  trust(root_);
  const auto run = provision();
  ASSERT_TRUE(run.batch) << run.summary;
  EXPECT_EQ(run.batch->settings.get("account.1.label"), "own");
  EXPECT_EQ(run.batch->settings.get("account.1.user_name"), "100");
  EXPECT_EQ(run.batch->settings.get(kUrlKey), server.url());
  EXPECT_THAT(outcomes(run), ElementsAre("applied", "applied"));
  EXPECT_EQ(run.files[1].unknown_keys, 1);
  EXPECT_THAT(run.warnings, IsEmpty());
  ASSERT_THAT(run.connections, SizeIs(2));
  EXPECT_EQ(run.connections[0].verdict.decision, trust::Decision::trusted);
  EXPECT_EQ(server.log(),
            "200 - - GET /y000000000000.cfg HTTP/1.1\n200 - - GET /001565000001.cfg HTTP/1.1\n");
}

// nginx resumes whatever it is offered: "r" in its log.
TEST_F(Provisioning, ResumesASessionForTheNextFileAndTheNextRunAndNotOnceItIsDistrusted) {
  auto options = tls_options();
  options.log_format = "$ssl_session_reused";
  Server server(options);
  server.put_files("account.1.label = common\n");
  set(kUrlKey, server.url());
  trust(root_);
  sessions_ = std::make_shared<tls::SessionCache>();
  const auto first = provision();
  ASSERT_TRUE(first.batch) << first.summary;
  ASSERT_THAT(first.connections, SizeIs(2));
  EXPECT_FALSE(first.connections[0].record.resumed());
  EXPECT_TRUE(first.connections[1].record.resumed());
  EXPECT_EQ(first.connections[1].verdict.decision, trust::Decision::trusted);
  const auto second = provision();
  ASSERT_TRUE(second.batch) << second.summary;
  EXPECT_TRUE(second.connections[0].record.resumed());

  before_.trusted.clear();
  const auto refused = provision();
  EXPECT_FALSE(refused.batch);
  EXPECT_THAT(outcomes(refused), ElementsAre("refused"));
  EXPECT_TRUE(refused.connections[0].verdict.has(trust::FindingCode::issuer_unknown));
  EXPECT_EQ(refused.connections[0].record.application_sent, 0U);
  EXPECT_EQ(server.log(), ".\nr\nr\nr\n");
}

TEST_F(Provisioning, LetsARefusedServerSeeNoRequest) {
  Server server(tls_options());
  server.put_files("account.1.label = stolen\n");
  set(kUrlKey, server.url());
  const auto run = provision();
  EXPECT_FALSE(run.batch);
  EXPECT_THAT(outcomes(run), ElementsAre("refused"));
  EXPECT_THAT(run.summary, HasSubstr("Nothing was applied."));
  EXPECT_THAT(run.summary, HasSubstr("localhost"));
  ASSERT_THAT(run.connections, SizeIs(1));
  EXPECT_TRUE(run.connections[0].verdict.has(trust::FindingCode::issuer_unknown));
  EXPECT_EQ(server.log(), "");
}

TEST_F(Provisioning, AppliesOneFileWhereTheOtherIsAbsent) {
  Server server(tls_options());
  server.put(kOwn, kFirstLine + "account.1.label = own\n");
  set(kUrlKey, server.url());
  trust(root_);
  const auto run = provision();
  ASSERT_TRUE(run.batch) << run.summary;
  EXPECT_THAT(outcomes(run), ElementsAre("absent", "applied"));
  EXPECT_THAT(run.files[0].says, HasSubstr("has no y000000000000.cfg"));
}

TEST_F(Provisioning, AppliesNothingWhereBothAreAbsent) {
  Server server(tls_options());
  set(kUrlKey, server.url());
  trust(root_);
  const auto run = provision();
  EXPECT_FALSE(run.batch);
  EXPECT_THAT(outcomes(run), ElementsAre("absent", "absent"));
  EXPECT_THAT(run.summary, HasSubstr("has no 001565000001.cfg"));
}

TEST_F(Provisioning, FetchesAnAddressThatNamesAFileAlone) {
  Server server(tls_options());
  server.put("all.cfg", kFirstLine + "account.1.label = all\n");
  set(kUrlKey, server.url() + "all.cfg");
  trust(root_);
  const auto run = provision();
  ASSERT_TRUE(run.batch) << run.summary;
  EXPECT_EQ(server.log(), "200 - - GET /all.cfg HTTP/1.1\n");
}

TEST_F(Provisioning, SaysWhenNothingAnswers) {
  set(kUrlKey, "https://localhost:" + std::to_string(test::free_port()) + "/");
  const auto run = provision();
  EXPECT_FALSE(run.batch);
  EXPECT_THAT(outcomes(run), ElementsAre("unreachable"));
}

TEST_F(Provisioning, SaysWhenNoAddressIsSet) {
  const auto run = provision();
  EXPECT_FALSE(run.batch);
  EXPECT_THAT(run.summary, HasSubstr("No provisioning URL is set"));
}

TEST_F(Provisioning, AppliesNothingWhenTheSecondFileFails) {
  Server server(tls_options("location = /001565000001.cfg { return 503; }"));
  server.put_files("account.1.label = half\n");
  set(kUrlKey, server.url());
  trust(root_);
  const auto run = provision();
  EXPECT_FALSE(run.batch);
  EXPECT_THAT(outcomes(run), ElementsAre("not applied", "failed"));
  EXPECT_THAT(run.summary, HasSubstr("could not give 001565000001.cfg (503"));
}

TEST_F(Provisioning, ListsTheMistakesOfAllFiles) {
  Server server(tls_options());
  server.put(kCommon, kFirstLine + "account.1.label = a\nstatic.security.trust_certificates = 7\n");
  server.put(kOwn, kFirstLine + "static.wui.https_enable = x\n\nstatic.network.port.https = 0\n");
  set(kUrlKey, server.url());
  trust(root_);
  const auto run = provision();
  EXPECT_FALSE(run.batch);
  ASSERT_THAT(outcomes(run), ElementsAre("unreadable", "unreadable"));
  EXPECT_THAT(run.files[0].mistakes, ElementsAre(HasSubstr("line 3: ")));
  EXPECT_THAT(run.files[1].mistakes, ElementsAre(HasSubstr("line 2: "), HasSubstr("line 4: ")));
}

TEST_F(Provisioning, ShowsAHundredMistakesOfAFile) {
  Server server(tls_options());
  std::string text = kFirstLine;
  for (int i = 0; i < 101; ++i) text += "static.wui.https_enable = 7\n";
  server.put(kOwn, text);
  set(kUrlKey, server.url());
  trust(root_);
  const auto run = provision();
  ASSERT_THAT(run.files, SizeIs(2));
  EXPECT_THAT(run.files[1].mistakes, SizeIs(101));
  EXPECT_EQ(run.files[1].mistakes.back(), "and 1 more");
  EXPECT_THAT(run.files[1].says, HasSubstr("101 mistakes"));
}

TEST_F(Provisioning, SaysThatUserPasswordsAreIgnored) {
  Server server(tls_options());
  server.put_files("security.user_password = admin:secret\n");
  set(kUrlKey, server.url());
  trust(root_);
  const auto run = provision();
  ASSERT_TRUE(run.batch) << run.summary;
  EXPECT_THAT(run.files[0].remarks,
              ElementsAre(HasSubstr("line 2: security.user_password is ignored")));
  EXPECT_FALSE(run.batch->settings.is_set("static.security.user_password"));
}

class WithPassword : public Provisioning {
 protected:
  std::string demanding() {
    const auto file = made_.folder() / "passwords";
    test::write_text(file, "phone:{PLAIN}secret\nurl:{PLAIN}of-url\n");
    return "auth_basic phones; auth_basic_user_file " + file.string() + ";";
  }
};

TEST_F(WithPassword, GivesItToTheServerItWasSetFor) {
  Server server(tls_options(demanding()));
  server.put_files("");
  set(kUrlKey, server.url());
  set("static.auto_provision.server.username", "phone");
  set("static.auto_provision.server.password", "secret");
  trust(root_);
  EXPECT_TRUE(provision().batch);
  EXPECT_THAT(server.log(), HasSubstr("200 - phone GET /y000000000000.cfg"));
}

TEST_F(WithPassword, TakesTheOneInTheUrlFirst) {
  Server server(tls_options(demanding()));
  server.put_files("");
  auto url = server.url();
  set(kUrlKey, url.insert(url.find("localhost"), "url:of-url@"));
  set("static.auto_provision.server.username", "phone");
  set("static.auto_provision.server.password", "secret");
  trust(root_);
  const auto run = provision();
  EXPECT_TRUE(run.batch) << run.summary;
  EXPECT_THAT(run.files[0].url, Not(HasSubstr("of-url")));
  EXPECT_THAT(run.summary, Not(HasSubstr("of-url")));
  EXPECT_THAT(server.log(), HasSubstr("200 - url GET /y000000000000.cfg"));
}

TEST_F(WithPassword, SaysThatItIsWrong) {
  Server server(tls_options(demanding()));
  server.put_files("");
  set(kUrlKey, server.url());
  set("static.auto_provision.server.username", "phone");
  set("static.auto_provision.server.password", "wrong");
  trust(root_);
  const auto run = provision();
  EXPECT_FALSE(run.batch);
  EXPECT_THAT(run.summary,
              HasSubstr("wants another user name or password (401 Unauthorized). Check "
                        "both under Settings > Auto Provision"));
}

TEST_F(WithPassword, SaysWhichSettingsGiveItWhereNoneIsSet) {
  Server server(tls_options(demanding()));
  server.put_files("");
  set(kUrlKey, server.url());
  trust(root_);
  EXPECT_THAT(
      provision().summary,
      HasSubstr("wants a user name and password, and was given none (401 Unauthorized). Set "
                "both under Settings > Auto Provision "
                "(static.auto_provision.server.username and "
                "static.auto_provision.server.password, or in the URL)"));
}

TEST_F(WithPassword, KeepsItFromTheServersOfCertificates) {
  const std::string logs = "location /ca.pem { return 200 \"$http_authorization\"; }";
  Server other(tls_options(logs));
  Server server(tls_options(demanding()));
  server.put_files("static.trusted_certificates.url = " + other.url() + "ca.pem\n");
  set(kUrlKey, server.url());
  set("static.auto_provision.server.username", "phone");
  set("static.auto_provision.server.password", "secret");
  trust(root_);
  const auto run = provision();
  ASSERT_THAT(run.files, SizeIs(3));
  EXPECT_EQ(run.files[2].outcome, "unreadable");  // an empty file is no certificate
  EXPECT_THAT(other.log(), HasSubstr("200 - - GET /ca.pem"));
}

}  // namespace
}  // namespace sealtone::provision
