// SPDX-License-Identifier: Apache-2.0
//
// net/listener: limits, stale sockets, long paths, running out of descriptors.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "net/net.h"
#include "support/loop.h"

namespace sealtone::net {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using test::finish;

// Sends back one reading, until the peer ends.
Task<void> echo(std::unique_ptr<Socket> socket) {
  const auto stream = plain_stream(std::move(socket));
  base::Bytes buffer(100);
  for (;;) {
    auto got = co_await stream->read_some(buffer);
    if (!got || *got == 0) co_return;
    auto sent = co_await write_all(*stream, base::ByteView(buffer).first(*got));
    if (!sent) co_return;
  }
}

// What comes back for "hello"; "" if the connection was closed instead.
Task<std::string> ask(ByteStream& stream) {
  auto sent = co_await write_all(stream, base::view("hello"));
  if (!sent) co_return "";
  base::Bytes buffer(100);
  auto got = co_await stream.read_some(buffer);
  if (!got) co_return "";
  co_return std::string(base::text(base::ByteView(buffer).first(*got)));
}

std::unique_ptr<ByteStream> dial(asio::io_context& loop, const Listening& where) {
  auto socket = finish(loop, connect_tcp(where.address, where.port, 5s));
  if (!socket) throw std::runtime_error(base::to_string(socket.error()));
  return plain_stream(std::move(*socket));
}

std::unique_ptr<Listener> listen(asio::io_context& loop, Listener::Limits limits = {}) {
  auto listener = Listener::tcp(loop, "127.0.0.1", 0, limits);
  if (!listener) throw std::runtime_error(base::to_string(listener.error()));
  (*listener)->start(echo);
  return std::move(*listener);
}

TEST(TcpListener, ServesConnectionsSideBySideOnThePortTheSystemGave) {
  asio::io_context loop;
  const auto listener = listen(loop);
  EXPECT_NE(listener->where().port, 0);
  const auto first = dial(loop, listener->where());
  const auto second = dial(loop, listener->where());
  EXPECT_EQ(finish(loop, ask(*second)), "hello");
  EXPECT_EQ(finish(loop, ask(*first)), "hello");
}

TEST(TcpListener, ClosesTheNewestConnectionOverTheLimitOfAnAddress) {
  asio::io_context loop;
  const auto listener = listen(loop, {.max_per_address = 2, .max_total = 100});
  auto first = dial(loop, listener->where());
  const auto second = dial(loop, listener->where());
  EXPECT_EQ(finish(loop, ask(*first)), "hello");
  EXPECT_EQ(finish(loop, ask(*second)), "hello");
  const auto third = dial(loop, listener->where());
  EXPECT_EQ(finish(loop, ask(*third)), "");
  EXPECT_EQ(finish(loop, ask(*first)), "hello");
}

TEST(TcpListener, HasRoomAgainWhenAConnectionHasEnded) {
  asio::io_context loop;
  const auto listener = listen(loop, {.max_per_address = 100, .max_total = 1});
  auto first = dial(loop, listener->where());
  EXPECT_EQ(finish(loop, ask(*first)), "hello");
  EXPECT_EQ(finish(loop, ask(*dial(loop, listener->where()))), "");
  first->close();
  loop.restart();
  loop.poll();
  EXPECT_EQ(finish(loop, ask(*dial(loop, listener->where()))), "hello");
}

TEST(TcpListener, ClosesWhatItAcceptedWhenItStops) {
  asio::io_context loop;
  const auto listener = listen(loop);
  const auto where = listener->where();
  const auto connection = dial(loop, where);
  EXPECT_EQ(finish(loop, ask(*connection)), "hello");
  listener->stop();
  EXPECT_EQ(finish(loop, ask(*connection)), "");
  EXPECT_FALSE(finish(loop, connect_tcp(where.address, where.port, 1s)));
  EXPECT_EQ(listener->where().port, where.port);
}

TEST(TcpListener, GoesOnAfterRunningOutOfDescriptors) {
  asio::io_context loop;
  const auto listener = listen(loop);
  const auto waiting = dial(loop, listener->where());  // in the backlog, not yet accepted
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  const int lowest_free = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ::close(lowest_free);
  const rlimit tight{static_cast<rlim_t>(lowest_free), before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &tight), 0);
  loop.restart();
  loop.run_for(20ms);  // long enough to find none left, shorter than it waits then
  setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_EQ(finish(loop, ask(*waiting)), "hello");
}

TEST(TcpListener, KeepsAcceptingWhenAHandlerThrows) {
  asio::io_context loop;
  auto listener = Listener::tcp(loop, "127.0.0.1", 0, {});
  ASSERT_TRUE(listener);
  (*listener)->start([](std::unique_ptr<Socket>) -> Task<void> {
    throw std::runtime_error("a handler with a mistake");
    co_return;
  });
  EXPECT_EQ(finish(loop, ask(*dial(loop, (*listener)->where()))), "");
  EXPECT_EQ(finish(loop, ask(*dial(loop, (*listener)->where()))), "");
}

TEST(TcpListener, SaysBusyForAPortThatIsTakenAndBadInputForAName) {
  asio::io_context loop;
  const auto listener = listen(loop);
  auto second = Listener::tcp(loop, "127.0.0.1", listener->where().port, {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::busy);
  auto named = Listener::tcp(loop, "localhost", 0, {});
  ASSERT_FALSE(named);
  EXPECT_EQ(named.error().code, ErrorCode::bad_input);
}

std::string ask_unix(asio::io_context& loop, const std::filesystem::path& path) {
  auto socket = finish(loop, connect_unix(path, 1s));
  if (!socket) return base::to_string(socket.error());
  const auto stream = plain_stream(std::move(*socket));
  return finish(loop, ask(*stream));
}

TEST(UnixListener, MakesASocketForItsOwnerAloneAndRemovesItAgain) {
  asio::io_context loop;
  const test::TempDir folder;
  const auto path = folder.path() / "admin.sock";
  const auto mask = umask(0);
  auto listener = Listener::unix_socket(loop, path, {});
  umask(mask);
  ASSERT_TRUE(listener) << base::to_string(listener.error());
  (*listener)->start(echo);
  struct stat facts{};
  ASSERT_EQ(stat(path.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600U);
  EXPECT_EQ(ask_unix(loop, path), "hello");
  (*listener)->stop();
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(UnixListener, ReachesPathsLongerThanASocketAddressHolds) {
  asio::io_context loop;
  const test::TempDir folder;
  const auto deep = folder.path() / std::string(100, 'd') / std::string(100, 'e');
  std::filesystem::create_directories(deep);
  auto listener = Listener::unix_socket(loop, deep / "admin.sock", {});
  ASSERT_TRUE(listener) << base::to_string(listener.error());
  (*listener)->start(echo);
  EXPECT_EQ(ask_unix(loop, deep / "admin.sock"), "hello");
  auto too_long = Listener::unix_socket(loop, folder.path() / std::string(108, 'n'), {});
  ASSERT_FALSE(too_long);
  EXPECT_EQ(too_long.error().code, ErrorCode::too_large);
}

TEST(UnixListener, SaysBusyWhileSomebodyAnswersAndRemovesAStaleSocket) {
  asio::io_context loop;
  const test::TempDir folder;
  const auto path = folder.path() / "admin.sock";
  {
    // What a process that was killed leaves behind: a socket file where nobody listens.
    asio::local::stream_protocol::acceptor left_behind(loop, path.string());
    auto busy = Listener::unix_socket(loop, path, {});
    ASSERT_FALSE(busy);
    EXPECT_EQ(busy.error().code, ErrorCode::busy);
  }
  EXPECT_TRUE(std::filesystem::exists(path));
  auto listener = Listener::unix_socket(loop, path, {});
  ASSERT_TRUE(listener) << base::to_string(listener.error());
  (*listener)->start(echo);
  EXPECT_EQ(ask_unix(loop, path), "hello");
}

TEST(UnixListener, LeavesAFileThatIsNoSocketAlone) {
  asio::io_context loop;
  const test::TempDir folder;
  const auto path = folder.write("admin.sock", "somebody's notes");
  auto listener = Listener::unix_socket(loop, path, {});
  ASSERT_FALSE(listener);
  EXPECT_EQ(listener.error().code, ErrorCode::exists);
  EXPECT_EQ(test::read_text(path), "somebody's notes");
}

}  // namespace
}  // namespace sealtone::net
