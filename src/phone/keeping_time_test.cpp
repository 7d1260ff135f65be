// SPDX-License-Identifier: Apache-2.0
//
// phone/keeping_time: the floor and what raises it, waiting for the clock, time servers.
#include <atomic>

#include "phone/fixture.h"
#include "sip/pnp_responder.h"
#include "support/time_server.h"

namespace sealtone::phone {
namespace {

using std::chrono::sys_days;
using std::chrono::sys_seconds;
using std::chrono::year;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

// As the fixture's phones have it.
constexpr sys_seconds kBuilt = sys_days{year{2026} / 11 / 1};
constexpr sys_seconds kToday = sys_days{year{2026} / 11 / 23};
constexpr sys_seconds kLongAgo = sys_days{year{1970} / 1 / 2};
constexpr const char* kProvisioningUrl = "static.auto_provision.server.url";

// Set by hand, and time passes as it is told.
class HandClock final : public base::Clock {
 public:
  explicit HandClock(sys_seconds wall) : wall_(wall.time_since_epoch().count()) {}
  [[nodiscard]] sys_seconds now() const override {
    return sys_seconds(std::chrono::seconds(wall_));
  }
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::time_point(std::chrono::seconds(passed_));
  }
  void set(sys_seconds wall) { wall_ = wall.time_since_epoch().count(); }
  void pass(std::chrono::seconds time) { passed_ += time.count(); }

 private:
  std::atomic<std::int64_t> wall_, passed_ = 1'000;
};

class KeepingTime : public PhoneTest {
 protected:
  ~KeepingTime() override { running_.reset(); }  // it asks hand_, which goes before it otherwise
  Running& open_at(sys_seconds now) {
    hand_.set(now);
    running_.reset();
    return running_.emplace(options(), hand_);
  }
  // nginx with the phone's own file; its certificate begins then.
  std::string serve(const std::string& begins) {
    test::Wish wish;
    wish.common_name = "localhost";
    wish.names = {"DNS:localhost"};
    wish.not_before = begins;
    const auto identity = made_.issue("server", wish, root_);
    test::Nginx::Options options;
    options.server = test::nginx_identity(identity);
    nginx_.emplace(options);
    test::write_text(nginx_->folder() / "001565000001.cfg",
                     "#!version:1.0.0.1\naccount.1.label = provisioned\n");
    return "https://localhost:" + std::to_string(nginx_->port()) + "/";
  }
  void trust_root(Running& phone) {
    std::vector<x509::Certificate> certificates{certificate_of(root_)};
    ASSERT_TRUE(phone.finish(phone.phone().add_trusted(std::move(certificates), "test")));
  }
  nlohmann::json provision(Running& phone) {
    auto report = phone.finish(phone.phone().provision_now());
    return report ? *report : nlohmann::json(base::to_string(report.error()));
  }
  static admin::ClockStatus clock_of(Running& phone) { return phone.status().clock; }
  // What becomes so while the phone goes on.
  template <typename Holds>
  static bool becomes(const Holds& holds) {
    const auto end = std::chrono::steady_clock::now() + test::kPatience;
    while (!holds()) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(10ms);
    }
    return true;
  }
  base::Result<void> lower(Running& phone, sys_seconds to) {
    return phone.finish(phone.phone().lower_clock_floor(to, "test"));
  }

  HandClock hand_{kToday};
  test::Identity root_ = made_.root();
  std::optional<test::Nginx> nginx_;
};

TEST_F(KeepingTime, FloorIsTheDayOfTheProgramUntilATrustedServerSignedALaterOne) {
  const auto url = serve("20261110000000Z");
  auto& phone = open_at(kToday);
  EXPECT_EQ(clock_of(phone).floor, kBuilt);
  ASSERT_TRUE(phone.set(kProvisioningUrl, url));
  // A stranger raises nothing, accepted or not.
  EXPECT_EQ(provision(phone).at("applied"), false);
  EXPECT_EQ(clock_of(phone).floor, kBuilt);
  ASSERT_TRUE(phone.set("static.security.trust_certificates", "0"));
  EXPECT_EQ(provision(phone).at("applied"), true);
  EXPECT_EQ(clock_of(phone).floor, kBuilt);
  ASSERT_TRUE(phone.set("static.security.trust_certificates", "1"));
  trust_root(phone);
  EXPECT_EQ(provision(phone).at("applied"), true);
  const sys_seconds raised = sys_days{year{2026} / 11 / 10};
  EXPECT_EQ(clock_of(phone).floor, raised);
  EXPECT_EQ(clock_of(open_at(kToday)).floor, raised);  // kept
  EXPECT_TRUE(clock_of(open_at(raised - 1s)).unset);
  EXPECT_FALSE(clock_of(open_at(raised)).unset);
}

TEST_F(KeepingTime, TrialRaisesNothing) {
  const auto url = serve("20261110000000Z");
  auto& phone = open_at(kToday);
  trust_root(phone);
  const auto tried = phone.finish(phone.phone().try_provisioning({url, {}, {}, {}}));
  ASSERT_TRUE(tried);
  EXPECT_EQ(tried->at("would_apply"), true) << *tried;
  EXPECT_EQ(clock_of(phone).floor, kBuilt);
}

TEST_F(KeepingTime, CertificateOfTheFutureRaisesNothing) {
  const auto url = serve("20400101000000Z");
  auto& phone = open_at(kToday);
  trust_root(phone);
  ASSERT_TRUE(phone.set(kProvisioningUrl, url));
  EXPECT_EQ(provision(phone).at("applied"), false);
  EXPECT_EQ(clock_of(phone).floor, kBuilt);
  // By a clock that was set ahead it is trusted; the admin takes back what it raised.
  hand_.set(sys_days{year{2041} / 1 / 1});
  EXPECT_EQ(provision(phone).at("applied"), true);
  const sys_seconds ahead = sys_days{year{2040} / 1 / 1};
  EXPECT_EQ(clock_of(phone).floor, ahead);
  hand_.set(kToday);
  EXPECT_TRUE(clock_of(phone).unset);
  EXPECT_FALSE(lower(phone, ahead));
  EXPECT_FALSE(lower(phone, kBuilt - 1s));
  EXPECT_TRUE(lower(phone, kBuilt));
  EXPECT_FALSE(clock_of(phone).unset);
  EXPECT_EQ(clock_of(open_at(kToday)).floor, kBuilt);
}

TEST_F(KeepingTime, UnsetClockTrustsNobodyAndSaysSo) {
  const auto url = serve("20200101000000Z");
  auto& phone = open_at(kLongAgo);
  trust_root(phone);
  ASSERT_TRUE(phone.set(kProvisioningUrl, url));
  auto report = provision(phone);
  EXPECT_EQ(report.at("applied"), false);
  EXPECT_THAT(report.at("summary"), HasSubstr("this clock says 1970-01-02"));
  // Dates by the floor: trusted, and told.
  ASSERT_TRUE(phone.set("sealtone.clock.policy", "use-floor"));
  report = provision(phone);
  EXPECT_EQ(report.at("applied"), true) << report;
  EXPECT_EQ(report.at("connections").at(0).at("verdict").at("findings").at(0).at("code"),
            "clock-unset");
  EXPECT_EQ(clock_of(phone).floor, kBuilt);
}

TEST_F(KeepingTime, PhoneWaitsAtItsStartAndWakesWhenTheClockIsSet) {
  const auto url = serve("20200101000000Z");
  trust_root(open_at(kLongAgo));
  ASSERT_TRUE(running_->set(kProvisioningUrl, url));
  auto& phone = open_at(kLongAgo);
  ASSERT_TRUE(phone.start());
  EXPECT_TRUE(becomes([&] { return !clock_of(phone).waits.empty(); }));
  EXPECT_THAT(clock_of(phone).waits, HasSubstr("waits for its clock to be set"));
  EXPECT_EQ(nginx_->access_log(), "");
  hand_.set(kToday);
  EXPECT_TRUE(becomes([&] { return phone.get("account.1.label") == "provisioned"; }));
  EXPECT_THAT(clock_of(phone).waits, IsEmpty());
}

TEST_F(KeepingTime, NobodyIsAskedByPnpUntilTheClockIsSet) {
  const sip::tests::PnpResponder responder(
      [](const sip::Message&) { return std::vector<std::string>{}; });
  auto& phone = open_at(kLongAgo);
  ASSERT_TRUE(phone.set("sealtone.pnp.address", responder.address()));
  ASSERT_TRUE(phone.set("sealtone.pnp.enable", "1"));
  ASSERT_TRUE(phone.start());
  EXPECT_TRUE(becomes([&] { return !clock_of(phone).waits.empty(); }));
  EXPECT_EQ(responder.asked(), 0);
  hand_.set(kToday);
  EXPECT_TRUE(becomes([&] { return responder.asked() > 0; }));
}

TEST_F(KeepingTime, WaitingHasALimitAfterWhichItReportsAndGoesOn) {
  const auto url = serve("20200101000000Z");
  trust_root(open_at(kLongAgo));
  ASSERT_TRUE(running_->set(kProvisioningUrl, url));
  ASSERT_TRUE(running_->set("sealtone.clock.wait_limit", "60"));
  auto& phone = open_at(kLongAgo);
  ASSERT_TRUE(phone.start());
  EXPECT_TRUE(becomes([&] { return !clock_of(phone).waits.empty(); }));
  hand_.pass(61s);
  EXPECT_TRUE(becomes([&] {
    return phone.status().provisioning_summary.find("this clock says") != std::string::npos;
  }));
  EXPECT_FALSE(clock_of(phone).waits.empty());
  hand_.set(kToday);
  EXPECT_TRUE(becomes([&] { return phone.get("account.1.label") == "provisioned"; }));
}

TEST_F(KeepingTime, TimeServerIsGoneByWhileTheClockIsUnsetAndRaisesNoFloor) {
  const test::TimeServer server(
      [](const std::string& question) { return std::vector{test::time_answer(question, kToday)}; });
  const auto url = serve("20200101000000Z");
  trust_root(open_at(kLongAgo));
  ASSERT_TRUE(running_->set(kProvisioningUrl, url));
  ASSERT_TRUE(
      running_->set("local_time.ntp_server1", "127.0.0.1:" + std::to_string(server.port())));
  auto& phone = open_at(kLongAgo);
  ASSERT_TRUE(phone.start());
  EXPECT_TRUE(becomes([&] { return phone.get("account.1.label") == "provisioned"; }));
  const auto clock = clock_of(phone);
  EXPECT_TRUE(clock.by_time_server);
  EXPECT_FALSE(clock.unset);
  EXPECT_GE(clock.now, kToday);
  EXPECT_EQ(clock.floor, kBuilt);
  EXPECT_THAT(clock.time_server, HasSubstr("which nobody vouches for"));
  // This computer's clock was set meanwhile, and counts.
  hand_.set(kToday - 24h);
  EXPECT_FALSE(clock_of(phone).by_time_server);
  EXPECT_EQ(clock_of(phone).now, kToday - 24h);
}

TEST_F(KeepingTime, TimeServerIsNotBelievedWhatCannotBe) {
  for (const auto time : {kBuilt - 1s, kBuilt + std::chrono::years(31)}) {
    const test::TimeServer server([time](const std::string& question) {
      return std::vector{test::time_answer(question, time)};
    });
    auto& phone = open_at(kLongAgo);
    ASSERT_TRUE(phone.set("local_time.ntp_server1", "127.0.0.1:" + std::to_string(server.port())));
    ASSERT_TRUE(phone.start());
    EXPECT_TRUE(becomes([&] { return !clock_of(phone).time_server.empty(); }));
    EXPECT_THAT(clock_of(phone).time_server, HasSubstr("which cannot be"));
    EXPECT_TRUE(clock_of(phone).unset);
    running_.reset();
  }
}

TEST_F(KeepingTime, TimeServersAreAskedInTurnAndNotWhereTheyAreNotWanted) {
  const test::TimeServer unwilling([](const std::string& question) {
    auto kiss = test::time_answer(question, kToday);
    kiss[1] = 0;
    kiss.replace(12, 4, "DENY");
    return std::vector{kiss};
  });
  const test::TimeServer willing(
      [](const std::string& question) { return std::vector{test::time_answer(question, kToday)}; });
  auto& phone = open_at(kLongAgo);
  const auto name = [](const test::TimeServer& server) {
    return "127.0.0.1:" + std::to_string(server.port());
  };
  ASSERT_TRUE(phone.set("local_time.ntp_server1", name(unwilling)));
  ASSERT_TRUE(phone.set("local_time.ntp_server2", name(willing)));
  ASSERT_TRUE(phone.start());
  EXPECT_TRUE(becomes([&] { return clock_of(phone).by_time_server; }));
  EXPECT_EQ(unwilling.questions(), 1);
  EXPECT_EQ(willing.questions(), 1);
}

TEST_F(KeepingTime, NobodyIsAskedWhileTheClockIsSetUnlessThatIsPreferred) {
  const test::TimeServer server([](const std::string& question) {
    return std::vector{test::time_answer(question, kToday + 24h)};
  });
  auto& phone = open_at(kToday);
  ASSERT_TRUE(phone.start());
  ASSERT_TRUE(phone.set("local_time.ntp_server1", "127.0.0.1:" + std::to_string(server.port())));
  EXPECT_EQ(clock_of(phone).now, kToday);
  EXPECT_EQ(server.questions(), 0);
  ASSERT_TRUE(phone.set("sealtone.clock.prefer_time_server", "1"));
  EXPECT_TRUE(becomes([&] { return clock_of(phone).by_time_server; }));
  EXPECT_GE(clock_of(phone).now, kToday + 24h);
}

}  // namespace
}  // namespace sealtone::phone
