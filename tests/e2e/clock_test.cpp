// SPDX-License-Identifier: Apache-2.0
//
// A phone on a computer whose clock was never set: it waits, says for what, wakes when the clock is
// set or a time server tells the time, and the floor is the admin's to lower.
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "e2e/fake_time.h"
#include "e2e/phone_under_test.h"
#include "support/peers.h"
#include "support/time_server.h"

namespace sealtone::test {
namespace {

constexpr const char* kNeverSet = "1970-01-02 00:00:00";

class Clock : public testing::Test {
 protected:
  Clock() {
    Nginx::Options options;
    options.server = nginx_identity(server_);
    nginx_.emplace(options);
    write_text(nginx_->folder() / "y000000000000.cfg",
               "#!version:1.0.0.1\naccount.1.label = provisioned\n");
    must({"trust", "add", root_.certificate.string()});
    must({"set", "static.auto_provision.server.url",
          "https://localhost:" + std::to_string(nginx_->port()) + "/"});
  }
  [[nodiscard]] std::string state() const { return (folder_.path() / "phone").string(); }
  // Of the running phone, or of its folder.
  Finished command(Arguments arguments, const StartOptions& options = {}) const {
    arguments.insert(arguments.end(), {"--state", state()});
    return sealtone(std::move(arguments), options);
  }
  void must(Arguments arguments) const {
    const auto finished = command(std::move(arguments));
    if (finished.status != 0) throw std::runtime_error(finished.err);
  }
  void start() {
    phone_.emplace(Arguments{std::getenv("SEALTONE_BINARY"), "phone", "--state", state(),
                             "--https-port", "0", "--mac", "00:15:65:00:00:01"},
                   time_.options());
    ASSERT_TRUE(phone_->said("State: ")) << phone_->err();
  }
  bool is_provisioned() const {
    return command({"get", "account.1.label"}).out.find("provisioned") != std::string::npos;
  }

  TempDir folder_;
  Certificates made_;
  Identity root_ = made_.root();
  Identity server_ = made_.server(root_);
  std::optional<Nginx> nginx_;
  FakeTime time_{kNeverSet};
  std::optional<Process> phone_;
};

TEST_F(Clock, IsWaitedForAndThePhoneProvisionsItselfOnceItIsSet) {
  start();
  ASSERT_TRUE(phone_->said("waits for its clock to be set")) << phone_->err();
  const auto shown = command({"clock", "show"}).out;
  EXPECT_NE(shown.find("The clock says 1970-01-02 00:00:00 UTC"), std::string::npos) << shown;
  EXPECT_NE(shown.find("it was never set"), std::string::npos) << shown;
  EXPECT_NE(shown.find("The phone waits for its clock to be set"), std::string::npos) << shown;
  // Who asks does not wait, and is told.
  const auto refused = command({"provision", "now"});
  EXPECT_EQ(refused.status, 1) << refused.err;
  EXPECT_NE(unwrapped(refused.out).find("this clock says 1970-01-02"), std::string::npos)
      << refused.out;
  EXPECT_EQ(nginx_->access_log(), "");

  time_.right();
  ASSERT_TRUE(phone_->said("the clock was set")) << phone_->err();
  ASSERT_TRUE(phone_->said("1 file applied")) << phone_->err();
  EXPECT_TRUE(is_provisioned());
  EXPECT_EQ(phone_->stop(), 0) << phone_->err();
}

TEST_F(Clock, IsSaidAtEachUploadAndNothingOfDatesThatNobodyCanTell) {
  start();
  const auto other = made_.root("other");
  const auto added = command({"trust", "add", other.certificate.string()});
  EXPECT_EQ(added.status, 0) << added.err;
  EXPECT_NE(added.out.find("it was never set"), std::string::npos) << added.out;
  EXPECT_EQ(added.out.find("not valid"), std::string::npos) << added.out;
  const auto list = command({"trust", "list"});
  EXPECT_EQ(list.out.find("not valid"), std::string::npos) << list.out;
  const auto file = folder_.write("own.pem", server_.pem() + server_.key_pem());
  const auto set = command({"server-cert", "set", file.string()});
  EXPECT_EQ(set.status, 0) << set.err;
  EXPECT_NE(set.out.find("it was never set"), std::string::npos) << set.out;
  EXPECT_EQ(set.out.find("not valid"), std::string::npos) << set.out;
  // Without a phone it is the same.
  const auto doctor =
      sealtone({"doctor", file.string(), "--trust", root_.certificate.string()}, time_.options());
  EXPECT_EQ(doctor.status, 1) << doctor.err;
  EXPECT_NE(doctor.out.find("clock-unset"), std::string::npos) << doctor.out;
  EXPECT_EQ(doctor.out.find("not-yet-valid"), std::string::npos) << doctor.out;
  EXPECT_EQ(phone_->stop(), 0) << phone_->err();
}

TEST_F(Clock, IsToldByATimeServerThatIsNamed) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const TimeServer server(
      [now](const std::string& question) { return std::vector{time_answer(question, now)}; });
  must({"set", "local_time.ntp_server1", "127.0.0.1:" + std::to_string(server.port())});
  start();
  ASSERT_TRUE(phone_->said("which nobody vouches for")) << phone_->err();
  ASSERT_TRUE(phone_->said("1 file applied")) << phone_->err();
  EXPECT_TRUE(is_provisioned());
  const auto shown = command({"clock", "show"}).out;
  EXPECT_NE(shown.find("as a time server told it"), std::string::npos) << shown;
  EXPECT_EQ(phone_->stop(), 0) << phone_->err();
}

TEST_F(Clock, PhoneThatWaitsIsStoppedAsAnyOther) {
  start();
  ASSERT_TRUE(phone_->said("waits for its clock to be set")) << phone_->err();
  EXPECT_EQ(phone_->stop(), 0) << phone_->err();
}

TEST_F(Clock, FloorIsTheAdminsToLowerDownToTheDayOfTheProgram) {
  const auto answer = command({"clock", "show", "--json"});
  const auto clock = nlohmann::json::parse(answer.out);
  EXPECT_EQ(clock.at("unset"), false);
  EXPECT_EQ(clock.at("floor"), clock.at("lowest_floor"));
  // A clock that was set ahead, and a server that is trusted then.
  Wish wish;
  wish.common_name = "localhost";
  wish.names = {"DNS:localhost"};
  wish.not_before = "20400101000000Z";
  Nginx::Options options;
  options.server = nginx_identity(made_.issue("future", wish, root_));
  nginx_.emplace(options);
  write_text(nginx_->folder() / "y000000000000.cfg", "#!version:1.0.0.1\n");
  must({"set", "static.auto_provision.server.url",
        "https://localhost:" + std::to_string(nginx_->port()) + "/"});
  time_.set("2041-01-01 00:00:00");
  const auto ahead = command({"provision", "now"}, time_.options());
  EXPECT_EQ(ahead.status, 0) << ahead.out << ahead.err;
  EXPECT_NE(unwrapped(command({"clock", "show"}).out).find("lower the floor"), std::string::npos);
  EXPECT_EQ(command({"clock", "lower", "--to", "1970-01-02"}).status, 2);
  EXPECT_EQ(command({"clock", "lower", "--to", "2045-01-01"}).status, 2);
  const auto lowered =
      command({"clock", "lower", "--to", clock.at("lowest_floor").get<std::string>()});
  EXPECT_EQ(lowered.status, 0) << lowered.err;
  EXPECT_NE(lowered.err.find("the clock's floor was lowered"), std::string::npos) << lowered.err;
  EXPECT_NE(unwrapped(command({"clock", "show"}).out).find("so that it can be right"),
            std::string::npos);
}

// What is judged at the floor is also told by it: what runs out soon, and how many days are left.
TEST_F(Clock, DaysAreCountedFromTheFloorWhereDatesAreJudgedAtIt) {
  must({"set", "sealtone.clock.policy", "use-floor"});
  const auto shown = command({"clock", "show", "--json"}, time_.options());
  const auto floor = nlohmann::json::parse(shown.out).at("floor").get<std::string>();
  Wish wish;
  wish.common_name = "localhost";
  wish.names = {"DNS:localhost"};
  wish.extended_key_usage = "serverAuth";
  wish.not_after = run_ok({"date", "-u", "-d", floor + " +10 days", "+%Y%m%d%H%M%SZ"})
                       .substr(0, std::string("20261111000000Z").size());
  const OpensslServer server(made_.issue("until", wish, root_));
  const auto target = "localhost:" + std::to_string(server.port());
  const auto one = nlohmann::json::parse(command({"check", target, "--json"}, time_.options()).out);
  EXPECT_EQ(one.at("verdict").at("decision"), "trusted") << one.at("verdict");
  ASSERT_EQ(one.at("verdict").at("weak").size(), 1U) << one.at("verdict");
  EXPECT_NE(one.at("verdict").at("weak").at(0).get<std::string>().find("runs out on"),
            std::string::npos);
  const auto list = folder_.write("servers.txt", target + "\n").string();
  const auto rows = nlohmann::json::parse(
      command({"check", "--list", list, "--warn-days", "10", "--json"}, time_.options()).out);
  EXPECT_EQ(rows.at(0).at("days_left"), 10);
  EXPECT_EQ(rows.at(0).at("verdict").at("weak"), one.at("verdict").at("weak"));
}

}  // namespace
}  // namespace sealtone::test
