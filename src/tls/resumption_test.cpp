// SPDX-License-Identifier: Apache-2.0
//
// tls as a client that resumes: only under what a session was made under, only while its
// certificates are still accepted; against openssl s_server and nginx, which resume whatever they
// are offered.
#include <gmock/gmock.h>

#include "tls/ends.h"
#include "tls/sessions.h"

namespace sealtone::tls::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Resumable {
  std::uint16_t version;
  bool tickets;  // else the server keeps its sessions itself
};

net::Task<std::string> read_all(net::ByteStream& stream) {
  std::string text;
  base::Bytes buffer(10'000);
  for (;;) {
    auto got = co_await stream.read_some(buffer);
    if (!got || *got == 0) co_return text;
    text += base::text(base::ByteView(buffer).first(*got));
  }
}

class Resumption : public ::testing::TestWithParam<Resumable> {
 protected:
  // Answers with what it knows of the connection, "Reused" or "New" included.
  [[nodiscard]] test::Arguments flags() const {
    test::Arguments flags{openssl_flag(GetParam().version), "-cipher", "ALL:@SECLEVEL=0", "-www"};
    if (!GetParam().tickets) flags.emplace_back("-no_ticket");
    return flags;
  }
  [[nodiscard]] PeerCheck with_sessions(PeerCheck check) const {
    check.sessions = sessions;
    check.origin = "localhost:443";
    return check;
  }
  // One exchange over a connection of its own, said goodbye to; what the server answers.
  std::string exchange(Outcome& outcome) {
    if (!outcome.stream) return "no connection";
    EXPECT_TRUE(write_text(loop, *outcome.stream, "GET / HTTP/1.0\r\n\r\n"));
    auto answer = finish(loop, read_all(*outcome.stream));
    finish(loop, outcome.stream->shutdown());
    return answer;
  }
  Outcome visit(std::uint16_t port, const PeerCheck& check, const std::string& own = "") {
    auto outcome = dial(loop, port, build(client_options(kAll, own)), with_sessions(check));
    answer = exchange(outcome);
    return outcome;
  }
  void expect_full(const Outcome& outcome) const {
    EXPECT_FALSE(outcome.record.resumed());
    EXPECT_FALSE(outcome.record.earlier_session);
  }

  net::asio::io_context loop;
  std::shared_ptr<SessionCache> sessions = std::make_shared<SessionCache>();
  std::string answer;
  test::OpensslServer server{identity("server"), flags()};
};
INSTANTIATE_TEST_SUITE_P(Tls, Resumption,
                         ::testing::Values(Resumable{0x0301, true}, Resumable{0x0303, true},
                                           Resumable{0x0303, false}, Resumable{0x0304, true},
                                           Resumable{0x0304, false}),
                         [](const auto& info) {
                           return "Tls1_" + std::to_string(info.param.version - 0x0301) +
                                  (info.param.tickets ? "Tickets" : "Ids");
                         });

TEST_P(Resumption, IsJudgedAgainAndSaysWhoseCertificatesCount) {
  const auto first = visit(server.port(), trusting_root());
  ASSERT_NE(first.stream, nullptr);
  expect_full(first);
  EXPECT_THAT(answer, HasSubstr("New, "));
  auto later = trusting_root();
  later.now = kNow + 1h;
  const auto second = visit(server.port(), later);
  ASSERT_NE(second.stream, nullptr);
  EXPECT_THAT(answer, HasSubstr("Reused, "));
  EXPECT_TRUE(second.record.resumed());
  EXPECT_THAT(second.record.server_chain, IsEmpty());
  ASSERT_TRUE(second.record.earlier_session);
  EXPECT_EQ(second.record.earlier_session->made, kNow);
  EXPECT_EQ(second.record.known_server_chain(), first.record.server_chain);
  EXPECT_EQ(second.verdict.decision, Decision::trusted);
  EXPECT_EQ(second.verdict.path.path, first.verdict.path.path);
}

TEST_P(Resumption, IsNotOfferedOnceTheIssuerIsDistrusted) {
  (void)visit(server.port(), trusting_root());
  // Would the server resume?  Another client that still trusts shows it.
  const auto own = std::exchange(sessions, std::make_shared<SessionCache>());
  (void)visit(server.port(), trusting_root());
  (void)visit(server.port(), trusting_root());
  EXPECT_THAT(answer, HasSubstr("Reused, "));
  sessions = own;
  const auto refused = visit(server.port(), trusting_nobody());
  EXPECT_EQ(refused.verdict.decision, Decision::untrusted);
  EXPECT_TRUE(refused.verdict.has(trust::FindingCode::issuer_unknown));
  expect_full(refused);
  expect_nothing_sent(refused);
}

TEST_P(Resumption, IsNotOfferedForAnotherName) {
  (void)visit(server.port(), trusting_root());
  auto other = trusting_root();
  other.reference = trust::ReferenceIdentifier::from_host("other.example.com");
  const auto refused = visit(server.port(), other);
  EXPECT_EQ(words(refused.verdict), Words{"name-mismatch"});
  expect_full(refused);
  expect_nothing_sent(refused);
}

TEST_P(Resumption, IsNotOfferedOnceTheNameIsChecked) {
  auto careless = check(trusting({"root"}), "other.example.com");
  careless.policy.check_name = false;
  ASSERT_NE(visit(server.port(), careless).stream, nullptr);
  (void)visit(server.port(), careless);
  EXPECT_THAT(answer, HasSubstr("Reused, "));
  careless.policy.check_name = true;
  const auto refused = visit(server.port(), careless);
  EXPECT_EQ(words(refused.verdict), Words{"name-mismatch"});
  expect_nothing_sent(refused);
}

TEST_P(Resumption, OfASessionMadeWithTheSwitchOffHasTheSameFindingsAndIsNotOfferedOnceItIsOn) {
  auto lenient = trusting_nobody();
  lenient.policy.only_accept_trusted = false;
  const auto first = visit(server.port(), lenient);
  EXPECT_EQ(first.verdict.decision, Decision::accepted_untrusted);
  const auto again = visit(server.port(), lenient);
  EXPECT_TRUE(again.record.resumed());
  EXPECT_EQ(again.verdict.decision, Decision::accepted_untrusted);
  EXPECT_EQ(words(again.verdict), words(first.verdict));
  const auto refused = visit(server.port(), trusting_nobody());
  EXPECT_EQ(refused.verdict.decision, Decision::untrusted);
  expect_full(refused);
  expect_nothing_sent(refused);
}

TEST_P(Resumption, IsNotOfferedOnceTheClockHasPassedTheCertificatesEnd) {
  auto check = trusting_root();
  check.now = credential("server").leaf().validity().not_after;
  ASSERT_NE(visit(server.port(), check).stream, nullptr);
  check.now += 1s;
  const auto refused = visit(server.port(), check);
  EXPECT_TRUE(refused.verdict.has(trust::FindingCode::expired));
  expect_full(refused);
  expect_nothing_sent(refused);
}

// Each connection of TLS 1.3 brings new tickets, which count from the same handshake.
TEST_P(Resumption, GoesBackToOneHandshakeForADayAtMost) {
  // This server wants its tickets of TLS 1.2 and older back within two hours, and gives no new
  // ones.
  const bool brief = GetParam().tickets && GetParam().version < 0x0304;
  const int most = brief ? 2 : 24;
  auto check = trusting_root();
  (void)visit(server.port(), check);
  for (int hours = 1; hours < most; ++hours) {
    check.now = kNow + std::chrono::hours(hours);
    const auto resumed = visit(server.port(), check);
    ASSERT_TRUE(resumed.record.earlier_session) << hours;
    EXPECT_EQ(resumed.record.earlier_session->made, kNow);
  }
  check.now = kNow + std::chrono::hours(most);
  expect_full(visit(server.port(), check));
}

TEST_P(Resumption, IsNotOfferedUnderAnotherCertificateOfOurOwn) {
  (void)visit(server.port(), trusting_root(), "client");
  (void)visit(server.port(), trusting_root(), "client");
  EXPECT_THAT(answer, HasSubstr("Reused, "));
  expect_full(visit(server.port(), trusting_root(), "client-other"));
  EXPECT_THAT(answer, HasSubstr("New, "));
  expect_full(visit(server.port(), trusting_root()));
  EXPECT_THAT(answer, HasSubstr("New, "));
}

TEST_P(Resumption, IsNotOfferedWithoutACache) {
  sessions.reset();
  for (int i = 0; i < 2; ++i) {
    expect_full(visit(server.port(), trusting_root()));
    EXPECT_THAT(answer, HasSubstr("New, "));
  }
}

TEST_P(Resumption, UsesATicketOfTls13Once) {
  (void)visit(server.port(), trusting_root());
  const auto before = sessions->size();
  const auto context = build(client_options(kAll));
  const auto check = with_sessions(trusting_root());
  const auto one = dial(loop, server.port(), context, check);
  EXPECT_TRUE(one.record.resumed());
  EXPECT_EQ(sessions->size(), before - (GetParam().version == 0x0304 ? 1 : 0));
}

TEST_P(Resumption, ThatTheServerDeclinesIsAFullHandshakeAndJudgedAsOne) {
  (void)visit(server.port(), trusting_root());
  const test::OpensslServer another(identity("server-self"), flags());
  const auto refused = visit(another.port(), trusting_root());
  EXPECT_EQ(refused.verdict.decision, Decision::untrusted);
  expect_full(refused);
  expect_nothing_sent(refused);
}

// The server says what became of our certificate in full handshakes alone.
TEST_P(Resumption, IsNotOfferedWhereACertificateOfOursIsWantedAndThereIsNone) {
  auto wanting = flags();
  wanting.insert(wanting.end(), {"-verify", "1"});
  const test::OpensslServer peer(identity("server"), wanting);
  for (int i = 0; i < 2; ++i) {
    const auto outcome = visit(peer.port(), trusting_root());
    expect_full(outcome);
    EXPECT_EQ(words(outcome.verdict), Words{"client-certificate-wanted-none-set"});
  }
}

TEST_P(Resumption, GoesWithTheCertificateOfOursThatWasShown) {
  auto demanding = flags();
  demanding.insert(demanding.end(), {"-Verify", "1", "-CAfile", file("root")});
  const test::OpensslServer peer(identity("server"), demanding);
  EXPECT_EQ(visit(peer.port(), trusting_root(), "client").record.client_chain.size(), 1U);
  EXPECT_TRUE(visit(peer.port(), trusting_root(), "client").record.resumed());
  const auto other = visit(peer.port(), trusting_root(), "client-other");
  expect_full(other);
}

TEST_P(Resumption, IsSeenByNginxToo) {
  test::Nginx::Options options;
  options.server = test::nginx_identity(identity("server")) +
                   "ssl_protocols TLSv1 TLSv1.2 TLSv1.3; ssl_ciphers ALL:@SECLEVEL=0;" +
                   (GetParam().tickets ? ""
                                       : "ssl_session_tickets off;"
                                         "ssl_session_cache shared:sessions:1m;") +
                   "location / { return 200 ok; }";
  options.log_format = "$ssl_protocol $ssl_session_reused";
  test::Nginx nginx(options);
  const auto context = build(client_options(only(GetParam().version)));
  for (const auto& check : {trusting_root(), trusting_root(), trusting_nobody()}) {
    auto outcome = dial(loop, nginx.port(), context, with_sessions(check));
    (void)exchange(outcome);
  }
  const auto log = nginx.stop();
  EXPECT_THAT(log, HasSubstr(" .\n"));
  EXPECT_THAT(log, HasSubstr(" r\n"));
  EXPECT_EQ(std::ranges::count(log, '\n'), 2) << log;
}

}  // namespace
}  // namespace sealtone::tls::testing
