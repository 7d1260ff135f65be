// SPDX-License-Identifier: Apache-2.0
//
// sip/account: registering, staying registered and leaving, over TCP with a scripted registrar.
#include "sip/account_fixture.h"

namespace sealtone::sip::tests {
namespace {

using ::testing::HasSubstr;

std::optional<Message> asks_for_a_password(const Message& request) {
  return request.field("Authorization").empty() ? challenge(request) : granted(request, 60);
}

TEST_F(AnAccount, RegistersWithItsPasswordAndSaysUntilWhen) {
  Registrar registrar(loop, asks_for_a_password);
  start(options(tcp(registrar)));
  EXPECT_EQ(status().state, State::registering);
  until(State::registered);
  EXPECT_EQ(status().until, clock.now() + 60s);
  EXPECT_EQ(status().transport, Transport::tcp);
  EXPECT_FALSE(status().verdict);
  EXPECT_EQ(status().server, "127.0.0.1:" + std::to_string(registrar.port()));
  ASSERT_EQ(registrar.requests.size(), 2U);
  EXPECT_EQ(registrar.connections.size(), 1U);
  EXPECT_EQ(registrar.requests[0].call_id(), registrar.requests[1].call_id());
  EXPECT_EQ(registrar.requests[1].field("CSeq"), "2 REGISTER");
  EXPECT_THAT(std::string(registrar.requests[1].field("Allow")), HasSubstr("NOTIFY"));
}

TEST_F(AnAccount, RenewsOverTheSameConnectionAndNotFasterThanItsBound) {
  Registrar registrar(loop, [](const Message& request) { return granted(request, 1); });
  auto quick = options(tcp(registrar));
  quick.limits.shortest_renewal = 40ms;
  quick.expires_overlap = -1;
  start(quick);
  // Half of one second: the server's word counts where it is the slower one.
  until([&] { return registrar.requests.size() == 2; });
  EXPECT_GE(gaps(registrar.times)[0], 500ms);
  EXPECT_EQ(registrar.connections.size(), 1U);
}

TEST_F(AnAccount, SaysThatItIsNotRegisteredWhereAServerGrantsLessThanItsBound) {
  Registrar registrar(loop, [](const Message& request) { return granted(request, 1); });
  auto slow = options(tcp(registrar));
  slow.limits.shortest_renewal = 1'100ms;
  start(slow);
  until(State::registered);
  until(State::registering);
  EXPECT_THAT(cause().text, HasSubstr("shorter than the time"));
  EXPECT_TRUE(cause().lapsed);
  until(State::registered);
  EXPECT_GE(gaps(registrar.times)[0], 1'100ms);
}

TEST_F(AnAccount, UnregistersAndSaysGoodbyeAtItsEnd) {
  Registrar registrar(loop, asks_for_a_password);
  start(options(tcp(registrar)));
  until(State::registered);
  stop();
  EXPECT_EQ(status().state, State::off);
  ASSERT_EQ(registrar.requests.size(), 3U);
  EXPECT_EQ(registrar.requests[2].field("Expires"), "0");
  EXPECT_EQ(registrar.requests[2].field("Authorization").empty(), false);
  until([&] { return registrar.connections[0]->closed; });
  EXPECT_TRUE(registrar.connections[0]->goodbye);
  ASSERT_FALSE(attempts.empty());
  EXPECT_TRUE(attempts.back().ended);
}

TEST_F(AnAccount, LeavesInTimeWhereNobodyAnswers) {
  Registrar registrar(loop, [&](const Message& request) -> std::optional<Message> {
    if (request.field("Expires") == "0") return std::nullopt;
    return granted(request, 60);
  });
  start(options(tcp(registrar)));
  until(State::registered);
  const auto began = std::chrono::steady_clock::now();
  stop();
  const auto took = std::chrono::steady_clock::now() - began;
  EXPECT_GE(took, 300ms);
  EXPECT_LT(took, 3s);
}

TEST_F(AnAccount, StopsAtOnceBeforeItIsRegistered) {
  Registrar registrar(loop, [](const Message&) { return std::nullopt; });
  start(options(tcp(registrar)));
  until([&] { return registrar.requests.size() == 1; });
  stop();
  EXPECT_EQ(status().state, State::off);
  until([&] { return registrar.connections[0]->closed; });
  EXPECT_EQ(registrar.requests.size(), 1U);
}

TEST_F(AnAccount, WaitsItsSurgeTimeBeforeItConnects) {
  Registrar registrar(loop, asks_for_a_password);
  auto surge = options(tcp(registrar));
  surge.surge_prevention = std::chrono::hours(24 * 365);
  start(surge);
  until([&] { return !statuses.empty(); });
  EXPECT_EQ(status().state, State::registering);
  EXPECT_GT(status().next_try.value_or(clock.now()), clock.now());
  stop();
  EXPECT_TRUE(registrar.connections.empty());
}

TEST_F(AnAccount, RegistersAnewWhenTheConnectionIsLost) {
  Registrar registrar(loop, [](const Message& request) { return granted(request, 60); });
  auto quick = options(tcp(registrar));
  quick.backoff = {10'000ms, 5'000ms, 20'000ms, 1ms};
  quick.limits.shortest_renewal = 20ms;
  start(quick);
  until(State::registered);
  registrar.cut();
  until(State::failed);
  // It had not lasted, so that the wait is that of a failure.
  EXPECT_THAT(cause().text, HasSubstr("ended the connection"));
  EXPECT_GE(*status().next_try, clock.now() + 5s);
  account->reconnect();
  until(State::registered);
  EXPECT_EQ(registrar.connections.size(), 2U);
}

TEST_F(AnAccount, ComesBackAtOnceAfterARegistrationThatLasted) {
  Registrar registrar(loop, [](const Message& request) { return granted(request, 1); });
  auto quick = options(tcp(registrar));
  quick.backoff = {400ms, 400ms, 60'000ms, 1ms};  // lasted: for as long as its first wait
  start(quick);
  until([&] { return registrar.requests.size() == 2; });  // half a second later
  registrar.cut();
  until([&] { return registrar.requests.size() == 3; });
  EXPECT_LT(gaps(registrar.times)[1], 400ms);
  // Not so the second time.
  until(State::registered);
  registrar.cut();
  until(State::failed);
  EXPECT_GE(*status().next_try, clock.now() + 1s);
}

TEST_F(AnAccount, ConnectsAnewWhenItIsTold) {
  Registrar registrar(loop, asks_for_a_password);
  start(options(tcp(registrar)));
  until(State::registered);
  account->reconnect();
  until([&] { return registrar.connections.size() == 2 && status().state == State::registered; });
  EXPECT_EQ(registrar.requests[2].field("Expires"), "0");
  EXPECT_TRUE(registrar.connections[0]->closed);
  // Another connection, so that Contact is another one; call and tag stay.
  EXPECT_NE(registrar.requests[0].field("Contact"), registrar.requests.back().field("Contact"));
  EXPECT_EQ(registrar.requests[0].call_id(), registrar.requests.back().call_id());
}

TEST_F(AnAccount, PingsAndRegistersAnewWithoutAPong) {
  Registrar registrar(loop, [](const Message& request) {
    return granted(request, 60, {{"Flow-Timer", "1"}, {"Require", "outbound"}});
  });
  registrar.answers_pings = false;
  auto quick = options(tcp(registrar));
  quick.limits.shortest_ping = 20ms;
  quick.limits.flow.pong = 30ms;
  start(quick);
  until([&] { return registrar.connections.size() == 2 && status().state == State::registered; });
  EXPECT_GE(registrar.pings, 1);
  // Flow-Timer asks for a ping each 0.8 to 1 s.
  EXPECT_GE(registrar.connections[1]->at - registrar.connections[0]->at, 800ms);
  bool said = false;
  for (const auto& each : statuses) {
    said = said || (each.cause && each.cause->text.find("keep-alive") != std::string::npos);
  }
  EXPECT_TRUE(said);
}

TEST_F(AnAccount, AnswersTheServersRequestsAndTellsWhatTheyAskFor) {
  Registrar registrar(loop, asks_for_a_password);
  start(options(tcp(registrar)));
  until(State::registered);
  const auto contact = parse_name_address(registrar.requests[0].field("Contact"))->uri.text();
  const auto ask = [&](const std::string& method, const std::string& more) {
    registrar.say(method + " " + contact + " SIP/2.0\r\nVia: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK" +
                  method +
                  ";rport\r\nMax-Forwards: 70\r\nFrom: <sip:pbx@example.com>;tag=1\r\n"
                  "To: <sip:alice@example.com>\r\nCall-ID: " +
                  method + "\r\nCSeq: 1 " + method + "\r\n" + more + "Content-Length: 0\r\n\r\n");
  };
  ask("OPTIONS", "");
  until([&] { return registrar.responses.size() == 1; });
  EXPECT_EQ(registrar.responses[0].status, 200);
  EXPECT_THAT(std::string(registrar.responses[0].field("Via")), HasSubstr("received=127.0.0.1"));
  ask("NOTIFY", "Event: check-sync;reboot=false\r\nSubscription-State: terminated\r\n");
  until([&] { return registrar.responses.size() == 2 && !asked.empty(); });
  EXPECT_EQ(registrar.responses[1].status, 200);
  EXPECT_EQ(asked.size(), 1U);
}

}  // namespace
}  // namespace sealtone::sip::tests
