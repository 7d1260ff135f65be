// SPDX-License-Identifier: Apache-2.0
#include "admin/routes.h"

#include <filesystem>

#include "admin/fixtures.h"
#include "base/files.h"

namespace sealtone::admin::test {
namespace {

class RoutesTest : public ApiTest {};

TEST_F(RoutesTest, UploadedCertificateIsListedAndDeleted) {
  const auto root = made("Acme Root R1", true, random_);
  const auto added =
      local("POST", "/api/trusted", root.certificate.pem(), {{"X-File-Name", "acme.pem"}});
  ASSERT_EQ(added.status, 201) << added.body;
  const auto rows = body(local("GET", "/api/trusted")).at("certificates");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0]["index"], 1);
  EXPECT_EQ(rows[0]["issued_to"], "Acme Root R1");
  EXPECT_EQ(rows[0]["issued_by"], "Acme Root R1");
  EXPECT_EQ(rows[0]["expires"], "2026-12-03T00:00:00Z");
  EXPECT_EQ(rows[0]["sha256"], root.certificate.fingerprint());
  EXPECT_EQ(rows[0]["origin"], "command line");

  EXPECT_EQ(local("POST", "/api/trusted", root.certificate.pem()).status, 409);
  const auto id = std::to_string(rows[0]["id"].get<int>());
  EXPECT_EQ(body(local("DELETE", "/api/trusted/" + id)).at("says"),
            "\"Acme Root R1\" is no longer trusted.");
  EXPECT_EQ(local("DELETE", "/api/trusted/" + id).status, 404);
  EXPECT_TRUE(body(local("GET", "/api/trusted")).at("certificates").empty());
}

TEST_F(RoutesTest, IdsThatAreNoNumbersAreNotFound) {
  for (const char* id : {"-1", "x", "1x", "99999999999999999999", "0x1", "%31"}) {
    EXPECT_EQ(local("DELETE", std::string("/api/trusted/") + id).status, 404) << id;
  }
}

TEST_F(RoutesTest, LeafAndExpiredCertificatesAreTrustedWithAWordOfWarning) {
  const auto leaf = made("localhost", false, random_);
  const auto remark_on = [&](const x509::Issued& one) {
    const auto answer = body(local("POST", "/api/trusted", one.certificate.pem()));
    return answer.at("remarks").at(0).at("says").get<std::string>();
  };
  const auto says = remark_on(leaf);
  EXPECT_NE(says.find("a server's own certificate"), std::string::npos) << says;
  clock_.tick(days(20));
  const auto late = remark_on(made("Acme Root R1", true, random_));
  EXPECT_NE(late.find("expired on 2026-12-03"), std::string::npos) << late;

  const auto row = [&] { return body(local("GET", "/api/trusted")).at("certificates").back(); };
  EXPECT_EQ(row().at("expired"), true);
  EXPECT_EQ(row().at("remaining"), "expired 10 days ago");
  clock_.tick(-days(22));
  EXPECT_EQ(row().at("not_yet_valid"), true);
  EXPECT_EQ(row().at("remaining"), "not valid yet, but in 1 day");
}

TEST_F(RoutesTest, PrivateKeyIsNoTrustedCertificate) {
  const auto root = made("Acme Root R1", true, random_);
  const auto both = root.certificate.pem() + root.key.pkcs8_pem().value();
  const auto response = local("POST", "/api/trusted", both, {{"X-File-Name", "acme%20both.pem"}});
  EXPECT_EQ(response.status, 422);
  EXPECT_NE(body(response).at("says").get<std::string>().find("acme both.pem"), std::string::npos);
  EXPECT_TRUE(phone_.snapshot()->trusted.empty());
}

std::string format_file(const std::string& name) {
  const auto octets = base::read_file(
      std::filesystem::path(SEALTONE_TEST_DATA) / "x509/formats" / name, base::kMaxUploadBytes);
  return std::string(base::text(octets.value()));
}

TEST_F(RoutesTest, EncryptedUploadAsksForItsPassphrase) {
  const http::Fields name{{"X-File-Name", "phone.p12"}};
  const auto with = [&](const std::string& passphrase) {
    auto fields = name;
    fields.emplace_back("X-Passphrase", passphrase);
    return fields;
  };
  for (const auto* file : {"openssl-aes.p12", "certificate-and-encrypted.pem"}) {
    const auto needed = local("POST", "/api/server-certificate", format_file(file), name);
    EXPECT_EQ(needed.status, 422) << file;
    EXPECT_EQ(body(needed).at("code"), "passphrase-needed") << file;
    EXPECT_EQ(
        body(local("POST", "/api/server-certificate", format_file(file), with(""))).at("code"),
        "passphrase-needed")
        << file;
    const auto wrong = local("POST", "/api/server-certificate", format_file(file),
                             with("wrong-made-for-the-test"));
    EXPECT_EQ(wrong.status, 422) << file;
    EXPECT_EQ(body(wrong).at("code"), "passphrase-wrong") << file;
    EXPECT_EQ(wrong.body.find("wrong-made-for-the-test"), std::string::npos) << file;
    EXPECT_FALSE(phone_.snapshot()->credential) << file;
  }
  EXPECT_EQ(body(local("POST", "/api/server-certificate", format_file("openssl-aes.p12"), name))
                .at("says"),
            "phone.p12: it is encrypted: a passphrase is needed.");
  const auto set =
      local("POST", "/api/server-certificate", format_file("openssl-aes.p12"), with("secret"));
  EXPECT_EQ(set.status, 200) << set.body;
  EXPECT_EQ(phone_.snapshot()->credential->leaf().subject().common_name, "phone p256");
  EXPECT_EQ(local("POST", "/api/server-certificate", format_file("openssl-umlaut.p12"),
                  with("Gr%C3%BC%C3%9Fe"))
                .status,
            200);
}

TEST_F(RoutesTest, TrustedUploadTakesBundlesAndSaysWhatItLeftOut) {
  EXPECT_EQ(body(local("POST", "/api/trusted", format_file("java-trust.p12"))).at("code"),
            "passphrase-needed");
  EXPECT_EQ(
      local("POST", "/api/trusted", format_file("java-trust.p12"), {{"X-Passphrase", "secret"}})
          .status,
      201);
  const auto bundle = local("POST", "/api/trusted", format_file("with-crl.p7b"));
  EXPECT_EQ(bundle.status, 409) << "the same root: " << bundle.body;
  const auto message = local("POST", "/api/trusted", format_file("signed-message.p7m"));
  ASSERT_EQ(message.status, 201) << message.body;
  EXPECT_NE(body(message).at("says").get<std::string>().find("Of it only the certificates were"),
            std::string::npos)
      << message.body;
}

TEST_F(RoutesTest, WrongFileIsNamedAndReplacesNothing) {
  const auto first = made("phone", false, random_, {"serverAuth", "clientAuth"});
  const auto bundle = first.certificate.pem() + first.key.pkcs8_pem().value();
  ASSERT_EQ(local("POST", "/api/server-certificate", bundle).status, 200);
  for (const std::string& wrong :
       {std::string("<html></html>"), std::string(), first.certificate.pem(),
        first.certificate.pem() + made("other", false, random_).key.pkcs8_pem().value()}) {
    EXPECT_EQ(local("POST", "/api/server-certificate", wrong).status, 422) << wrong.substr(0, 40);
    EXPECT_EQ(phone_.snapshot()->credential->leaf(), first.certificate);
  }
}

TEST_F(RoutesTest, ServerCertificateSaysItsTwoUsesSeparately) {
  auto shown = body(local("GET", "/api/server-certificate"));
  EXPECT_TRUE(shown.at("temporary"));
  EXPECT_FALSE(shown.at("usable_as_client").at("usable"));

  const auto server_only = made("phone", false, random_, {"serverAuth"});
  const auto set = local("POST", "/api/server-certificate",
                         server_only.certificate.pem() + server_only.key.pkcs8_pem().value());
  EXPECT_EQ(set.status, 200) << set.body;
  shown = body(local("GET", "/api/server-certificate"));
  EXPECT_FALSE(shown.at("temporary"));
  EXPECT_TRUE(shown.at("usable_as_server").at("usable"));
  EXPECT_FALSE(shown.at("usable_as_client").at("usable"));

  EXPECT_EQ(local("DELETE", "/api/server-certificate").status, 200);
  EXPECT_TRUE(body(local("GET", "/api/server-certificate")).at("temporary"));
}

TEST_F(RoutesTest, ServerCertificateOutOfDateIsTakenAndSaid) {
  const auto leaf = made("phone", false, random_, {"serverAuth", "clientAuth"});
  const auto file = leaf.certificate.pem() + leaf.key.pkcs8_pem().value();
  clock_.tick(days(10) + 1s);
  const auto set = local("POST", "/api/server-certificate", file);
  ASSERT_EQ(set.status, 200) << set.body;
  EXPECT_NE(body(set).at("says").get<std::string>().find("It expired on 2026-12-03"),
            std::string::npos)
      << set.body;
  const auto shown = body(local("GET", "/api/server-certificate"));
  EXPECT_FALSE(shown.at("usable_as_server").at("usable"));
  EXPECT_FALSE(shown.at("usable_as_client").at("usable"));
}

TEST_F(RoutesTest, ChainOfTheServerCertificateIsWhatIsSentAlongWithIt) {
  const auto root = made("Acme Root", true, random_);
  x509::Request request;
  request.common_name = "Acme Middle";
  request.validity = {kNow - days(1), kNow + days(10)};
  request.ca = true;
  const auto middle = x509::issue(request, root, random_).value();
  request.common_name = "phone below";
  request.ca = false;
  const auto below = x509::issue(request, middle, random_).value();

  EXPECT_TRUE(body(local("GET", "/api/server-certificate")).at("added").is_null());
  ASSERT_EQ(
      local("POST", "/api/server-certificate",
            below.certificate.pem() + middle.certificate.pem() + below.key.pkcs8_pem().value())
          .status,
      200);
  const auto shown = body(local("GET", "/api/server-certificate"));
  EXPECT_EQ(shown.at("certificate").at("subject").at("common_name"), "phone below");
  ASSERT_EQ(shown.at("chain").size(), 1U);
  EXPECT_EQ(shown.at("chain")[0].at("subject").at("common_name"), "Acme Middle");
  EXPECT_TRUE(shown.at("added").is_string());
}

TEST_F(RoutesTest, ServerCertificateThatIsNotThereIsNotDeleted) {
  const auto none = local("DELETE", "/api/server-certificate");
  EXPECT_EQ(none.status, 404);
  EXPECT_EQ(body(none).at("says"),
            "No server certificate was uploaded, so there is none to delete.");
}

TEST_F(RoutesTest, PreviousServerCertificateIsShownBroughtBackAndForgotten) {
  EXPECT_TRUE(body(local("GET", "/api/server-certificate")).at("previous").is_null());
  EXPECT_EQ(local("POST", "/api/server-certificate/undo").status, 404);
  EXPECT_EQ(local("DELETE", "/api/server-certificate/previous").status, 404);
  for (const char* name : {"first", "second"}) {
    const auto own = made(name, false, random_, {"serverAuth"});
    const auto file = own.certificate.pem() + own.key.pkcs8_pem().value();
    ASSERT_EQ(local("POST", "/api/server-certificate", file).status, 200);
  }
  auto shown = body(local("GET", "/api/server-certificate"));
  EXPECT_EQ(shown.at("previous").at("certificate").at("subject").at("common_name"), "first");
  EXPECT_TRUE(shown.at("previous").at("added").is_string());
  EXPECT_EQ(shown.dump().find("PRIVATE"), std::string::npos);

  const auto undone = local("POST", "/api/server-certificate/undo");
  EXPECT_EQ(undone.status, 200);
  const auto says = body(undone).at("says").get<std::string>();
  EXPECT_NE(says.find("is now \"first\""), std::string::npos) << says;
  EXPECT_NE(says.find("\"second\" is the previous one"), std::string::npos) << says;
  EXPECT_NE(says.find("lacks clientAuth"), std::string::npos) << says;
  shown = body(local("GET", "/api/server-certificate"));
  EXPECT_EQ(shown.at("certificate").at("subject").at("common_name"), "first");

  const auto forgotten = local("DELETE", "/api/server-certificate/previous");
  EXPECT_EQ(forgotten.status, 200);
  EXPECT_NE(body(forgotten).at("says").get<std::string>().find("\"second\""), std::string::npos);
  EXPECT_TRUE(body(local("GET", "/api/server-certificate")).at("previous").is_null());
}

TEST_F(RoutesTest, UndoAfterTheFirstUploadShowsTheTemporaryOne) {
  const auto own = made("first", false, random_, {"serverAuth"});
  ASSERT_EQ(
      local("POST", "/api/server-certificate", own.certificate.pem() + own.key.pkcs8_pem().value())
          .status,
      200);
  const auto undone = local("POST", "/api/server-certificate/undo");
  EXPECT_NE(body(undone).at("says").get<std::string>().find("temporary certificate"),
            std::string::npos);
  EXPECT_TRUE(body(local("GET", "/api/server-certificate")).at("temporary"));
}

TEST_F(RoutesTest, TrialIsHandedOnAndChangesNothing) {
  EXPECT_EQ(local("POST", "/api/provision/try", R"({"mac":"001565000001"})").status, 422);
  EXPECT_EQ(local("POST", "/api/provision/try", "no JSON").status, 422);
  EXPECT_TRUE(phone_.tried_.empty());
  EXPECT_EQ(local("POST", "/api/provision/try",
                  R"({"url":"https://a.example/","user":"u","password":"p"})")
                .status,
            200);
  ASSERT_EQ(phone_.tried_.size(), 1U);
  EXPECT_EQ(phone_.tried_[0].url, "https://a.example/");
  EXPECT_EQ(phone_.tried_[0].mac, "");
  EXPECT_EQ(phone_.tried_[0].user, "u");
  EXPECT_EQ(phone_.tried_[0].password, "p");
  // It fetches from wherever it is told: who is not logged in, or comes from elsewhere, may not.
  EXPECT_EQ(remote("POST", "/api/provision/try", R"({"url":"https://a.example/"})").status, 401);
  const auto session = logged_in();
  EXPECT_EQ(
      remote("POST", "/api/provision/try", R"({"url":"https://a.example/"})", {session[0]}).status,
      403);
}

TEST_F(RoutesTest, SettingsForProvisioningAloneAreNamedBesideTheSwitches) {
  EXPECT_TRUE(body(local("GET", "/api/trusted")).at("overrides").empty());
  ASSERT_EQ(
      local("PUT", "/api/settings", R"({"security.auto_provision.trust_certificates":"0"})").status,
      200);
  for (const char* path : {"/api/trusted", "/api/status"}) {
    const auto shown = body(local("GET", path));
    EXPECT_FALSE(shown.at("only_accept_trusted")) << path;
    EXPECT_EQ(shown.at("overrides"), json({"security.auto_provision.trust_certificates = 0"}))
        << path;
  }
}

TEST_F(RoutesTest, StatusNamesWhomThePhoneAsksByPnp) {
  EXPECT_TRUE(body(local("GET", "/api/status")).at("pnp").is_null());
  ASSERT_EQ(local("PUT", "/api/settings", R"({"sealtone.pnp.enable":"1"})").status, 200);
  EXPECT_EQ(body(local("GET", "/api/status")).at("pnp"), "224.0.1.75:5060");
}

TEST_F(RoutesTest, BodyThatIsTooLongOrTooDeepIsNotRead) {
  EXPECT_EQ(local("PUT", "/api/settings", std::string(70'000, ' ') + "{}").status, 413);
  EXPECT_EQ(local("PUT", "/api/settings", R"({"a":)" + std::string(5'000, '[')).status, 422);
}

TEST_F(RoutesTest, PrivateKeysAndSecretsAreInNoAnswer) {
  const auto own = made("phone", false, random_);
  const auto key = own.key.pkcs8_pem().value();
  (void)local("POST", "/api/server-certificate", own.certificate.pem() + key);
  (void)local(
      "PUT", "/api/settings",
      json{{"static.auto_provision.server.password", "hidden-made-for-the-test"},
           {"account.1.password", "hidden-made-for-the-test"},
           {"static.auto_provision.server.url", "https://u:hidden-made-for-the-test@127.0.0.1/"},
           {"static.firmware.url", "ftp://u:hidden-made-for-the-test@host/a@b"}}
          .dump());
  EXPECT_EQ(phone_.snapshot()->settings.get("account.1.password"), "hidden-made-for-the-test");
  for (const char* path :
       {"/api/status", "/api/trusted", "/api/server-certificate", "/api/settings",
        "/api/connections", "/api/settings/static.auto_provision.server.password",
        "/api/settings/account.1.password", "/api/settings/static.auto_provision.server.url",
        "/api/settings/static.firmware.url"}) {
    const auto response = local("GET", path);
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_EQ(response.body.find("hidden-made-for-the-test"), std::string::npos) << path;
    EXPECT_EQ(response.body.find("PRIVATE KEY"), std::string::npos) << path;
    EXPECT_EQ(response.body.find(key.substr(28, 40)), std::string::npos) << path;
  }
  EXPECT_TRUE(body(local("GET", "/api/settings/account.1.password")).at("set"));
}

TEST_F(RoutesTest, SettingsAreChangedAllOrNoneAndOnlyAsStrings) {
  for (const char* wrong : {"", "[]", "{}", "7", R"({"static.security.trust_certificates":0})",
                            R"({"static.security.trust_certificates":{}})"}) {
    EXPECT_EQ(local("PUT", "/api/settings", wrong).status, 422) << wrong;
  }
  EXPECT_EQ(local("PUT", "/api/settings", R"({"no.such.key":"1"})").status, 404);
  EXPECT_EQ(local("GET", "/api/settings/no.such.key").status, 404);
}

TEST_F(RoutesTest, HostileNamesAreShownAsTextThatCannotDeceive) {
  const auto root = made("a\u202eb<img src=x onerror=alert(1)>", true, random_);
  const auto response = local("POST", "/api/trusted", root.certificate.pem());
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.body.find("\u202e"), std::string::npos);
  EXPECT_EQ(response.field("Content-Type"), "application/json");
}

TEST_F(RoutesTest, ConnectionIsItsExplanationAndItsRow) {
  phone_.rows_.push_back({7, "provisioning", "prov.example.com:443", "client", kNow, "untrusted",
                          "it was refused", R"({"verdict":{"decision":"untrusted"}})"});
  const auto list = body(local("GET", "/api/connections")).at("connections");
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0]["at"], "2026-11-23T00:00:00Z");
  const auto one = body(local("GET", "/api/connections/7"));
  EXPECT_EQ(one.at("verdict").at("decision"), "untrusted");
  EXPECT_EQ(one.at("server"), "prov.example.com:443");
  EXPECT_EQ(local("GET", "/api/connections/8").status, 404);
}

TEST_F(RoutesTest, ConnectionWithNobodyToJudgeHasNoDecision) {
  phone_.rows_.push_back({7, "page", "192.0.2.7", "server", kNow, "", "it opened the page", "{}"});
  for (const auto& row : {body(local("GET", "/api/connections")).at("connections").at(0),
                          body(local("GET", "/api/connections/7"))}) {
    EXPECT_TRUE(row.at("decision").is_null());
  }
}

}  // namespace
}  // namespace sealtone::admin::test
