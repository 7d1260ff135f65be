// SPDX-License-Identifier: Apache-2.0
//
// tls as a server: against openssl s_client and curl, with contexts swapped, and against clients
// that want something else.
#include <gmock/gmock.h>
#include <sys/socket.h>

#include "tls/ends.h"

namespace sealtone::tls::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

// Accepts with whatever context it holds at that moment, answers one reading with HTTP, keeps what
// became of each connection.  age: of a connection whose handshake begins.
class Server {
 public:
  Server(net::asio::io_context& loop, std::shared_ptr<const Context> first,
         std::chrono::milliseconds limit = 10s, std::chrono::milliseconds age = 0ms)
      : context(std::move(first)), limit_(limit), age_(age) {
    listener_ = net::Listener::tcp(loop, "127.0.0.1", 0, {}).value();
    listener_->start(
        [this](std::unique_ptr<net::Socket> socket) { return serve(std::move(socket)); });
  }
  [[nodiscard]] std::uint16_t port() const { return listener_->where().port; }
  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port()); }

  std::shared_ptr<const Context> context;
  std::vector<Outcome> outcomes;

 private:
  net::Task<void> serve(std::unique_ptr<net::Socket> socket) {
    auto accepting = accept(std::move(socket), context, trusting_nobody(), limit_,
                            std::chrono::steady_clock::now() - age_);
    auto outcome = co_await std::move(accepting);
    if (outcome.stream) {
      base::Bytes buffer(1000);
      auto got = co_await outcome.stream->read_some(buffer);
      if (got && *got > 0) {
        constexpr std::string_view answer = "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        auto written = co_await net::write_all(*outcome.stream, base::view(answer));
        if (written) co_await outcome.stream->shutdown();
      }
      outcome.verdict = outcome.stream->verdict();
      outcome.record = outcome.stream->record();
    }
    outcomes.push_back(std::move(outcome));
  }
  std::chrono::milliseconds limit_, age_;
  std::unique_ptr<net::Listener> listener_;
};

// Runs the loop until the program has ended, and gives what it wrote.
std::string watch(net::asio::io_context& loop, test::Process& process) {
  loop.restart();
  while (process.running()) loop.run_one_for(5ms);
  process.wait();
  return process.out() + process.err();
}

std::string curl(net::asio::io_context& loop, const Server& server, test::Arguments extra = {}) {
  test::Arguments command{"curl", "-sS", "--cacert", file("root"),
                          "https://localhost:" + std::to_string(server.port()) + "/"};
  command.insert(command.end(), extra.begin(), extra.end());
  test::Process process(command);
  return watch(loop, process);
}

std::string s_client(net::asio::io_context& loop, const Server& server, test::Arguments extra) {
  test::Arguments command{"openssl", "s_client", "-connect", server.address(), "-ign_eof"};
  command.insert(command.end(), extra.begin(), extra.end());
  test::StartOptions options;
  options.input = "hello\n";
  test::Process process(command, options);
  return watch(loop, process);
}

class ServerVersion : public ::testing::TestWithParam<std::uint16_t> {};
INSTANTIATE_TEST_SUITE_P(Tls, ServerVersion, ::testing::Values(0x0301, 0x0302, 0x0303, 0x0304),
                         version_suffix);

TEST_P(ServerVersion, ServesOpenssl) {
  net::asio::io_context loop;
  const Server server(loop, build(server_options(only(GetParam()))));
  const auto said = s_client(loop, server,
                             {openssl_flag(GetParam()), "-cipher", "ALL:@SECLEVEL=0", "-CAfile",
                              file("root"), "-verify_return_error"});
  EXPECT_THAT(said, HasSubstr("hello"));
  ASSERT_EQ(server.outcomes.size(), 1U);
  EXPECT_EQ(server.outcomes[0].record.version(), GetParam());
  EXPECT_EQ(words(server.outcomes[0].verdict), Words{});
}

TEST_P(ServerVersion, SaysThatTheClientRefusedOurCertificate) {
  net::asio::io_context loop;
  const Server server(loop, build(server_options(only(GetParam()))));
  (void)s_client(loop, server,
                 {openssl_flag(GetParam()), "-cipher", "ALL:@SECLEVEL=0", "-CAfile",
                  file("other-root"), "-verify_return_error"});
  ASSERT_EQ(server.outcomes.size(), 1U);
  EXPECT_EQ(server.outcomes[0].stream, nullptr);
  EXPECT_THAT(words(server.outcomes[0].verdict), Contains("our-certificate-refused"));
}

TEST(TlsServer, ServesCurl) {
  net::asio::io_context loop;
  const Server server(loop, build(server_options()));
  EXPECT_EQ(curl(loop, server), "hello");
}

TEST(TlsServer, AgreesOnRsaKeyTransportWithTls10) {
  net::asio::io_context loop;
  auto options = server_options(only(0x0301), "server-rsa");
  options.cipher_list = "kRSA";
  const Server server(loop, build(options));
  const auto said = s_client(loop, server, {"-tls1", "-cipher", "kRSA@SECLEVEL=0"});
  EXPECT_THAT(said, HasSubstr("hello"));
  ASSERT_EQ(server.outcomes.size(), 1U);
  EXPECT_EQ(server.outcomes[0].record.key_exchange->name, "RSA key transport");
}

TEST(TlsServer, DemandsAClientCertificateOfCurl) {
  net::asio::io_context loop;
  auto options = server_options();
  options.client_anchors = trusting({"root"});
  const Server server(loop, build(options));
  EXPECT_EQ(curl(loop, server, {"--cert", file("client")}), "hello");
  EXPECT_THAT(curl(loop, server), Not(HasSubstr("hello")));
  EXPECT_THAT(curl(loop, server, {"--cert", file("client-other")}), Not(HasSubstr("hello")));
  ASSERT_EQ(server.outcomes.size(), 3U);
  EXPECT_EQ(server.outcomes[0].verdict.decision, Decision::trusted);
  EXPECT_EQ(server.outcomes[1].verdict.decision, Decision::not_established);
  EXPECT_EQ(server.outcomes[2].verdict.decision, Decision::untrusted);
}

TEST(TlsServer, SwapsItsCertificateWhileConnectionsGoOn) {
  net::asio::io_context loop;
  Server server(loop, build(server_options({}, "server")));
  const auto client = build(client_options());
  auto before = dial(loop, server.port(), client, trusting_root());
  ASSERT_NE(before.stream, nullptr);
  std::weak_ptr<const Context> old = server.context;
  server.context = build(server_options({}, "server-2"));
  auto after = dial(loop, server.port(), client, trusting_root());
  ASSERT_NE(after.stream, nullptr);
  EXPECT_EQ(before.verdict.path.path.front(), credential("server").leaf());
  EXPECT_EQ(after.verdict.path.path.front(), credential("server-2").leaf());
  EXPECT_TRUE(write_text(loop, *before.stream, "still here"));
  EXPECT_THAT(finish(loop, read_text(*before.stream)), HasSubstr("hello"));
  test::run_until(loop, [&] { return server.outcomes.size() == 1; });
  server.outcomes.clear();
  EXPECT_TRUE(old.expired());  // retired with its last connection
}

// A new context has ticket keys of its own: nobody goes on with the certificate of before.
TEST_P(ServerVersion, ResumesNothingAcrossASwapOfItsCertificate) {
  net::asio::io_context loop;
  Server server(loop, build(server_options(only(GetParam()), "server")));
  const test::TempDir folder;
  const auto ticket = (folder.path() / "session").string();
  const test::Arguments version{openssl_flag(GetParam()), "-cipher", "ALL:@SECLEVEL=0"};
  const auto with = [&version](test::Arguments further) {
    further.insert(further.begin(), version.begin(), version.end());
    return further;
  };
  (void)s_client(loop, server, with({"-sess_out", ticket}));
  EXPECT_THAT(s_client(loop, server, with({"-sess_in", ticket})), HasSubstr("Reused, "));
  server.context = build(server_options(only(GetParam()), "server-2"));
  EXPECT_THAT(s_client(loop, server, with({"-sess_in", ticket})), HasSubstr("New, "));
  ASSERT_EQ(server.outcomes.size(), 3U);
  EXPECT_TRUE(server.outcomes[1].record.resumed());
  EXPECT_EQ(server.outcomes[2].record.server_chain.front(), credential("server-2").leaf().der());
}

TEST(TlsServer, NamesAPlainTextClient) {
  net::asio::io_context loop;
  const Server server(loop, build(server_options()));
  test::Process process({"curl", "-sS", "http://" + server.address() + "/"});
  (void)watch(loop, process);
  ASSERT_EQ(server.outcomes.size(), 1U);
  EXPECT_EQ(server.outcomes[0].record.ending, Ending::not_tls);
  EXPECT_THAT(words(server.outcomes[0].verdict), Contains("plain-text-on-tls-port"));
}

TEST(TlsServer, DoesNotWaitForASilentClientForever) {
  net::asio::io_context loop;
  const Server server(loop, build(server_options()), 30ms);
  auto silent = finish(loop, net::connect_tcp("127.0.0.1", server.port(), 5s));
  ASSERT_TRUE(silent);
  test::run_until(loop, [&] { return !server.outcomes.empty(); });
  EXPECT_EQ(server.outcomes[0].record.ending, Ending::timed_out);
}

// The limit is of the connection, and is said as such.
TEST(TlsServer, CountsWhatWentByBeforeTheFirstOctet) {
  net::asio::io_context loop;
  const Server server(loop, build(server_options()), 10s, 9'970ms);
  auto silent = finish(loop, net::connect_tcp("127.0.0.1", server.port(), 5s));
  ASSERT_TRUE(silent);
  const auto began = std::chrono::steady_clock::now();
  test::run_until(loop, [&] { return !server.outcomes.empty(); });
  EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
  EXPECT_EQ(
      finding(server.outcomes[0].verdict, trust::FindingCode::handshake_timeout).evidence.wanted,
      "10 s");
}

TEST(TlsServer, DoesNotRenegotiate) {
  net::asio::io_context loop;
  const Server server(loop, build(server_options(only(0x0303))));
  // A line with "R" alone makes s_client ask for a new handshake.
  test::StartOptions options;
  options.input = "R\n";
  options.keep_input_open = true;
  test::Process process({"openssl", "s_client", "-connect", server.address(), "-tls1_2"}, options);
  const auto said = watch(loop, process);
  EXPECT_THAT(said, HasSubstr("RENEGOTIATING"));
  ASSERT_EQ(server.outcomes.size(), 1U);
  long hellos = 0;
  for (const auto& message : server.outcomes[0].record.messages) {
    if (message.type == handshake::HandshakeType::server_hello) ++hellos;
  }
  EXPECT_EQ(hellos, 1);
}

TEST(TlsServer, ResumesForClientsThatNeedNoCertificate) {
  net::asio::io_context loop;
  const Server server(loop, build(server_options()));
  const test::TempDir folder;
  const auto ticket = (folder.path() / "session").string();
  (void)s_client(loop, server, {"-tls1_2", "-sess_out", ticket});
  const auto said = s_client(loop, server, {"-tls1_2", "-sess_in", ticket});
  EXPECT_THAT(said, HasSubstr("Reused"));
  ASSERT_EQ(server.outcomes.size(), 2U);
  EXPECT_TRUE(server.outcomes[1].record.server_hello->resumed);
}

}  // namespace
}  // namespace sealtone::tls::testing
