// SPDX-License-Identifier: Apache-2.0
//
// http/server: well-formed requests answered, others refused; limits; nothing echoed.
#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/local/connect_pair.hpp>

#include "http/memory_stream.h"
#include "support/loop.h"

namespace sealtone::http {
namespace {

using namespace std::chrono_literals;
using test::finish;
using ::testing::HasSubstr;
using testing::MemoryStream;
using ::testing::Not;
using testing::one_by_one;
using ::testing::StartsWith;

struct Served {
  std::string written;
  std::vector<Request> requests;
  bool said_goodbye = false;
};

// The answer says what was understood.
Served serve_text(std::deque<std::string> pieces, Limits limits = {}) {
  net::asio::io_context loop;
  MemoryStream stream(std::move(pieces));
  Served served;
  Handler handler = [&served](const Request& request) -> net::Task<Response> {
    served.requests.push_back(request);
    Response response;
    response.body = request.method + " " + request.target + " [" + request.body + "]";
    co_return response;
  };
  finish(loop, serve(stream, handler, limits));
  served.written = stream.written;
  served.said_goodbye = stream.said_goodbye;
  return served;
}
Served serve_text(const std::string& text, Limits limits = {}) {
  return serve_text(std::deque<std::string>{text}, limits);
}

int status_of(const Served& served) {
  return served.written.starts_with("HTTP/1.1 ") ? std::stoi(served.written.substr(9)) : 0;
}

TEST(Serve, AnswersARequest) {
  const auto served = serve_text("GET /a?b=1 HTTP/1.1\r\nHost: phone\r\nX-Y:  z \r\n\r\n");
  EXPECT_EQ(served.written, "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\nGET /a?b=1 []");
  ASSERT_EQ(served.requests.size(), 1U);
  EXPECT_EQ(served.requests[0].field("x-y"), "z");
}

TEST(Serve, AnswersPipelinedRequestsInTheirOrder) {
  const std::string text =
      "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n"
      "POST /2 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"
      "\r\nPUT /3 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
      "HEAD /4 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"
      "GET /never HTTP/1.1\r\nHost: h\r\n\r\n";
  const std::string answers =
      "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nGET /1 []"
      "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\nPOST /2 [abc]"
      "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\nPUT /3 [abcde]"
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 10\r\n\r\n";
  EXPECT_EQ(serve_text(text).written, answers);
  EXPECT_EQ(serve_text(one_by_one(text)).written, answers);
  EXPECT_TRUE(serve_text(text).said_goodbye);
}

TEST(Serve, ClosesBehindHttp10UnlessAskedNotTo) {
  EXPECT_THAT(serve_text("GET / HTTP/1.0\r\n\r\nGET / HTTP/1.0\r\n\r\n").requests,
              ::testing::SizeIs(1));
  const auto kept = serve_text(
      "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"
      "GET / HTTP/1.0\r\n\r\n");
  EXPECT_THAT(kept.requests, ::testing::SizeIs(2));
  EXPECT_THAT(kept.written, HasSubstr("Connection: keep-alive\r\n"));
}

TEST(Serve, SaysContinueToWhoWaitsForIt) {
  const std::string header =
      "PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\n"
      "Content-Length: 3\r\n\r\n";
  EXPECT_THAT(serve_text({header, "abc"}).written,
              StartsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"));
  // The body is there already: nobody waits.
  EXPECT_THAT(serve_text(header + "abc").written, StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST(Serve, TakesNoFieldFromATrailer) {
  const auto served = serve_text(
      "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "1\r\nx\r\n0\r\nAuthorization: EVIL\r\n\r\n");
  ASSERT_EQ(served.requests.size(), 1U);
  EXPECT_EQ(served.requests[0].field("authorization"), "");
  EXPECT_EQ(served.requests[0].body, "x");
}

TEST(Serve, TakesTheHostFromATargetInAbsoluteForm) {
  const auto served =
      serve_text("GET http://Phone.Example:8443/x HTTP/1.1\r\nHost: evil.example\r\n\r\n");
  ASSERT_EQ(served.requests.size(), 1U);
  EXPECT_EQ(served.requests[0].target, "/x");
  EXPECT_EQ(served.requests[0].field("host"), "phone.example:8443");
}

struct Malformed {
  const char* what;
  std::string text;
  int status;
};

TEST(Serve, RefusesWhatIsNoRequestAndEchoesNothing) {
  const std::string get = "GET / HTTP/1.1\r\nHost: h\r\n";
  const std::string put = "PUT / HTTP/1.1\r\nHost: h\r\n";
  const std::vector<Malformed> cases = {
      {"no words", "EVIL\r\n\r\n", 400},
      {"a TLS ClientHello", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03\n", 12), 400},
      {"an unknown method", "EVIL / HTTP/1.1\r\nHost: h\r\n\r\n", 501},
      {"a version of tomorrow", "GET / HTTP/2.0\r\nHost: h\r\n\r\n", 505},
      {"a version of yesterday", "GET / HTTP/0.9\r\n\r\n", 505},
      {"no version", "GET /\r\n\r\n", 400},
      {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two hosts", get + "Host: h\r\n\r\n", 400},
      {"a host that is none", "GET / HTTP/1.1\r\nHost: a/EVIL\r\n\r\n", 400},
      {"an empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
      {"a target that is none", "GET EVIL HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"a target of another scheme", "GET sip:EVIL HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"a star for GET", "GET * HTTP/1.1\r\nHost: h\r\n\r\n", 400},
      {"bare line feeds", "GET / HTTP/1.1\nHost: h\n\n", 400},
      {"one bare line feed", "GET / HTTP/1.1\r\nHost: h\n\r\n", 400},
      {"a bare carriage return", "GET / HTTP/1.1\r\nHost: h\rX: EVIL\r\n\r\n", 400},
      {"a folded field", get + "X: a\r\n EVIL\r\n\r\n", 400},
      {"a blank before the colon", get + "X : EVIL\r\n\r\n", 400},
      {"a field without a name", get + ": EVIL\r\n\r\n", 400},
      {"a field that is none", get + "EVIL\r\n\r\n", 400},
      {"a zero octet", get + std::string("X: a\0b\r\n\r\n", 10), 400},
      {"a length and a coding",
       put + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
             "0\r\n\r\nGET /EVIL HTTP/1.1\r\nHost: h\r\n\r\n",
       400},
      {"a coding and a length",
       put + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n"
             "0\r\n\r\nGET /EVIL HTTP/1.1\r\nHost: h\r\n\r\n",
       400},
      {"two lengths", put + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc", 400},
      {"two equal lengths", put + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400},
      {"a list of lengths", put + "Content-Length: 3, 3\r\n\r\nabc", 400},
      {"a negative length", put + "Content-Length: -3\r\n\r\nabc", 400},
      {"a signed length", put + "Content-Length: +3\r\n\r\nabc", 400},
      {"a hexadecimal length", put + "Content-Length: 0x3\r\n\r\nabc", 400},
      {"a length past 64 bits", put + "Content-Length: 99999999999999999999\r\n\r\n", 400},
      {"a coding nobody knows", put + "Transfer-Encoding: EVIL\r\n\r\n", 501},
      {"chunked not last", put + "Transfer-Encoding: chunked, gzip\r\n\r\n", 501},
      {"chunked twice", put + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
       400},
      {"chunks in HTTP/1.0", "PUT / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"a chunk size that is none", put + "Transfer-Encoding: chunked\r\n\r\nEVIL\r\n\r\n", 400},
      {"a chunk longer than said", put + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
       400},
      {"an expectation nobody knows", put + "Expect: EVIL\r\nContent-Length: 1\r\n\r\n", 417},
  };
  for (const auto& malformed : cases) {
    for (const bool whole : {true, false}) {
      const auto served =
          whole ? serve_text(malformed.text) : serve_text(one_by_one(malformed.text));
      EXPECT_EQ(status_of(served), malformed.status) << malformed.what << ": " << served.written;
      EXPECT_TRUE(served.requests.empty()) << malformed.what;
      EXPECT_THAT(served.written, Not(HasSubstr("EVIL"))) << malformed.what;
      EXPECT_THAT(served.written, HasSubstr("Connection: close\r\n")) << malformed.what;
      EXPECT_TRUE(served.said_goodbye) << malformed.what;
    }
  }
}

TEST(Serve, HoldsTheHeaderToItsLimit) {
  const Limits limits{.header_bytes = 200};
  const std::string start = "GET / HTTP/1.1\r\nHost: h\r\nX: ";
  const auto of_size = [&](std::size_t size) {
    return start + std::string(size - start.size() - 4, 'x') + "\r\n\r\n";
  };
  EXPECT_EQ(status_of(serve_text(of_size(199), limits)), 200);
  EXPECT_EQ(status_of(serve_text(of_size(200), limits)), 200);
  EXPECT_EQ(status_of(serve_text(one_by_one(of_size(200)), limits)), 200);
  EXPECT_EQ(status_of(serve_text(of_size(201), limits)), 431);
  EXPECT_EQ(status_of(serve_text(one_by_one(of_size(201)), limits)), 431);
  EXPECT_EQ(status_of(serve_text("GET /" + std::string(300, 'x'), limits)), 414);
}

TEST(Serve, HoldsTheBodyToItsLimit) {
  const Limits limits{.body_bytes = 10};
  const auto with_length = [](std::size_t size) {
    return "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" +
           std::string(size, 'x');
  };
  EXPECT_EQ(status_of(serve_text(with_length(10), limits)), 200);
  EXPECT_EQ(status_of(serve_text(with_length(11), limits)), 413);
  const std::string chunked = "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(status_of(serve_text(chunked + "5\r\nxxxxx\r\n5\r\nxxxxx\r\n0\r\n\r\n", limits)), 200);
  EXPECT_EQ(status_of(serve_text(chunked + "5\r\nxxxxx\r\n6\r\nxxxxxx\r\n0\r\n\r\n", limits)), 413);
  // Refused before the body is asked for.
  EXPECT_EQ(status_of(serve_text("PUT / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
                                 "Content-Length: 11\r\n\r\n",
                                 limits)),
            413);
}

TEST(Serve, DoesNotCollectAChunkExtensionWithoutEnd) {
  const std::string start = "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1;x=";
  std::deque<std::string> pieces{start};
  for (int i = 0; i < 100; ++i) pieces.emplace_back(1'000, 'x');
  EXPECT_EQ(status_of(serve_text(pieces)), 400);
}

std::string answer_of(const Handler& handler) {
  net::asio::io_context loop;
  MemoryStream stream({"GET / HTTP/1.1\r\nHost: h\r\n\r\n"});
  finish(loop, serve(stream, handler, {}));
  return stream.written;
}

TEST(Serve, AnswersForAHandlerThatThrowsOrWouldSplitItsResponse) {
  Handler throwing = [](const Request&) -> net::Task<Response> {
    throw std::runtime_error("SECRET");
    co_return Response{};
  };
  EXPECT_THAT(answer_of(throwing), StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(answer_of(throwing), Not(HasSubstr("SECRET")));
  Handler splitting = [](const Request&) -> net::Task<Response> {
    Response response;
    response.fields = {{"Location", "/\r\nSet-Cookie: EVIL"}};
    co_return response;
  };
  EXPECT_THAT(answer_of(splitting), StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(answer_of(splitting), Not(HasSubstr("EVIL")));
}

// A connection to serve() on a socket pair; what it answers until it closes.
std::string timed(const std::string& said, Limits limits) {
  net::asio::io_context loop;
  net::asio::local::stream_protocol::socket left(loop), right(loop);
  net::asio::local::connect_pair(left, right);
  const auto peer = net::plain_stream(std::make_unique<net::Socket>(std::move(left)));
  const auto own = net::plain_stream(std::make_unique<net::Socket>(std::move(right)));
  bool ended = false;
  const Handler handler = [](const Request&) -> net::Task<Response> { co_return Response{}; };
  net::asio::co_spawn(loop, serve(*own, handler, limits),
                      [&](const std::exception_ptr&) { ended = true; });
  (void)finish(loop, net::write_all(*peer, base::view(said)));
  const auto rest = [&]() -> net::Task<std::string> {
    std::string text;
    base::Bytes buffer(1000);
    for (;;) {
      auto got = co_await peer->read_some(buffer);
      if (!got || *got == 0) co_return text;
      text += base::text(base::ByteView(buffer).first(*got));
    }
  };
  auto text = finish(loop, rest());
  peer->close();
  test::run_until(loop, [&] { return ended; });
  return text;
}

TEST(Serve, AnswersARequestThatTakesTooLongAndLeavesAnIdlePeerWithoutAWord) {
  const Limits limits{.request = 20ms, .idle = 30ms};
  EXPECT_THAT(timed("GET / HT", limits), StartsWith("HTTP/1.1 408 "));
  EXPECT_EQ(timed("", limits), "");
  EXPECT_EQ(timed("GET / HTTP/1.1\r\nHost: h\r\n\r\n", limits),
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
}

TEST(Serve, SaysGoodbyeToAPeerThatAsksNothing) {
  net::asio::io_context loop;
  MemoryStream idle({});
  idle.ending = base::Error{base::ErrorCode::timeout, "", ""};
  const Handler handler = [](const Request&) -> net::Task<Response> { co_return Response(); };
  finish(loop, serve(idle, handler, {}));
  EXPECT_TRUE(idle.said_goodbye);
  EXPECT_EQ(idle.written, "");
  // Who broke the stream off hears nothing more.
  MemoryStream gone({});
  gone.ending = base::Error{base::ErrorCode::closed, "", ""};
  finish(loop, serve(gone, handler, {}));
  EXPECT_FALSE(gone.said_goodbye);
}

// curl as the client of serve() on a TCP port.
std::string curl(const std::vector<std::string>& extra) {
  net::asio::io_context loop;
  auto listener = net::Listener::tcp(loop, "127.0.0.1", 0, {}).value();
  const Handler handler = [](const Request& request) -> net::Task<Response> {
    Response response;
    response.body = request.method + " " + std::to_string(request.body.size());
    co_return response;
  };
  listener->start([&handler](std::unique_ptr<net::Socket> socket) -> net::Task<void> {
    const auto stream = net::plain_stream(std::move(socket));
    co_await serve(*stream, handler, {});
  });
  const auto url = "http://127.0.0.1:" + std::to_string(listener->where().port) + "/";
  test::Arguments command{"curl", "-sS", "--expect100-timeout", "20", url};
  command.insert(command.end(), extra.begin(), extra.end());
  test::Process process(command);
  while (process.running()) loop.run_one_for(5ms);
  process.wait();
  return process.out() + process.err();
}

TEST(Serve, SatisfiesCurl) {
  const test::TempDir folder;
  const auto big = "@" + folder.write("big", std::string(2'000'000, 'x')).string();
  EXPECT_EQ(curl({}), "GET 0");
  EXPECT_EQ(curl({"-0"}), "GET 0");
  EXPECT_EQ(curl({"--data-binary", big}), "POST 2000000");
  EXPECT_EQ(curl({"--data-binary", big, "-H", "Expect: 100-continue"}), "POST 2000000");
  EXPECT_EQ(curl({"-T", big.substr(1), "-H", "Transfer-Encoding: chunked"}), "PUT 2000000");
  EXPECT_THAT(curl({"-I"}), HasSubstr("Content-Length: 6\r\n"));
  const auto too_big = "@" + folder.write("more", std::string(5'000'001, 'x')).string();
  EXPECT_EQ(curl({"--data-binary", too_big}), "Content Too Large\n");
}

}  // namespace
}  // namespace sealtone::http
