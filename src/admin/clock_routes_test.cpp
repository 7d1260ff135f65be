// SPDX-License-Identifier: Apache-2.0
#include "admin/fixtures.h"

namespace sealtone::admin::test {
namespace {

class ClockRoutes : public ApiTest {
 protected:
  ClockRoutes() {
    phone_.clock_.now = sys_days{1970y / 1 / 2};
    phone_.clock_.floor = sys_days{2026y / 11 / 20};
    phone_.clock_.built = sys_days{2026y / 11 / 1};
    phone_.clock_.unset = true;
  }
  std::string says() { return body(local("GET", "/api/clock")).at("says"); }
};

TEST_F(ClockRoutes, TellWhatTheClockSaysAndWhatItCannotSay) {
  const auto clock = body(local("GET", "/api/clock"));
  EXPECT_EQ(clock.at("now"), "1970-01-02T00:00:00Z");
  EXPECT_EQ(clock.at("floor"), "2026-11-20T00:00:00Z");
  EXPECT_EQ(clock.at("lowest_floor"), "2026-11-01T00:00:00Z");
  EXPECT_EQ(clock.at("unset"), true);
  EXPECT_EQ(clock.at("policy"), "wait");
  EXPECT_EQ(body(local("GET", "/api/status")).at("clock"), clock);
  EXPECT_NE(says().find("no server is trusted until it is set"), std::string::npos) << says();
  EXPECT_NE(says().find("lower the floor"), std::string::npos) << says();
  phone_.clock_.policy = "use-floor";
  EXPECT_NE(says().find("dates are judged as if it were that time"), std::string::npos) << says();
  // Nobody can be below it rightly.
  phone_.clock_.floor = phone_.clock_.built;
  EXPECT_EQ(says().find("lower the floor"), std::string::npos) << says();
}

TEST_F(ClockRoutes, AreQuietAboutAClockThatIsSet) {
  phone_.clock_.now = kNow;
  phone_.clock_.unset = false;
  EXPECT_EQ(says(),
            "The clock says 2026-11-23 00:00:00 UTC. It has been 2026-11-20 00:00:00 UTC at least, "
            "so that it can be right.");
  phone_.clock_.by_time_server = true;
  EXPECT_NE(says().find("as a time server told it"), std::string::npos);
}

TEST_F(ClockRoutes, LowerTheFloorForWhoMay) {
  const auto lower = [&](const std::string& to) {
    return local("PUT", "/api/clock/floor", json{{"to", to}}.dump());
  };
  EXPECT_EQ(lower("2026-11-10").status, 200);
  EXPECT_EQ(phone_.clock_.floor, sys_days{2026y / 11 / 10});
  EXPECT_EQ(phone_.lowered_by_, "command line");
  EXPECT_EQ(lower("2026-11-12").status, 422);
  EXPECT_EQ(lower("soon").status, 422);
  EXPECT_EQ(local("PUT", "/api/clock/floor", "{}").status, 422);
  EXPECT_EQ(remote("PUT", "/api/clock/floor", json{{"to", "2026-11-02"}}.dump()).status, 401);
  EXPECT_EQ(remote("GET", "/api/clock").status, 401);
  EXPECT_EQ(
      remote("PUT", "/api/clock/floor", json{{"to", "2026-11-02"}}.dump(), logged_in()).status,
      200);
  EXPECT_EQ(phone_.lowered_by_, "page");
}

}  // namespace
}  // namespace sealtone::admin::test
