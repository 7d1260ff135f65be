// SPDX-License-Identifier: Apache-2.0
//
// What a ClientHello says is what the options say, and nothing else.
#include "tls/offer.h"

#include <gmock/gmock.h>

#include "tls/ends.h"
#include "tls/sessions.h"

namespace sealtone::tls::testing {
namespace {

using base::ErrorCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::uint16_t kScsv = 0x00FF;  // RFC 5746 §3.3: no suite, but says so in the list

ContextOptions offering(Versions versions) { return client_options(versions); }

handshake::ClientHello hello_of(const ContextOptions& options, const PeerCheck& how) {
  net::asio::io_context loop;
  const test::OpensslServer peer(identity("server"), {"-cipher", "ALL:@SECLEVEL=0"});
  auto hello = dial(loop, peer.port(), build(options), how).record.client_hello.value();
  std::erase(hello.cipher_suites, kScsv);
  return hello;
}

TEST(Offer, SaysTheCiphersGroupsAndSchemesThatWereGiven) {
  auto options = offering(only(0x0303));
  options.cipher_list = "ECDHE-ECDSA-AES128-GCM-SHA256:AES128-SHA";
  options.groups = "P-384:P-256";
  options.signature_schemes = "ECDSA+SHA256:RSA+SHA512";
  const auto hello = hello_of(options, trusting_root());
  EXPECT_THAT(hello.versions, ElementsAre(0x0303));
  EXPECT_THAT(hello.cipher_suites, ElementsAre(0xC02B, 0x002F));
  EXPECT_THAT(hello.groups, ElementsAre(24, 23));
  EXPECT_THAT(hello.signature_schemes, ElementsAre(0x0403, 0x0601));
  EXPECT_EQ(hello.server_name, "localhost");
}

TEST(Offer, SaysTheSuitesOfTls13ThatWereGiven) {
  auto options = offering(only(0x0304));
  options.cipher_suites = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384";
  options.groups = "P-256";
  const auto hello = hello_of(options, trusting_root());
  EXPECT_THAT(hello.cipher_suites, ElementsAre(0x1301, 0x1302));
  EXPECT_THAT(hello.groups, ElementsAre(23));
}

// As clients of 2010 did: no curves, no schemes, no host name.
TEST(Offer, SaysNothingOfWhatThereIsNotIn2010) {
  auto options = offering(only(0x0301));
  options.cipher_list = "kRSA";
  auto how = trusting_root();
  how.sni.clear();
  const auto hello = hello_of(options, how);
  EXPECT_THAT(hello.groups, IsEmpty());
  EXPECT_THAT(hello.signature_schemes, IsEmpty());
  EXPECT_EQ(hello.server_name, "");
}

// The first flight, octet for octet.
std::string first_flight(const ContextOptions& options) {
  std::string heard;
  {
    net::asio::io_context loop;
    const test::ScriptedServer server([&](int descriptor) { heard = test::receive(descriptor); });
    auto how = trusting_root();
    how.sessions = std::make_shared<SessionCache>();  // who keeps none takes no tickets either
    (void)dial(loop, server.port(), build(options), how);
  }
  return heard;
}

// RFC 5077 §3.2: an empty extension of type 35 says that tickets are taken.
constexpr std::string_view kTicketExtension("\x00\x23\x00\x00", 4);

TEST(Offer, SaysWhetherTicketsAreTaken) {
  auto options = offering(only(0x0303));
  EXPECT_NE(first_flight(options).find(kTicketExtension), std::string::npos);
  options.session_tickets = false;
  const auto without = first_flight(options);
  EXPECT_FALSE(without.empty());
  EXPECT_EQ(without.find(kTicketExtension), std::string::npos);
}

TEST(Offer, RefusesNamesThatNobodyKnows) {
  struct Case {
    std::string ContextOptions::* list;
    std::string value;
  };
  for (const auto& [list, value] : {
           Case{&ContextOptions::cipher_suites, "TLS_NO_SUCH"},
           Case{&ContextOptions::cipher_suites, "TLS_AES_128_GCM_SHA256:TLS_NO_SUCH"},
           Case{&ContextOptions::cipher_suites, "AES128-SHA"},
           Case{&ContextOptions::cipher_suites, ":"},
           Case{&ContextOptions::groups, "P-256:NO-SUCH"},
           Case{&ContextOptions::groups, "P-256:P-256"},
           Case{&ContextOptions::groups, ":"},
           Case{&ContextOptions::signature_schemes, "RSA+SHA256:RSA"},
           Case{&ContextOptions::signature_schemes, "NO+SUCH"},
           Case{&ContextOptions::signature_schemes, std::string(5'000, '+')},
       }) {
    auto options = offering({});
    options.*list = value;
    const auto context = Context::build(options);
    ASSERT_FALSE(context) << value;
    EXPECT_EQ(context.error().code, ErrorCode::bad_input) << value;
  }
}

handshake::ClientHello said_by(const ContextOptions& options) {
  return client_hello(*build(options)).value();
}

TEST(Offer, IsWhatAServerHears) {
  const auto options = offering({0x0301, 0x0304});
  auto how = trusting_root();
  how.sni.clear();
  const auto heard = hello_of(options, how);
  auto said = said_by(options);
  std::erase(said.cipher_suites, kScsv);
  EXPECT_EQ(said.versions, heard.versions);
  EXPECT_EQ(said.cipher_suites, heard.cipher_suites);
  EXPECT_EQ(said.groups, heard.groups);
  EXPECT_EQ(said.signature_schemes, heard.signature_schemes);
}

x509::PublicKey key(const char* kind, const char* curve = "") {
  return {.kind = kind, .bits = 256, .curve = curve};
}

TEST(Offer, OfTodayGoesWithTheKeysOfTls13) {
  const auto hello = said_by(offering({}));
  EXPECT_EQ(keys_that_go_with(hello), "RSA, EC P-256, EC P-384, EC P-521, Ed25519, Ed448");
  EXPECT_TRUE(goes_with(hello, key("RSA-PSS")));
  for (const char* curve : {"secp256k1", "brainpoolP256r1", "P-224", "explicit", ""}) {
    EXPECT_FALSE(goes_with(hello, key("EC", curve))) << curve;
  }
  EXPECT_FALSE(goes_with(hello, key("DSA")));
}

TEST(Offer, CiphersSayWhichKeysCanBeMet) {
  auto options = offering(only(0x0303));
  options.cipher_list = "kRSA";
  EXPECT_EQ(keys_that_go_with(said_by(options)), "RSA");
  EXPECT_FALSE(goes_with(said_by(options), key("RSA-PSS"))) << "it only signs";
  options.cipher_list = "ECDHE-ECDSA-AES128-GCM-SHA256";
  EXPECT_EQ(keys_that_go_with(said_by(options)), "EC P-256, EC P-384, EC P-521, Ed25519, Ed448");
}

// RFC 8422 §5.1: in TLS 1.2 the groups bound the certificate's curve, in TLS 1.3 the schemes do.
TEST(Offer, GroupsSayWhichCurvesCanBeMet) {
  auto options = offering(only(0x0303));
  options.groups = "P-256";
  EXPECT_TRUE(goes_with(said_by(options), key("EC", "P-256")));
  EXPECT_FALSE(goes_with(said_by(options), key("EC", "P-384")));
  options.groups = "secp256k1:P-256";
  EXPECT_TRUE(goes_with(said_by(options), key("EC", "secp256k1")));
  options = offering(only(0x0304));
  options.groups = "P-256";
  EXPECT_TRUE(goes_with(said_by(options), key("EC", "P-384")));
}

TEST(Offer, SchemesSayWhichKeysCanBeMet) {
  auto options = offering(only(0x0303));
  options.signature_schemes = "RSA+SHA256:ECDSA+SHA256";
  EXPECT_EQ(keys_that_go_with(said_by(options)), "RSA, EC P-256, EC P-384, EC P-521");
  EXPECT_FALSE(goes_with(said_by(options), key("RSA-PSS")));
  options.signature_schemes = "RSA+SHA256";
  EXPECT_EQ(keys_that_go_with(said_by(options)), "RSA");
  options = offering(only(0x0304));
  options.signature_schemes = "ecdsa_secp384r1_sha384:ed25519";
  EXPECT_EQ(keys_that_go_with(said_by(options)), "EC P-384, Ed25519");
}

// They have no schemes: RSA and ECDSA go, and nothing that came later.
TEST(Offer, OfBeforeTls12GoesWithRsaAndEcdsaAlone) {
  EXPECT_EQ(keys_that_go_with(said_by(offering({0x0301, 0x0302}))),
            "RSA, EC P-256, EC P-384, EC P-521");
}

}  // namespace
}  // namespace sealtone::tls::testing
