// SPDX-License-Identifier: Apache-2.0
//
// The doctor at both uploads: a list takes all or nothing and tells of each certificate; what does
// not refuse a server certificate is said.
#include <gmock/gmock.h>

#include "admin/fixtures.h"
#include "base/files.h"

namespace sealtone::admin::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kBrokenBlock =
    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

class UploadsTest : public ApiTest {
 protected:
  // outcome of each row, in order
  static std::vector<std::string> outcomes(const json& answer) {
    std::vector<std::string> out;
    for (const auto& row : answer.at("certificates")) out.push_back(row.at("outcome"));
    return out;
  }
  static std::vector<std::string> remarks(const json& answer) {
    std::vector<std::string> out;
    for (const auto& remark : answer.at("remarks")) out.push_back(remark.at("code"));
    return out;
  }
};

TEST_F(UploadsTest, TellOfEachCertificateOfABundle) {
  const auto root = made("Root", true, random_);
  const auto other = made("Other", true, random_);
  const auto bundle = root.certificate.pem() + other.certificate.pem() + root.certificate.pem();
  const auto response = local("POST", "/api/trusted", bundle);
  ASSERT_EQ(response.status, 201) << response.body;
  EXPECT_THAT(outcomes(body(response)), ElementsAre("added", "added", "repeated"));
  EXPECT_THAT(body(response).at("certificates")[0].at("says"), "\"Root\" was added.");
  EXPECT_EQ(body(response).at("certificates")[0].at("is"), "authority");
  EXPECT_EQ(body(response).at("added").size(), 2U);
  EXPECT_EQ(phone_.snapshot()->trusted.size(), 2U);
}

TEST_F(UploadsTest, TakeNothingOfABundleWithABrokenPiece) {
  const auto root = made("Root", true, random_);
  const auto other = made("Other", true, random_);
  const auto bundle = root.certificate.pem() + kBrokenBlock + other.certificate.pem();
  const auto response = local("POST", "/api/trusted", bundle, {{"X-File-Name", "bundle.pem"}});
  EXPECT_EQ(response.status, 422);
  const auto answer = body(response);
  EXPECT_EQ(answer.at("code"), "bad-input");
  EXPECT_THAT(outcomes(answer), ElementsAre("not added", "not added", "refused"));
  EXPECT_THAT(answer.at("says").get<std::string>(),
              StartsWith("bundle.pem: nothing was added. PEM block 2 (CERTIFICATE, from line "));
  EXPECT_THAT(answer.at("certificates")[2].at("says").get<std::string>(), HasSubstr("is damaged"));
  EXPECT_TRUE(phone_.snapshot()->trusted.empty());
}

TEST_F(UploadsTest, NameALeafAPinAndTakeIt) {
  const auto leaf = made("localhost", false, random_);
  const auto response = local("POST", "/api/trusted", leaf.certificate.pem());
  ASSERT_EQ(response.status, 201);
  EXPECT_THAT(remarks(body(response)), ElementsAre("pin", "expires-soon"));
  EXPECT_THAT(body(response).at("remarks")[0].at("says").get<std::string>(),
              HasSubstr("it vouches for that one certificate alone; when it is renewed it has to "
                        "be uploaded again"));
  EXPECT_EQ(body(response).at("certificates")[0].at("is"), "pin");
}

TEST_F(UploadsTest, RefuseAPrivateKeyAmongTrustedCertificates) {
  const auto root = made("Root", true, random_);
  const auto response =
      local("POST", "/api/trusted", root.certificate.pem() + root.key.pkcs8_pem().value());
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(body(response).at("code"), "wrong-kind");
  EXPECT_THAT(remarks(body(response)), ElementsAre("key-in-list", "expires-soon"));
}

TEST_F(UploadsTest, RefuseAKeyThatDoesNotFitInTheDoctorsWords) {
  const auto own = made("phone", false, random_);
  const auto other = made("other", false, random_);
  const auto response =
      local("POST", "/api/server-certificate",
            own.certificate.pem() + other.key.pkcs8_pem().value(), {{"X-File-Name", "both.pem"}});
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(body(response).at("code"), "mismatch");
  EXPECT_THAT(body(response).at("says").get<std::string>(),
              StartsWith("both.pem: nothing was replaced. The private key (EC P-256) belongs to "
                         "none of the certificates, and not to \"phone\" (EC P-256)."));
  EXPECT_EQ(body(response).at("remarks")[0].at("code"), "key-mismatch");
  EXPECT_FALSE(phone_.snapshot()->credential);
}

TEST_F(UploadsTest, SayWhatDoesNotRefuseAServerCertificate) {
  const auto own = made("phone", false, random_, {"serverAuth"});
  const auto response =
      local("POST", "/api/server-certificate", own.certificate.pem() + own.key.pkcs8_pem().value());
  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_THAT(remarks(body(response)),
              ElementsAre("self-signed-leaf", "own-certificate-lacks-client-use", "expires-soon"));
  EXPECT_TRUE(phone_.snapshot()->credential);
}

// As the phone's own context refuses it, and the doctor before it.
TEST_F(UploadsTest, RefuseWhatCannotBeShownWithTheRemark) {
  const auto octets = base::read_file(std::string(SEALTONE_TEST_DATA) + "/tls/server-rsa1024.pem",
                                      base::kMaxUploadBytes)
                          .value();
  const std::string weak(base::text(octets));
  const auto response = local("POST", "/api/server-certificate", weak);
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(body(response).at("code"), "unsupported");
  EXPECT_EQ(body(response).at("remarks")[0].at("code"), "weak-key");
  EXPECT_EQ(body(response).at("remarks")[0].at("weight"), "refuses");
  EXPECT_FALSE(phone_.snapshot()->credential);
}

TEST_F(UploadsTest, SayThatAKeyThatOnlySignsCertificatesIsOfNoUse) {
  const auto root = made("phone", true, random_);
  const auto response = local("POST", "/api/server-certificate",
                              root.certificate.pem() + root.key.pkcs8_pem().value());
  ASSERT_EQ(response.status, 200) << response.body;
  const auto says = body(response).at("says").get<std::string>();
  EXPECT_THAT(says, HasSubstr("Not meant for servers: its key may be used for keyCertSign"));
  EXPECT_THAT(says, HasSubstr("Not meant for clients: its key may be used for keyCertSign"));
  const auto shown = body(local("GET", "/api/server-certificate"));
  EXPECT_EQ(shown.at("usable_as_server").at("usable"), false);
  EXPECT_EQ(shown.at("usable_as_client").at("usable"), false);
}

TEST_F(UploadsTest, FindAMissingIntermediateInThePhonesList) {
  const auto root = made("Acme Root", true, random_);
  x509::Request request;
  request.common_name = "Acme Middle";
  request.validity = {kNow - days(1), kNow + days(100)};
  request.ca = true;
  const auto middle = x509::issue(request, root, random_).value();
  request.common_name = "phone below";
  request.ca = false;
  const auto below = x509::issue(request, middle, random_).value();
  const auto file = below.certificate.pem() + below.key.pkcs8_pem().value();
  const auto answer = [&] { return body(local("POST", "/api/server-certificate", file)); };
  EXPECT_THAT(answer().at("remarks")[0].at("says").get<std::string>(),
              HasSubstr("and none is at hand here"));
  ASSERT_EQ(local("POST", "/api/trusted", middle.certificate.pem()).status, 201);
  EXPECT_THAT(answer().at("remarks")[0].at("says").get<std::string>(),
              HasSubstr("but it is at hand here (SHA-256 " + middle.certificate.fingerprint()));
  // And is sent along: what was examined is what is stored.
  EXPECT_THAT(phone_.snapshot()->credential->chain,
              ElementsAre(below.certificate, middle.certificate));
}

// Small files of many pieces, and large answers to them.
TEST_F(UploadsTest, TellOfNoMoreThanAHundredBrokenPieces) {
  std::string file = made("Root", true, random_).certificate.pem();
  for (int at = 0; at < 100; ++at) file += kBrokenBlock;
  const auto most = local("POST", "/api/trusted", file);
  EXPECT_EQ(body(most).at("code"), "bad-input");
  EXPECT_EQ(outcomes(body(most)).size(), 101U);
  const auto more = local("POST", "/api/trusted", file + kBrokenBlock);
  EXPECT_EQ(body(more).at("code"), "too-large");
  EXPECT_FALSE(body(more).contains("certificates"));
}

TEST_F(UploadsTest, TellTheLimitAndWhatIsOverIt) {
  EXPECT_EQ(body(local("GET", "/api/trusted")).at("limit"), 1'000);
  ASSERT_EQ(local("POST", "/api/trusted",
                  made("One", true, random_).certificate.pem() +
                      made("Two", true, random_).certificate.pem())
                .status,
            201);
  const auto set = [&](const char* value) {
    return body(local("PUT", "/api/settings", json{{"sealtone.trusted.limit", value}}.dump()))
        .at("says")
        .get<std::string>();
  };
  EXPECT_EQ(set("2"), "The setting was changed.");
  EXPECT_EQ(
      set("1"),
      "The setting was changed. 2 certificates are in the list of trusted ones, more than its "
      "limit of 1 now: all of them stay and count, and no other is taken until 2 of them are "
      "deleted.");
  EXPECT_EQ(body(local("GET", "/api/trusted")).at("limit"), 1);
  EXPECT_EQ(phone_.snapshot()->trusted.size(), 2U);
}

// What had not begun at the floor may have begun since.
TEST_F(UploadsTest, AreExaminedAndToldByTheFloorWhileTheClockIsUnset) {
  phone_.clock_.floor = kNow + days(1);
  x509::Request request;
  request.common_name = "Later";
  request.validity = {kNow + days(3), kNow + days(103)};
  request.ca = true;
  const auto later = x509::issue_self_signed(request, random_).value();
  const auto answer = body(local("POST", "/api/trusted", later.certificate.pem()));
  EXPECT_THAT(remarks(answer), ElementsAre("clock-unset"));
  EXPECT_EQ(answer.at("remarks")[0].at("fix").at("kind"), "set-clock");
  EXPECT_THAT(answer.at("remarks")[0].at("says").get<std::string>(), HasSubstr("was never set"));
  const auto row = body(local("GET", "/api/trusted")).at("certificates")[0];
  EXPECT_EQ(row.at("not_yet_valid"), false);
  EXPECT_EQ(row.at("days_left"), 100);
  EXPECT_EQ(row.at("remaining"), "100 days left");

  phone_.clock_.floor = kNow + days(20);  // behind the last day of what made() makes
  const auto gone = made("Gone", true, random_);
  EXPECT_THAT(remarks(body(local("POST", "/api/trusted", gone.certificate.pem()))),
              ElementsAre("clock-unset", "expired"));
  const auto expired = body(local("GET", "/api/trusted")).at("certificates")[1];
  EXPECT_EQ(expired.at("expired"), true);
  EXPECT_EQ(expired.at("days_left"), -10);

  const auto own = made("phone", false, random_);
  const auto set = body(local("POST", "/api/server-certificate",
                              own.certificate.pem() + own.key.pkcs8_pem().value()));
  EXPECT_THAT(remarks(set), ::testing::IsSupersetOf({"clock-unset", "expired"}));
  EXPECT_THAT(set.at("says").get<std::string>(), HasSubstr("It expired on "));
  EXPECT_EQ(body(local("GET", "/api/server-certificate")).at("certificate").at("days_left"), -10);
  EXPECT_EQ(body(local("GET", "/api/status")).at("page_certificate").at("days_left"), -10);
}

}  // namespace
}  // namespace sealtone::admin::test
