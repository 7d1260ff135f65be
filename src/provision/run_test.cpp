// SPDX-License-Identifier: Apache-2.0
//
// provision/run: whole runs against nginx: all or nothing, and what is said.
#include <nlohmann/json.hpp>

#include "provision/fixture.h"

namespace sealtone::provision {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::vector<std::string> outcomes(const Run& run) {
  std::vector<std::string> words;
  for (const auto& file : run.files) words.push_back(file.outcome);
  return words;
}

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

class WithCertificates : public Provisioning {
 protected:
  Server& serve(const std::string& further = {}) {
    server_.emplace(tls_options(further));
    set(kUrlKey, server_->url());
    trust(root_);
    return *server_;
  }
  std::optional<Server> server_;
};

TEST_F(WithCertificates, FetchesEveryOneThatIsNamed) {
  auto& server = serve();
  const auto other = made_.root("other");
  const auto third = made_.root("third");
  const auto phone = made_.client(root_, "phone");
  server.put("other.cer", test::read_text(other.der));
  server.put("third.pem", third.pem());
  server.put("phone.pem", phone.pem() + phone.key_pem());
  server.put_files("static.trusted_certificates.url = " + server.url() + "other.cer\n" +
                   "trusted_certificates.url = " + server.url() + "third.pem\n" +
                   "server_certificates.url = " + server.url() + "phone.pem\n");
  const auto run = provision();
  ASSERT_TRUE(run.batch) << run.summary;
  ASSERT_THAT(run.batch->add_trusted, SizeIs(2));
  EXPECT_EQ(run.batch->add_trusted[0], certificates_of(other.pem()).front());
  EXPECT_EQ(run.batch->add_trusted[1], certificates_of(third.pem()).front());
  ASSERT_TRUE(run.batch->credential);
  EXPECT_EQ(run.batch->credential->leaf(), certificates_of(phone.pem()).front());
  EXPECT_FALSE(run.batch->clear_trusted);
  EXPECT_THAT(outcomes(run), ElementsAre("applied", "applied", "applied", "applied", "applied"));
  EXPECT_THAT(run.connections, SizeIs(5));
}

TEST_F(WithCertificates, AppliesNothingIfOneIsAbsent) {
  auto& server = serve();
  server.put_files("account.1.label = a\nstatic.trusted_certificates.url = " + server.url() +
                   "gone.pem\n");
  const auto run = provision();
  EXPECT_FALSE(run.batch);
  EXPECT_THAT(outcomes(run), ElementsAre("not applied", "not applied", "absent"));
}

TEST_F(WithCertificates, AppliesNothingIfOneIsSomethingElse) {
  auto& server = serve();
  server.put("ca.pem", "<html>hello</html>");
  server.put_files("static.trusted_certificates.url = " + server.url() + "ca.pem\n");
  const auto run = provision();
  EXPECT_FALSE(run.batch);
  EXPECT_THAT(outcomes(run), ElementsAre("not applied", "not applied", "unreadable"));
}

TEST_F(WithCertificates, AppliesNothingIfTheServerCertificateComesWithoutItsKey) {
  auto& server = serve();
  server.put("phone.pem", made_.client(root_, "phone").pem());
  server.put_files("static.server_certificates.url = " + server.url() + "phone.pem\n");
  const auto run = provision();
  EXPECT_FALSE(run.batch);
  EXPECT_EQ(run.files.back().outcome, "unreadable");
}

TEST_F(WithCertificates, SaysOfEachFileWhatTheDoctorFinds) {
  auto& server = serve();
  const auto phone = made_.client(root_, "phone");
  server.put("phone.pem", root_.pem() + phone.pem() + phone.key_pem());
  server.put("pin.pem", made_.server(root_, "pinned").pem());
  server.put_files("static.trusted_certificates.url = " + server.url() + "pin.pem\n" +
                   "static.server_certificates.url = " + server.url() + "phone.pem\n");
  const auto run = provision();
  ASSERT_TRUE(run.batch) << run.summary;
  EXPECT_THAT(run.files[2].remarks,
              ElementsAre(HasSubstr("it vouches for that one certificate alone")));
  EXPECT_THAT(run.files[3].remarks, testing::Contains(HasSubstr("whoever trusts it has it")));
}

TEST_F(WithCertificates, AppliesNothingOfAListWithABrokenPiece) {
  auto& server = serve();
  server.put("ca.pem", made_.root("other").pem() +
                           "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  server.put_files("static.trusted_certificates.url = " + server.url() + "ca.pem\n");
  const auto run = provision();
  EXPECT_FALSE(run.batch);
  EXPECT_THAT(run.summary, HasSubstr("PEM block 2 (CERTIFICATE, from line "));
  EXPECT_THAT(run.summary, Not(HasSubstr("..")));
}

TEST_F(WithCertificates, AppliesNothingOverTheLimitOfTheList) {
  auto& server = serve();
  server.put("ca.pem", made_.root("one").pem() + made_.root("two").pem());
  server.put_files("sealtone.trusted.limit = 1\nstatic.trusted_certificates.url = " + server.url() +
                   "ca.pem\n");
  const auto run = provision();
  EXPECT_FALSE(run.batch);
  EXPECT_THAT(run.summary, HasSubstr("and 2 more do not fit: its limit is 1"));
}

std::string format_file(const std::string& name) {
  return test::read_text(std::filesystem::path(SEALTONE_TEST_DATA) / "x509/formats" / name);
}

TEST_F(WithCertificates, TakesAPkcs12FileWithAnEmptyPassphraseOrNone) {
  auto& server = serve();
  server.put_files("static.server_certificates.url = " + server.url() + "phone.p12\n");
  for (const auto* name : {"openssl-empty-password.p12", "gnutls-null-password.p12"}) {
    server.put("phone.p12", format_file(name));
    const auto run = provision();
    ASSERT_TRUE(run.batch) << name << ": " << run.summary;
    ASSERT_TRUE(run.batch->credential) << name;
    EXPECT_EQ(run.batch->credential->leaf().subject().common_name, "phone p256") << name;
  }
}

TEST_F(WithCertificates, SaysThatNoSettingGivesThePassphraseOfAnEncryptedFile) {
  auto& server = serve();
  server.put_files("static.server_certificates.url = " + server.url() + "phone.p12\n");
  for (const auto* name : {"openssl-aes.p12", "certificate-and-encrypted.pem"}) {
    server.put("phone.p12", format_file(name));
    const auto run = provision();
    EXPECT_FALSE(run.batch) << name;
    EXPECT_THAT(outcomes(run), ElementsAre("not applied", "not applied", "unreadable")) << name;
    EXPECT_THAT(run.files.back().says,
                testing::HasSubstr("is encrypted: a passphrase is needed, and no setting gives one "
                                   "to provisioning"))
        << name;
  }
}

TEST_F(WithCertificates, JudgesTheirServersByTheListAsItWasBefore) {
  auto& server = serve();
  const auto stranger = made_.root("stranger");
  const auto of_stranger = made_.server(stranger, "of_stranger");
  test::Nginx::Options options;
  options.server = test::nginx_identity(of_stranger);
  Server other(options);
  server.put("stranger.pem", stranger.pem());
  other.put("more.pem", root_.pem());
  // The first file would make the second one's server trusted, if the list grew during the run.
  server.put_files("static.trusted_certificates.url = " + server.url() + "stranger.pem\n" +
                   "static.trusted_certificates.url = " + other.url() + "more.pem\n");
  const auto run = provision();
  EXPECT_FALSE(run.batch);
  EXPECT_EQ(run.files.back().outcome, "refused");
  EXPECT_EQ(other.log(), "");
}

TEST_F(WithCertificates, DeletesAllWhereAFileOrdersIt) {
  auto& server = serve();
  server.put("root.pem", root_.pem());
  server.put_files(
      "static.trusted_certificates.delete = http://localhost/all\n"
      "static.server_certificates.delete = http://localhost/all\n"
      "static.trusted_certificates.url = " +
      server.url() + "root.pem\n");
  const auto run = provision();
  ASSERT_TRUE(run.batch) << run.summary;
  EXPECT_TRUE(run.batch->clear_trusted);
  EXPECT_TRUE(run.batch->clear_credential);
  EXPECT_FALSE(run.batch->settings.is_set("static.trusted_certificates.delete"));
  EXPECT_FALSE(run.batch->settings.is_set("static.server_certificates.delete"));
}

TEST_F(WithCertificates, SaysThatOneAloneIsNotDeleted) {
  auto& server = serve();
  server.put_files("static.trusted_certificates.delete = http://localhost/old.pem\n");
  const auto run = provision();
  ASSERT_TRUE(run.batch) << run.summary;
  EXPECT_FALSE(run.batch->clear_trusted);
  EXPECT_THAT(run.warnings, ElementsAre(HasSubstr("deletes nothing here")));
}

TEST_F(WithCertificates, FetchesTwoHundredFilesAtMost) {
  auto& server = serve();
  std::string lines;
  for (std::size_t i = 0; i <= kMaxCertificateFiles; ++i) {
    lines += "static.trusted_certificates.url = " + server.url() + std::to_string(i) + ".pem\n";
  }
  server.put_files(lines);
  const auto run = provision();
  EXPECT_FALSE(run.batch);
  EXPECT_THAT(run.files, SizeIs(2));
  EXPECT_THAT(run.summary, HasSubstr("201"));
}

TEST_F(WithCertificates, SaysThatTheServerWantsTheOneThatIsNotSet) {
  auto& server =
      serve("ssl_verify_client on; ssl_client_certificate " + root_.certificate.string() + ";");
  server.put_files("account.1.label = a\n");
  const auto run = provision();
  EXPECT_FALSE(run.batch);
  EXPECT_THAT(outcomes(run), ElementsAre("failed"));
  ASSERT_THAT(run.connections, SizeIs(1));
  EXPECT_TRUE(
      run.connections[0].verdict.has(trust::FindingCode::client_certificate_wanted_none_set));
  EXPECT_THAT(run.summary, HasSubstr("asks for a client certificate, and none is set"));
}

TEST_F(WithCertificates, AFileOfTheAdminsOwnIsTakenAsAProvisionedOneIs) {
  auto& server = serve();
  server.put("root.pem", made_.root("other").pem());
  const auto run =
      provision_locally(kFirstLine + "account.1.label = here\n" +
                        "static.trusted_certificates.url = " + server.url() + "root.pem\n");
  ASSERT_TRUE(run.batch) << run.summary;
  EXPECT_EQ(run.batch->settings.get("account.1.label"), "here");
  EXPECT_EQ(run.summary, "Taken from local.cfg: 1 file applied, 1 trusted certificate delivered.");
  EXPECT_THAT(run.batch->add_trusted, SizeIs(1));
  EXPECT_THAT(run.warnings, IsEmpty());

  const auto mistaken = provision_locally("static.security.trust_certificates = 7\n");
  EXPECT_FALSE(mistaken.batch);
  EXPECT_THAT(mistaken.summary, HasSubstr("local.cfg has 1 mistake"));
}

TEST_F(WithCertificates, ReportsItselfAsJson) {
  auto& server = serve();
  server.put_files("static.security.trust_certificates = 7\n");
  const auto run = provision();
  const auto json = to_json(run, input());
  EXPECT_EQ(json.at("applied"), false);
  EXPECT_EQ(json.at("summary"), run.summary);
  EXPECT_EQ(json.at("files").at(0).at("outcome"), "unreadable");
  EXPECT_EQ(json.at("files").at(0).at("mistakes").size(), 1U);
  EXPECT_EQ(json.at("connections").size(), 2U);
  EXPECT_EQ(json.at("connections").at(0).at("verdict").at("decision"), "trusted");
}

}  // namespace
}  // namespace sealtone::provision
