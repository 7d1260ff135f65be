// SPDX-License-Identifier: Apache-2.0
//
// What is found about servers that are old, weak, hostile in what they say, or broken off.
#include "e2e/check_fixture.h"
#include "support/fault_proxy.h"

namespace sealtone::test {
namespace {

// RFC 2409 §6.2: the second Oakley group, 1024 bits.
constexpr const char* kOakley2 =
    "-----BEGIN DH PARAMETERS-----\n"
    "MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR\n"
    "Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL\n"
    "/1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC\n"
    "-----END DH PARAMETERS-----\n";

TEST_F(Check, ServerWithAGroupOf1024BitsIsRefusedOrSaidToBeWeak) {
  auto wish = server_wish();
  wish.key = "rsa:2048";
  const OpensslServer server(issued(wish), {"-tls1_2", "-cipher", "DHE:@SECLEVEL=0", "-dhparam",
                                            folder_.write("dh.pem", kOakley2).string()});
  const auto refused = check(server.port(), root_.certificate);
  expect(refused, "untrusted", "weak-dh", 1);
  const auto& evidence = refused.all.at("verdict").at("findings").at(0).at("evidence");
  EXPECT_EQ(evidence.at("alert"), "handshake_failure");
  EXPECT_EQ(evidence.at("alert_is_ours"), true);
  EXPECT_EQ(refused.all.at("handshake").at("result"),
            "ended at ServerKeyExchange: refused: weak-dh");
  expect(check(server.port(), root_.certificate, {"--tls", "1.0..1.2"}), "trusted", "weak-dh", 1);
}

// A server that answers with these octets, and then listens.
ScriptedServer saying(std::string octets) {
  return ScriptedServer([octets = std::move(octets)](int descriptor) {
    (void)receive(descriptor);
    transmit(descriptor, octets);
    while (!receive(descriptor).empty()) {
    }
  });
}

// TLS 1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, no extension at all.
std::string hello_of_2009() {
  const std::string content =
      "\x03\x03" + std::string(32, '\x2A') + std::string("\x00\xC0\x2B\x00", 4);
  return std::string("\x16\x03\x03\x00\x2A\x02\x00\x00\x26", 9) + content;
}

TEST_F(Check, ServerWithoutSecureRenegotiationIsNamedForIt) {
  const auto server = saying(hello_of_2009());
  expect(check(server.port(), root_.certificate), "not-established", "legacy-renegotiation", 1);
}

TEST_F(Check, ServerThatWantsAHostNameIsNamedForItWhereAnAddressIsGiven) {
  const auto server = saying(std::string("\x15\x03\x03\x00\x02\x02\x70", 7));
  expect(check(server.port(), root_.certificate), "not-established", "sni-needed", 1);
  expect(check(server.port(), root_.certificate, {"--name", "localhost"}), "not-established",
         "alert-received", 1);
}

TEST_F(Check, ServerThatBreaksTheRulesIsNamedForIt) {
  const auto server = saying(hello_of_2009().replace(5, 1, "\x0B"));  // a Certificate, it says
  expect(check(server.port(), root_.certificate), "not-established", "protocol-violation", 1);
}

TEST_F(Check, ChainOverTheLimitIsNotRead) {
  std::string many;
  for (int i = 0; i < 300; ++i) many += root_.pem();
  const OpensslServer server(certificates_.server(root_),
                             {"-cert_chain", folder_.write("chain.pem", many).string()});
  expect(check(server.port(), root_.certificate), "not-established", "chain-too-large", 1);
}

TEST_F(Check, AnswerThatIsCutShortIsSaidToBe) {
  Nginx::Options options;
  options.server = nginx_identity(certificates_.server(root_));
  const Nginx nginx(options);
  write_text(nginx.folder() / "large", std::string(100'000, 'x'));
  const auto answer = [&](std::size_t octets) {
    const FaultProxy proxy(nginx.port(), {.kind = Fault::Kind::cut, .octets = octets});
    return check("https://127.0.0.1:" + std::to_string(proxy.port()) + "/large", root_.certificate);
  };
  const auto cut = answer(20'000);
  expect(cut, "trusted", "truncated", 1);
  EXPECT_TRUE(cut.all.at("http").at("status").is_null());
  const auto says = cut.all.at("http").at("says").get<std::string>();
  EXPECT_NE(says.find("answer to GET /large did not come whole"), std::string::npos) << says;
  const auto whole = answer(1'000'000);
  expect(whole, "trusted", "", 0);
  EXPECT_EQ(whole.all.at("http").at("says"),
            "The server answered GET /large with 200 OK: 100000 octets came.");
}

// Provisioning alone takes http:// addresses.
TEST_F(Check, TlsServerThatIsAskedInTheClearIsFoundByThePhone) {
  Nginx::Options options;
  options.server = nginx_identity(certificates_.server(root_));
  const Nginx nginx(options);
  const PhoneUnderTest phone;
  phone.set("static.auto_provision.server.url",
            "http://127.0.0.1:" + std::to_string(nginx.port()) + "/");
  const auto report = phone.provision();
  EXPECT_EQ(codes(report.at("connections").at(0).at("verdict")), "tls-on-plain-port");
}

}  // namespace
}  // namespace sealtone::test
