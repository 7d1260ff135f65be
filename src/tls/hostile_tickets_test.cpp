// SPDX-License-Identifier: Apache-2.0
//
// tls as a client of servers that are generous with tickets, or resume what was never agreed on.
#include <gmock/gmock.h>
#include <openssl/ssl.h>

#include "support/meter.h"
#include "tls/ends.h"
#include "tls/sessions.h"
#include "trust/own_certificate.h"

namespace sealtone::tls::testing {
namespace {

class Tickets : public ::testing::TestWithParam<std::uint16_t> {
 protected:
  [[nodiscard]] PeerCheck with_sessions() const {
    auto check = trusting_root();
    check.sessions = sessions;
    check.origin = "localhost:443";
    return check;
  }
  net::asio::io_context loop;
  std::shared_ptr<SessionCache> sessions = std::make_shared<SessionCache>();
};
INSTANTIATE_TEST_SUITE_P(Tls, Tickets, ::testing::Values(0x0303, 0x0304), version_suffix);

// OpenSSL's own server, its tickets made larger by what it writes into them.
class BigTickets {
 public:
  BigTickets(std::uint16_t version, std::size_t octets)
      : context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free), data_(octets, 'x') {
    SSL_CTX_set_min_proto_version(context_.get(), version);
    SSL_CTX_set_max_proto_version(context_.get(), version);
    SSL_CTX_use_certificate_file(context_.get(), file("server").c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_use_PrivateKey_file(context_.get(), file("server").c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_set_session_ticket_cb(context_.get(), fill, nullptr, this);
  }
  [[nodiscard]] std::uint16_t port() const { return server_.port(); }

 private:
  static int fill(SSL* ssl, void* self) {
    const auto& data = static_cast<BigTickets*>(self)->data_;
    return SSL_SESSION_set1_ticket_appdata(SSL_get_session(ssl), data.data(), data.size());
  }
  void serve(int descriptor) {
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context_.get()), SSL_free);
    SSL_set_fd(ssl.get(), descriptor);
    if (SSL_accept(ssl.get()) != 1) return;
    SSL_write(ssl.get(), "hello", 5);
    SSL_shutdown(ssl.get());
    char octets[16];
    while (SSL_read(ssl.get(), octets, sizeof octets) > 0) {
    }
  }

  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::string data_;
  test::ScriptedServer server_{[this](int descriptor) { serve(descriptor); }};
};

TEST_P(Tickets, ThatAreTooLargeAreNotKeptAndDisturbNothing) {
  // What a ticket holds besides: well below one kilobyte.
  constexpr std::size_t besides = 1'024;
  for (const auto& [octets, kept] : {std::pair{SessionCache::kMaxTicketOctets - besides, true},
                                     {SessionCache::kMaxTicketOctets, false},
                                     {std::size_t{60'000}, false}}) {
    const BigTickets server(GetParam(), octets);
    sessions = std::make_shared<SessionCache>();
    auto outcome = dial(loop, server.port(), build(client_options()), with_sessions());
    ASSERT_NE(outcome.stream, nullptr);
    EXPECT_EQ(finish(loop, read_text(*outcome.stream)), "hello");
    finish(loop, outcome.stream->shutdown());
    EXPECT_EQ(sessions->size() > 0, kept) << octets;
  }
}

TEST(ManyTickets, AreKeptInSmallNumber) {
  net::asio::io_context loop;
  const test::OpensslServer server(identity("server"), {"-tls1_3", "-num_tickets", "50", "-rev"});
  auto check = trusting_root();
  check.sessions = std::make_shared<SessionCache>();
  auto outcome = dial(loop, server.port(), build(client_options()), check);
  ASSERT_NE(outcome.stream, nullptr);
  EXPECT_TRUE(write_text(loop, *outcome.stream, "abc\n"));
  EXPECT_EQ(finish(loop, read_text(*outcome.stream)), "cba\n");
  EXPECT_EQ(check.sessions->size(), SessionCache::kMostOfOrigin);
}

// With or without a cache: nobody may hold up the loop by sending them without end.
TEST(ManyTickets, EndTheConnectionOnceThereAreFarTooMany) {
  net::asio::io_context loop;
  const test::OpensslServer server(identity("server"), {"-tls1_3", "-num_tickets", "1000", "-rev"});
  for (const bool cached : {true, false}) {
    auto check = trusting_root();
    if (cached) check.sessions = std::make_shared<SessionCache>();
    auto outcome = dial(loop, server.port(), build(client_options()), check);
    ASSERT_NE(outcome.stream, nullptr);
    (void)write_text(loop, *outcome.stream, "abc\n");
    EXPECT_EQ(finish(loop, read_text(*outcome.stream)), "closed");
    EXPECT_LE(outcome.stream->record().messages.size(), handshake::kMaxMessages);
    EXPECT_FALSE(outcome.stream->verdict().has(trust::FindingCode::truncated));
    if (!cached) continue;
    EXPECT_LE(check.sessions->size(), SessionCache::kMostOfOrigin);
  }
}

// OpenSSL's own server, which asks for a certificate of a thousand authorities, none of them the
// client's, and thanks for it with a hundred tickets at once.
class AuthoritiesAndTickets {
 public:
  explicit AuthoritiesAndTickets(std::size_t authorities)
      : context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free) {
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_3_VERSION);
    SSL_CTX_use_certificate_file(context_.get(), file("server").c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_use_PrivateKey_file(context_.get(), file("server").c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; });
    SSL_CTX_set_num_tickets(context_.get(), 99);
    auto* const names = sk_X509_NAME_new_null();
    for (std::size_t at = 0; at < authorities; ++at) {
      auto* const name = X509_NAME_new();
      const auto text = std::to_string(at);
      X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                 reinterpret_cast<const unsigned char*>(text.data()),
                                 static_cast<int>(text.size()), -1, 0);
      sk_X509_NAME_push(names, name);
    }
    SSL_CTX_set0_CA_list(context_.get(), names);
  }
  [[nodiscard]] std::uint16_t port() const { return server_.port(); }

 private:
  void serve(int descriptor) {
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context_.get()), SSL_free);
    SSL_set_fd(ssl.get(), descriptor);
    if (SSL_accept(ssl.get()) != 1) return;
    SSL_write(ssl.get(), "hello", 5);
    char octets[16];
    while (SSL_read(ssl.get(), octets, sizeof octets) > 0) {
    }
  }

  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  test::ScriptedServer server_{[this](int descriptor) { serve(descriptor); }};
};

// What it named is compared once, and not with each ticket.
TEST(ManyTickets, BehindAThousandAuthoritiesAreReadInTheTimeThatTheLoopHas) {
  const AuthoritiesAndTickets server(trust::kMaxAuthoritiesCompared);
  net::asio::io_context loop;
  test::Meter meter;
  auto check = trusting_root();
  check.sessions = std::make_shared<SessionCache>();
  check.origin = "localhost:443";
  const auto own = build(client_options(only(0x0304), "client"));
  std::string heard;
  std::optional<Outcome> outcome;
  const auto talk = [&]() -> net::Task<void> {
    auto socket = co_await net::connect_tcp("127.0.0.1", server.port(), 10s);
    if (!socket) co_return;
    outcome = co_await connect(std::move(*socket), own, check, 10s);
    if (outcome->stream) heard = co_await read_text(*outcome->stream);
  };
  bool done = false;
  net::asio::co_spawn(loop, talk(), [&](const std::exception_ptr&) { done = true; });
  while (!done && meter.run_one(loop)) {
  }
  ASSERT_TRUE(outcome && outcome->stream);
  EXPECT_EQ(heard, "hello");
  EXPECT_LE(meter.longest(), test::kHandlerBar);
  const auto verdict = outcome->stream->verdict();
  EXPECT_EQ(outcome->stream->record().requested_authorities.size(), trust::kMaxAuthoritiesCompared);
  EXPECT_EQ(words(verdict), Words{"own-certificate-not-listed"});
  // Of a server that did not like our certificate no session is kept.
  EXPECT_EQ(check.sessions->size(), 0U);
}

// The cipher suite that the ServerHello of a first record chooses: behind its header, the
// message's, version, random and session identifier.
std::size_t suite_at(const std::string& record) {
  constexpr std::size_t id_length_at = 5 + 4 + 2 + 32;
  return id_length_at + 1 + static_cast<unsigned char>(record.at(id_length_at));
}

// RFC 5246 §7.4.1.3: "For resumed sessions, this field is the value from the state of the session
// being resumed."
TEST(Resuming, UnderAnotherCipherIsRefusedAndNothingIsSent) {
  net::asio::io_context loop;
  const test::OpensslServer server(identity("server"), {"-tls1_2"});
  int connections = 0;
  const test::Relay relay(server.port(), [&connections](std::string octets, bool& cut) {
    const bool hello = octets.size() > 50 && octets[0] == 22 && octets[5] == 2;
    if (hello && ++connections == 2) octets[suite_at(octets) + 1] ^= 0x07;
    cut = false;
    return octets;
  });
  auto check = trusting_root();
  check.sessions = std::make_shared<SessionCache>();
  const auto context = build(client_options());
  {
    auto outcome = dial(loop, relay.port(), context, check);
    ASSERT_NE(outcome.stream, nullptr);
    finish(loop, outcome.stream->shutdown());
  }
  EXPECT_EQ(check.sessions->size(), 1U);
  const auto changed = dial(loop, relay.port(), context, check);
  EXPECT_NE(changed.verdict.decision, Decision::trusted);
  expect_nothing_sent(changed);
}

}  // namespace
}  // namespace sealtone::tls::testing
