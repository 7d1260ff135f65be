// SPDX-License-Identifier: Apache-2.0
#include "handshake/names.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <memory>

namespace sealtone::handshake {
namespace {

TEST(CipherSuiteName, IsTheNameThatOpenSslKnowsForEverySuiteItHas) {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_method()),
                                                                  SSL_CTX_free);
  SSL_CTX_set_security_level(context.get(), 0);
  ASSERT_EQ(SSL_CTX_set_cipher_list(context.get(), "ALL:COMPLEMENTOFALL"), 1);
  const auto* ciphers = SSL_CTX_get_ciphers(context.get());
  ASSERT_GT(sk_SSL_CIPHER_num(ciphers), 100);
  for (int i = 0; i < sk_SSL_CIPHER_num(ciphers); ++i) {
    const auto* cipher = sk_SSL_CIPHER_value(ciphers, i);
    EXPECT_EQ(cipher_suite_name(SSL_CIPHER_get_protocol_id(cipher)),
              SSL_CIPHER_standard_name(cipher));
  }
}

TEST(CipherSuiteName, KnowsTheFirstAndTheLastRegisteredAndTheSignals) {
  EXPECT_EQ(cipher_suite_name(0x0000), "TLS_NULL_WITH_NULL_NULL");
  EXPECT_EQ(cipher_suite_name(0xD005), "TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256");
  EXPECT_EQ(cipher_suite_name(0x00FF), "TLS_EMPTY_RENEGOTIATION_INFO_SCSV");
  EXPECT_EQ(cipher_suite_name(0x5600), "TLS_FALLBACK_SCSV");
}

TEST(CipherSuiteName, NamesGreaseAndGivesUnknownNumbersInHexadecimal) {
  EXPECT_EQ(cipher_suite_name(0x0A0A), "GREASE");
  EXPECT_EQ(cipher_suite_name(0xFAFA), "GREASE");
  EXPECT_EQ(cipher_suite_name(0x0A1A), "0x0A1A");
  EXPECT_EQ(cipher_suite_name(0xFFFE), "0xFFFE");
}

TEST(ForwardSecretSuite, IsEphemeralDiffieHellmanAndAllOfTls13) {
  EXPECT_TRUE(forward_secret_suite(0xC02F));   // ECDHE_RSA
  EXPECT_TRUE(forward_secret_suite(0x0033));   // DHE_RSA
  EXPECT_TRUE(forward_secret_suite(0x1301));   // TLS 1.3
  EXPECT_FALSE(forward_secret_suite(0x002F));  // RSA
  EXPECT_FALSE(forward_secret_suite(0xC00E));  // ECDH_RSA, static
  EXPECT_FALSE(forward_secret_suite(0xFFFE));
}

TEST(RsaKeyTransportSuite, IsPlainRsaWithOrWithoutExportStrength) {
  EXPECT_TRUE(rsa_key_transport_suite(0x002F));
  EXPECT_TRUE(rsa_key_transport_suite(0x0003));   // RSA_EXPORT
  EXPECT_FALSE(rsa_key_transport_suite(0xC013));  // ECDHE_RSA
  EXPECT_FALSE(rsa_key_transport_suite(0x0094));  // RSA_PSK
}

TEST(VersionName, SpeaksOfEveryVersionAsPeopleDo) {
  EXPECT_EQ(version_name(0x0300), "SSL 3.0");
  EXPECT_EQ(version_name(0x0301), "TLS 1.0");
  EXPECT_EQ(version_name(0x0304), "TLS 1.3");
  EXPECT_EQ(version_name(0x0305), "0x0305");
  EXPECT_EQ(version_name(0x7F17), "TLS 1.3 (draft 23)");
}

TEST(VersionFrom, TakesTheSpellingsThatPeopleUse) {
  for (const char* text : {"1.2", "TLS 1.2", "tls1.2", "TLSv1.2", " tls 1.2 "}) {
    EXPECT_EQ(version_from(text), 0x0303) << text;
  }
  EXPECT_EQ(version_from("TLSv1"), 0x0301);
  EXPECT_EQ(version_from("1.3"), 0x0304);
}

TEST(VersionFrom, RefusesWhatIsNoVersionOfTls) {
  for (const char* text : {"", "1.4", "0.9", "SSL 3.0", "tls", "12", "1.2.3"}) {
    EXPECT_FALSE(version_from(text)) << text;
  }
}

TEST(GroupName, KnowsCurvesFieldsAndHybrids) {
  EXPECT_EQ(group_name(23), "secp256r1");
  EXPECT_EQ(group_name(29), "x25519");
  EXPECT_EQ(group_name(256), "ffdhe2048");
  EXPECT_EQ(group_name(0x11EC), "X25519MLKEM768");
  EXPECT_EQ(group_name(0x2A2A), "GREASE");
  EXPECT_EQ(group_name(0x7777), "0x7777");
}

TEST(SignatureSchemeName, KnowsTheNamesOfTls13AndThePairsOfTls12) {
  EXPECT_EQ(signature_scheme_name(0x0804), "rsa_pss_rsae_sha256");
  EXPECT_EQ(signature_scheme_name(0x0303), "ecdsa_sha224");
  EXPECT_EQ(signature_scheme_name(0x0602), "dsa_sha512");
  EXPECT_EQ(signature_scheme_name(0x0704), "0x0704");
}

TEST(AlertName, HasANameAndASentenceForWhatOpenSslCanSend) {
  for (int description = 0; description < 256; ++description) {
    const auto number = static_cast<std::uint8_t>(description);
    const std::string known = SSL_alert_desc_string_long(description);
    if (known == "unknown") continue;
    EXPECT_FALSE(alert_name(number).starts_with("alert 0x")) << known;
    EXPECT_TRUE(alert_meaning(number).starts_with("It ") ||
                alert_meaning(number).find(' ') != std::string::npos);
  }
  EXPECT_EQ(alert_name(48), "unknown_ca");
  EXPECT_EQ(alert_meaning(48), "It does not trust the issuer of the certificate.");
  EXPECT_NE(alert_meaning(42).find("at fault in another way that it does not say"),
            std::string::npos);
}

TEST(AlertName, AdmitsWhatIsNotRegistered) {
  EXPECT_EQ(alert_name(200), "alert 0xC8");
  EXPECT_NE(alert_meaning(200).find("not registered"), std::string::npos);
}

TEST(MessageName, TellsTheHelloRetryRequestFromTheServerHello) {
  Message message{.direction = Direction::received,
                  .content = ContentType::handshake,
                  .type = HandshakeType::server_hello};
  EXPECT_EQ(message_name(message), "ServerHello");
  message.hello_retry_request = true;
  EXPECT_EQ(message_name(message), "HelloRetryRequest");
}

TEST(MessageName, GivesAnUnknownTypeItsNumber) {
  const Message unknown{.direction = Direction::received,
                        .content = ContentType::handshake,
                        .type = HandshakeType{99}};
  EXPECT_EQ(message_name(unknown), "handshake message 0x63");
  const Message ccs{
      .direction = Direction::sent, .content = ContentType::change_cipher_spec, .type = {}};
  EXPECT_EQ(message_name(ccs), "ChangeCipherSpec");
}

}  // namespace
}  // namespace sealtone::handshake
