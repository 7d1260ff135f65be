// SPDX-License-Identifier: Apache-2.0
//
// tls as a server: clients that renegotiate, send early data, offer compression, or say what no
// client in order says.
#include <gmock/gmock.h>

#include "tls/ends.h"
#include "tls/flight.h"

namespace sealtone::tls::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Our server role for one connection; what it read of it, up to its end.
class OneConnection {
 public:
  explicit OneConnection(net::asio::io_context& loop, const ContextOptions& options)
      : loop_(loop), context_(build(options)) {
    listener_ = net::Listener::tcp(loop, "127.0.0.1", 0, {}).value();
    listener_->start(
        [this](std::unique_ptr<net::Socket> socket) { return serve(std::move(socket)); });
  }
  [[nodiscard]] std::uint16_t port() const { return listener_->where().port; }
  const Outcome& ended() {
    test::run_until(loop_, [this] { return outcome_.has_value(); });
    return *outcome_;
  }
  std::string read;

 private:
  net::Task<void> serve(std::unique_ptr<net::Socket> socket) {
    auto accepting = accept(std::move(socket), context_, trusting_nobody(), 10s);
    auto outcome = co_await std::move(accepting);
    base::Bytes buffer(1000);
    while (outcome.stream) {
      auto got = co_await outcome.stream->read_some(buffer);
      if (!got || *got == 0) break;
      read += base::text(base::ByteView(buffer).first(*got));
    }
    if (outcome.stream) {
      outcome.verdict = outcome.stream->verdict();
      outcome.record = outcome.stream->record();
    }
    outcome_ = std::move(outcome);
  }
  net::asio::io_context& loop_;
  std::shared_ptr<const Context> context_;
  std::unique_ptr<net::Listener> listener_;
  std::optional<Outcome> outcome_;
};

test::Arguments s_client(std::uint16_t port, test::Arguments extra) {
  test::Arguments command{"openssl", "s_client", "-connect", "127.0.0.1:" + std::to_string(port)};
  command.insert(command.end(), extra.begin(), extra.end());
  return command;
}

std::size_t count(const handshake::HandshakeRecord& record, handshake::HandshakeType type) {
  return static_cast<std::size_t>(
      std::ranges::count(record.messages, type, &handshake::Message::type));
}

TEST(HostileClient, ThatRenegotiatesIsNotFollowed) {
  net::asio::io_context loop;
  OneConnection server(loop, server_options(only(0x0303)));
  test::StartOptions options;
  options.input = "before\n";
  options.keep_input_open = true;
  test::Process client(s_client(server.port(), {"-tls1_2", "-legacy_renegotiation"}), options);
  test::run_until(loop, [&] { return server.read == "before\n"; });
  client.send("R\n");  // it begins another handshake, and ends where that is refused
  const auto& outcome = server.ended();
  EXPECT_EQ(server.read, "before\n");
  EXPECT_EQ(count(outcome.record, handshake::HandshakeType::server_hello), 1U);
  EXPECT_EQ(outcome.record.ending, Ending::established);
}

// s_client holds a session of a server that takes early data, and sends some to ours.
TEST(HostileClient, ThatSendsEarlyDataIsNotHeardBeforeTheHandshake) {
  net::asio::io_context loop;
  const test::TempDir folder;
  const auto session = (folder.path() / "session").string();
  const auto early = folder.write("early", "GET /early HTTP/1.1\r\n\r\n").string();
  {
    test::OpensslServer willing(identity("server"), {"-tls1_3", "-early_data"});
    test::StartOptions options;
    options.keep_input_open = true;
    const test::Process first(s_client(willing.port(), {"-sess_out", session}), options);
    willing.process().send("behind the tickets\n");
    ASSERT_TRUE(first.said("behind the tickets"));
  }
  OneConnection server(loop, server_options());
  test::StartOptions options;
  options.input = "behind\n";
  const test::Process client(s_client(server.port(), {"-sess_in", session, "-early_data", early}),
                             options);
  const auto& outcome = server.ended();
  EXPECT_THAT(server.read, Not(HasSubstr("early")));
  EXPECT_THAT(server.read, HasSubstr("behind"));
  EXPECT_TRUE(outcome.record.handshake_done);
  EXPECT_FALSE(outcome.record.server_hello->resumed);
  EXPECT_TRUE(client.said("Early data was rejected"));
}

std::string client_hello(std::uint16_t version, const std::string& compressions) {
  using namespace flight;
  const auto suites = number(0xC02B, 2) + number(0xC02C, 2) + number(0x00FF, 2);
  const auto groups = number(10, 2) + vector(vector(number(23, 2), 2), 2);
  const auto schemes = number(13, 2) + vector(vector(number(0x0403, 2), 2), 2);
  return message(version, 1,
                 number(version, 2) + std::string(32, '\x2B') + vector("", 1) + vector(suites, 2) +
                     vector(compressions, 1) + vector(groups + schemes, 2));
}

std::string answer_to(OneConnection& server, net::asio::io_context& loop,
                      const std::string& octets) {
  auto socket = finish(loop, net::connect_tcp("127.0.0.1", server.port(), 10s));
  const auto stream = net::plain_stream(std::move(*socket));
  (void)write_text(loop, *stream, octets);
  return finish(loop, read_text(*stream));
}

TEST(HostileClient, ThatOffersCompressionGetsNone) {
  net::asio::io_context loop;
  OneConnection server(loop, server_options(only(0x0303)));
  const auto hello = answer_to(server, loop, client_hello(0x0303, std::string("\x01\x00", 2)));
  constexpr std::size_t session_id_at = 5 + 4 + 2 + 32;
  ASSERT_GT(hello.size(), session_id_at + 40);
  const auto length = static_cast<std::uint8_t>(hello[session_id_at]);
  EXPECT_EQ(hello[session_id_at + 1 + length + 2], '\0');  // null compression
  EXPECT_EQ(words(server.ended().verdict), Words{"peer-closed"});
}

TEST(HostileClient, ThatTakesNothingButCompressionIsRefused) {
  net::asio::io_context loop;
  OneConnection server(loop, server_options(only(0x0303)));
  const auto answer = answer_to(server, loop, client_hello(0x0303, "\x01"));
  EXPECT_EQ(answer.front(), '\x15');  // an alert
  EXPECT_EQ(words(server.ended().verdict), Words{"protocol-violation"});
}

TEST(HostileClient, WithAHelloOfMoreThanAHelloMayHaveIsRefusedAtItsHeader) {
  net::asio::io_context loop;
  OneConnection server(loop, server_options());
  const auto octets =
      flight::record(0x0303, 22, flight::header(1, 0xFFFFFF) + std::string(16'000, 'x'));
  EXPECT_EQ(answer_to(server, loop, octets).front(), '\x15');
  EXPECT_EQ(words(server.ended().verdict), Words{"protocol-violation"});
}

}  // namespace
}  // namespace sealtone::tls::testing
