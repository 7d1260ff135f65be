// SPDX-License-Identifier: Apache-2.0
//
// http/server: requests that two readers could cut at different places are read one way, the strict
// one, or refused; nothing behind a refused one is ever taken for a request.
//
// The cases are those of RFC 9112 §11.2 and of the literature on request smuggling: CL.TE, TE.CL,
// TE.TE, doubled and malformed lengths, chunk sizes and extensions, line ends, targets.
#include <gmock/gmock.h>

#include "http/memory_stream.h"
#include "support/loop.h"

namespace sealtone::http {
namespace {

using ::testing::HasSubstr;
using testing::MemoryStream;
using ::testing::Not;
using testing::one_by_one;

const std::string kHidden = "GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n";
const std::string kPost = "POST /open HTTP/1.1\r\nHost: h\r\n";
const std::string kChunked = kPost + "Transfer-Encoding: chunked\r\n\r\n";

struct Case {
  const char* what;
  std::string octets;
  int status;  // of the first answer
};

struct Read {
  std::vector<std::string> targets;
  int status = 0;
  std::string written;
};

Read read(std::deque<std::string> pieces) {
  net::asio::io_context loop;
  MemoryStream stream(std::move(pieces));
  Read read;
  const Handler handler = [&read](const Request& request) -> net::Task<Response> {
    read.targets.push_back(request.target);
    co_return Response{};
  };
  test::finish(loop, serve(stream, handler, {}));
  read.written = stream.written;
  if (read.written.starts_with("HTTP/1.1 ")) read.status = std::stoi(read.written.substr(9));
  return read;
}

const std::vector<Case> kRefused = {
    {"CL.TE", kPost + "Content-Length: 35\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + kHidden,
     400},
    {"TE.CL",
     kPost + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n23\r\n" + kHidden +
         "\r\n0\r\n\r\n",
     400},
    {"TE.TE, the second unknown",
     kPost + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n" + kHidden, 400},
    {"TE.TE, the first unknown",
     kPost + "Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + kHidden, 400},
    {"TE.TE in one list", kPost + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" + kHidden,
     501},
    {"a coding with a prefix", kPost + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + kHidden,
     501},
    {"a coding in quotes", kPost + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n" + kHidden,
     501},
    {"a coding with a parameter",
     kPost + "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n" + kHidden, 501},
    {"identity", kPost + "Transfer-Encoding: identity\r\nContent-Length: 4\r\n\r\n" + kHidden, 400},
    {"an empty coding", kPost + "Transfer-Encoding:\r\n\r\n0\r\n\r\n" + kHidden, 501},
    {"a vertical tab before the coding",
     kPost +
         "Transfer-Encoding: \x0B"
         "chunked\r\n\r\n0\r\n\r\n" +
         kHidden,
     400},
    {"a blank before the colon of a coding",
     kPost + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + kHidden, 400},
    {"a blank before the name of a coding",
     kPost + " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + kHidden, 400},
    {"a folded coding", kPost + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + kHidden, 400},
    {"a coding behind a bare line feed",
     kPost + "X: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + kHidden, 400},
    {"a coding behind a bare carriage return",
     kPost + "X: y\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + kHidden, 400},
    {"two lengths", kPost + "Content-Length: 0\r\nContent-Length: 35\r\n\r\n" + kHidden, 400},
    {"a length in a list", kPost + "Content-Length: 0, 35\r\n\r\n" + kHidden, 400},
    {"a length with a blank in it", kPost + "Content-Length: 3 5\r\n\r\n" + kHidden, 400},
    {"a length with a sign", kPost + "Content-Length: +0\r\n\r\n" + kHidden, 400},
    {"a length with a fraction", kPost + "Content-Length: 0.0\r\n\r\n" + kHidden, 400},
    {"an empty length", kPost + "Content-Length:\r\n\r\n" + kHidden, 400},
    {"a length past 64 bits", kPost + "Content-Length: 18446744073709551616\r\n\r\n" + kHidden,
     400},
    {"a length of 64 bits", kPost + "Content-Length: 18446744073709551615\r\n\r\n" + kHidden, 413},
    {"a chunk size past 64 bits", kChunked + "10000000000000000\r\n" + kHidden, 400},
    {"a chunk size of 64 bits", kChunked + "FFFFFFFFFFFFFFFF\r\n" + kHidden, 413},
    {"a chunk size with a prefix", kChunked + "0x0\r\n\r\n" + kHidden, 400},
    {"a chunk size with a sign", kChunked + "+0\r\n\r\n" + kHidden, 400},
    {"a negative chunk size", kChunked + "-1\r\n\r\n" + kHidden, 400},
    {"a blank before a chunk size", kChunked + " 0\r\n\r\n" + kHidden, 400},
    {"no chunk size", kChunked + "\r\n\r\n" + kHidden, 400},
    {"a chunk line that ends bare", kChunked + "0\n\n" + kHidden, 400},
    {"a chunk whose data end bare", kChunked + "1\r\nx\n0\r\n\r\n" + kHidden, 400},
    {"a line feed in a chunk extension", kChunked + "1;a\nb\r\nx\r\n0\r\n\r\n" + kHidden, 400},
    {"a carriage return in a chunk extension", kChunked + "1;a\rb\r\nx\r\n0\r\n\r\n" + kHidden,
     400},
    {"a chunk longer than its size", kChunked + "1\r\nxx\r\n0\r\n\r\n" + kHidden, 400},
    {"a trailer that ends bare", kChunked + "0\r\nX: y\n\r\n" + kHidden, 400},
    {"authority form", "CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n" + kHidden, 400},
    {"an absolute target without a host", "GET http:///x HTTP/1.1\r\nHost: h\r\n\r\n" + kHidden,
     400},
    {"two blanks in the request line", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n" + kHidden, 400},
    {"a tab in the request line", "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n" + kHidden, 400},
    {"a blank in the target", "GET / x HTTP/1.1\r\nHost: h\r\n\r\n" + kHidden, 400},
    {"a version in small letters", "GET / http/1.1\r\nHost: h\r\n\r\n" + kHidden, 400},
    {"a version with a zero", "GET / HTTP/01.1\r\nHost: h\r\n\r\n" + kHidden, 400},
    {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: h\r\n\r\n" + kHidden, 505},
    {"the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + kHidden, 505},
    {"two empty lines first", "\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n" + kHidden, 400},
    {"a length in a trailer",
     kChunked + "1\r\nx\r\n0\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n" + kHidden,
     400},
};

TEST(Smuggling, IsRefusedWithItsStatusAndNothingBehindItIsARequest) {
  for (const auto& each : kRefused) {
    for (const bool whole : {true, false}) {
      const auto got =
          whole ? read(std::deque<std::string>{each.octets}) : read(one_by_one(each.octets));
      EXPECT_EQ(got.status, each.status) << each.what << ": " << got.written;
      EXPECT_TRUE(got.targets.empty()) << each.what;
      EXPECT_THAT(got.written, Not(HasSubstr("hidden"))) << each.what;
      EXPECT_EQ(got.written.find("HTTP/1.1", 1), std::string::npos) << each.what;
    }
  }
}

// These are odd and well-formed: read as RFC 9112 says, whatever stands behind them comes after.
TEST(Smuggling, LeavesOddButWellFormedRequestsTheirLength) {
  const std::vector<std::string> cases = {
      kChunked + "0\r\n\r\n",
      kChunked + "000\r\n\r\n",
      kChunked + "1;a=b;c=\"d\"\r\nx\r\n0;last\r\n\r\n",
      kChunked + "1\r\nx\r\n0\r\nX: y\r\n\r\n",
      kPost + "transfer-encoding:\tCHUNKED \r\n\r\n0\r\n\r\n",
      kPost + "Content-Length: 0000\r\n\r\n",
      kPost + "Content-Length: 1\r\nX-Content-Length: 40\r\nContent_Length: 40\r\n\r\nx",
      "POST http://other/open HTTP/1.1\r\nHost: h\r\n\r\n",
      "\r\nPOST /open HTTP/1.1\r\nHost: h\r\n\r\n",
      "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n",
  };
  for (const auto& octets : cases) {
    const auto got = read({octets + "GET /next HTTP/1.1\r\nHost: h\r\n\r\n"});
    ASSERT_EQ(got.targets.size(), 2U) << octets << got.written;
    EXPECT_EQ(got.targets[1], "/next") << octets;
    EXPECT_EQ(read(one_by_one(octets + "GET /next HTTP/1.1\r\nHost: h\r\n\r\n")).targets,
              got.targets)
        << octets;
  }
}

// What stands in a field's value is no field.
TEST(Smuggling, TakesNoFieldOutOfAnothersValue) {
  const auto got =
      read({"GET /open HTTP/1.1\r\nHost: h\r\nX: a, Transfer-Encoding: chunked\r\n\r\n" + kHidden});
  EXPECT_THAT(got.targets, ::testing::ElementsAre("/open", "/hidden"));
}

}  // namespace
}  // namespace sealtone::http
