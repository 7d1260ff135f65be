// SPDX-License-Identifier: Apache-2.0
//
// The vendor note of 2010 ("Using Security Certificates…", version 1.0), its sentences in order, on
// real parts: nginx as the provisioning server, certificates made by the openssl tool, Chromium as
// the browser.  Once at the versions of today, and once with both roles held to what the note
// describes: TLS 1.0 with RSA key transport, by the phone's own settings.
//
// Numbers quoted at each step are the note's sections.
#include <gtest/gtest.h>

#include "e2e/browser.h"
#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

constexpr const char* kMac = "001565000001";

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// "0A1B" as the product shows it, "0A:1B".
std::string with_colons(const std::string& serial) {
  std::string out;
  for (std::size_t i = 0; i < serial.size(); i += 2) {
    out += (i > 0 ? ":" : "") + serial.substr(i, 2);
  }
  return out;
}

// A provisioning server with one file for all phones and one for this phone, which asks for a
// certificate, lets phones without one pass, and logs "STATUS SERIAL USER REQUEST".
class ProvisioningServer {
 public:
  ProvisioningServer(const Identity& server, const Identity& root, const std::string& tls,
                     const std::string& common = "", const std::string& own = "") {
    files_.write("y000000000000.cfg", "#!version:1.0.0.1\n" + common);
    files_.write(std::string(kMac) + ".cfg", "#!version:1.0.0.1\n" + own);
    std::filesystem::permissions(files_.path(), std::filesystem::perms(0755));
    Nginx::Options options;
    options.server = nginx_identity(server) + tls + " ssl_verify_client optional; " +
                     "ssl_client_certificate " + root.certificate.string() +
                     "; location / { root " + files_.path().string() + "; }";
    nginx_ = std::make_unique<Nginx>(options);
  }
  void publish(const std::string& name, const std::string& content) { files_.write(name, content); }
  [[nodiscard]] std::string url() const {
    return "https://127.0.0.1:" + std::to_string(nginx_->port()) + "/";
  }
  [[nodiscard]] std::string log() const { return nginx_->access_log(); }
  std::string stop() { return nginx_->stop(); }

 private:
  TempDir files_;
  std::unique_ptr<Nginx> nginx_;
};

struct Era {
  const char* name;
  const char* nginx_tls;   // what the server speaks
  const char* ssl_method;  // the phone's settings; empty: as from the factory
  const char* cipher_list;
  const char* version;  // what must come of it
  const char* key_exchange;
};

class TheNote : public testing::TestWithParam<Era> {
 protected:
  Certificates certificates_;
  TempDir folder_;
  Identity authority_ = certificates_.root();
  Identity server_ = rsa_server();
  Identity first_ = phone_certificate("phone-first");
  Identity second_ = phone_certificate("phone-second");

  Identity rsa_server() {
    Wish wish;
    wish.common_name = "localhost";
    wish.names = {"DNS:localhost", "IP:127.0.0.1"};
    wish.key = "rsa:2048";
    wish.extended_key_usage = "serverAuth";
    return certificates_.issue("server", wish, authority_);
  }
  Identity phone_certificate(const std::string& name) {
    Wish wish;
    wish.common_name = kMac;
    wish.names = {"IP:127.0.0.1"};
    wish.key = "rsa:2048";
    wish.extended_key_usage = "serverAuth,clientAuth";
    return certificates_.issue(name, wish, authority_);
  }
  std::string upload_of(const Identity& identity) {
    return folder_.write(identity.name + ".pem", identity.pem() + identity.key_pem()).string();
  }

  static bool of_2010() { return std::string(GetParam().ssl_method) != ""; }

  static void hold_to_era(const PhoneUnderTest& phone) {
    if (!of_2010()) return;
    phone.set("static.security.default_ssl_method", GetParam().ssl_method);
    phone.set("security.tls_cipher_list", GetParam().cipher_list);
  }

  // What a browser at the phone's page is shown.  Of browsers of 2010 openssl s_client is left.
  static std::string serial_shown(const PhoneUnderTest& phone, Browser& browser) {
    if (!of_2010()) return browser.served_serial();
    const auto shown =
        run_ok({"sh", "-c",
                "openssl s_client -tls1 -cipher kRSA@SECLEVEL=0 -connect 127.0.0.1:" +
                    std::to_string(phone.port()) +
                    " </dev/null 2>/dev/null | openssl x509 -noout -serial"});
    return shown.substr(7, shown.find('\n') - 7);
  }

  // "It can be uploaded on the phone's page."  The temporary certificate has a P-256 key, with
  // which there is no RSA key transport: held to 2010, the first upload goes over the command line.
  static void upload_trusted(const PhoneUnderTest& phone, Browser& browser,
                             const std::filesystem::path& file) {
    if (of_2010()) {
      phone.must({"trust", "add", file.string()});
    } else {
      const auto rows = browser.visit({{"upload-trusted", file.string()}, {"trusted"}});
      EXPECT_EQ(rows.at(1).size(), 1U) << rows;
    }
  }
  static void upload_server_certificate(const PhoneUnderTest& phone, Browser& browser,
                                        const std::string& file) {
    if (of_2010()) {
      phone.must({"server-cert", "set", file});
    } else {
      (void)browser.visit({{"upload-server-certificate", file}});
    }
  }

  static const nlohmann::json& verdict_of(const nlohmann::json& run) {
    return run.at("connections").front().at("verdict");
  }
};

TEST_P(TheNote, IsWhatThePhoneDoes) {
  ProvisioningServer server(server_, authority_, GetParam().nginx_tls);
  const PhoneUnderTest phone({"--mac", kMac});
  Browser browser(phone);
  hold_to_era(phone);
  phone.set("static.auto_provision.server.url", server.url());

  // 4.1 "No trusted certificates are built in."
  EXPECT_TRUE(phone.ask({"trust", "list"}).at("certificates").empty());

  // 4.1 "'Only Accept Trusted Certificates' off: the connection is made anyway."
  phone.set("static.security.trust_certificates", "0");
  auto run = phone.provision();
  EXPECT_TRUE(run.at("applied").get<bool>()) << run;
  EXPECT_EQ(verdict_of(run).at("decision"), "accepted-untrusted");
  EXPECT_TRUE(holds(codes(verdict_of(run)), "issuer-unknown")) << codes(verdict_of(run));
  EXPECT_TRUE(holds(server.log(), "200 - - GET /y000000000000.cfg")) << server.log();

  // 1., 3. A to E, 4. "if so, the public key is used from step 5 on": the nine steps in their
  // order, what is said in the open first, and the session key agreed as the figure shows.
  const auto& steps = run.at("connections").front().at("handshake");
  EXPECT_EQ(steps.at("version"), GetParam().version);
  EXPECT_TRUE(holds(steps.at("key_exchange"), GetParam().key_exchange)) << steps.at("key_exchange");
  std::string numbers;
  for (const auto& rung : steps.at("steps")) numbers += rung.at("number").get<std::string>();
  if (of_2010()) {
    EXPECT_EQ(numbers, "①②③④⑤⑥⑦⑧⑨");
    EXPECT_FALSE(steps.at("forward_secret").get<bool>());
  }
  for (const auto& rung : steps.at("steps")) {
    if (rung.at("name") == "ClientHello") {
      EXPECT_FALSE(rung.at("encrypted").get<bool>());
    } else if (rung.at("name") == "Finished") {
      EXPECT_TRUE(rung.at("encrypted").get<bool>());
    }
  }

  // 4.1 "On: the certificate is checked against the Trusted Certificates list"; 4. "if not, there
  // is no further transmission."
  phone.set("static.security.trust_certificates", "1");
  const auto log_before = server.log();
  run = phone.provision();
  EXPECT_FALSE(run.at("applied").get<bool>());
  EXPECT_EQ(verdict_of(run).at("decision"), "untrusted");
  EXPECT_EQ(server.log(), log_before);

  // 4.1 "you upload your own on the phone's page (figure 2)"; 4. "common file names .pem, .cer".
  upload_trusted(phone, browser, authority_.der);
  run = phone.provision();
  EXPECT_TRUE(run.at("applied").get<bool>()) << run;
  EXPECT_EQ(verdict_of(run).at("decision"), "trusted");
  EXPECT_NE(server.log(), log_before);

  // 4.3 "A server may check the client as well": it asked, and nothing was uploaded yet.  The
  // temporary certificate of the page is not shown to it.
  EXPECT_EQ(codes(verdict_of(run)), "client-certificate-wanted-none-set");
  EXPECT_TRUE(holds(server.log(), "200 - - GET /")) << server.log();

  // 4.2 "When a browser opens the phone's page, the phone sends its certificate. It can be
  // uploaded."
  upload_server_certificate(phone, browser, upload_of(first_));
  EXPECT_EQ(serial_shown(phone, browser), first_.serial());

  // 4.3 "the phone sends its client certificate, which is the same one as the server certificate."
  run = phone.provision();
  EXPECT_EQ(codes(verdict_of(run)), "");
  EXPECT_TRUE(holds(server.log(), "200 " + first_.serial() + " - GET /")) << server.log();

  // 5. "A second server certificate: the old one is replaced."
  upload_server_certificate(phone, browser, upload_of(second_));
  EXPECT_EQ(serial_shown(phone, browser), second_.serial());
  EXPECT_EQ(phone.ask({"server-cert", "show"}).at("certificate").at("serial_number"),
            with_colons(second_.serial()));
  if (!of_2010()) {
    const auto page = browser.visit({{"server-certificate"}}).at(0).get<std::string>();
    EXPECT_TRUE(holds(page, second_.serial())) << page;
    EXPECT_FALSE(holds(page, first_.serial())) << page;
  }
  run = phone.provision();
  const auto log = server.stop();
  EXPECT_TRUE(holds(log, "200 " + second_.serial() + " - GET /")) << log;
}

// 5. "Certificates by auto provision: not yet, planned for V70."  They come now.
TEST_P(TheNote, CertificatesArriveByAutoProvisionAsWell) {
  ProvisioningServer server(server_, authority_, GetParam().nginx_tls);
  const PhoneUnderTest phone({"--mac", kMac});
  hold_to_era(phone);

  Nginx::Options staging;
  TempDir files;
  std::filesystem::permissions(files.path(), std::filesystem::perms(0755));
  staging.server = "location / { root " + files.path().string() + "; }";
  staging.tls = false;
  const Nginx plain(staging);
  const auto from = "http://127.0.0.1:" + std::to_string(plain.port()) + "/";
  files.write("root.cer", read_text(authority_.der));
  files.write("phone.pem", first_.pem() + first_.key_pem());
  files.write("y000000000000.cfg", "#!version:1.0.0.1\nstatic.trusted_certificates.url = " + from +
                                       "root.cer\nserver_certificates.url = " + from +
                                       "phone.pem\n");
  files.write(std::string(kMac) + ".cfg",
              "#!version:1.0.0.1\nstatic.auto_provision.server.url = " + server.url() + "\n");
  phone.set("static.auto_provision.server.url", from);

  // Over plain HTTP nobody vouches for what arrives: it is applied, and said.
  auto run = phone.provision();
  EXPECT_TRUE(run.at("applied").get<bool>()) << run;
  EXPECT_FALSE(run.at("warnings").empty());

  // From now on the phone is provisioned over TLS by a server it trusts, and shows its certificate.
  run = phone.provision();
  EXPECT_TRUE(run.at("applied").get<bool>()) << run;
  EXPECT_EQ(verdict_of(run).at("decision"), "trusted");
  EXPECT_EQ(codes(verdict_of(run)), "");
  const auto log = server.stop();
  EXPECT_TRUE(holds(log, "200 " + first_.serial() + " - GET /y000000000000.cfg")) << log;

  Browser browser(phone);
  EXPECT_EQ(serial_shown(phone, browser), first_.serial());
}

INSTANTIATE_TEST_SUITE_P(
    Eras, TheNote,
    testing::Values(
        Era{"Today", "ssl_protocols TLSv1.2 TLSv1.3;", "", "", "TLS 1.3", "X25519"},
        Era{"Of2010", "ssl_protocols TLSv1; ssl_ciphers kRSA:@SECLEVEL=0; ssl_session_tickets off;",
            "0", "kRSA", "TLS 1.0", "RSA"}),
    [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace sealtone::test
