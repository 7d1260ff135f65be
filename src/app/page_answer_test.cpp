// SPDX-License-Identifier: Apache-2.0
#include "app/page_answer.h"

#include <gtest/gtest.h>

namespace sealtone::app {
namespace {

using base::ErrorCode;
using Answered = base::Result<http::Response>;

constexpr std::chrono::seconds kLimit{30};

std::string says(const Answered& answered, bool with_user = false) {
  return page_answer({"/phones/", with_user, kLimit}, answered).says;
}

Answered status(int number, std::string reason, http::Fields fields = {}, std::string body = {}) {
  return http::Response{number, std::move(reason), std::move(fields), std::move(body)};
}

TEST(PageAnswer, IsTheStatusAndWhatItMeans) {
  EXPECT_EQ(says(status(200, "OK", {}, "#!version:1.0.0.1")),
            "The server answered GET /phones/ with 200 OK: 17 octets came.");
  EXPECT_EQ(says(status(404, "Not Found")),
            "The server answered GET /phones/ with 404 Not Found: it has nothing there.");
  EXPECT_EQ(says(status(503, "")),
            "The server answered GET /phones/ with 503 Service Unavailable: something is wrong on "
            "the server itself; its log says what.");
  EXPECT_EQ(says(status(418, "")),
            "The server answered GET /phones/ with 418: it does not take that request.");
  EXPECT_EQ(page_answer({"/", false, kLimit}, status(404, "")).status, 404);
}

TEST(PageAnswer, TellsAMissingPasswordFromOneThatIsNotTaken) {
  const auto refused = status(401, "Unauthorized");
  EXPECT_EQ(says(refused),
            "The server answered GET /phones/ with 401 Unauthorized: it wants a user name and a "
            "password; give them with --user and --password-file.");
  EXPECT_EQ(says(refused, true),
            "The server answered GET /phones/ with 401 Unauthorized: it does not take this user "
            "name and password.");
}

TEST(PageAnswer, NamesWhereItIsSentOnToAndNotWhoShouldGoThere) {
  EXPECT_EQ(says(status(302, "Found", {{"Location", "https://u:p@other.example/x"}})),
            "The server answered GET /phones/ with 302 Found: it sends on to "
            "https://other.example/x, which was not checked.");
  EXPECT_EQ(says(status(304, "Not Modified")),
            "The server answered GET /phones/ with 304 Not Modified: it gives nothing itself.");
}

TEST(PageAnswer, SaysWhyNoWholeOneCame) {
  const auto none = [](ErrorCode code, const char* detail) {
    return Answered(std::unexpected(base::Error{code, "192.0.2.7:443", detail}));
  };
  EXPECT_EQ(says(none(ErrorCode::timeout, "it took longer than allowed")),
            "The server's answer to GET /phones/ was not whole within 30 seconds.");
  EXPECT_EQ(says(none(ErrorCode::closed, "the connection ended")),
            "The server's answer to GET /phones/ did not come whole: the connection ended.");
  EXPECT_EQ(says(none(ErrorCode::bad_input, "it is no HTTP")),
            "The server's answer to GET /phones/ cannot be used: it is no HTTP.");
  EXPECT_FALSE(page_answer({"/", false, kLimit}, none(ErrorCode::closed, "")).status);
}

TEST(PageAnswer, MakesVisibleWhatAServerHides) {
  EXPECT_EQ(says(status(200, "O\x1B[2JK")).find('\x1B'), std::string::npos);
}

}  // namespace
}  // namespace sealtone::app
