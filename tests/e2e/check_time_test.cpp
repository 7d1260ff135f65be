// SPDX-License-Identifier: Apache-2.0
//
// sealtone check on a computer whose clock was never set.
#include "e2e/check_fixture.h"
#include "e2e/fake_time.h"

namespace sealtone::test {
namespace {

class CheckTime : public Check {
 protected:
  Answer check_under(const FakeTime& time, std::uint16_t port, Arguments further = {}) {
    Arguments arguments{"check", "127.0.0.1:" + std::to_string(port), "--json"};
    arguments.insert(arguments.end(), further.begin(), further.end());
    const auto finished = sealtone(arguments, time.options());
    if (finished.status > 1) {
      ADD_FAILURE() << finished.err;
      return {"", "", finished.status, {}};
    }
    auto all = nlohmann::json::parse(finished.out);
    const auto& verdict = all.at("verdict");
    return {verdict.at("decision"), codes(verdict), finished.status, all};
  }
  Arguments by_root() const { return {"--trust", root_.certificate.string()}; }
};

TEST_F(CheckTime, ClockThatWasNeverSetIsNamedAndNotTheCertificate) {
  const OpensslServer server(issued(server_wish()));
  FakeTime time("1970-01-02 00:00:00");
  const auto answer = check_under(time, server.port(), by_root());
  expect(answer, "untrusted", "clock-unset", 1);
  const auto& finding = answer.all["verdict"]["findings"][0];
  EXPECT_EQ(finding["evidence"]["now"], "1970-01-02T00:00:00Z");
  EXPECT_EQ(finding["fix"]["kind"], "set-clock");
  // The fix, done.
  time.right();
  expect(check_under(time, server.port(), by_root()), "trusted", "", 0);
}

TEST_F(CheckTime, ClockThatWasNeverSetHidesNothing) {
  auto wish = server_wish();
  wish.names = {"DNS:elsewhere.example"};
  wish.not_after = "20240101000000Z";
  const OpensslServer server(issued(wish));
  const FakeTime time("1970-01-02 00:00:00");
  expect(check_under(time, server.port(), by_root()), "untrusted",
         "clock-unset expired name-mismatch", 1);
}

TEST_F(CheckTime, TimeThatIsGivenIsNotTheClocks) {
  const OpensslServer server(issued(server_wish()));
  const FakeTime time("1970-01-02 00:00:00");
  auto at = by_root();
  at.insert(at.end(), {"--at", "2021-01-01"});
  expect(check_under(time, server.port(), at), "trusted", "", 0);
}

TEST_F(CheckTime, FloorAndPolicyAreThePhonesWhereOneIsNamed) {
  const OpensslServer server(issued(server_wish()));
  const auto state = (folder_.path() / "phone").string();
  ASSERT_EQ(sealtone({"trust", "add", root_.certificate.string(), "--state", state}).status, 0);
  ASSERT_EQ(sealtone({"set", "sealtone.clock.policy", "use-floor", "--state", state}).status, 0);
  const FakeTime time("1970-01-02 00:00:00");
  const auto answer = check_under(time, server.port(), {"--state", state});
  expect(answer, "trusted", "clock-unset", 1);
}

// By the clock itself it would be 47,482 days.
TEST_F(CheckTime, DaysThatAreLeftAreCountedFromTheFloor) {
  const OpensslServer server(issued(server_wish()));  // until the end of 2099
  const auto hosts =
      folder_.write("hosts.txt", "127.0.0.1:" + std::to_string(server.port()) + "\n");
  const FakeTime time("1970-01-02 00:00:00");
  const auto finished =
      sealtone({"check", "--list", hosts.string(), "--json", "--trust", root_.certificate.string()},
               time.options());
  EXPECT_EQ(finished.status, 1) << finished.err;
  EXPECT_LT(nlohmann::json::parse(finished.out).at(0).at("days_left"), 30'000);
  const auto one = check_under(time, server.port(), by_root());
  EXPECT_LT(one.all.at("certificates").at(0).at("days_left"), 30'000);
}

// Or from when it begins, which may have been since.
TEST_F(CheckTime, DaysThatAreLeftAreThoseOfItsWholeTimeWhereItBeginsBehindTheFloor) {
  auto wish = server_wish();
  wish.not_before = "20900101000000Z";  // ten years of 365 or 366 days
  const OpensslServer server(issued(wish));
  const auto hosts =
      folder_.write("hosts.txt", "127.0.0.1:" + std::to_string(server.port()) + "\n");
  const FakeTime time("1970-01-02 00:00:00");
  const auto finished =
      sealtone({"check", "--list", hosts.string(), "--json", "--trust", root_.certificate.string()},
               time.options());
  EXPECT_EQ(nlohmann::json::parse(finished.out).at(0).at("days_left"), 3'651);
}

}  // namespace
}  // namespace sealtone::test
