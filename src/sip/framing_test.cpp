// SPDX-License-Identifier: Apache-2.0
#include "sip/framing.h"

#include <gmock/gmock.h>

namespace sealtone::sip {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Kind = Frame::Kind;

std::string message_with(const std::string& fields, const std::string& body = {}) {
  return "OPTIONS sip:phone@example.com SIP/2.0\r\n" + fields + "\r\n" + body;
}

// The kinds of all frames that are there.
std::vector<Kind> kinds(Framer& framer) {
  std::vector<Kind> found;
  for (auto frame = framer.next(); frame && *frame; frame = framer.next()) {
    found.push_back((*frame)->kind);
  }
  return found;
}

std::vector<Kind> kinds_of(std::string_view octets) {
  Framer framer;
  framer.feed(octets);
  return kinds(framer);
}

std::optional<base::Error> refused(std::string_view octets) {
  Framer framer;
  framer.feed(octets);
  for (;;) {
    auto frame = framer.next();
    if (!frame) return frame.error();
    if (!*frame) return std::nullopt;
  }
}

TEST(Framing, TakesOneMessageAfterTheOtherOutOfWhatArrivedTogether) {
  const auto first = message_with("Content-Length: 5\r\n", "12345");
  const auto second = message_with("l: 0\r\n");
  Framer framer;
  framer.feed(first + second);
  EXPECT_EQ((*framer.next())->octets, first);
  EXPECT_EQ((*framer.next())->octets, second);
  EXPECT_FALSE(framer.next()->has_value());
  EXPECT_FALSE(framer.in_message());
}

TEST(Framing, WaitsForTheLastOctetOfABody) {
  Framer framer;
  framer.feed(message_with("Content-Length : 5\r\n", "1234"));
  EXPECT_FALSE(framer.next()->has_value());
  EXPECT_TRUE(framer.in_message());
  framer.feed("5");
  EXPECT_TRUE(framer.next()->has_value());
}

TEST(Framing, ReadsAContentLengthThatIsFoldedOrGivenTwiceAlike) {
  EXPECT_THAT(kinds_of(message_with("Content-Length:\r\n  5\r\n", "12345")),
              ElementsAre(Kind::message));
  EXPECT_THAT(kinds_of(message_with("Content-Length: 005\r\nl: 5\r\n", "12345")),
              ElementsAre(Kind::message));
  // No field of that name, but the end of another.
  EXPECT_TRUE(refused(message_with("Subject: a\r\n Content-Length: 0\r\n")));
  EXPECT_TRUE(refused(message_with("X-Content-Length: 0\r\n")));
}

TEST(Framing, RefusesAContentLengthThatIsNoNumberOfOctets) {
  for (const auto* length : {"", " ", "-1", "+1", "0x1", "1 2", "1, 1", "1.0", "eleven", "1\t1"}) {
    EXPECT_TRUE(refused(message_with("Content-Length: " + std::string(length) + "\r\n"))) << length;
  }
  EXPECT_TRUE(refused(message_with("Max-Forwards: 70\r\n")));
  EXPECT_TRUE(refused(message_with("Content-Length: 1\r\nl: 2\r\n")));
  // Ones that wrap: 2^32, 2^64 and 2^64 + 5.
  for (const auto* length : {"4294967296", "18446744073709551616", "18446744073709551621"}) {
    const auto error = refused(message_with("Content-Length: " + std::string(length) + "\r\n"));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, base::ErrorCode::too_large);
  }
}

TEST(Framing, TakesABodyUpToTheLimitAndRefusesOneOctetMore) {
  const auto fields = [](std::size_t octets) {
    return message_with("Content-Length: " + std::to_string(octets) + "\r\n");
  };
  EXPECT_THAT(kinds_of(fields(kMaxBodyBytes) + std::string(kMaxBodyBytes, 'b')),
              ElementsAre(Kind::message));
  EXPECT_EQ(refused(fields(kMaxBodyBytes + 1))->code, base::ErrorCode::too_large);
}

TEST(Framing, TakesAHeadUpToTheLimitAndRefusesOneOctetMore) {
  const auto head = [](std::size_t octets) {
    const auto around = message_with("l: 0\r\nSubject: \r\n").size();
    return message_with("l: 0\r\nSubject: " + std::string(octets - around, 'x') + "\r\n");
  };
  ASSERT_EQ(head(kMaxHeadBytes).size(), kMaxHeadBytes);
  EXPECT_THAT(kinds_of(head(kMaxHeadBytes)), ElementsAre(Kind::message));
  EXPECT_EQ(refused(head(kMaxHeadBytes + 1))->code, base::ErrorCode::too_large);
  // One that never ends is refused as soon as it is too long, and not kept.
  EXPECT_EQ(refused("OPTIONS sip:phone@" + std::string(kMaxHeadBytes, 'x'))->code,
            base::ErrorCode::too_large);
}

TEST(Framing, RefusesMoreFieldsThanTheLimit) {
  std::string fields = "l: 0\r\n";
  for (std::size_t at = 0; at < kMaxFields; ++at) fields += "X: y\r\n";
  EXPECT_THAT(kinds_of(message_with(fields)), ElementsAre(Kind::message));
  EXPECT_EQ(refused(message_with(fields + "X: y\r\n"))->code, base::ErrorCode::too_large);
}

TEST(Framing, TellsAPingFromEmptyLines) {
  EXPECT_THAT(kinds_of("\r\n"), IsEmpty());
  EXPECT_THAT(kinds_of("\r\n\r\n"), ElementsAre(Kind::ping));
  EXPECT_THAT(kinds_of("\r\n\r\n\r\n\r\n"), ElementsAre(Kind::ping, Kind::ping));
  // An empty line behind a message and one before the next are no ping.
  const auto message = message_with("l: 0\r\n");
  EXPECT_THAT(kinds_of("\r\n" + message + "\r\n" + message + "\r\n\r\n"),
              ElementsAre(Kind::message, Kind::message, Kind::ping));
}

TEST(Framing, TakesTheFirstEmptyLineAfterAPingForItsPong) {
  Framer framer;
  framer.pinged();
  framer.feed("\r");
  EXPECT_THAT(kinds(framer), IsEmpty());
  EXPECT_FALSE(framer.in_message());
  framer.feed("\n");
  EXPECT_THAT(kinds(framer), ElementsAre(Kind::pong));
  framer.feed("\r\n");
  EXPECT_THAT(kinds(framer), IsEmpty());
  framer.feed("\r\n");
  EXPECT_THAT(kinds(framer), ElementsAre(Kind::ping));
  // A message may come between ping and pong.
  framer.pinged();
  framer.feed(message_with("l: 0\r\n") + "\r\n");
  EXPECT_THAT(kinds(framer), ElementsAre(Kind::message, Kind::pong));
}

TEST(Framing, SaysWhatElseIsSpokenOnThisConnection) {
  EXPECT_THAT(refused("\x16\x03\x01\x02")->detail, HasSubstr("speaks TLS"));
  EXPECT_THAT(refused("\x15")->detail, HasSubstr("speaks TLS"));
  EXPECT_THAT(refused("HTTP/1.1 400 Bad Request\r\n")->detail, HasSubstr("speaks HTTP"));
  EXPECT_THAT(refused("GET / HTTP/1.1\r\n")->detail, HasSubstr("speaks HTTP"));
  EXPECT_THAT(refused("SSH-2.0-OpenSSH_9.2\r\n")->detail, HasSubstr("neither"));
  EXPECT_TRUE(refused(std::string_view("\0", 1)));
  EXPECT_TRUE(refused(" OPTIONS"));
  EXPECT_TRUE(refused("\rOPTIONS"));
  EXPECT_TRUE(refused("\xEF\xBB\xBFOPTIONS"));
}

// What Kamailio 5.6.3 sends behind a registration with outbound, octet for octet.
TEST(Framing, TakesANulBehindACarriageReturnForTheLineFeedThatItStandsFor) {
  using namespace std::string_literals;
  const auto sent =
      "SIP/2.0 200 OK\r\nFlow-Timer: 100\r\0Server: kamailio\r\nContent-Length: 0\r\n\r\n"s;
  for (const std::size_t at : {std::size_t{33}, std::size_t{34}, sent.size()}) {
    Framer framer;
    framer.feed(sent.substr(0, at));
    if (at < sent.size()) {
      EXPECT_FALSE(framer.next()->has_value());
    }
    framer.feed(sent.substr(at));
    const auto frame = framer.next();
    ASSERT_TRUE(frame) << base::to_string(frame.error());
    ASSERT_TRUE(frame->has_value());
    EXPECT_NE((*frame)->octets.find("Flow-Timer: 100\r\nServer"), std::string::npos);
  }
}

TEST(Framing, RefusesLinesThatEndInALineFeedAlone) {
  EXPECT_TRUE(refused("OPTIONS sip:phone@example.com SIP/2.0\nl: 0\n\n"));
  EXPECT_TRUE(refused(message_with("Subject: a\nContent-Length: 5\r\nl: 0\r\n")));
  EXPECT_TRUE(refused(message_with("Subject: a\rContent-Length: 5\r\nl: 0\r\n")));
}

TEST(Framing, StaysRefusedWhateverFollows) {
  Framer framer;
  framer.feed(message_with("Content-Length: -1\r\n"));
  EXPECT_FALSE(framer.next());
  framer.feed(message_with("l: 0\r\n"));
  EXPECT_FALSE(framer.next());
}

// Work, and not time, is counted: an octet that is looked at again for each piece that arrives
// would make it grow with the square.
TEST(Framing, LooksAtEachOctetTwiceAtMostHoweverSlowlyTheyCome) {
  const auto message =
      message_with("Content-Length: 1000\r\nSubject: " + std::string(10'000, 'x') + "\r\n",
                   std::string(1'000, 'b'));
  Framer slow;
  std::size_t messages = 0;
  for (int copy = 0; copy < 20; ++copy) {
    for (const char octet : message) {
      slow.feed({&octet, 1});
      messages += kinds(slow).size();
    }
  }
  EXPECT_EQ(messages, 20U);
  EXPECT_LE(slow.looked_at(), 2 * 20 * message.size());
  Framer fast;
  std::string all;
  for (int copy = 0; copy < 20; ++copy) all += message;
  fast.feed(all);
  EXPECT_EQ(kinds(fast).size(), 20U);
  EXPECT_EQ(fast.looked_at(), slow.looked_at());
}

}  // namespace
}  // namespace sealtone::sip
