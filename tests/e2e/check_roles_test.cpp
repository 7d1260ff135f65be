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
