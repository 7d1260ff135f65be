// SPDX-License-Identifier: Apache-2.0
//
// http: whose request body is read, how much of it, and how much of all of them at once.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/local/connect_pair.hpp>

#include "http/memory_stream.h"
#include "support/loop.h"

namespace sealtone::http {
namespace {

using ::testing::HasSubstr;
using testing::MemoryStream;
using ::testing::Not;
using testing::one_by_one;
using ::testing::StartsWith;

constexpr std::size_t kAdmitted = 100;
// Bodies longer than that count; the header sections below are shorter.
const Limits kLimits{.header_bytes = 80};

Response turned_away() {
  Response response;
  response.status = 401;
  response.body = "log in first";
  return response;
}

// Lets in, up to kAdmitted octets, who asks for /in.
Admission gate(const Request& header) {
  EXPECT_TRUE(header.body.empty());
  if (header.target != "/in") return std::unexpected(turned_away());
  return kAdmitted;
}

struct Asked {
  std::string answer;
  int handled = 0;
};

Asked ask(std::deque<std::string> pieces, const Bodies& bodies) {
  net::asio::io_context loop;
  MemoryStream stream(std::move(pieces));
  Asked asked;
  const Handler handler = [&asked](const Request& request) -> net::Task<Response> {
    ++asked.handled;
    Response response;
    response.body = "[" + request.body + "]";
    co_return response;
  };
  test::finish(loop, serve(stream, handler, kLimits, bodies));
  asked.answer = stream.written;
  return asked;
}

std::string put(const std::string& target, std::size_t length, const std::string& fields = "") {
  return "PUT " + target + " HTTP/1.1\r\nHost: h\r\n" + fields +
         "Content-Length: " + std::to_string(length) + "\r\n\r\n";
}
std::string chunked(std::size_t chunk) {
  return "PUT /in HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nxxxxx\r\n" +
         fmt::format("{:x}", chunk) + "\r\n" + std::string(chunk, 'x') + "\r\n0\r\n\r\n";
}

TEST(Gate, TurnsAwayBeforeTheBodyIsThere) {
  const auto asked = ask({put("/out", 5'000'000)}, {.gate = gate});
  EXPECT_THAT(asked.answer, StartsWith("HTTP/1.1 401 Unauthorized\r\n"));
  EXPECT_THAT(asked.answer, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(asked.answer, HasSubstr("log in first"));
  EXPECT_EQ(asked.handled, 0);
}

// What it sends behind the refused header section is no request either.
TEST(Gate, AnswersNothingBehindWhatItTurnedAway) {
  const auto asked = ask({put("/out", 3) + put("/in", 0)}, {.gate = gate});
  EXPECT_EQ(asked.handled, 0);
  EXPECT_EQ(asked.answer.find("HTTP/1.1", 1), std::string::npos);
}

TEST(Gate, AnswersInPlaceOfContinue) {
  const std::string waits = "Expect: 100-continue\r\n";
  EXPECT_THAT(ask({put("/out", 3, waits)}, {.gate = gate}).answer, StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(ask({put("/in", kAdmitted + 1, waits)}, {.gate = gate}).answer,
              StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(ask({put("/in", 3, waits), "abc"}, {.gate = gate}).answer,
              StartsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"));
}

TEST(Gate, HoldsABodyToWhatItAdmits) {
  const auto with_length = [](std::size_t length) {
    const auto text = put("/in", length) + std::string(length, 'x');
    const auto whole = ask({text}, {.gate = gate}).answer;
    EXPECT_EQ(ask(one_by_one(text), {.gate = gate}).answer, whole);
    return whole;
  };
  EXPECT_THAT(with_length(kAdmitted - 1), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(with_length(kAdmitted), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(with_length(kAdmitted + 1), StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(ask({chunked(94)}, {.gate = gate}).answer,
              HasSubstr("[" + std::string(99, 'x') + "]"));
  EXPECT_THAT(ask({chunked(95)}, {.gate = gate}).answer,
              HasSubstr("[" + std::string(100, 'x') + "]"));
  EXPECT_THAT(ask({chunked(96)}, {.gate = gate}).answer, StartsWith("HTTP/1.1 413 "));
}

TEST(Gate, IsNotAskedWhereNoBodyIsDue) {
  EXPECT_EQ(ask({"GET /out HTTP/1.1\r\nHost: h\r\n\r\n"}, {.gate = gate}).handled, 1);
  EXPECT_EQ(ask({put("/out", 0)}, {.gate = gate}).handled, 1);
}

TEST(Gate, ThatThrowsIsAnswered500) {
  const Gate throwing = [](const Request&) -> Admission { throw std::runtime_error("SECRET"); };
  const auto asked = ask({put("/in", 3) + "abc"}, {.gate = throwing});
  EXPECT_THAT(asked.answer, StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(asked.answer, Not(HasSubstr("SECRET")));
}

TEST(BodyBudget, HoldsWhatIsTakenUntilItIsGivenBack) {
  BodyBudget budget(10);
  auto first = budget.take(6);
  ASSERT_TRUE(first);
  EXPECT_FALSE(budget.take(5));
  const auto rest = budget.take(4);
  EXPECT_TRUE(rest);
  EXPECT_EQ(budget.held(), 10U);
  EXPECT_FALSE(budget.take(1));
  first.reset();
  EXPECT_EQ(budget.held(), 4U);
  EXPECT_TRUE(budget.take(6));  // and back at once
  EXPECT_EQ(budget.held(), 4U);
}

TEST(BodyBudget, RefusesABodyThatHasNoRoomLeft) {
  BodyBudget budget(150);
  const auto others = budget.take(60);
  const Bodies bodies{.gate = gate, .budget = &budget};
  EXPECT_THAT(ask({put("/in", 90) + std::string(90, 'x')}, bodies).answer,
              StartsWith("HTTP/1.1 200 "));
  const auto past = ask({put("/in", 91) + std::string(91, 'x')}, bodies);
  EXPECT_THAT(past.answer, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(past.answer, HasSubstr("Retry-After: 1\r\n"));
  EXPECT_EQ(past.handled, 0);
  // Without a length it may be as long as admitted.
  EXPECT_THAT(ask({chunked(3)}, bodies).answer, StartsWith("HTTP/1.1 503 "));
  EXPECT_EQ(budget.held(), 60U);
}

// Who may send no more than a header section could hold takes nothing from the others.
TEST(BodyBudget, CountsNoBodyThatIsNoLongerThanAHeaderSection) {
  BodyBudget budget(10);
  const Bodies bodies{.gate = gate, .budget = &budget};
  EXPECT_THAT(ask({put("/in", 80) + std::string(80, 'x')}, bodies).answer,
              StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(ask({put("/in", 81) + std::string(81, 'x')}, bodies).answer,
              StartsWith("HTTP/1.1 503 "));
}

// As long as a request is handled its body is in memory; a kept connection does not hold on to it.
TEST(BodyBudget, IsHeldUntilTheAnswer) {
  BodyBudget budget(100);
  std::vector<std::size_t> held;
  const Handler handler = [&](const Request&) -> net::Task<Response> {
    held.push_back(budget.held());
    co_return Response{};
  };
  net::asio::io_context loop;
  MemoryStream stream(
      {put("/in", 90) + std::string(90, 'x') + "GET / HTTP/1.1\r\nHost: h\r\n\r\n"});
  test::finish(loop, serve(stream, handler, kLimits, {.gate = gate, .budget = &budget}));
  EXPECT_THAT(held, ::testing::ElementsAre(90, 0));
  EXPECT_EQ(budget.held(), 0U);
}

TEST(BodyBudget, IsGivenBackByAPeerThatGoesAway) {
  BodyBudget budget(100);
  EXPECT_EQ(ask({put("/in", 90) + "abc"}, {.gate = gate, .budget = &budget}).answer, "");
  EXPECT_EQ(budget.held(), 0U);
}

}  // namespace
}  // namespace sealtone::http
