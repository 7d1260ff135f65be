// SPDX-License-Identifier: Apache-2.0
//
// The page under attack: each attack ends in its status or at its limit, the phone's memory stays
// within bounds, and others are answered within a second meanwhile.
//
// Attackers come from 127.0.0.1, others from 127.0.0.200.
#include <gmock/gmock.h>
#include <unistd.h>

#include "e2e/phone_under_test.h"
#include "e2e/stranger.h"
#include "support/fault_proxy.h"
#include "support/loopback.h"
#include "support/peers.h"

namespace sealtone::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::uint8_t kOther = 200;
// What the limits are set to; three seconds more, and a busy machine is late.
constexpr auto kLimit = 2s;
constexpr auto kLate = kLimit + 3s;

// One phone for all attacks: none may be felt in the next.
class HostilePage : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    phone_ = new PhoneUnderTest();
    for (const char* key : {"sealtone.handshake_timeout_s", "sealtone.request_timeout_s",
                            "sealtone.idle_timeout_s"}) {
      phone_->set(key, std::to_string(kLimit.count()));
    }
  }
  static void TearDownTestSuite() { delete phone_; }

  void SetUp() override {
    expect_that_others_are_answered();
    forget_peak(pid());
    before_ = kilobytes(pid(), "VmRSS");
  }
  void TearDown() override {
    expect_that_others_are_answered();
    ASSERT_TRUE(phone_->process().running()) << phone_->process().err();
  }

  static std::uint16_t port() { return phone_->port(); }
  static int pid() { return phone_->process().pid(); }

  static void expect_that_others_are_answered() {
    const auto began = std::chrono::steady_clock::now();
    Stranger other(port(), kOther);
    other.say("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(other.answer(), StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_LT(std::chrono::steady_clock::now() - began, 1s);
  }
  // The most that the phone had in memory since the attack began, beyond what it had before.
  long grown_kilobytes() {
    const long grown = kilobytes(pid(), "VmHWM") - before_;
    RecordProperty("grown_kilobytes", std::to_string(grown));
    std::printf("  memory grew by %ld kB at most\n", grown);
    return grown;
  }

  static std::string answer_to(std::string_view octets) {
    Stranger stranger(port());
    stranger.say(octets);
    return stranger.answer();
  }

  static PhoneUnderTest* phone_;
  long before_ = 0;
};
PhoneUnderTest* HostilePage::phone_ = nullptr;

// Descriptors that go away with the test.
class Descriptors {
 public:
  ~Descriptors() {
    for (const int each : all) close(each);
  }
  int add(int descriptor) {
    all.push_back(descriptor);
    return descriptor;
  }
  std::vector<int> all;
};

// The first record of a ClientHello: what a connection that dripped, or stopped, began with.
constexpr std::string_view kHalfAHello{"\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03", 11};

TEST_F(HostilePage, EndsTheSilentAtTheLimitOfTheHandshake) {
  Descriptors silent;
  for (int i = 0; i < 240; ++i) {
    const int descriptor = silent.add(dial_loopback(port()));
    if (i % 2 == 0) transmit(descriptor, kHalfAHello);
  }
  expect_that_others_are_answered();
  for (const int each : silent.all) EXPECT_TRUE(comes_to_its_end(each, kLate));
  EXPECT_LT(grown_kilobytes(), 16'000);
}

TEST_F(HostilePage, EndsTheGarbledAtOnce) {
  Descriptors garbled, begun;
  for (int i = 0; i < 120; ++i) {
    transmit(garbled.add(dial_loopback(port())), std::string(20'000, '\x7E'));
    transmit(begun.add(dial_loopback(port())), "\x7E");  // it may become anything yet
  }
  expect_that_others_are_answered();
  // Long before the limit of the handshake.
  for (const int each : garbled.all) EXPECT_TRUE(comes_to_its_end(each, kLimit / 2));
  for (const int each : begun.all) EXPECT_TRUE(comes_to_its_end(each, kLate));
  EXPECT_LT(grown_kilobytes(), 16'000);
}

TEST_F(HostilePage, EndsThoseThatDripAtTheLimitOfTheHandshake) {
  const FaultProxy proxy(port(), {.kind = Fault::Kind::drip, .side = Fault::Side::client});
  Descriptors dripping;
  for (int i = 0; i < 50; ++i) transmit(dripping.add(dial_loopback(proxy.port())), kHalfAHello);
  expect_that_others_are_answered();
  for (const int each : dripping.all) EXPECT_TRUE(comes_to_its_end(each, kLate));
}

TEST_F(HostilePage, Answers408ToRequestsThatAreNotWholeInTime) {
  std::vector<Stranger> slow;
  for (int i = 0; i < 100; ++i) {
    slow.emplace_back(port()).say("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ");
  }
  expect_that_others_are_answered();
  for (auto& each : slow) EXPECT_THAT(each.answer(), StartsWith("HTTP/1.1 408 "));
  EXPECT_LT(grown_kilobytes(), 16'000);
}

TEST_F(HostilePage, LeavesThoseThatAskNothing) {
  std::vector<Stranger> idle;
  for (int i = 0; i < 100; ++i) idle.emplace_back(port());
  expect_that_others_are_answered();
  for (auto& each : idle) EXPECT_TRUE(each.was_left(kLate));
}

TEST_F(HostilePage, RefusesEndlessHeadersAndBodies) {
  const std::string get = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  const std::string log_in = "POST /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  const std::string endless(5'000'000, 'x');
  EXPECT_THAT(answer_to(get + "X: " + endless), StartsWith("HTTP/1.1 431 "));
  EXPECT_THAT(answer_to("GET /" + endless), StartsWith("HTTP/1.1 414 "));
  EXPECT_THAT(answer_to(log_in + "Content-Length: 4097\r\n\r\n" + endless),
              StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(answer_to(log_in + "Transfer-Encoding: chunked\r\n\r\n1001\r\n" + endless),
              StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(answer_to(log_in + "Transfer-Encoding: chunked\r\n\r\n1;" + endless),
              StartsWith("HTTP/1.1 400 "));
  EXPECT_LT(grown_kilobytes(), 4'000);
}

TEST_F(HostilePage, RefusesRequestsThatAreNone) {
  const std::string post = "POST /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  const std::string hidden = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  for (const auto& octets :
       {post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n" + hidden,
        post + "Content-Length: 0\r\nContent-Length: 3\r\n\r\n" + hidden,
        post + "X: y\n\r\n" + hidden, post + "X: y\r\n z\r\n\r\n" + hidden,
        post + "Transfer-Encoding: chunked\r\n\r\n0\n\n" + hidden, "\x16\x03\x01" + hidden}) {
    const auto answer = answer_to(octets);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 Bad Request\r\n")) << octets;
    EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos) << octets;
  }
}

TEST_F(HostilePage, ReadsNoBodyOfWhoIsNotLoggedIn) {
  const std::string header =
      "POST /api/trusted HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000000\r\n\r\n";
  const std::string body(4'999'999, 'x');  // never whole: whoever reads it has to keep it
  constexpr int kAtOnce = 256;
  std::vector<Stranger> senders;
  for (int i = 0; i < kAtOnce; ++i) {
    senders.emplace_back(port()).say(header);
    if (i % 64 == 0) expect_that_others_are_answered();
  }
  int refused = 0;
  for (auto& each : senders) {
    each.say(body);
    if (each.answer().starts_with("HTTP/1.1 401 ")) ++refused;
  }
  expect_that_others_are_answered();
  // A few may have lost their answer to the reset that their own octets brought about.
  EXPECT_GT(refused, kAtOnce / 2);
  EXPECT_LT(grown_kilobytes(), 24'000);
}

TEST_F(HostilePage, AnswersInPlaceOfContinue) {
  EXPECT_THAT(answer_to("POST /api/trusted HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\n"
                        "Content-Length: 5000000\r\n\r\n"),
              StartsWith("HTTP/1.1 401 "));
}

TEST_F(HostilePage, ClosesTheConnectionsOfAnAddressPastItsShare) {
  Descriptors silent;
  for (int i = 0; i < 256; ++i) silent.add(dial_loopback(port(), 2));
  const int past = silent.add(dial_loopback(port(), 2));
  EXPECT_TRUE(comes_to_its_end(past, kLimit / 2));
  EXPECT_FALSE(comes_to_its_end(silent.all.front(), 0ms));
  expect_that_others_are_answered();
}

TEST_F(HostilePage, StandsTwoThousandConnectionsOfTenAddresses) {
  Descriptors many;
  for (int i = 0; i < 2'000; ++i) {
    const auto from = static_cast<std::uint8_t>(10 + i % 10);
    transmit(many.add(dial_loopback(port(), from)), kHalfAHello);
  }
  expect_that_others_are_answered();
  for (const int each : many.all) EXPECT_TRUE(comes_to_its_end(each, kLate));
  // Of these, 33 are OpenSSL's two buffers of a handshake that is under way.
  EXPECT_LT(grown_kilobytes(), 2'000 * 80);
}

// Logged in, four of the largest uploads are held at once, and not a fifth.
TEST_F(HostilePage, HoldsTheBodiesOfTheAdminToABudget) {
  const std::string own = "own-made-for-the-test";
  const auto log_in =
      R"({"password":")" + phone_->one_time_password() + R"(","new_password":")" + own + R"("})";
  const auto opened =
      answer_to("POST /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " +
                std::to_string(log_in.size()) + "\r\n\r\n" + log_in);
  ASSERT_THAT(opened, StartsWith("HTTP/1.1 200 "));
  const auto between = [&](const std::string& from, char to) {
    const auto at = opened.find(from) + from.size();
    return opened.substr(at, opened.find(to, at) - at);
  };
  const auto upload =
      "POST /api/trusted HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + between("Set-Cookie: ", ';') +
      "\r\nX-CSRF-Token: " + between("\"csrf\":\"", '"') +
      "\r\nExpect: 100-continue\r\nContent-Length: 5000000\r\n\r\n";
  std::vector<Stranger> senders;
  for (int i = 0; i < 4; ++i) {
    senders.emplace_back(port()).say(upload);
    EXPECT_THAT(senders.back().answer(), StartsWith("HTTP/1.1 100 "));
    senders.back().say(std::string(4'999'999, 'x'));
  }
  const auto past = answer_to(upload);
  EXPECT_THAT(past, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(past, HasSubstr("Retry-After: 1\r\n"));
  expect_that_others_are_answered();
  for (auto& each : senders) EXPECT_THAT(each.answer(), StartsWith("HTTP/1.1 408 "));
  EXPECT_LT(grown_kilobytes(), 45'000);
  EXPECT_THAT(answer_to(upload), StartsWith("HTTP/1.1 100 "));
  // An octet too many is answered in the page's own words.
  auto larger = upload;
  larger.replace(larger.find("5000000"), 7, "5000001");
  EXPECT_THAT(answer_to(larger), HasSubstr("at most 5000000 are read here"));
}

}  // namespace
}  // namespace sealtone::test
