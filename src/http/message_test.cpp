// SPDX-License-Identifier: Apache-2.0
//
// http/message: what is sent is one message, whatever the fields hold.
#include "http/message.h"

#include <gtest/gtest.h>

namespace sealtone::http {
namespace {

using base::ErrorCode;

TEST(Fields, AreFoundWithoutRegardToCase) {
  Response response;
  response.fields = {{"Content-Type", "text/plain"}, {"X-A", "1"}, {"x-a", "2"}};
  EXPECT_EQ(response.field("content-TYPE"), "text/plain");
  EXPECT_EQ(response.field("X-a"), "1");
  EXPECT_EQ(response.field("none"), "");
}

TEST(BasicCredentials, AreThoseOfTheStandard) {
  EXPECT_EQ(basic_credentials("Aladdin", "open sesame"),
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");                                // RFC 7617 §2
  EXPECT_EQ(basic_credentials("test", "123\xC2\xA3"), "Basic dGVzdDoxMjPCow==");  // §2.1
}

TEST(SerializeResponse, SetsTheLengthAndNoneWhereThereIsNoBody) {
  Response response;
  response.fields = {{"Content-Length", "999"}, {"Transfer-Encoding", "chunked"}, {"X-Kept", "1"}};
  response.body = "hello";
  EXPECT_EQ(serialize(response, Afterwards::keep_open, false),
            "HTTP/1.1 200 OK\r\nX-Kept: 1\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_EQ(serialize(response, Afterwards::close, true),
            "HTTP/1.1 200 OK\r\nX-Kept: 1\r\nConnection: close\r\nContent-Length: 5\r\n\r\n");
  response.status = 204;
  EXPECT_EQ(serialize(response, Afterwards::keep_open, false),
            "HTTP/1.1 204 No Content\r\nX-Kept: 1\r\n\r\n");
}

TEST(SerializeResponse, RefusesWhatWouldSplitIt) {
  for (const auto& value : {std::string("a\r\nSet-Cookie: b"), std::string("a\nb"),
                            std::string("a\rb"), std::string("a\0b", 3), std::string("\x7F")}) {
    Response response;
    response.fields = {{"Location", value}};
    EXPECT_FALSE(serialize(response, Afterwards::close, false));
    response.fields = {{value, "x"}};
    EXPECT_FALSE(serialize(response, Afterwards::close, false));
    response.fields.clear();
    response.reason = value;
    EXPECT_FALSE(serialize(response, Afterwards::close, false));
  }
  Response response;
  response.fields = {{"", "x"}};
  EXPECT_FALSE(serialize(response, Afterwards::close, false));
  response.fields = {{"A B", "x"}};
  EXPECT_FALSE(serialize(response, Afterwards::close, false));
}

TEST(SerializeResponse, RefusesAStatusThatIsNoFinalOne) {
  for (const int status : {100, 199, 600, 0, -1}) {
    Response response;
    response.status = status;
    EXPECT_FALSE(serialize(response, Afterwards::close, false)) << status;
  }
}

TEST(SerializeRequest, FillsInHostAndLength) {
  Request request;
  EXPECT_EQ(serialize(request, "h:1"), "GET / HTTP/1.1\r\nHost: h:1\r\n\r\n");
  request.method = "POST";
  EXPECT_EQ(serialize(request, "h"), "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
  request.fields = {{"host", "other"}, {"Connection", "close"}};
  request.body = "12345";
  EXPECT_EQ(
      serialize(request, "h"),
      "POST / HTTP/1.1\r\nhost: other\r\nConnection: close\r\nContent-Length: 5\r\n\r\n12345");
}

TEST(SerializeRequest, RefusesWhatWouldSplitIt) {
  for (const char* target : {"/a b", "/a\r\nX: y", "", "/a\tb", "/a\x7F"}) {
    Request request;
    request.target = target;
    const auto text = serialize(request, "h");
    ASSERT_FALSE(text) << target;
    EXPECT_EQ(text.error().code, ErrorCode::bad_input);
  }
  Request request;
  request.method = "GET /";
  EXPECT_FALSE(serialize(request, "h"));
  request.method = "GET";
  request.fields = {{"X", "a\r\nb"}};
  EXPECT_FALSE(serialize(request, "h"));
}

}  // namespace
}  // namespace sealtone::http
