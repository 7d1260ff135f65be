// SPDX-License-Identifier: Apache-2.0
//
// http/client: every form of body, interim responses, limits, broken and hostile servers.
#include <gmock/gmock.h>

#include "http/memory_stream.h"
#include "support/loop.h"
#include "support/peers.h"

namespace sealtone::http {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using test::finish;
using testing::MemoryStream;
using testing::one_by_one;

base::Result<Response> get(std::deque<std::string> pieces, Limits limits = {},
                           const std::string& method = "GET",
                           std::optional<base::Error> ending = {}) {
  net::asio::io_context loop;
  MemoryStream stream(std::move(pieces));
  stream.ending = std::move(ending);
  Request request;
  request.method = method;
  return finish(loop, exchange(stream, request, limits));
}

std::string body_of(const base::Result<Response>& response) {
  return response ? response->body : base::word(response.error().code);
}

TEST(Exchange, SendsOneRequestAndReadsItsResponse) {
  net::asio::io_context loop;
  MemoryStream stream({"HTTP/1.1 200 Fine\r\nContent-Length: 5\r\nETag: \"x\"\r\n\r\nhello"});
  Request request;
  request.target = "/a";
  auto response = finish(loop, exchange(stream, request, {}));
  ASSERT_TRUE(response);
  EXPECT_EQ(stream.written, "GET /a HTTP/1.1\r\nHost: 192.0.2.1:443\r\n\r\n");
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->reason, "Fine");
  EXPECT_EQ(response->field("etag"), "\"x\"");
  EXPECT_EQ(response->body, "hello");
}

TEST(Exchange, ReadsEveryFormOfBody) {
  const std::vector<std::string> forms = {
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and what nobody asked for",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;a=b\r\nllo\r\n0\r\nX: "
      "y\r\n\r\n",
      "HTTP/1.1 200 OK\r\n\r\nhello",  // until the end of the stream
      "HTTP/1.0 200 OK\r\n\r\nhello",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
  };
  for (const auto& form : forms) {
    EXPECT_EQ(body_of(get({form})), "hello") << form;
    EXPECT_EQ(body_of(get(one_by_one(form))), "hello") << form;
  }
}

TEST(Exchange, KnowsWhereThereIsNoBody) {
  EXPECT_EQ(body_of(get({"HTTP/1.1 204 No Content\r\n\r\n"})), "");
  EXPECT_EQ(body_of(get({"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"})), "");
  EXPECT_EQ(body_of(get({"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"}, {}, "HEAD")), "");
}

TEST(Exchange, SaysClosedWhenTheResponseBreaksOff) {
  for (const char* text : {"", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-Le",
                           "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
                           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"}) {
    EXPECT_EQ(body_of(get(std::string_view(text).empty() ? std::deque<std::string>{}
                                                         : std::deque<std::string>{text})),
              "closed")
        << text;
  }
}

TEST(Exchange, DoesNotTakeABrokenStreamForTheEndOfABody) {
  const base::Error broken{ErrorCode::closed, "", "without a goodbye"};
  EXPECT_EQ(body_of(get({"HTTP/1.1 200 OK\r\n\r\nhel"}, {}, "GET", broken)), "closed");
}

TEST(Exchange, HoldsTheBodyToItsLimit) {
  const Limits limits{.body_bytes = 5};
  EXPECT_EQ(body_of(get({"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"}, limits)), "hello");
  EXPECT_EQ(body_of(get({"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello!"}, limits)),
            "too-large");
  EXPECT_EQ(body_of(get({"HTTP/1.1 200 OK\r\n\r\nhello"}, limits)), "hello");
  EXPECT_EQ(body_of(get({"HTTP/1.1 200 OK\r\n\r\nhello", "!"}, limits)), "too-large");
  EXPECT_EQ(
      body_of(get({"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello!\r\n0\r\n\r\n"},
                  limits)),
      "too-large");
}

TEST(Exchange, HoldsTheHeaderToItsLimit) {
  std::deque<std::string> endless{"HTTP/1.1 200 OK\r\n"};
  for (int i = 0; i < 1'000; ++i) endless.push_back("X: " + std::string(95, 'x') + "\r\n");
  EXPECT_EQ(body_of(get(endless)), "too-large");
  std::deque<std::string> chunk{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;"};
  for (int i = 0; i < 1'000; ++i) chunk.emplace_back(100, 'x');
  EXPECT_EQ(body_of(get(chunk)), "too-large");
}

TEST(Exchange, RefusesWhatIsNoResponse) {
  for (const char* text :
       {"SSH-2.0-x\r\n\r\n", "HTTP/2.0 200 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nX\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n12",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nzz\r\n"}) {
    EXPECT_EQ(body_of(get({text})), "bad-input") << text;
  }
}

TEST(Exchange, DoesNotFollowInterimResponsesForever) {
  std::deque<std::string> pieces;
  for (int i = 0; i < 1'000; ++i) pieces.emplace_back("HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_EQ(body_of(get(pieces)), "bad-input");
}

TEST(Exchange, EndsAtItsTimeLimit) {
  net::asio::io_context loop;
  const test::ScriptedServer silent([](int descriptor) {
    while (!test::receive(descriptor).empty()) {
    }
  });
  auto socket = finish(loop, net::connect_tcp("127.0.0.1", silent.port(), 5s));
  ASSERT_TRUE(socket);
  const auto stream = net::plain_stream(std::move(*socket));
  const Limits limits{.request = 30ms};
  EXPECT_EQ(body_of(finish(loop, exchange(*stream, {}, limits))), "timeout");
}

TEST(Exchange, KeepsTheConnectionToNginxForMore) {
  net::asio::io_context loop;
  test::Nginx::Options options;
  options.tls = false;
  options.server = "location / { return 200 'you asked for $request_uri'; }";
  const test::Nginx nginx(options);
  auto socket = finish(loop, net::connect_tcp("127.0.0.1", nginx.port(), 5s));
  ASSERT_TRUE(socket);
  const auto stream = net::plain_stream(std::move(*socket));
  for (const char* target : {"/1", "/2", "/3"}) {
    Request request;
    request.target = target;
    EXPECT_EQ(body_of(finish(loop, exchange(*stream, request, {}))),
              std::string("you asked for ") + target);
  }
}

}  // namespace
}  // namespace sealtone::http
