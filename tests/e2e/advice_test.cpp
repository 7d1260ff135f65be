// SPDX-License-Identifier: Apache-2.0
//
// e2e_advice: for every finding that has a fix a third-party peer produces the refusal, the `fix`
// of the JSON is carried out to the letter (advice.cpp), and the same command then ends with 0.
// What is not carried out here may not be worded as a fix: docs/findings.md gives its kind as none.
#include <algorithm>

#include "e2e/advice.h"

namespace sealtone::test {
namespace {

// The codes that docs/findings.md, which explain's own test holds to the code, gives a fix.
std::set<std::string> codes_with_a_fix() {
  std::set<std::string> out;
  std::string code;
  for_each_line_of("findings.md", [&](const std::string& line) {
    constexpr std::string_view heading = "## `", kind = "- **`fix.kind`:** ";
    if (line.starts_with(heading)) {
      code = line.substr(heading.size(), line.rfind('`') - heading.size());
    } else if (line.starts_with(kind) && !line.substr(kind.size()).starts_with("`none`")) {
      out.insert(code);
    }
  });
  return out;
}

const auto* const kEveryFix =
    testing::AddGlobalTestEnvironment(new EveryFix(codes_with_a_fix, 20, cured_codes()));

// Issuers that are missing.

TEST_F(Advice, TrustsTheRootThatTheServerSent) {
  deploy(server_wish(), other_root_, {other_root_});
  expect_cure("issuer-unknown");
}

TEST_F(Advice, AsksForAnIssuerThatNobodyHolds) {
  deploy(server_wish(), other_root_);
  knows("Sealtone test other-root", other_root_);
  expect_cure("issuer-unknown");
}

TEST_F(Advice, FetchesAnIssuerFromTheAddressInTheCertificate) {
  Nginx::Options options;
  options.tls = false;
  const Nginx authority(options);
  write_text(authority.folder() / "ca.cer", read_text(other_root_.der));
  auto wish = server_wish();
  wish.extensions = {"authorityKeyIdentifier=keyid:always",
                     "authorityInfoAccess=caIssuers;URI:http://127.0.0.1:" +
                         std::to_string(authority.port()) + "/ca.cer"};
  deploy(wish, other_root_);
  int status = 0;
  const auto missing = ask(status).at("verdict").at("findings").at(0).at("evidence").at("missing");
  EXPECT_EQ(missing.at("name"), "CN=Sealtone test other-root");
  EXPECT_NE(missing.at("key_id"), "");
  EXPECT_EQ(missing.at("addresses").size(), 1U);
  expect_cure("issuer-unknown");
}

TEST_F(Advice, GoesToAnotherAuthorityWhereTheRootThatWasSentIsUnfit) {
  auto old = authority("Old Root");
  old.not_after = kLongAgo;
  const auto root = self_signed(old);
  deploy(server_wish(), root, {root});
  expect_cure("issuer-unknown");
}

TEST_F(Advice, PutsAMissingIntermediateBehindTheServersOwn) {
  const auto issuing = issue(authority("Issuing CA"), root_);
  deploy(server_wish(), issuing);
  knows("Issuing CA", issuing);
  expect_cure("chain-incomplete");
}

TEST_F(Advice, TrustsASelfSignedServer) {
  deploy_self_signed(server_wish());
  expect_cure("self-signed-leaf");
}

TEST_F(Advice, RenewsASelfSignedServerBeforeItIsTrusted) {
  auto wish = server_wish();
  wish.not_after = kLongAgo;
  deploy_self_signed(wish);
  expect_cure("self-signed-leaf");
}

TEST_F(Advice, TrustsTheNewCertificateInThePlaceOfAPin) {
  const auto old = self_signed(server_wish());
  write_text(trust_file_, old.pem());
  deploy_self_signed(server_wish());
  expect_cure("pin-changed");
}

TEST_F(Advice, TrustsTheNewCertificateInThePlaceOfAPinThatAnAuthorityPassedOver) {
  const auto old = self_signed(server_wish());
  write_text(trust_file_, old.pem() + root_.pem());
  deploy(server_wish(), root_);
  expect_cure("pin-changed");
}

// Dates.

TEST_F(Advice, RenewsAServerThatExpired) {
  auto wish = server_wish();
  wish.not_after = kLongAgo;
  deploy(wish, root_);
  expect_cure("expired");
}

TEST_F(Advice, ReplacesAnIntermediateThatExpired) {
  auto old = authority("Issuing CA");
  old.not_after = kLongAgo;
  const auto expired = issue(old, root_);
  auto current = authority("Issuing CA");
  current.key = "of:" + expired.key.string();
  knows("Issuing CA", issue(current, root_));
  deploy(server_wish(), expired, {expired});
  expect_cure("expired");
}

TEST_F(Advice, ReplacesATrustedCertificateThatExpired) {
  auto old = authority("Old Root");
  old.not_after = kLongAgo;
  const auto expired = self_signed(old);
  auto current = authority("Old Root");
  current.key = "of:" + expired.key.string();
  knows("Old Root", self_signed(current));
  write_text(trust_file_, expired.pem());
  deploy(server_wish(), expired);
  expect_cure("expired");
}

TEST_F(Advice, PutsACertificateThereThatIsValidToday) {
  auto wish = server_wish();
  wish.not_before = "20900101000000Z";
  deploy(wish, root_);
  expect_cure("not-yet-valid");
}

TEST_F(Advice, PutsAnIntermediateThereThatIsValidToday) {
  auto early = authority("Issuing CA");
  early.not_before = "20900101000000Z";
  const auto issuing = issue(early, root_);
  auto current = authority("Issuing CA");
  current.key = "of:" + issuing.key.string();
  knows("Issuing CA", issue(current, root_));
  deploy(server_wish(), issuing, {issuing});
  expect_cure("not-yet-valid");
}

TEST_F(Advice, SetsAClockThatWasNeverSet) {
  before_ = {"faketime", "2009-01-01 00:00:00"};
  deploy(server_wish(), root_);
  expect_cure("clock-unset");
}

TEST_F(Advice, TakesAnExpiredCrossCertificateOutOfTheFile) {
  const auto old = certificates_.root("old");
  auto cross = authority("Sealtone test root");
  cross.key = "of:" + root_.key.string();
  cross.not_after = kLongAgo;
  deploy(server_wish(), root_, {issue(cross, old)});
  expect_cure("better-path-exists");
}

// Names.

TEST_F(Advice, AsksByTheNameThatTheCertificateHas) {
  auto wish = server_wish();
  wish.names = {"DNS:localhost"};
  deploy(wish, root_);
  expect_cure("name-mismatch");
}

TEST_F(Advice, PutsACertificateThereThatHasTheNameWhereThereIsNone) {
  auto wish = server_wish();
  wish.names = {};
  deploy(wish, root_);
  expect_cure("name-mismatch");
}

// nginx refuses whoever names no host that it serves.
TEST_F(Advice, AsksByNameWhereTheServerWantsOne) {
  wish_ = server_wish();
  own_ = issue(wish_, root_);
  serve_ = [this](std::uint16_t port) {
    const auto at = folder_.path().string();
    const auto listen = "listen 127.0.0.1:" + std::to_string(port) + " ssl";
    const auto config = folder_.write(
        "nginx.conf",
        "daemon off; master_process off; pid " + at + "/pid; error_log " + at +
            "/error.log; events { }\nhttp { access_log off; client_body_temp_path " + at +
            "/b; proxy_temp_path " + at + "/p; fastcgi_temp_path " + at + "/f; uwsgi_temp_path " +
            at + "/u; scgi_temp_path " + at + "/s;\nserver { " + listen +
            " default_server; ssl_reject_handshake on; }\nserver { " + listen +
            "; server_name localhost; " + nginx_identity(own_) + " return 200 ok; }\n}\n");
    auto nginx = std::make_unique<Process>(
        Arguments{"/usr/sbin/nginx", "-p", at, "-c", config.string(), "-e", at + "/error.log"});
    if (!answers(port, kPatience)) throw std::runtime_error("nginx: " + nginx->err());
    return nginx;
  };
  start();
  expect_cure("sni-needed");
}

// Versions.

TEST_F(Advice, EnablesANewerVersionOnTheServer) {
  options_ = {"-tls1", "-cipher", "ALL:@SECLEVEL=0"};
  deploy(server_wish(), root_);
  expect_cure("version-gap");
}

TEST_F(Advice, AllowsANewerVersionHere) {
  options_ = {"-tls1_3"};
  further_ = {"--tls", "1.0..1.2"};
  deploy(server_wish(), root_);
  expect_cure("version-gap");
}

// Our own certificate.

class AdviceForClients : public Advice {
 protected:
  AdviceForClients() {
    options_ = {"-Verify", "2", "-verify_return_error", "-CAfile", root_.certificate.string()};
    knows("Sealtone test root", root_);
  }
  // In the place of "--client FILE": of that issuer, for that usage.
  Arguments client(const Identity& issuer, const std::string& usage) {
    Wish wish;
    wish.common_name = "phone";
    wish.extended_key_usage = usage;
    const auto own = issue(wish, issuer);
    return {"--client", folder_.write("before.pem", own.pem() + own.key_pem()).string()};
  }
};

TEST_F(AdviceForClients, SetsACertificateWhereNoneIs) {
  deploy(server_wish(), root_);
  expect_cure("client-certificate-wanted-none-set");
}

TEST_F(AdviceForClients, SetsAnotherCertificateWhereOneIsRefused) {
  further_ = client(other_root_, "clientAuth");
  deploy(server_wish(), root_);
  expect_cure("client-certificate-refused");
}

TEST_F(AdviceForClients, SetsOneForClientsWhereOneIsForServersAlone) {
  options_ = {"-verify", "2", "-CAfile", root_.certificate.string()};
  further_ = client(root_, "serverAuth");
  deploy(server_wish(), root_);
  expect_cure("own-certificate-lacks-client-use");
}

TEST_F(AdviceForClients, SetsOneOfAnAuthorityThatTheServerNames) {
  options_ = {"-verify", "2", "-CAfile", root_.certificate.string()};
  further_ = client(other_root_, "clientAuth");
  deploy(server_wish(), root_);
  expect_cure("own-certificate-not-listed");
}

// The same words stand on a phone, whose list is the one on its page.
TEST_F(Advice, IsTheSameOnAPhone) {
  deploy(server_wish(), other_root_, {other_root_});
  Nginx::Options options;
  const auto chain = folder_.write("full.pem", own_.pem() + other_root_.pem());
  options.server =
      "ssl_certificate " + chain.string() + "; ssl_certificate_key " + own_.key.string() + ";";
  const Nginx nginx(options);
  write_text(nginx.folder() / "y000000000000.cfg", "#!version:1.0.0.1\naccount.1.label = a\n");
  const PhoneUnderTest phone({"--mac", "001565000001"});
  phone.set("static.auto_provision.server.url",
            "https://localhost:" + std::to_string(nginx.port()) + "/");
  EXPECT_EQ(phone.provision().at("applied"), false);
  const auto fix = phone.ask({"connections", "1"}).at("verdict").at("findings").at(0).at("fix");
  ASSERT_EQ(fix.at("kind"), "add-trusted");
  const auto file =
      folder_.write(fix.at("file").get<std::string>(), fix.at("pem").get<std::string>());
  phone.must({"trust", "add", file.string()});
  EXPECT_EQ(phone.provision().at("applied"), true);
}

}  // namespace
}  // namespace sealtone::test
