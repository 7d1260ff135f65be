// SPDX-License-Identifier: Apache-2.0
//
// sip/options: what is asked, and what comes of it at servers of all kinds.
#include "sip/options.h"

#include <boost/asio/local/connect_pair.hpp>

#include "crypto/crypto.h"
#include "sip/registrar.h"

namespace sealtone::sip::tests {
namespace {

using base::ErrorCode;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

Uri about() { return {.scheme = "sips", .host = "pbx.example.com"}; }

TEST(OptionsRequest, HoldsWhatEveryRequestHoldsAndNoCredentials) {
  crypto::SystemRandom random;
  const auto request =
      options_request(about(), Transport::tls, "[2001:db8::1]:40112", random).value();
  EXPECT_EQ(request.method, "OPTIONS");
  EXPECT_EQ(request.uri, "sips:pbx.example.com");
  EXPECT_THAT(std::string(request.field("Via")),
              MatchesRegex("SIP/2.0/TLS \\[2001:db8::1\\]:40112;branch=z9hG4bK[0-9a-f]+;rport"));
  EXPECT_EQ(request.field("Max-Forwards"), "70");
  EXPECT_EQ(request.field("CSeq"), "1 OPTIONS");
  EXPECT_EQ(request.field("To"), "<sips:pbx.example.com>");
  EXPECT_THAT(std::string(request.field("From")),
              StartsWith("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag="));
  EXPECT_THAT(std::string(request.field("Authorization")), IsEmpty());
  EXPECT_EQ(parse(write(request).value()).value(), request);
  const auto another =
      options_request(about(), Transport::tls, "[2001:db8::1]:40112", random).value();
  EXPECT_NE(another.call_id(), request.call_id());
  EXPECT_NE(another.field("Via"), request.field("Via"));
}

TEST(OptionsRequest, ConnectionWithoutAnAddressHasNone) {
  crypto::SystemRandom random;
  EXPECT_FALSE(options_request(about(), Transport::tls, "[::1", random));
}

class AskOptions : public ::testing::Test {
 protected:
  // What becomes of it at a server that reads the request and then does as it is told.
  base::Result<Message> ask(const Registrar::Script& script,
                            std::chrono::milliseconds limit = 10s) {
    Registrar server(loop, script);
    return ask(server, limit);
  }
  base::Result<Message> ask(const Registrar& server, std::chrono::milliseconds limit) {
    auto socket = test::finish(loop, net::connect_tcp("127.0.0.1", server.port(), 5s)).value();
    auto request = options_request(about(), Transport::tcp, socket->local(), random).value();
    auto answer = test::finish(
        loop, ask_options(net::plain_stream(std::move(socket)), std::move(request), limit));
    test::run_until(loop, [&] { return server.connections.at(0)->closed; });
    return answer;
  }
  // As it stands on the wire.
  base::Result<Message> ask_and_get(const std::string& octets,
                                    std::chrono::milliseconds limit = 10s) {
    Registrar* asked = nullptr;
    Registrar server(loop, [&](const Message&) -> std::optional<Message> {
      asked->say(octets);
      return std::nullopt;
    });
    asked = &server;
    return ask(server, limit);
  }

  net::asio::io_context loop;
  crypto::SystemRandom random;
};

TEST_F(AskOptions, AnyFinalResponseIsTheAnswer) {
  for (const int status : {200, 302, 401, 404, 405, 503, 603}) {
    const auto answer = ask([status](const Message& request) {
      return reply(request, status, "Said", {{"Server", "s"}, {"Allow", "INVITE, BYE"}});
    });
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, status);
    EXPECT_EQ(answer->field("Server"), "s");
    EXPECT_EQ(answer->all("Allow").size(), 2U);
  }
}

TEST_F(AskOptions, ProvisionalOneIsNot) {
  const auto answer =
      ask([](const Message& request) { return reply(request, 100, "Trying"); }, 100ms);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::timeout);
}

TEST_F(AskOptions, AnswerToSomethingElseIsNotEither) {
  const auto answer = ask(
      [](const Message& request) {
        auto another = request;
        another.fields.front().value = "SIP/2.0/TCP 127.0.0.1;branch=z9hG4bKother";
        return reply(another, 200, "OK");
      },
      100ms);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::timeout);
  EXPECT_THAT(answer.error().detail, HasSubstr("belongs to nothing that was asked"));
}

TEST_F(AskOptions, SilenceHasALimit) {
  const auto answer = ask([](const Message&) { return std::nullopt; }, 100ms);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::timeout);
  EXPECT_THAT(answer.error().detail, HasSubstr("no answer to OPTIONS came in time"));
}

TEST_F(AskOptions, EndWithoutAnAnswerIsSaid) {
  Registrar* asked = nullptr;
  Registrar server(loop, [&](const Message&) -> std::optional<Message> {
    asked->cut();
    return std::nullopt;
  });
  asked = &server;
  const auto answer = ask(server, 10s);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::closed);
}

TEST_F(AskOptions, WhatIsNoSipIsNamed) {
  const auto web = ask_and_get("HTTP/1.1 400 Bad Request\r\n\r\n");
  ASSERT_FALSE(web);
  EXPECT_EQ(web.error().code, ErrorCode::bad_input);
  EXPECT_THAT(web.error().detail, HasSubstr("speaks HTTP"));
  for (const std::string garbage : {"\x01\xFF\xFE", "garbage\r\n\r\n", "SIP/2.0 200 OK\n\n"}) {
    const auto answer = ask_and_get(garbage);
    ASSERT_FALSE(answer) << garbage;
    EXPECT_EQ(answer.error().code, ErrorCode::bad_input) << garbage;
  }
}

TEST_F(AskOptions, HeadersAndBodiesHaveTheirLimits) {
  const std::string start = "SIP/2.0 200 OK\r\n";
  const auto endless = ask_and_get(start + "Subject: " + std::string(kMaxHeadBytes, 'a'));
  ASSERT_FALSE(endless);
  EXPECT_EQ(endless.error().code, ErrorCode::too_large);
  const auto heavy =
      ask_and_get(start + "Content-Length: " + std::to_string(kMaxBodyBytes + 1) + "\r\n\r\n");
  ASSERT_FALSE(heavy);
  EXPECT_EQ(heavy.error().code, ErrorCode::too_large);
}

TEST_F(AskOptions, AnswerThatIsBegunAndNotEndedIsNotWaitedFor) {
  const auto answer = ask_and_get("SIP/2.0 200 OK\r\nSubject: a", 100ms);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::timeout);
}

}  // namespace
}  // namespace sealtone::sip::tests
