// SPDX-License-Identifier: Apache-2.0
//
// sip/flow: one connection, its peer on the other end of a socket pair.
#include "sip/flow.h"

#include <boost/asio/local/connect_pair.hpp>

#include "sip/registrar.h"

namespace sealtone::sip::tests {
namespace {

using base::ErrorCode;
using test::run_until;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

Message a_request(const std::string& branch, const std::string& method = "REGISTER") {
  Message message;
  message.method = method;
  message.uri = "sip:example.com";
  message.add("Via", "SIP/2.0/TCP 192.0.2.5:1;branch=z9hG4bK" + branch + ";rport");
  message.add("From", "<sip:a@example.com>;tag=t");
  message.add("To", "<sip:a@example.com>");
  message.add("Call-ID", "c" + branch);
  message.add("CSeq", "1 " + method);
  return message;
}

class OneFlow : public ::testing::Test {
 protected:
  OneFlow() {
    limits.transaction = 10s;
    limits.pong = 10s;
    limits.message = 10s;
  }
  void begin(bool peer_reads = true) {
    net::asio::local::stream_protocol::socket left(loop), right(loop);
    net::asio::local::connect_pair(left, right);
    if (!peer_reads) left.set_option(net::asio::socket_base::send_buffer_size(2'000));
    peer = net::plain_stream(std::make_unique<net::Socket>(std::move(right)));
    if (peer_reads) net::asio::co_spawn(loop, hear(), net::asio::detached);
    Flow::Events events;
    events.request = [this](const Message& request) -> std::optional<Message> {
      requests.push_back(request.method);
      if (request.method == "ACK") return std::nullopt;
      return response_to(request, 200, "OK", "ours");
    };
    events.unreadable = [this](std::string_view, const base::Error&) -> std::optional<Message> {
      ++unreadable;
      return std::nullopt;
    };
    events.ended = [this](const base::Error& why) { ended.push_back(why); };
    events.seen = [this](bool sent, const Message&) { ++(sent ? seen_sent : seen_received); };
    flow = Flow::start(loop.get_executor(),
                       net::plain_stream(std::make_unique<net::Socket>(std::move(left))), limits,
                       std::move(events));
  }
  net::Task<void> hear() {
    std::array<std::uint8_t, 4096> buffer{};
    for (;;) {
      auto reading = peer->read_some(buffer);
      const auto got = co_await std::move(reading);
      if (!got || *got == 0) break;
      heard += base::text(base::ByteView(buffer).first(*got));
    }
    peer_ended = true;
  }
  void say(std::string text) {
    net::asio::co_spawn(loop, speak(std::move(text)), net::asio::detached);
  }
  void say(const Message& message) { say(write(message).value()); }
  net::Task<void> speak(std::string text) {
    auto writing = net::write_all(*peer, base::view(text));
    (void)co_await std::move(writing);
  }
  void ask(const Message& message) {
    net::asio::co_spawn(loop, flow->request(message),
                        [this](const std::exception_ptr&, base::Result<Message> answer) {
                          answers.push_back(std::move(answer));
                        });
  }
  bool until(const std::function<bool()>& done) {
    run_until(loop, done);
    return true;
  }
  std::size_t heard_times(const std::string& text) const {
    std::size_t times = 0;
    for (auto at = heard.find(text); at != std::string::npos; at = heard.find(text, at + 1))
      ++times;
    return times;
  }

  net::asio::io_context loop;
  Flow::Limits limits;
  std::unique_ptr<net::ByteStream> peer;
  std::unique_ptr<Flow> flow;
  std::string heard;
  std::vector<std::string> requests;
  std::vector<base::Result<Message>> answers;
  std::vector<base::Error> ended;
  int seen_sent = 0, seen_received = 0, unreadable = 0;
  bool peer_ended = false;
};

TEST_F(OneFlow, GivesEachRequestItsOwnResponse) {
  begin();
  ask(a_request("1"));
  ask(a_request("2", "OPTIONS"));
  until([&] { return heard_times("\r\n\r\n") == 2; });
  say(reply(a_request("2", "OPTIONS"), 486, "Busy Here"));
  say(reply(a_request("1"), 200, "OK"));
  until([&] { return answers.size() == 2; });
  EXPECT_EQ(answers[0]->status, 486);
  EXPECT_EQ(answers[1]->status, 200);
  EXPECT_EQ(seen_sent, 2);
  EXPECT_EQ(seen_received, 2);
}

TEST_F(OneFlow, PassesOverWhatAnswersNothingThatWasAsked) {
  begin();
  ask(a_request("1"));
  until([&] { return heard_times("\r\n\r\n") == 1; });
  say(reply(a_request("9"), 200, "OK"));             // a branch that was never sent
  say(reply(a_request("1", "OPTIONS"), 200, "OK"));  // another method
  auto two = reply(a_request("1"), 200, "OK");
  two.fields.insert(two.fields.begin(), {"Via", "SIP/2.0/TCP 192.0.2.66;branch=z9hG4bK0"});
  say(two);
  auto other = a_request("1");
  other.fields[3].value = "another-call";
  say(reply(other, 200, "OK"));
  say("REGISTER sip:x SIP/2.0\r\nContent-Length: 0\r\n\r\n");  // no message
  until([&] { return flow->counts().passed_over == 5; });
  EXPECT_TRUE(answers.empty());
  EXPECT_EQ(unreadable, 1);
  say(reply(a_request("1"), 202, "Accepted"));
  say(reply(a_request("1"), 403, "Forbidden"));  // a second final one
  until([&] { return flow->counts().passed_over == 6 && !answers.empty(); });
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0]->status, 202);
}

TEST_F(OneFlow, IsNotHeldUpByProvisionalResponses) {
  limits.transaction = 60ms;
  begin();
  ask(a_request("1"));
  const auto trying = reply(a_request("1"), 100, "Trying");
  while (answers.empty()) {
    const auto before = seen_received;
    say(trying);
    until([&] { return seen_received > before || !answers.empty(); });
  }
  ASSERT_FALSE(answers[0]);
  EXPECT_EQ(answers[0].error().code, ErrorCode::timeout);
  EXPECT_THAT(answers[0].error().detail, HasSubstr("no answer to REGISTER"));
  EXPECT_TRUE(flow->open());
}

TEST_F(OneFlow, SaysOfATimeoutThatSomethingCouldNotBeRead) {
  limits.transaction = 50ms;
  begin();
  ask(a_request("1"));
  say("SIP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n");
  until([&] { return !answers.empty(); });
  EXPECT_THAT(answers[0].error().detail, HasSubstr("a message that came could not be read"));
}

TEST_F(OneFlow, SaysOfAnEndThatSomethingCouldNotBeRead) {
  begin();
  say("SIP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n");
  until([&] { return unreadable == 1; });
  ask(a_request("1"));
  until([&] { return !heard.empty(); });
  say("SIP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n");
  until([&] { return unreadable == 2; });
  peer->close();
  until([&] { return answers.size() == 1; });
  EXPECT_THAT(answers[0].error().detail, HasSubstr("a message that came could not be read"));
}

// What came before has nothing to do with it.
TEST_F(OneFlow, SaysNothingOfWhatCameBeforeItWasAsked) {
  begin();
  say("SIP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n");
  until([&] { return unreadable == 1; });
  ask(a_request("1"));
  until([&] { return !heard.empty(); });
  peer->close();
  until([&] { return answers.size() == 1; });
  EXPECT_EQ(answers[0].error().detail.find("could not be read"), std::string::npos);
}

TEST_F(OneFlow, RefusesMoreTransactionsThanItsLimit) {
  begin();
  for (int i = 0; i < 65; ++i) ask(a_request(std::to_string(i)));
  until([&] { return answers.size() == 1; });
  EXPECT_EQ(answers[0].error().code, ErrorCode::busy);
}

TEST_F(OneFlow, AnswersRequestsOnTheSameConnection) {
  begin();
  say(write(a_request("s1", "OPTIONS")).value() + write(a_request("s2", "ACK")).value() +
      write(a_request("s3", "NOTIFY")).value());
  until([&] { return heard_times("SIP/2.0 200 OK") == 2; });
  EXPECT_THAT(requests, ElementsAre("OPTIONS", "ACK", "NOTIFY"));
  EXPECT_THAT(heard, StartsWith("SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP 192.0.2.5:1;branch=z9hG4bKs1"));
}

TEST_F(OneFlow, RefusesAFloodOfRequestsAndThenReadsNoMoreOfIt) {
  limits.requests_a_second = 5;
  limits.frames_a_second = 20;
  limits.second = 200ms;
  begin();
  const auto began = std::chrono::steady_clock::now();
  std::string flood;
  for (int i = 0; i < 45; ++i) flood += write(a_request(std::to_string(i), "OPTIONS")).value();
  say(flood);
  until([&] { return heard_times("SIP/2.0 503") + heard_times("SIP/2.0 200") == 45; });
  const auto took = std::chrono::steady_clock::now() - began;
  // Three seconds of the flow's at 20 each; of each, the first five are answered.
  EXPECT_GE(took, 390ms);
  EXPECT_GE(requests.size(), 15U);
  EXPECT_LE(requests.size(), 5 * static_cast<std::size_t>(took / limits.second + 2));
  EXPECT_EQ(flow->counts().refused, 45 - requests.size());
  EXPECT_TRUE(flow->open());
}

TEST_F(OneFlow, EndsWhereThePeerDoesNotReadWhatItAskedFor) {
  limits.requests_a_second = limits.frames_a_second = 1'000'000;
  limits.waiting_octets = 10'000;
  begin(false);
  std::string flood;
  for (int i = 0; i < 500; ++i) flood += write(a_request(std::to_string(i), "OPTIONS")).value();
  say(flood);
  until([&] { return !ended.empty(); });
  EXPECT_EQ(ended[0].code, ErrorCode::too_large);
  EXPECT_FALSE(flow->open());
}

TEST_F(OneFlow, PingsAndEndsWithoutAPong) {
  limits.pong = 400ms;
  begin();
  flow->keep_alive(20ms, true);
  until([&] { return heard_times("\r\n\r\n") >= 1; });
  say("\r\n");
  until([&] { return flow->pong_seen(); });
  EXPECT_TRUE(ended.empty());
  ask(a_request("1"));
  until([&] { return !ended.empty(); });
  EXPECT_EQ(ended[0].code, ErrorCode::timeout);
  EXPECT_THAT(ended[0].detail, HasSubstr("keep-alive was not answered"));
  until([&] { return answers.size() == 1; });
  EXPECT_EQ(answers[0].error().code, ErrorCode::timeout);
}

TEST_F(OneFlow, DoesNotWaitForPongsThatNobodyPromised) {
  limits.pong = 20ms;
  begin();
  flow->keep_alive(10ms, false);
  until([&] { return heard.size() >= 5 * 4; });
  EXPECT_TRUE(flow->open());
  flow->keep_alive(0ms, false);
  say(write(a_request("s", "OPTIONS")).value());
  until([&] { return heard_times("200 OK") == 1; });
  EXPECT_TRUE(flow->open());
}

TEST_F(OneFlow, AnswersPings) {
  begin();
  say("\r\n\r\n");
  until([&] { return heard == "\r\n"; });
  EXPECT_TRUE(requests.empty());
}

TEST_F(OneFlow, DoesNotWaitForTheRestOfAMessage) {
  limits.message = 50ms;
  begin();
  const auto whole = write(a_request("s", "OPTIONS")).value();
  say(whole.substr(0, 40));
  say(whole.substr(40));
  until([&] { return requests.size() == 1; });
  say(whole.substr(0, 40));
  until([&] { return !ended.empty(); });
  EXPECT_EQ(ended[0].code, ErrorCode::timeout);
  EXPECT_THAT(ended[0].detail, HasSubstr("begun and not ended"));
}

TEST_F(OneFlow, EndsWithWhatCannotBeReadOn) {
  begin();
  ask(a_request("1"));
  say("HTTP/1.1 400 Bad Request\r\n\r\n");
  until([&] { return !ended.empty() && !answers.empty(); });
  EXPECT_EQ(ended[0].code, ErrorCode::bad_input);
  EXPECT_EQ(answers[0].error().code, ErrorCode::bad_input);
  until([&] { return peer_ended; });
}

TEST_F(OneFlow, TellsOfThePeersEndOnce) {
  begin();
  ask(a_request("1"));
  until([&] { return !heard.empty(); });
  peer->close();
  until([&] { return !ended.empty() && !answers.empty(); });
  EXPECT_EQ(ended.size(), 1U);
  EXPECT_EQ(ended[0].code, ErrorCode::closed);
  ask(a_request("2"));
  until([&] { return answers.size() == 2; });
  EXPECT_EQ(answers[1].error().code, ErrorCode::closed);
}

TEST_F(OneFlow, SendsItsLastWordsBeforeItCloses) {
  begin();
  ask(a_request("1"));
  until([&] { return seen_sent == 1; });
  flow->close();
  EXPECT_FALSE(flow->open());
  EXPECT_TRUE(ended.empty());  // never from within a call
  until([&] { return !ended.empty() && peer_ended; });
  EXPECT_THAT(heard, StartsWith("REGISTER"));
  EXPECT_EQ(ended[0].code, ErrorCode::closed);
  flow->close();
}

TEST_F(OneFlow, SaysNothingMoreOnceItIsLetGo) {
  begin();
  ask(a_request("1"));
  until([&] { return !heard.empty(); });
  flow.reset();
  until([&] { return !answers.empty() && peer_ended; });
  EXPECT_EQ(answers[0].error().code, ErrorCode::closed);
  EXPECT_TRUE(ended.empty());
}

}  // namespace
}  // namespace sealtone::sip::tests
