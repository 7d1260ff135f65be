// SPDX-License-Identifier: Apache-2.0
//
// sip/account: over TLS: whom it trusts, what it shows, and that a refused server gets nothing.
#include "sip/account_fixture.h"
#include "support/name_server.h"

namespace sealtone::sip::tests {
namespace {

using namespace tls::testing;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using trust::FindingCode;

class OverTls : public AnAccount {
 protected:
  static Server localhost(const Registrar& registrar) {
    return {"localhost", registrar.port(), Transport::tls};
  }
  // What connections are made with; asked for each time.
  base::Result<TlsSide> side() const { return TlsSide{build(client_options({}, own)), checked_by}; }
  void begin(AccountOptions options) {
    start(std::move(options), [this] { return side(); });
  }
  std::string own;  // which client certificate
  tls::PeerCheck checked_by = trusting_root();
};

std::optional<Message> grants(const Message& request) { return granted(request, 60); }

TEST_F(OverTls, RegistersAndSaysWhatProtectsIt) {
  Registrar registrar(loop, grants, build(server_options()));
  begin(options(localhost(registrar)));
  until(State::registered);
  EXPECT_EQ(status().tls_version, "TLS 1.3");
  EXPECT_EQ(status().transport, Transport::tls);
  ASSERT_TRUE(status().verdict);
  EXPECT_EQ(status().verdict->decision, trust::Decision::trusted);
  const auto& request = registrar.requests.at(0);
  EXPECT_THAT(std::string(request.field("Via")), StartsWith("SIP/2.0/TLS 127.0.0.1:"));
  EXPECT_THAT(std::string(request.field("Contact")), HasSubstr(";transport=tls>"));
  EXPECT_EQ(registrar.connections[0]->outcome->record.client_hello->server_name, "localhost");
  ASSERT_EQ(attempts.size(), 1U);
  EXPECT_FALSE(attempts[0].ended);
  stop();
  ASSERT_EQ(attempts.size(), 2U);
  EXPECT_TRUE(attempts[1].ended);
  EXPECT_EQ(attempts[1].number, attempts[0].number);
  EXPECT_GT(attempts[1].record->application_sent, 0U);
}

// Neither a request, nor a certificate of ours, nor anything but a ClientHello and an alert.
void expect_silence(const Registrar& registrar, const std::vector<Attempt>& attempts) {
  EXPECT_TRUE(registrar.requests.empty());
  ASSERT_FALSE(attempts.empty());
  for (const auto& attempt : attempts) {
    EXPECT_TRUE(attempt.ended);
    EXPECT_EQ(attempt.record->application_sent, 0U);
    EXPECT_TRUE(attempt.record->client_chain.empty());
    for (const auto& message : attempt.record->messages) {
      if (message.direction != handshake::Direction::sent) continue;
      const bool hello = message.type == handshake::HandshakeType::client_hello;
      const bool alert = message.content == handshake::ContentType::alert;
      const bool change = message.content == handshake::ContentType::change_cipher_spec;
      EXPECT_TRUE(hello || alert || change);
    }
  }
  for (const auto& connection : registrar.connections) {
    EXPECT_EQ(connection->stream, nullptr);
    EXPECT_EQ(connection->outcome->record.application_received, 0U);
    EXPECT_TRUE(connection->outcome->record.client_chain.empty());
  }
}

TEST_F(OverTls, SendsNothingToAServerFromAnUnknownIssuer) {
  own = "client";
  checked_by = trusting_nobody();
  auto demanding = server_options();
  demanding.client_anchors = trusting({"root"});
  Registrar registrar(loop, grants, build(demanding));
  begin(options(localhost(registrar)));
  until([&] { return attempts.size() == 2; });  // and not the second time either
  until([&] { return registrar.connections.back()->closed; });
  EXPECT_EQ(cause().stage, Stage::tls);
  ASSERT_TRUE(cause().verdict);
  EXPECT_TRUE(cause().verdict->has(FindingCode::issuer_unknown));
  expect_silence(registrar, attempts);
  until(State::refused);
}

TEST_F(OverTls, JudgesByTheDomainThatWasConfiguredAndNotByWhatDnsMadeOfIt) {
  test::NameServer names(loop);
  Registrar registrar(loop, grants, build(server_options()));
  // The certificate speaks for localhost, to which DNS points; it does not for example.com.
  names.srv("_sips._tcp.example.com", 1, 0, registrar.port(), "localhost");
  auto domain = options({"example.com", 0, Transport::tls});
  domain.name_servers = names.address();
  begin(domain);
  until(State::refused);
  until([&] { return registrar.connections.back()->closed; });
  EXPECT_EQ(cause().stage, Stage::tls);
  EXPECT_TRUE(cause().verdict->has(FindingCode::name_mismatch));
  EXPECT_EQ(registrar.connections[0]->outcome->record.client_hello->server_name, "example.com");
  expect_silence(registrar, attempts);
}

TEST_F(OverTls, JudgesAnOutboundProxyByItsOwnName) {
  Registrar proxy(loop, grants, build(server_options()));
  auto through = options({"example.com", 5061, Transport::tls});
  through.outbound_proxy = localhost(proxy);
  begin(through);
  until(State::registered);
  EXPECT_EQ(proxy.requests[0].uri, "sip:example.com");
}

TEST_F(OverTls, JudgesARedirectedServerByItsOwnName) {
  Registrar other(loop, grants, build(server_options({}, "server-self")));
  Registrar home(
      loop,
      [&](const Message& request) {
        return reply(request, 302, "Moved",
                     {{"Contact", "<sip:localhost:" + std::to_string(other.port()) + ">"}});
      },
      build(server_options()));
  begin(options(localhost(home)));
  until(State::refused);
  EXPECT_EQ(cause().stage, Stage::tls);
  EXPECT_TRUE(other.requests.empty());
}

TEST_F(OverTls, DoesNotFollowARedirectThatWouldNotBeEncrypted) {
  Registrar plain(loop, grants);
  Registrar home(
      loop,
      [&](const Message& request) {
        return reply(
            request, 302, "Moved",
            {{"Contact", "<sip:localhost:" + std::to_string(plain.port()) + ";transport=tcp>"}});
      },
      build(server_options()));
  begin(options(localhost(home)));
  until(State::refused);
  EXPECT_THAT(cause().text, HasSubstr("would not be encrypted"));
  EXPECT_TRUE(plain.connections.empty());
}

TEST_F(OverTls, ShowsItsCertificateWhereOneIsDemanded) {
  own = "client";
  auto demanding = server_options();
  demanding.client_anchors = trusting({"root"});
  Registrar registrar(loop, grants, build(demanding), trusting_root());
  begin(options(localhost(registrar)));
  until(State::registered);
  EXPECT_EQ(registrar.connections[0]->outcome->record.client_chain.size(), 1U);
}

TEST_F(OverTls, SaysWhereACertificateIsDemandedAndNoneIsSet) {
  for (const auto versions : {only(base::kTls12), only(base::kTls13)}) {
    auto demanding = server_options(versions);
    demanding.client_anchors = trusting({"root"});
    Registrar registrar(loop, grants, build(demanding), trusting_root());
    begin(options(localhost(registrar)));
    until(State::refused);
    EXPECT_EQ(cause().stage, Stage::tls) << cause().text;
    ASSERT_TRUE(cause().verdict);
    EXPECT_TRUE(cause().verdict->has(FindingCode::client_certificate_wanted_none_set));
    account.reset();
  }
}

TEST_F(OverTls, SaysWhereItsCertificateIsRefused) {
  own = "client-other";  // of an authority that the server does not know
  for (const auto versions : {only(base::kTls12), only(base::kTls13)}) {
    auto demanding = server_options(versions);
    demanding.client_anchors = trusting({"root"});
    Registrar registrar(loop, grants, build(demanding), trusting_root());
    begin(options(localhost(registrar)));
    until(State::refused);
    EXPECT_EQ(cause().stage, Stage::tls) << cause().text;
    ASSERT_TRUE(cause().verdict);
    EXPECT_TRUE(cause().verdict->has(FindingCode::client_certificate_refused)) << cause().text;
    EXPECT_TRUE(registrar.requests.empty());
    account.reset();
  }
}

TEST_F(OverTls, SaysWhereThePortSpeaksNoTls) {
  Registrar plain(loop, grants);
  plain.script = [](const Message&) { return std::nullopt; };
  auto wrong = options({"localhost", plain.port(), Transport::tls});
  wrong.limits.dial.handshake = 300ms;
  begin(wrong);
  until([&] { return cause().stage == Stage::tls; });
  EXPECT_TRUE(plain.requests.empty());
  EXPECT_EQ(cause().verdict->decision, trust::Decision::not_established);
}

TEST_F(OverTls, UnregistersBeforeItConnectsAnewWithAnotherCertificate) {
  Registrar registrar(loop, grants, build(server_options()));
  begin(options(localhost(registrar)));
  until(State::registered);
  own = "client";
  account->reconnect();
  until([&] { return registrar.connections.size() == 2 && status().state == State::registered; });
  EXPECT_EQ(registrar.requests[1].field("Expires"), "0");
}

TEST_F(OverTls, SaysNothingMoreToAServerThatIsNotTrustedAnyLonger) {
  Registrar registrar(loop, grants, build(server_options()));
  begin(options(localhost(registrar)));
  until(State::registered);
  checked_by = trusting_nobody();
  account->reconnect();
  until(State::refused);
  EXPECT_EQ(registrar.requests.size(), 1U);  // not even that it leaves
  until([&] { return registrar.connections[0]->closed; });
}

}  // namespace
}  // namespace sealtone::sip::tests
