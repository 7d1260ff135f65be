// SPDX-License-Identifier: Apache-2.0
//
// Real configuration files, one TLS or provisioning value turned in a copy: the phone does
// something else on the wire.
//
// The files' provisioning URL is pointed at an nginx of ours; nothing else but the turned line is
// changed.  nginx says what it saw: version, cipher suite, user, request.
#include <gtest/gtest.h>

#include <regex>

#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

// What a phone with this configuration did.
struct Done {
  std::string decision, codes;
  std::string log;  // nginx's, empty if it got no request
};

// The value of the (last) line of that key; the line must be there, for the file is not ours to
// widen.
std::string turned(const std::string& text, const std::string& key, const std::string& value) {
  const std::regex line("(^|\n)(" + std::regex_replace(key, std::regex("\\."), "\\.") +
                        ")([ \t]*=)[^\r\n]*");
  if (!std::regex_search(text, line)) throw std::runtime_error("no line sets " + key);
  return std::regex_replace(text, line, "$1$2$3 " + value);
}

class SettingsOnTheWire : public testing::Test {
 protected:
  Certificates certificates_;
  Identity root_ = certificates_.root();
  Identity server_ = named_by_address_only();
  Nginx nginx_{Nginx::Options{
      .server = nginx_identity(server_) +
                "ssl_ciphers ALL:@SECLEVEL=0; ssl_protocols TLSv1 TLSv1.1 "
                "TLSv1.2 TLSv1.3; " +
                kNginxAsksForAnyUser + "location / { return 404; }",
      .http = "",
      .tls = true,
      .log_format = "$ssl_protocol $ssl_cipher $remote_user $http_authorization $request"}};

  Identity named_by_address_only() {
    Wish wish;
    wish.names = {"IP:127.0.0.1"};
    wish.extended_key_usage = "serverAuth";
    return certificates_.issue("server", wish, root_);
  }
  std::string origin() const { return "https://127.0.0.1:" + std::to_string(nginx_.port()); }

  // A copy of the file that differs in where the server is.
  std::string pointed_here(const std::string& name) const {
    auto text = read_text(std::filesystem::path(SEALTONE_TEST_DATA) / "cfg" / name);
    const std::regex url(
        "(auto_provision\\.server\\.url *= *)https://prov\\.example\\.test(:[0-9]+)?");
    if (!std::regex_search(text, url)) throw std::runtime_error(name + " names no server");
    return std::regex_replace(text, url, "$1" + origin());
  }

  Done phone_with(const std::string& config, bool root_trusted) {
    TempDir folder;
    const auto file = folder.write("copy.cfg", config).string();
    const auto log_before = nginx_.access_log().size();
    const PhoneUnderTest phone({"--config", file}, root_trusted
                                                       ? std::vector{root_.certificate}
                                                       : std::vector<std::filesystem::path>());
    const auto run = phone.provision();
    const auto& verdict = run.at("connections").front().at("verdict");
    return {verdict.at("decision"), codes(verdict), nginx_.access_log().substr(log_before)};
  }
};

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_F(SettingsOnTheWire, UrlUserAndPasswordOfEachFileReachTheServer) {
  struct File {
    const char* name;
    const char* prefix;
    const char* path;
  };
  for (const auto& [name, prefix, path] :
       {File{"03-v73-t28p-common.cfg", "auto_provision.server.", "/app/provision/"},
        File{"04-v84-t46u-common.cfg", "static.auto_provision.server.", "/app/provision/"},
        File{"05-v86-t58w-common.cfg", "static.auto_provision.server.", "/app/provision/"}}) {
    SCOPED_TRACE(name);
    const auto file = pointed_here(name);
    const auto as_is = phone_with(file, true);
    EXPECT_EQ(as_is.decision, "trusted");
    EXPECT_TRUE(holds(as_is.log, std::string("GET ") + path)) << as_is.log;
    // provuser:prov-pass-1, the file's own dummies
    EXPECT_TRUE(holds(as_is.log, "Basic cHJvdnVzZXI6cHJvdi1wYXNzLTE=")) << as_is.log;

    const auto other_url =
        phone_with(turned(file, std::string(prefix) + "url", origin() + "/elsewhere/"), true);
    EXPECT_TRUE(holds(other_url.log, "GET /elsewhere/")) << other_url.log;
    EXPECT_FALSE(holds(other_url.log, "GET /app/")) << other_url.log;

    const auto other_user =
        phone_with(turned(file, std::string(prefix) + "username", "somebody"), true);
    EXPECT_TRUE(holds(other_user.log, " somebody ")) << other_user.log;

    const auto other_password =
        phone_with(turned(file, std::string(prefix) + "password", "other"), true);
    EXPECT_TRUE(holds(other_password.log, "Basic cHJvdnVzZXI6b3RoZXI=")) << other_password.log;
  }
}

TEST_F(SettingsOnTheWire, PerPhoneFileNamesItsServer) {
  const auto as_is = phone_with(pointed_here("06-v86-mac-tls-srtp.cfg"), true);
  EXPECT_EQ(as_is.decision, "trusted");
  EXPECT_TRUE(holds(as_is.log, "GET /y000000000000.cfg")) << as_is.log;
}

TEST_F(SettingsOnTheWire, OnlyAcceptTrustedOfEachFileDecidesWhetherAWordIsSaid) {
  struct File {
    const char* name;
    const char* key;
  };
  for (const auto& [name, key] :
       {File{"03-v73-t28p-common.cfg", "security.trust_certificates"},
        File{"04-v84-t46u-common.cfg", "static.security.trust_certificates"},
        File{"05-v86-t58w-common.cfg", "static.security.trust_certificates"}}) {
    SCOPED_TRACE(name);
    const auto file = pointed_here(name);
    const auto on = phone_with(file, false);
    EXPECT_EQ(on.decision, "untrusted");
    EXPECT_EQ(on.log, "");
    const auto off = phone_with(turned(file, key, "0"), false);
    EXPECT_EQ(off.decision, "accepted-untrusted");
    EXPECT_TRUE(holds(off.codes, "issuer-unknown")) << off.codes;
    EXPECT_NE(off.log, "");
  }
}

TEST_F(SettingsOnTheWire, SslMethodOfEachFileDecidesTheVersion) {
  struct Method {
    const char* value;
    const char* protocol;
  };
  for (const char* name : {"04-v84-t46u-common.cfg", "05-v86-t58w-common.cfg"}) {
    const auto file = pointed_here(name);
    for (const auto& [value, protocol] : {Method{"0", "TLSv1 "}, Method{"3", "TLSv1.3 "},
                                          Method{"4", "TLSv1.1 "}, Method{"5", "TLSv1.2 "}}) {
      SCOPED_TRACE(std::string(name) + " " + value);
      const auto done = phone_with(turned(file, "static.security.default_ssl_method", value), true);
      EXPECT_EQ(done.log.substr(0, std::string(protocol).size()), protocol) << done.log;
    }
  }
}

TEST_F(SettingsOnTheWire, CipherListDecidesTheCipherSuite) {
  auto file = pointed_here("05-v86-t58w-common.cfg");
  file = turned(file, "static.security.default_ssl_method", "5");
  const auto one =
      phone_with(turned(file, "security.tls_cipher_list", "ECDHE-ECDSA-AES256-GCM-SHA384"), true);
  EXPECT_TRUE(holds(one.log, "ECDHE-ECDSA-AES256-GCM-SHA384")) << one.log;
  const auto other =
      phone_with(turned(file, "security.tls_cipher_list", "ECDHE-ECDSA-CHACHA20-POLY1305"), true);
  EXPECT_TRUE(holds(other.log, "ECDHE-ECDSA-CHACHA20-POLY1305")) << other.log;
}

TEST_F(SettingsOnTheWire, ListAndNameCheckDecideOnceTheirEmptyLinesAreFilled) {
  for (const char* name : {"04-v84-t46u-common.cfg", "05-v86-t58w-common.cfg"}) {
    SCOPED_TRACE(name);
    const auto file = pointed_here(name);
    EXPECT_EQ(phone_with(file, true).decision, "trusted");
    // 0: this computer's roots, among which the uploaded one is not.
    const auto other_list = phone_with(turned(file, "static.security.ca_cert", "0"), true);
    EXPECT_EQ(other_list.decision, "untrusted");
    EXPECT_EQ(other_list.log, "");

    // localhost is nginx as well, but the certificate does not name it.
    auto elsewhere = std::regex_replace(file, std::regex("127\\.0\\.0\\.1"), "localhost");
    const auto checked = phone_with(elsewhere, true);
    EXPECT_EQ(checked.codes, "name-mismatch");
    EXPECT_EQ(checked.log, "");
    const auto unchecked =
        phone_with(turned(elsewhere, "static.security.cn_validation", "0"), true);
    EXPECT_EQ(unchecked.decision, "trusted");
    EXPECT_NE(unchecked.log, "");
  }
}

TEST_F(SettingsOnTheWire, PageCanBeTurnedOff) {
  const auto file = pointed_here("04-v84-t46u-common.cfg");
  TempDir folder;
  const PhoneUnderTest on({"--config", folder.write("on.cfg", file).string()});
  EXPECT_TRUE(answers(on.port()));
  on.set("static.wui.https_enable", "0");
  // The answer to the change itself still went over it: it closes a moment later.
  const auto end = std::chrono::steady_clock::now() + kPatience;
  bool open = true;
  while (open && std::chrono::steady_clock::now() < end) {
    open = answers(on.port(), std::chrono::milliseconds(100));
  }
  EXPECT_FALSE(open);
}

}  // namespace
}  // namespace sealtone::test
