// SPDX-License-Identifier: Apache-2.0
//
// net/socket: reading, writing, time limits and closing, over socket pairs and loopback.
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/local/connect_pair.hpp>

#include "net/net.h"
#include "support/loop.h"
#include "support/peers.h"

namespace sealtone::net {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using test::finish;

struct Pair {
  explicit Pair(asio::io_context& loop) {
    asio::local::stream_protocol::socket left(loop), right(loop);
    asio::local::connect_pair(left, right);
    a = plain_stream(std::make_unique<Socket>(std::move(left)));
    b = plain_stream(std::make_unique<Socket>(std::move(right)));
  }
  std::unique_ptr<ByteStream> a, b;
};

Task<base::Result<std::string>> read_text(ByteStream& stream, std::size_t most = 100) {
  std::string text(most, '\0');
  const std::span<std::uint8_t> into(reinterpret_cast<std::uint8_t*>(text.data()), text.size());
  auto got = co_await stream.read_some(into);
  if (!got) co_return std::unexpected(got.error());
  text.resize(*got);
  co_return text;
}

Task<std::size_t> read_to_the_end(ByteStream& stream) {
  std::size_t total = 0;
  for (;;) {
    auto text = co_await read_text(stream, 5'000);
    if (!text || text->empty()) co_return total;
    total += text->size();
  }
}

TEST(PlainStream, CarriesOctetsBothWays) {
  asio::io_context loop;
  const Pair pair(loop);
  EXPECT_TRUE(finish(loop, write_all(*pair.a, base::view("ping"))));
  EXPECT_EQ(finish(loop, read_text(*pair.b)), "ping");
  EXPECT_TRUE(finish(loop, write_all(*pair.b, base::view("pong"))));
  EXPECT_EQ(finish(loop, read_text(*pair.a)), "pong");
  EXPECT_EQ(pair.a->peer(), "local");
}

TEST(PlainStream, GivesZeroAtTheEndOfTheStream) {
  asio::io_context loop;
  const Pair pair(loop);
  finish(loop, pair.a->shutdown());
  EXPECT_EQ(finish(loop, read_text(*pair.b)), "");
}

TEST(WriteAll, GoesOnWhereTheSystemTookOnlyAPart) {
  asio::io_context loop;
  const Pair pair(loop);
  const base::Bytes much(3'000'000, 7);
  std::size_t arrived = 0;
  asio::co_spawn(loop, read_to_the_end(*pair.b),
                 [&](const std::exception_ptr&, std::size_t total) { arrived = total; });
  EXPECT_TRUE(finish(loop, write_all(*pair.a, much)));
  finish(loop, pair.a->shutdown());
  test::run_until(loop, [&] { return arrived != 0; });
  EXPECT_EQ(arrived, much.size());
}

TEST(PlainStream, SaysClosedWhenThePeerIsGoneAndGoesOnLiving) {
  asio::io_context loop;
  const Pair pair(loop);
  pair.b->close();
  auto written = finish(loop, write_all(*pair.a, base::view("to nobody")));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::closed);
}

TEST(PlainStream, EndsAReadAtItsTimeLimit) {
  asio::io_context loop;
  const Pair pair(loop);
  pair.a->expires_after(20ms);
  auto text = finish(loop, read_text(*pair.a));
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::timeout);
}

TEST(PlainStream, EndsAWriteThatNobodyReadsAtItsTimeLimit) {
  asio::io_context loop;
  const Pair pair(loop);
  pair.a->expires_after(20ms);
  const base::Bytes much(3'000'000, 7);
  auto written = finish(loop, write_all(*pair.a, much));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::timeout);
}

TEST(PlainStream, StaysExpiredUntilItGetsANewLimit) {
  asio::io_context loop;
  const Pair pair(loop);
  pair.a->expires_after(1ms);
  EXPECT_FALSE(finish(loop, read_text(*pair.a)));
  EXPECT_TRUE(finish(loop, write_all(*pair.b, base::view("late"))));
  EXPECT_FALSE(finish(loop, read_text(*pair.a)));
  pair.a->expires_after(10s);
  EXPECT_EQ(finish(loop, read_text(*pair.a)), "late");
}

TEST(PlainStream, TakesALaterLimitInPlaceOfAnEarlierOne) {
  asio::io_context loop;
  const Pair pair(loop);
  pair.a->expires_after(5ms);
  pair.a->expires_after(60ms);
  const auto before = std::chrono::steady_clock::now();
  EXPECT_FALSE(finish(loop, read_text(*pair.a)));
  EXPECT_GE(std::chrono::steady_clock::now() - before, 60ms);
}

TEST(PlainStream, TakesAnEarlierLimitInPlaceOfALaterOne) {
  asio::io_context loop;
  const Pair pair(loop);
  pair.a->expires_after(1h);
  pair.a->expires_after(5ms);
  auto text = finish(loop, read_text(*pair.a));
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, ErrorCode::timeout);
}

TEST(PlainStream, EndsWhatIsUnderWayWhenItIsClosed) {
  asio::io_context loop;
  const Pair pair(loop);
  std::optional<base::Result<std::string>> text;
  asio::co_spawn(
      loop, read_text(*pair.a),
      [&](const std::exception_ptr&, base::Result<std::string> got) { text = std::move(got); });
  loop.poll();
  ASSERT_FALSE(text);
  pair.a->close();
  test::run_until(loop, [&] { return text.has_value(); });
  ASSERT_FALSE(*text);
  EXPECT_EQ(text->error().code, ErrorCode::closed);
  auto again = finish(loop, read_text(*pair.a));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::closed);
}

TEST(Socket, OutlivesItselfInAWaitUnderWay) {
  asio::io_context loop;
  asio::local::stream_protocol::socket left(loop), right(loop);
  asio::local::connect_pair(left, right);
  auto socket = std::make_unique<Socket>(std::move(left));
  std::optional<base::Result<void>> waited;
  asio::co_spawn(loop, socket->wait_readable(),
                 [&](const std::exception_ptr&, base::Result<void> got) { waited = got; });
  loop.poll();
  const auto closer = socket->closer();
  socket.reset();
  closer();  // of a socket that is gone: nothing
  test::run_until(loop, [&] { return waited.has_value(); });
  ASSERT_FALSE(*waited);
  EXPECT_EQ(waited->error().code, ErrorCode::closed);
}

TEST(ConnectTcp, NamesThePeerAndSendsSmallPiecesAtOnce) {
  asio::io_context loop;
  const test::ScriptedServer server([](int descriptor) { (void)test::receive(descriptor); });
  auto socket = finish(loop, connect_tcp("127.0.0.1", server.port(), 5s));
  ASSERT_TRUE(socket);
  EXPECT_EQ((*socket)->peer(), "127.0.0.1:" + std::to_string(server.port()));
  int no_delay = 0;
  socklen_t size = sizeof no_delay;
  getsockopt((*socket)->descriptor(), IPPROTO_TCP, TCP_NODELAY, &no_delay, &size);
  EXPECT_NE(no_delay, 0);
}

TEST(ConnectTcp, KnowsLocalhostWithoutAskingAnybody) {
  asio::io_context loop;
  const test::ScriptedServer server([](int descriptor) { (void)test::receive(descriptor); });
  for (const char* name : {"localhost", "LOCALHOST.", "phone.localhost"}) {
    EXPECT_TRUE(finish(loop, connect_tcp(name, server.port(), 5s))) << name;
  }
}

TEST(ConnectTcp, SaysUnreachableWithTheAddressWhereNobodyListens) {
  asio::io_context loop;
  const auto port = test::free_port();
  auto socket = finish(loop, connect_tcp("127.0.0.1", port, 5s));
  ASSERT_FALSE(socket);
  EXPECT_EQ(socket.error().code, ErrorCode::unreachable);
  EXPECT_EQ(socket.error().where, "127.0.0.1:" + std::to_string(port));
}

TEST(ConnectTcp, GivesUpAtItsTimeLimit) {
  // A full backlog: the system answers no further SYN, as a firewall that swallows packets.
  asio::io_context loop;
  const int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(bind(listening, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(listening, 0), 0);
  getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size);
  const auto port = ntohs(address.sin_port);
  std::vector<std::unique_ptr<Socket>> waiting;
  for (int i = 0; i < 8; ++i) {
    auto socket = finish(loop, connect_tcp("127.0.0.1", port, 50ms));
    if (!socket) {
      EXPECT_EQ(socket.error().code, ErrorCode::timeout);
      ::close(listening);
      return;
    }
    waiting.push_back(std::move(*socket));
  }
  ::close(listening);
  FAIL() << "the backlog never filled up";
}

TEST(ConnectUnix, SaysUnreachableWhereNothingListens) {
  asio::io_context loop;
  const test::TempDir folder;
  auto socket = finish(loop, connect_unix(folder.path() / "none.sock", 1s));
  ASSERT_FALSE(socket);
  EXPECT_EQ(socket.error().code, ErrorCode::unreachable);
}

}  // namespace
}  // namespace sealtone::net
