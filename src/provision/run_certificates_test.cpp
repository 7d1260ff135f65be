// SPDX-License-Identifier: Apache-2.0
//
// provision/run: the certificates that configuration files name, fetched in the same run.
#include <nlohmann/json.hpp>

#include "provision/fixture.h"

namespace sealtone::provision {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

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

// By the clock the new root has not begun; by the policy nobody can tell.
TEST_F(WithCertificates, ExaminesThemByTheFloorWhileTheClockIsUnset) {
  auto& server = serve();
  test::Wish wish;
  wish.common_name = "New Root";
  wish.ca = true;
  wish.not_before = "20270101000000Z";
  server.put("new.pem", made_.self_signed("new", wish).pem());
  server.put_files("static.trusted_certificates.url = " + server.url() + "new.pem\n");
  clock_ = trust::ClockFloor{.floor = kNow + std::chrono::days(1), .use_floor = true};
  const auto run = provision();
  ASSERT_TRUE(run.batch) << run.summary;
  EXPECT_THAT(run.files[2].remarks, ElementsAre(HasSubstr("it was never set")));
  clock_.reset();
  EXPECT_THAT(provision().files[2].remarks, ElementsAre(HasSubstr("valid")));
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
