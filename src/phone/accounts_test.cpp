// SPDX-License-Identifier: Apache-2.0
//
// Accounts as the settings say: who registers, who waits, and what of that is told.
#include "phone/accounts.h"

#include <gtest/gtest.h>

#include "crypto/crypto.h"
#include "sip/registrar.h"
#include "support/loop.h"
#include "support/process.h"

namespace sealtone::phone {
namespace {

namespace asio = net::asio;
using settings::SipTransport;

constexpr const char* kInstance = "urn:uuid:00000000-0000-1000-8000-001565000001";

class ManyAccounts : public ::testing::Test {
 protected:
  static settings::SipAccount account(int number, std::uint16_t port) {
    settings::SipAccount one;
    one.number = number;
    one.enabled = true;
    one.user_name = std::to_string(200 + number);
    one.password = "made-for-the-test";
    one.servers.push_back({.host = "127.0.0.1", .port = port, .transport = SipTransport::tcp});
    return one;
  }
  static settings::SipSettings with(std::vector<settings::SipAccount> accounts) {
    settings::SipSettings sip;
    sip.accounts = std::move(accounts);
    sip.register_fetched = true;
    return sip;
  }
  Accounts::Phone phone() {
    Accounts::Phone lent;
    lent.tls_side = []() -> net::Task<base::Result<sip::TlsSide>> {
      co_return base::fail(base::ErrorCode::io, "", "no TLS in this test");
    };
    lent.attempted = [](const sip::Attempt&) {};
    lent.asked = [](sip::Answered::Do) {};
    lent.ground = [this] { return AccountGround{.now = clock_.now(), .list_name = "trusted"}; };
    return lent;
  }
  [[nodiscard]] std::string states() const {
    std::string all;
    for (const auto& one : accounts_.described()) all += one.state + " ";
    return all;
  }

  net::asio::io_context loop_;
  base::FakeClock clock_{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};
  crypto::SystemRandom random_;
  base::NullLog log_;
  Accounts accounts_{loop_, clock_, random_, log_, phone()};
  std::uint16_t closed_ = test::free_port();  // where nobody answers
};

TEST_F(ManyAccounts, OfAFetchedFileWaitUntilThatIsAllowed) {
  auto settings = with({account(1, closed_), account(2, closed_)});
  settings.register_fetched = false;
  accounts_.follow(settings, {{2, "202@127.0.0.1"}}, kInstance);
  EXPECT_EQ(states(), "waiting-for-permission registering ");
  ASSERT_FALSE(accounts_.events().empty());
  EXPECT_NE(accounts_.events().front().says.find("came with a fetched file"), std::string::npos);
  settings.register_fetched = true;
  accounts_.follow(settings, {}, kInstance);
  EXPECT_EQ(states(), "registering registering ");
}

TEST_F(ManyAccounts, ThatAreSwitchedOffOrHaveNoServerAreOff) {
  auto off = account(1, closed_);
  off.enabled = false;
  auto lonely = account(2, closed_);
  lonely.servers.clear();
  accounts_.follow(with({off, lonely}), {}, kInstance);
  EXPECT_EQ(states(), "off off ");
  EXPECT_NE(accounts_.described()[1].says.find("account.2.sip_server.1.address"),
            std::string::npos);
}

TEST_F(ManyAccounts, SayOnceThatNobodyAnswers) {
  accounts_.follow(with({account(1, closed_)}), {}, kInstance);
  test::run_until(loop_, [&] { return states() == "failed "; });
  const auto told = accounts_.described().at(0);
  EXPECT_EQ(told.reason, "tcp");
  EXPECT_TRUE(told.next_try.has_value());
  const auto count = accounts_.events().size();
  ASSERT_GT(count, 0U);
  EXPECT_EQ(accounts_.events().back().says, told.says);
  accounts_.reconnect();  // rather than wait for the next try
  test::run_until(loop_, [&] { return states() == "registering "; });
  test::run_until(loop_, [&] { return states() == "failed "; });
  EXPECT_EQ(accounts_.events().size(), count);
  EXPECT_EQ(accounts_.events().back().account, 1);
}

TEST_F(ManyAccounts, SayWhatIsWrongWithTheirSettings) {
  auto udp = account(1, closed_);
  udp.servers.front().transport = SipTransport::udp;
  accounts_.follow(with({udp}), {}, kInstance);
  test::run_until(loop_, [&] { return states() == "failed "; });
  ASSERT_FALSE(accounts_.events().empty());
  EXPECT_NE(accounts_.events().back().says.find("is set to UDP"), std::string::npos);
}

TEST_F(ManyAccounts, StayRegisteredWhereNothingOfTheirsChanges) {
  const sip::tests::Registrar registrar(
      loop_, [](const sip::Message& request) { return sip::tests::granted(request, 60); });
  auto settings = with({account(1, registrar.port())});
  accounts_.follow(settings, {}, kInstance);
  test::run_until(loop_, [&] { return states() == "registered "; });
  settings.notify_reboot = 2;
  settings.only_registrar = true;
  accounts_.follow(settings, {}, kInstance);
  accounts_.reconnect();  // for the sake of certificates, which do not matter over TCP
  // What the first did meanwhile would have come before the second's.
  settings.accounts.push_back(account(2, registrar.port()));
  accounts_.follow(settings, {}, kInstance);
  test::run_until(loop_, [&] { return states() == "registered registered "; });
  EXPECT_EQ(registrar.requests.size(), 2U);
  EXPECT_EQ(registrar.connections.size(), 2U);
}

TEST_F(ManyAccounts, ThatAreGoneFromTheSettingsAreGone) {
  accounts_.follow(with({account(1, closed_), account(2, closed_)}), {}, kInstance);
  accounts_.follow(with({account(2, closed_)}), {}, kInstance);
  const auto left = accounts_.described();
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].number, 2);
}

TEST_F(ManyAccounts, TakeWhatWasSaidAlongWhenTheyChangeOrGo) {
  const sip::tests::Registrar registrar(
      loop_, [](const sip::Message& request) { return sip::tests::granted(request, 60); });
  const auto one = account(1, registrar.port());
  accounts_.follow(with({one}), {}, kInstance);
  test::run_until(loop_, [&] { return states() == "registered "; });
  EXPECT_EQ(accounts_.described().at(0).spoken.said.size(), 2U);
  accounts_.follow(with({one}), {}, kInstance);
  EXPECT_EQ(accounts_.described().at(0).spoken.said.size(), 2U);
  auto off = one;
  off.enabled = false;
  accounts_.follow(with({off}), {}, kInstance);
  EXPECT_TRUE(accounts_.described().at(0).spoken.said.empty());
}

TEST_F(ManyAccounts, ThatDoNotChangeGoOnAsTheyAre) {
  accounts_.follow(with({account(1, closed_), account(2, closed_)}), {}, kInstance);
  test::run_until(loop_, [&] { return states() == "failed failed "; });
  auto changed = account(2, closed_);
  changed.password = "another-made-for-the-test";
  accounts_.follow(with({account(1, closed_), changed}), {}, kInstance);
  EXPECT_EQ(states(), "failed registering ");
}

TEST_F(ManyAccounts, LeaveNothingBehindWhenTheyStop) {
  accounts_.follow(with({account(1, closed_)}), {}, kInstance);
  test::finish(loop_, accounts_.stop());
  EXPECT_TRUE(accounts_.described().empty());
}

// Who takes the registration, and is deaf to its end.
std::optional<sip::Message> takes_no_leave(const sip::Message& request) {
  if (request.field("Expires") == "0") return std::nullopt;
  return sip::tests::granted(request, 60);
}

TEST_F(ManyAccounts, UnregisterAllAtOnce) {
  const sip::tests::Registrar registrar(loop_, takes_no_leave);
  accounts_.follow(with({account(1, registrar.port()), account(2, registrar.port()),
                         account(3, registrar.port()), account(4, registrar.port())}),
                   {}, kInstance);
  test::run_until(loop_,
                  [&] { return states() == "registered registered registered registered "; });
  bool stopped = false;
  asio::co_spawn(loop_, accounts_.stop(), [&](const std::exception_ptr&) { stopped = true; });
  test::run_until(loop_, [&] { return registrar.requests.size() == 8; });
  for (const auto& connection : registrar.connections) EXPECT_FALSE(connection->closed);
  EXPECT_EQ(states(), "registering registering registering registering ");
  test::run_until(loop_, [&] { return stopped; });
  EXPECT_TRUE(accounts_.described().empty());
}

TEST_F(ManyAccounts, BeginAnewOnlyBehindTheEndOfWhatWas) {
  sip::tests::Registrar registrar(loop_, {});
  std::vector<bool> was_closed;
  registrar.script = [&](const sip::Message& request) {
    was_closed.push_back(registrar.connections.front()->closed);
    return takes_no_leave(request);
  };
  accounts_.follow(with({account(1, registrar.port())}), {}, kInstance);
  test::run_until(loop_, [&] { return states() == "registered "; });
  auto changed = account(1, registrar.port());
  changed.password = "another-made-for-the-test";
  accounts_.follow(with({changed}), {}, kInstance);
  EXPECT_EQ(states(), "registering ");
  test::run_until(loop_, [&] { return states() == "registered "; });
  EXPECT_EQ(was_closed, (std::vector<bool>{false, false, true}));
  EXPECT_EQ(registrar.requests[1].field("Expires"), "0");
}

TEST(InstanceOf, IsTheSameForOneMac) { EXPECT_EQ(instance_of("001565000001"), kInstance); }

}  // namespace
}  // namespace sealtone::phone
