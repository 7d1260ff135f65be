// SPDX-License-Identifier: Apache-2.0
#include "handshake/builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "handshake/names.h"
#include "handshake/two_engines.h"

namespace sealtone::handshake {
namespace {

using namespace std::chrono_literals;
using testing::ask_client;
using testing::both;
using testing::demand_client;
using ::testing::ElementsAre;
using testing::only;
using testing::talk;
using testing::talk_again;
using testing::unchanged;
using testing::with_client_certificate;

// "> ClientHello" is the client's, "< ServerHello*" the server's and encrypted.
std::vector<std::string> steps(const HandshakeRecord& record) {
  std::vector<std::string> lines;
  for (const auto& message : record.messages) {
    const bool client = (message.direction == Direction::sent) == (record.role == Role::client);
    lines.push_back((client ? "> " : "< ") + message_name(message) +
                    (message.encrypted ? "*" : ""));
  }
  return lines;
}

class OldVersions : public ::testing::TestWithParam<int> {};

// The nine steps of the figure, as they stand in the note.
TEST_P(OldVersions, AreTheNineStepsOfTheFigureUnderRsaKeyTransport) {
  const auto record = talk(only(GetParam(), "AES128-SHA"), only(GetParam(), "AES128-SHA")).client;
  EXPECT_THAT(steps(record),
              ElementsAre("> ClientHello", "< ServerHello", "< Certificate", "< ServerHelloDone",
                          "> ClientKeyExchange", "> ChangeCipherSpec", "> Finished*",
                          "< ChangeCipherSpec", "< Finished*"));
  EXPECT_EQ(record.version(), GetParam());
  EXPECT_EQ(cipher_suite_name(record.server_hello->cipher_suite), "TLS_RSA_WITH_AES_128_CBC_SHA");
  EXPECT_EQ(record.key_exchange->name, "RSA key transport");
  EXPECT_FALSE(record.key_exchange->forward_secret);
  EXPECT_FALSE(record.server_hello->resumed);
  EXPECT_EQ(record.ending, Ending::established);
}

INSTANTIATE_TEST_SUITE_P(Tls10To12, OldVersions,
                         ::testing::Values(TLS1_VERSION, TLS1_1_VERSION, TLS1_2_VERSION));

TEST(Builder, NamesTheCurveOfAnEphemeralKeyExchange) {
  const auto record = talk(only(TLS1_2_VERSION, "ECDHE-RSA-AES128-GCM-SHA256"), unchanged).client;
  EXPECT_EQ(record.key_exchange->name, "ECDHE, X25519");
  EXPECT_TRUE(record.key_exchange->forward_secret);
  EXPECT_EQ(record.server_hello->group, 29);
}

TEST(Builder, CountsTheBitsOfAFiniteFieldKeyExchange) {
  const auto record = talk(only(TLS1_2_VERSION, "DHE-RSA-AES128-GCM-SHA256"), unchanged).client;
  EXPECT_EQ(record.key_exchange->name, "DHE, 2048 bits");
  EXPECT_EQ(record.key_exchange->dh_bits, 2048);
  EXPECT_TRUE(record.key_exchange->forward_secret);
}

TEST(Builder, SeesTls13EncryptedBehindTheServerHelloInBothDirections) {
  const auto record = talk(unchanged, unchanged).client;
  EXPECT_THAT(steps(record),
              ElementsAre("> ClientHello", "< ServerHello", "< ChangeCipherSpec",
                          "< EncryptedExtensions*", "< Certificate*", "< CertificateVerify*",
                          "< Finished*", "> ChangeCipherSpec", "> Finished*"));
  EXPECT_EQ(record.version(), TLS1_3_VERSION);
  EXPECT_EQ(record.key_exchange->name, "ECDHE, X25519");
  EXPECT_EQ(record.server_chain.size(), 1U);
}

TEST(Builder, TellsAHelloRetryRequestFromTheServerHello) {
  const auto groups = [](const char* list) {
    return [=](SSL_CTX* context) { SSL_CTX_set1_groups_list(context, list); };
  };
  const auto record = talk(groups("X25519:P-384"), groups("P-384")).client;
  ASSERT_GE(record.messages.size(), 4U);
  EXPECT_TRUE(record.messages[1].hello_retry_request);
  EXPECT_FALSE(record.messages[1].encrypted);
  EXPECT_EQ(message_name(record.messages[1]), "HelloRetryRequest");
  EXPECT_EQ(record.key_exchange->name, "ECDHE, secp384r1");
  EXPECT_EQ(record.ending, Ending::established);
}

TEST(Builder, KeepsWhatTheClientOffered) {
  const auto record = talk(
                          [](SSL_CTX* context) {
                            SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
                            SSL_CTX_set1_groups_list(context, "X25519:P-256");
                            static constexpr unsigned char alpn[] = "\x02h2\x08http/1.1";
                            SSL_CTX_set_alpn_protos(context, alpn, sizeof alpn - 1);
                          },
                          unchanged)
                          .client;
  const auto& hello = *record.client_hello;
  EXPECT_THAT(hello.versions, ElementsAre(0x0304, 0x0303));
  EXPECT_THAT(hello.groups, ElementsAre(29, 23));
  EXPECT_EQ(hello.server_name, "prov.example.com");
  EXPECT_THAT(hello.alpn, ElementsAre("h2", "http/1.1"));
  EXPECT_THAT(hello.cipher_suites, ::testing::Contains(0x1301));
  EXPECT_THAT(hello.signature_schemes, ::testing::Contains(0x0804));
}

TEST(Builder, OffersOneVersionWhereTheExtensionIsMissing) {
  const auto record = talk(only(TLS1_1_VERSION), unchanged).client;
  EXPECT_THAT(record.client_hello->versions, ElementsAre(0x0302));
}

class AskingVersions : public ::testing::TestWithParam<int> {};

TEST_P(AskingVersions, AskForACertificateAndNameTheIssuersTheyTake) {
  const auto records = talk(both(only(GetParam()), with_client_certificate), ask_client);
  for (const auto& record : {records.client, records.server}) {
    EXPECT_TRUE(record.certificate_requested);
    ASSERT_EQ(record.requested_authorities.size(), 1U);
    EXPECT_NE(base::text(record.requested_authorities[0]).find("Acme Root R1"),
              std::string_view::npos);
    EXPECT_EQ(record.client_chain.size(), 1U);
    EXPECT_FALSE(record.client_certificate_empty);
    EXPECT_EQ(record.server_chain.size(), 1U);
    EXPECT_TRUE(record.handshake_done);
  }
}

TEST_P(AskingVersions, ShowThatTheClientHadNone) {
  const auto record = talk(only(GetParam()), ask_client).client;
  EXPECT_TRUE(record.certificate_requested);
  EXPECT_TRUE(record.client_certificate_empty);
  EXPECT_TRUE(record.client_chain.empty());
}

TEST_P(AskingVersions, EndWithTheServersAlertWhereItDemandsOne) {
  const auto record = talk(only(GetParam()), demand_client).client;
  ASSERT_EQ(record.alerts.size(), 1U);
  EXPECT_TRUE(record.alerts[0].fatal);
  EXPECT_EQ(record.alerts[0].direction, Direction::received);
  EXPECT_EQ(alert_name(record.alerts[0].description),
            GetParam() == TLS1_3_VERSION ? "certificate_required" : "handshake_failure");
  EXPECT_EQ(record.ending, GetParam() == TLS1_3_VERSION ? Ending::established : Ending::alert);
}

TEST_P(AskingVersions, ShowTheAlertOfAClientThatTrustsNobody) {
  const auto records = talk(both(only(GetParam()), testing::trust_nobody), unchanged);
  ASSERT_EQ(records.client.alerts.size(), 1U);
  EXPECT_EQ(alert_name(records.client.alerts[0].description), "unknown_ca");
  EXPECT_EQ(records.client.alerts[0].direction, Direction::sent);
  EXPECT_EQ(records.server.alerts[0].direction, Direction::received);
  EXPECT_EQ(records.client.ending, Ending::alert);
  EXPECT_FALSE(records.client.certificate_unreadable);
}

INSTANTIATE_TEST_SUITE_P(Tls10To13, AskingVersions,
                         ::testing::Values(TLS1_VERSION, TLS1_1_VERSION, TLS1_2_VERSION,
                                           TLS1_3_VERSION));

TEST(Builder, SeesAResumedSessionInTls12AndTls13) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    EXPECT_FALSE(talk(only(version), unchanged).client.resumed()) << version_name(version);
    const auto again = talk_again(only(version));
    EXPECT_TRUE(again.client.resumed()) << version_name(version);
    EXPECT_TRUE(again.server.resumed()) << version_name(version);
    EXPECT_TRUE(again.client.server_chain.empty());
  }
}

// RFC 5246 §7.3, figure 2: the server's ChangeCipherSpec and Finished come first.
TEST(Builder, SeesTheShortHandshakeOfAResumedSession) {
  const auto record = talk_again(only(TLS1_2_VERSION, "AES128-SHA")).client;
  EXPECT_THAT(steps(record), ElementsAre("> ClientHello", "< ServerHello", "< ChangeCipherSpec",
                                         "< Finished*", "> ChangeCipherSpec", "> Finished*"));
  EXPECT_EQ(record.key_exchange->name, "resumed, first by RSA key transport");
  EXPECT_FALSE(record.key_exchange->forward_secret);
}

base::Bytes handshake_message(HandshakeType type, base::Bytes body) {
  base::Bytes whole{static_cast<std::uint8_t>(type), 0, static_cast<std::uint8_t>(body.size() >> 8),
                    static_cast<std::uint8_t>(body.size())};
  whole.insert(whole.end(), body.begin(), body.end());
  return whole;
}

// A server of TLS 1.2 that sends the client's session identifier back without knowing it.
TEST(Builder, TakesNoEchoForAResumption) {
  base::Bytes hello{3, 3};
  hello.insert(hello.end(), 32, 7);          // random
  hello.insert(hello.end(), {2, 'i', 'd'});  // session identifier
  auto answer = hello;
  hello.insert(hello.end(), {0, 2, 0xC0, 0x2F, 1, 0});
  answer.insert(answer.end(), {0xC0, 0x2F, 0});
  Builder builder(Role::client, "192.0.2.1:443", std::chrono::sys_seconds{});
  builder.message(Direction::sent, ContentType::handshake,
                  handshake_message(HandshakeType::client_hello, hello), 1us);
  builder.message(Direction::received, ContentType::handshake,
                  handshake_message(HandshakeType::server_hello, answer), 2us);
  EXPECT_TRUE(builder.record().resumed());
  EXPECT_EQ(builder.record().key_exchange->name, "resumed, first by ECDHE");
  builder.message(Direction::received, ContentType::handshake,
                  handshake_message(HandshakeType::certificate, {0, 0, 0}), 3us);
  EXPECT_FALSE(builder.record().resumed());
  EXPECT_EQ(builder.record().key_exchange->name, "ECDHE");
}

Builder client() { return {Role::client, "192.0.2.1:443", std::chrono::sys_seconds{}}; }

TEST(Builder, KeepsTheFirst64OctetsReceivedAndNoMore) {
  auto builder = client();
  builder.wire(Direction::sent, base::view("not these"));
  builder.wire(Direction::received, base::Bytes(63, 'a'));
  builder.wire(Direction::received, base::Bytes(2, 'b'));
  builder.wire(Direction::received, base::Bytes(1, 'c'));
  EXPECT_EQ(base::text(builder.record().first_received), std::string(63, 'a') + "b");
}

TEST(Builder, KeepsTheFirstEndingButLetsADoneHandshakeStand) {
  auto builder = client();
  builder.ended(Ending::timed_out, 5us);
  builder.ended(Ending::closed, 6us);
  EXPECT_EQ(builder.record().ending, Ending::timed_out);
  EXPECT_EQ(builder.record().duration, 5us);
  auto done = client();
  done.handshake_done(7us);
  done.ended(Ending::closed, 9us);
  EXPECT_EQ(done.record().ending, Ending::established);
  EXPECT_EQ(done.record().duration, 7us);
}

TEST(Builder, CallsAnAlertFatalByItsLevelBeforeTls13AndByItsKindInTls13) {
  auto old = client();
  old.message(Direction::received, ContentType::alert, base::Bytes{1, 112}, 1us);
  EXPECT_FALSE(old.record().alerts[0].fatal);
  EXPECT_EQ(old.record().ending, Ending::open);
  old.message(Direction::received, ContentType::alert, base::Bytes{1, 0}, 2us);
  EXPECT_TRUE(old.record().alerts[1].close_notify());
  EXPECT_EQ(old.record().ending, Ending::open);
}

TEST(Builder, CallsAMessageUnreadableWhoseLengthDoesNotFit) {
  for (const auto& body :
       {base::Bytes{}, base::Bytes{11}, base::Bytes{11, 0, 0, 1}, base::Bytes{14, 0, 0, 0, 0}}) {
    auto builder = client();
    builder.message(Direction::received, ContentType::handshake, body, 1us);
    EXPECT_EQ(builder.record().ending, Ending::unreadable);
    ASSERT_EQ(builder.record().messages.size(), 1U);
    EXPECT_EQ(builder.record().messages[0].size, body.size());
  }
}

TEST(Builder, SaysWhichCertificateOfTheServerCannotBeRead) {
  auto builder = client();
  const base::Bytes junk{0, 0, 5, 0, 0, 2, 0x30, 0x00};
  builder.message(Direction::received, ContentType::handshake,
                  handshake_message(HandshakeType::certificate, junk), 1us);
  EXPECT_FALSE(builder.record().certificate_unreadable);
  builder.message(Direction::sent, ContentType::alert, base::Bytes{2, 42}, 2us);
  ASSERT_TRUE(builder.record().certificate_unreadable);
  EXPECT_TRUE(builder.record().certificate_unreadable->starts_with("certificate 1 of 1: "))
      << *builder.record().certificate_unreadable;
}

TEST(Builder, SaysThatACertificateMessageBreaksOff) {
  auto builder = client();
  const base::Bytes cut{0, 0, 9, 0, 0, 1, 0x30, 0, 0, 200, 1, 2};
  builder.message(Direction::received, ContentType::handshake,
                  handshake_message(HandshakeType::certificate, cut), 1us);
  EXPECT_EQ(builder.record().ending, Ending::unreadable);
  EXPECT_EQ(builder.record().certificate_unreadable,
            "the Certificate message breaks off behind 1 whole certificates");
}

TEST(Builder, TellsAChangeCipherSpecThatIsReceivedByItsRecord) {
  auto builder = client();
  const auto finished = handshake_message(HandshakeType::finished, base::Bytes(12, 1));
  builder.record_began(Direction::received, ContentType::change_cipher_spec, 1, 1us);
  builder.record_began(Direction::received, ContentType::handshake, 40, 1us);
  builder.message(Direction::received, ContentType::handshake, finished, 1us);
  builder.record_began(Direction::sent, ContentType::change_cipher_spec, 1, 2us);
  builder.message(Direction::sent, ContentType::change_cipher_spec, base::Bytes{1}, 2us);
  builder.record_began(Direction::sent, ContentType::handshake, 40, 3us);
  builder.message(Direction::sent, ContentType::handshake, finished, 3us);
  EXPECT_THAT(steps(builder.record()), ElementsAre("< ChangeCipherSpec", "< Finished*",
                                                   "> ChangeCipherSpec", "> Finished*"));
}

// What the wire shows, and not what the protocol would let one think.
TEST(Builder, TellsInTls13WhatWasInTheClearByTheRecordsOfTheWire) {
  const auto groups = [](const char* list) {
    return [=](SSL_CTX* context) { SSL_CTX_set1_groups_list(context, list); };
  };
  const auto retried = talk(groups("X25519:P-384"), groups("P-384")).client;
  EXPECT_THAT(
      steps(retried),
      ElementsAre("> ClientHello", "< HelloRetryRequest", "< ChangeCipherSpec",
                  "> ChangeCipherSpec", "> ClientHello", "< ServerHello", "< EncryptedExtensions*",
                  "< Certificate*", "< CertificateVerify*", "< Finished*", "> Finished*"));
  // OpenSSL's client has no keys of its own yet when it refuses.
  const auto records = talk(handshake::testing::trust_nobody, unchanged);
  EXPECT_EQ(steps(records.client).back(), "> Alert");
  EXPECT_EQ(steps(records.server).back(), "> Alert");
}

TEST(Builder, KeepsWhoSignedWithWhatAndTheProtocolThatWasChosen) {
  const auto http = [](SSL_CTX* context) {
    static constexpr unsigned char alpn[] = "\x08http/1.1";
    SSL_CTX_set_alpn_protos(context, alpn, sizeof alpn - 1);
  };
  const auto choose = [](SSL_CTX* context) {
    ask_client(context);
    SSL_CTX_set_alpn_select_cb(
        context,
        [](SSL*, const unsigned char** out, unsigned char* size, const unsigned char* in,
           unsigned int, void*) {
          *out = in + 1;
          *size = in[0];
          return SSL_TLSEXT_ERR_OK;
        },
        nullptr);
  };
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const auto record =
        talk(both(both(only(version), with_client_certificate), http), choose).client;
    EXPECT_EQ(record.server_hello->alpn, "http/1.1") << version_name(version);
    EXPECT_TRUE(record.server_hello->signature_scheme) << version_name(version);
    EXPECT_TRUE(record.client_signature_scheme) << version_name(version);
    EXPECT_EQ(record.server_hello->extended_master_secret, version == TLS1_2_VERSION);
  }
  const auto old = talk(both(only(TLS1_1_VERSION), with_client_certificate), ask_client).client;
  EXPECT_FALSE(old.server_hello->signature_scheme);
  EXPECT_FALSE(old.client_signature_scheme);
}

TEST(Builder, OfAConnectionThatIsObservedSupposesNothing) {
  auto observed = client();
  observed.observe();
  const auto finished = handshake_message(HandshakeType::finished, base::Bytes(12, 1));
  observed.protect(Direction::received, true);
  observed.message(Direction::received, ContentType::handshake, finished, 1us);
  observed.protect(Direction::received, false);
  observed.message(Direction::received, ContentType::handshake, finished, 1us);
  observed.unread(Direction::sent, ContentType::handshake, 40, 2us);
  EXPECT_THAT(steps(observed.record()),
              ElementsAre("< Finished*", "< Finished", "> handshake message*"));
  EXPECT_EQ(observed.record().messages.back().size, 40U);
  // Junk in a chain is for who decodes it when it is shown.
  const base::Bytes junk{0, 0, 5, 0, 0, 2, 0x30, 0x00};
  observed.message(Direction::received, ContentType::handshake,
                   handshake_message(HandshakeType::certificate, junk), 3us);
  observed.ended(Ending::closed, 4us);
  EXPECT_FALSE(observed.record().certificate_unreadable);
}

TEST(Builder, ReadsAHelloInTheFormOfSsl2) {
  auto builder = client();
  builder.ssl2_hello(Direction::sent, base::Bytes{1, 3, 1, 0, 3, 0, 0, 0, 1, 0, 0, 5, 9}, 1us);
  EXPECT_TRUE(builder.record().messages.at(0).ssl2);
  EXPECT_EQ(builder.record().messages.at(0).size, 15U);
  EXPECT_THAT(builder.record().client_hello->cipher_suites, ElementsAre(5));
  auto broken = client();
  broken.ssl2_hello(Direction::sent, base::Bytes{1, 3, 1}, 1us);
  EXPECT_EQ(broken.record().ending, Ending::unreadable);
}

TEST(Builder, KeepsWhoClosedFirst) {
  auto builder = client();
  builder.closed_by(Direction::sent);
  builder.end_of_stream(1us);
  EXPECT_EQ(builder.record().closed_by, Direction::sent);
  auto reset = client();
  reset.closed_by(Direction::received, true);
  EXPECT_TRUE(reset.record().reset);
  auto ended = client();
  ended.end_of_stream(1us);
  EXPECT_EQ(ended.record().closed_by, Direction::received);
  EXPECT_FALSE(ended.record().reset);
}

TEST(Builder, CountsApplicationDataBothWays) {
  auto builder = client();
  builder.application_data(Direction::sent, 10);
  builder.application_data(Direction::received, 20);
  builder.application_data(Direction::received, 2);
  EXPECT_EQ(builder.record().application_sent, 10U);
  EXPECT_EQ(builder.record().application_received, 22U);
}

}  // namespace
}  // namespace sealtone::handshake
