// SPDX-License-Identifier: Apache-2.0
//
// sip/account: servers that refuse, vanish or mislead: what is tried next, when, and what is said.
#include "sip/account_fixture.h"
#include "support/name_server.h"

namespace sealtone::sip::tests {
namespace {

using ::testing::Each;
using ::testing::Ge;
using ::testing::HasSubstr;

Registrar::Script always(int status, const std::vector<Field>& fields = {}) {
  return [=](const Message& request) { return reply(request, status, "No", fields); };
}

TEST_F(AnAccount, SaysThatThePasswordIsWrongAndWaits) {
  Registrar registrar(loop, [](const Message& request) { return challenge(request); });
  start(options(tcp(registrar)));
  until(State::refused);
  EXPECT_EQ(cause().stage, Stage::authentication);
  EXPECT_EQ(cause().status, 401);
  EXPECT_THAT(cause().text, HasSubstr("401 Unauthorized: the server does not accept"));
  EXPECT_EQ(registrar.requests.size(), 2U);  // one without and one with the password
  EXPECT_TRUE(status().next_try);
  EXPECT_FALSE(status().until);
}

TEST_F(AnAccount, IsNeverFasterThanItsKeysWhateverAServerAnswers) {
  // Two requests a try at most for the password, five with stale nonces.
  struct {
    const char* what;
    Registrar::Script script;
    std::size_t requests_a_try;
  } const hostile[] = {
      {"503", always(503), 1},
      {"500 and at once again", always(500, {{"Retry-After", "0"}}), 1},
      {"403", always(403), 1},
      {"423 without a number", always(423), 1},
      {"423 without an end", always(423, {{"Min-Expires", "4294967295"}}), 1},
      {"stale for ever", [](const Message& request) { return challenge(request, ", stale=true"); },
       5},
      {"439 for ever", always(439), 2},
      {"granted for no time", [](const Message& request) { return granted(request, 0); }, 1},
      {"to UDP", always(302, {{"Contact", "<sip:127.0.0.1:1;transport=udp>"}}), 1},
  };
  for (const auto& each : hostile) {
    SCOPED_TRACE(each.what);
    Registrar registrar(loop, each.script);
    auto paced = options(tcp(registrar));
    paced.backoff = {40ms, 40ms, 80ms, 1ms};  // 40 to 80 ms from the first failure on
    start(paced);
    until([&] { return registrar.connections.size() == 4; });
    std::vector<SteadyTime> times;
    for (const auto& connection : registrar.connections) times.push_back(connection->at);
    EXPECT_THAT(gaps(times), Each(Ge(40ms)));
    EXPECT_LE(registrar.requests.size(), 4 * each.requests_a_try);
    account.reset();
  }
}

TEST_F(AnAccount, HonoursRetryAfterWithinItsBound) {
  Registrar registrar(loop, always(503, {{"Retry-After", "4294967295"}}));
  start(options(tcp(registrar)));
  until(State::refused);
  EXPECT_EQ(status().next_try, clock.now() + 3'600s);
  EXPECT_EQ(cause().stage, Stage::sip);
  EXPECT_THAT(cause().text, HasSubstr("it answered 503 No"));
}

TEST_F(AnAccount, GivesUpOnAServerThatOnlyTries) {
  Registrar registrar(loop, always(100));
  auto short_ = options(tcp(registrar));
  short_.limits.flow.transaction = 50ms;
  start(short_);
  until(State::failed);
  EXPECT_EQ(cause().stage, Stage::sip);
  EXPECT_THAT(cause().text, HasSubstr("no answer to REGISTER"));
}

TEST_F(AnAccount, SaysWhereNobodyListens) {
  start(options({"127.0.0.1", test::free_port(), Transport::tcp}));
  until(State::failed);
  EXPECT_EQ(cause().stage, Stage::tcp);
  EXPECT_THAT(cause().text, HasSubstr("Connection refused"));
}

TEST_F(AnAccount, SaysWhichNameDoesNotExist) {
  test::NameServer names(loop);
  auto lost = options({"pbx.example.com", 0, Transport::tcp});
  lost.name_servers = names.address();
  start(lost);
  until(State::failed);
  EXPECT_EQ(cause().stage, Stage::dns);
  EXPECT_EQ(cause().text, "pbx.example.com: no address is known for this name");
}

TEST_F(AnAccount, ChoosesTlsOrTcpWhereItIsSetToUdp) {
  start(options({"127.0.0.1", 5060, Transport::udp}));
  until(State::failed);
  EXPECT_EQ(cause().stage, Stage::settings);
  EXPECT_THAT(cause().text, HasSubstr("choose TLS or TCP"));
  EXPECT_FALSE(status().next_try);
  EXPECT_TRUE(attempts.empty());
}

TEST_F(AnAccount, SaysThatNoServerIsSet) {
  auto none = options({});
  none.servers.clear();
  start(none);
  until(State::failed);
  EXPECT_THAT(cause().text, HasSubstr("no server is set"));
  stop();
}

TEST_F(AnAccount, GoesToTheSecondServerAfterItsTriesAndBackToTheFirst) {
  Registrar first(loop, always(503)), second(loop, always(503));
  auto two = options(tcp(first));
  two.servers[0].retry_counts = 2;
  two.servers.push_back({tcp(second), 60s, 0});  // 0: one try
  start(two);
  until([&] { return first.requests.size() == 3; });
  ASSERT_EQ(second.requests.size(), 1U);
  EXPECT_LT(first.times[1], second.times[0]);
  EXPECT_LT(second.times[0], first.times[2]);
}

TEST_F(AnAccount, TakesTheNextPlaceOfADomainAtOnce) {
  test::NameServer names(loop);
  Registrar good(loop, [](const Message& request) { return granted(request, 60); });
  Registrar broken(loop, always(503));
  names.srv("_sip._tcp.example.com", 1, 0, test::free_port(), "localhost");
  names.srv("_sip._tcp.example.com", 2, 0, broken.port(), "localhost");
  names.srv("_sip._tcp.example.com", 3, 0, 5060, "nowhere.example.com");
  names.srv("_sip._tcp.example.com", 4, 0, good.port(), "localhost");
  auto domain = options({"example.com", 0, Transport::tcp});
  domain.name_servers = names.address();
  domain.backoff = {60s, 60s, 60s, 60s};
  start(domain);
  until(State::registered);
  EXPECT_EQ(status().server, "example.com (127.0.0.1:" + std::to_string(good.port()) + ")");
  EXPECT_EQ(good.requests[0].uri, "sip:example.com");
  EXPECT_EQ(broken.requests.size(), 1U);
}

TEST_F(AnAccount, AsksNoOtherPlaceWhereOneSaidNo) {
  test::NameServer names(loop);
  Registrar no(loop, always(403)), other(loop, always(403));
  names.srv("_sip._tcp.example.com", 1, 0, no.port(), "localhost");
  names.srv("_sip._tcp.example.com", 2, 0, other.port(), "localhost");
  auto domain = options({"example.com", 0, Transport::tcp});
  domain.name_servers = names.address();
  start(domain);
  until(State::refused);
  EXPECT_EQ(cause().status, 403);
  EXPECT_TRUE(other.requests.empty());
}

TEST_F(AnAccount, ConnectsToItsOutboundProxyInsteadOfItsServer) {
  Registrar proxy(loop, [](const Message& request) { return granted(request, 60); });
  auto through = options({"registrar.example.com", 5070, Transport::tcp});
  through.outbound_proxy = tcp(proxy);
  start(through);
  until(State::registered);
  EXPECT_EQ(proxy.requests[0].uri, "sip:registrar.example.com");
  EXPECT_EQ(proxy.requests[0].field("Route"),
            "<sip:127.0.0.1:" + std::to_string(proxy.port()) + ";transport=tcp;lr>");
}

TEST_F(AnAccount, FollowsARedirectAndGivesNoPasswordForAStrangeRealm) {
  Registrar strange(loop, [](const Message& request) { return challenge(request, "", "bank"); });
  Registrar home(loop, [&](const Message& request) {
    return reply(request, 302, "Moved",
                 {{"Contact", "<sip:127.0.0.1:" + std::to_string(strange.port()) + ">"}});
  });
  start(options(tcp(home)));
  until(State::refused);
  EXPECT_EQ(cause().stage, Stage::authentication);
  EXPECT_THAT(cause().text, HasSubstr("\"bank\", which the configured server never asked for"));
  ASSERT_EQ(strange.requests.size(), 1U);
  EXPECT_EQ(strange.requests[0].uri, "sip:127.0.0.1:" + std::to_string(strange.port()));
  EXPECT_EQ(home.requests.size(), 1U);
}

TEST_F(AnAccount, FollowsNoCircleOfRedirects) {
  std::vector<std::unique_ptr<Registrar>> circle;
  for (int i = 0; i < 3; ++i) {
    circle.push_back(std::make_unique<Registrar>(loop, [&, i](const Message& request) {
      const auto next = std::to_string(circle[(i + 1) % 3]->port());
      return reply(request, 301, "Moved", {{"Contact", "<sip:127.0.0.1:" + next + ">"}});
    }));
  }
  start(options(tcp(*circle[0])));
  until(State::refused);
  EXPECT_THAT(cause().text, HasSubstr("which was asked already"));
  for (const auto& registrar : circle) EXPECT_EQ(registrar->requests.size(), 1U);
}

// Grants the first registration of each connection, and sends its renewal elsewhere.
Registrar::Script granting_once_then(std::string elsewhere) {
  return [elsewhere = std::move(elsewhere), renews = false](const Message& request) mutable {
    if (!std::exchange(renews, true)) return granted(request, 1);
    return reply(request, 302, "Moved", {{"Contact", elsewhere}});
  };
}

TEST_F(AnAccount, FollowsARedirectOfARenewalAtOnce) {
  Registrar other(loop, [](const Message& request) { return granted(request, 60); });
  Registrar home(loop, granting_once_then("<sip:127.0.0.1:" + std::to_string(other.port()) + ">"));
  auto quick = options(tcp(home));
  quick.backoff = {10'000ms, 10'000ms, 10'000ms, 1ms};
  start(quick);
  until([&] { return other.requests.size() == 1 && status().state == State::registered; });
  EXPECT_EQ(other.requests[0].uri, "sip:127.0.0.1:" + std::to_string(other.port()));
  EXPECT_EQ(home.requests.size(), 2U);
  EXPECT_THAT(status().server, HasSubstr(std::to_string(other.port())));
}

TEST_F(AnAccount, SaysWhereARedirectOfARenewalMayNotBeFollowed) {
  Registrar home(loop, granting_once_then("<sip:127.0.0.1:1;transport=udp>"));
  start(options(tcp(home)));
  until(State::registered);
  until([&] { return status().state != State::registered && status().next_try; });
  EXPECT_EQ(cause().stage, Stage::sip);
  EXPECT_EQ(cause().status, 302);
  EXPECT_THAT(cause().text, HasSubstr("over another transport than TLS or TCP"));
}

TEST_F(AnAccount, DoesNotComeBackFasterToAServerThatGrantsAndCloses) {
  Registrar registrar(loop, [](const Message& request) { return granted(request, 60); });
  auto paced = options(tcp(registrar));
  paced.backoff = {40ms, 40ms, 80ms, 1ms};
  start(paced);
  for (std::size_t i = 1; i <= 4; ++i) {
    until([&] { return registrar.connections.size() == i && status().state == State::registered; });
    registrar.cut();
    until(State::failed);
  }
  std::vector<SteadyTime> times;
  for (const auto& connection : registrar.connections) times.push_back(connection->at);
  EXPECT_THAT(gaps(times), Each(Ge(40ms)));
}

}  // namespace
}  // namespace sealtone::sip::tests
