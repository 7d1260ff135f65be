// SPDX-License-Identifier: Apache-2.0
//
// Refused means nothing was sent: no request line, no credentials, no client certificate.
//
// Proved from the wire: a loopback capture, decrypted with the session keys that the phone logged,
// in TLS 1.0, 1.2 and 1.3, and for a redirect to a server that is refused.  Each proof first shows
// that it would see these things: the same exchange with a trusted server.
#include <gtest/gtest.h>

#include "e2e/capture.h"
#include "e2e/phone_under_test.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

constexpr const char* kMac = "001565000001";

struct Version {
  const char* name;
  const char* ssl_method;  // the phone's setting
  const char* protocols;   // nginx's
};

// What the client sent, as the decrypted capture shows it.
struct Sent {
  std::string requests;      // method and target of each
  std::string credentials;   // of each
  std::string certificates;  // serial numbers in the client's Certificate
  std::string octets;        // application data records
};

class Refused : public testing::TestWithParam<Version> {
 protected:
  Certificates certificates_;
  TempDir folder_;
  Identity root_ = certificates_.root();
  Identity server_ = certificates_.server(root_);
  Identity own_ = certificates_.client(root_);

  std::string own_bundle() { return own_.pem() + own_.key_pem(); }

  Nginx::Options demanding(const char* protocols, const std::string& location) const {
    Nginx::Options options;
    options.server = nginx_identity(server_) + "ssl_protocols " + std::string(protocols) +
                     "; ssl_ciphers DEFAULT:@SECLEVEL=0; ssl_verify_client optional; "
                     "ssl_client_certificate " +
                     root_.certificate.string() + "; " + kNginxAsksForAnyUser + location;
    return options;
  }

  static Sent sent_to(std::uint16_t port, const Capture& capture,
                      const std::filesystem::path& keys) {
    const std::string from_client = "tcp.dstport == " + std::to_string(port);
    return {capture.fields(from_client + " && http.request",
                           {"http.request.method", "http.request.uri"}, keys),
            capture.fields(from_client + " && http.authorization", {"http.authorization"}, keys),
            capture.fields(from_client + " && tls.handshake.certificate", {"x509af.serialNumber"},
                           keys),
            capture.fields(from_client + " && tls.app_data && !tls.handshake && !tls.alert_message",
                           {"frame.number"}, keys)};
  }
};

TEST_P(Refused, ServerGetsNoRequestNoCredentialsNoCertificate) {
  const Nginx nginx(demanding(GetParam().protocols, "location / { return 404; }"));
  const auto keys = folder_.path() / "keys.log";
  PhoneUnderTest phone({"--mac", kMac, "--keylog", keys.string()});
  const auto bundle = folder_.write("own.pem", own_bundle());
  phone.must({"server-cert", "set", bundle.string()});
  phone.set("static.auto_provision.server.url",
            "https://made:up@127.0.0.1:" + std::to_string(nginx.port()) + "/");
  phone.set("static.security.default_ssl_method", GetParam().ssl_method);

  Capture refused(nginx.port());
  const auto refusal = phone.provision();
  refused.stop();
  ASSERT_EQ(refusal.at("connections").size(), 1U);
  EXPECT_EQ(refusal["connections"][0]["verdict"]["decision"], "untrusted");
  const auto nothing = sent_to(nginx.port(), refused, keys);
  EXPECT_EQ(nothing.requests, "");
  EXPECT_EQ(nothing.credentials, "");
  EXPECT_EQ(nothing.certificates, "");
  EXPECT_EQ(nothing.octets, "");
  // The refusal itself is there: the capture is of this connection.
  EXPECT_NE(
      refused.fields("tls.alert_message.desc && tcp.dstport == " + std::to_string(nginx.port()),
                     {"tls.alert_message.desc"}, keys),
      "");

  // The same with the server trusted: this capture and these keys do show all of it.
  phone.must({"trust", "add", root_.certificate.string()});
  Capture trusted(nginx.port());
  (void)phone.provision();
  trusted.stop();
  const auto everything = sent_to(nginx.port(), trusted, keys);
  EXPECT_NE(everything.requests.find("/y000000000000.cfg"), std::string::npos);
  EXPECT_NE(everything.credentials.find("Basic bWFkZTp1cA=="), std::string::npos);  // made:up
  EXPECT_NE(everything.certificates, "");
  EXPECT_NE(everything.octets, "");
}

TEST_P(Refused, RedirectToAnUntrustedServerIsNotFollowedByAWord) {
  const Identity other_root = certificates_.root("other-root");
  const Identity other = certificates_.server(other_root, "other");
  Nginx::Options untrusted = demanding(GetParam().protocols, "location / { return 404; }");
  untrusted.server =
      nginx_identity(other) + untrusted.server.substr(nginx_identity(server_).size());
  const Nginx target(untrusted);
  const Nginx nginx(demanding(GetParam().protocols, "location / { return 302 https://127.0.0.1:" +
                                                        std::to_string(target.port()) +
                                                        "$request_uri; }"));
  const auto keys = folder_.path() / "keys.log";
  PhoneUnderTest phone({"--mac", kMac, "--keylog", keys.string()});
  phone.must({"server-cert", "set", folder_.write("own.pem", own_bundle()).string()});
  phone.must({"trust", "add", root_.certificate.string()});
  phone.set("static.auto_provision.server.url",
            "https://made:up@127.0.0.1:" + std::to_string(nginx.port()) + "/");
  phone.set("static.security.default_ssl_method", GetParam().ssl_method);

  Capture capture(target.port());
  const auto report = phone.provision();
  capture.stop();
  EXPECT_FALSE(report.at("applied").get<bool>());
  ASSERT_GE(report.at("connections").size(), 2U);
  EXPECT_EQ(report["connections"][0]["verdict"]["decision"], "trusted");
  EXPECT_EQ(report["connections"].back()["verdict"]["decision"], "untrusted");
  const auto nothing = sent_to(target.port(), capture, keys);
  EXPECT_EQ(nothing.requests + nothing.credentials + nothing.certificates + nothing.octets, "");
  EXPECT_EQ(target.access_log(), "");
}

INSTANTIATE_TEST_SUITE_P(Versions, Refused,
                         testing::Values(Version{"TLS10", "0", "TLSv1"},
                                         Version{"TLS12", "5", "TLSv1.2"},
                                         Version{"TLS13", "6", "TLSv1.3"}),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace sealtone::test
