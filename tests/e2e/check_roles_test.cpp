// SPDX-License-Identifier: Apache-2.0
//
// What is found about certificates of our own: shown to a server that asks, and to a client at the
// phone's page.
#include "e2e/check_fixture.h"

namespace sealtone::test {
namespace {

TEST_F(Check, CertificateForServersAloneIsShownAndSaidToBeNoClients) {
  const auto bundle = [&](const std::string& name, const std::string& usage) {
    auto wish = server_wish();
    wish.extended_key_usage = usage;
    const auto own = certificates_.issue(name, wish, root_);
    return folder_.write(name + ".pem", own.pem() + own.key_pem()).string();
  };
  const OpensslServer server(certificates_.server(root_), {"-verify", "2", "-tls1_2"});
  expect(check(server.port(), root_.certificate, {"--client", bundle("server-only", "serverAuth")}),
         "trusted", "own-certificate-lacks-client-use", 1);
  expect(check(server.port(), root_.certificate,
               {"--client", bundle("both", "serverAuth,clientAuth")}),
         "trusted", "", 0);
}

// openssl s_server and nginx say which authorities' certificates they accept.
TEST_F(Check, CertificateOfAnAuthorityThatTheServerDoesNotNameIsSaidSo) {
  const auto bundle = [&](const Identity& own) {
    return folder_.write(own.name + ".pem", own.pem() + own.key_pem()).string();
  };
  const auto own = certificates_.client(root_);
  const auto others = certificates_.client(other_root_, "others-client");
  const auto server = certificates_.server(root_);
  for (const char* version : {"-tls1_2", "-tls1_3"}) {
    const OpensslServer asking(server,
                               {version, "-verify", "2", "-CAfile", root_.certificate.string()});
    const auto listed = check(asking.port(), root_.certificate, {"--client", bundle(own)});
    expect(listed, "trusted", "", 0);
    const auto& shown = listed.all.at("own_certificate");
    EXPECT_EQ(shown.at("listed"), true);
    EXPECT_EQ(shown.at("shown").at("client_use"), true);
    auto serial = shown.at("shown").at("serial_number").get<std::string>();
    std::erase(serial, ':');
    EXPECT_EQ(serial, own.serial());

    const auto stranger = check(asking.port(), root_.certificate, {"--client", bundle(others)});
    expect(stranger, "trusted", "own-certificate-not-listed", 1);
    EXPECT_EQ(stranger.all.at("own_certificate").at("listed"), false);
  }
  Nginx::Options options;
  options.server = nginx_identity(server) +
                   "ssl_verify_client optional_no_ca; "
                   "ssl_client_certificate " +
                   root_.certificate.string() + "; location / { return 200 ok; }";
  const Nginx nginx(options);
  const auto target = "https://localhost:" + std::to_string(nginx.port()) + "/";
  expect(check(target, root_.certificate, {"--client", bundle(own)}), "trusted", "", 0);
  expect(check(target, root_.certificate, {"--client", bundle(others)}), "trusted",
         "own-certificate-not-listed", 1);
  const auto none = check(target, root_.certificate);
  EXPECT_EQ(none.all.at("own_certificate").at("shown"), nullptr);
}

// The last connection from a client, as the phone keeps it.
std::string codes_of_last_client(const PhoneUnderTest& phone) {
  const auto rows = phone.ask({"connections"}).at("connections");
  for (const auto& row : rows) {
    if (row.at("role") != "server") continue;
    const auto id = std::to_string(row.at("id").get<int>());
    return codes(phone.ask({"connections", id}).at("verdict"));
  }
  return "no client came";
}

TEST_F(Check, ClientThatRefusesThePageIsFoundByThePhone) {
  const PhoneUnderTest phone;
  const auto asks = [&](const std::filesystem::path& trusted) {
    return run({"openssl", "s_client", "-connect", "127.0.0.1:" + std::to_string(phone.port()),
                "-verify_return_error", "-CAfile", trusted.string()})
        .status;
  };
  EXPECT_NE(asks(root_.certificate), 0);
  EXPECT_EQ(codes_of_last_client(phone), "our-certificate-refused");

  const auto own = certificates_.server(root_);
  phone.must({"server-cert", "set", folder_.write("own.pem", own.pem() + own.key_pem()).string()});
  EXPECT_EQ(asks(root_.certificate), 0);
  EXPECT_EQ(codes_of_last_client(phone), "");
}

}  // namespace
}  // namespace sealtone::test
