// SPDX-License-Identifier: Apache-2.0
//
// tls as a client of servers that are generous with tickets, or resume what was never agreed on.
#include <gmock/gmock.h>
#include <openssl/ssl.h>

#include "tls/ends.h"
#include "tls/sessions.h"

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
