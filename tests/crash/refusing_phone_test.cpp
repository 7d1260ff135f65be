// SPDX-License-Identifier: Apache-2.0
//
// A phone whose disk refuses from one moment on (EIO, ENOSPC): the change is refused in words, the
// page goes on being served, and the change succeeds once the disk is well again.
//
// strace makes the system calls of the running phone fail; the phone is unconfined_phone.cpp.
#include <gmock/gmock.h>

#include <csignal>
#include <iostream>

#include "crash/provisioning_phone.h"

namespace sealtone::crash {
namespace {

struct Refusal {
  const char* calls;
  const char* reason;
};

class RefusingPhone : public testing::TestWithParam<Refusal> {
 protected:
  void SetUp() override {
    phone_ = std::make_unique<test::PhoneUnderTest>(test::PhoneUnderTest::on(state_));
    take({{"set", std::string(kPowerOnKey), "0"}, held_});
    held_.settings[std::string(kPowerOnKey)] = "0";
    take(trust(scene_, held_));
    take(point_at_server(scene_, held_));
    const auto tried = refuse("none", "EIO", 1);
    if (!tried) GTEST_SKIP() << "strace may not watch a running program here";
    (void)tried->stop();
  }

  // strace at the phone: its calls fail from the nth one on, until strace ends.
  std::unique_ptr<test::Process> refuse(const std::string& calls, const std::string& reason,
                                        int from) const {
    test::Arguments strace{
        "strace", "-f", "-p", std::to_string(phone_->process().pid()), "-e", "trace=" + calls};
    if (calls != "none") {
      strace.insert(strace.end(), {"-e", "inject=" + calls + ":error=" + reason +
                                             ":when=" + std::to_string(from) + "+"});
    }
    auto process = std::make_unique<test::Process>(strace);
    return process->said(" attached") ? std::move(process) : nullptr;
  }

  void take(const Step& step) {
    const auto finished = phone_->command(step.arguments);
    ASSERT_EQ(finished.status, 0) << finished.out << finished.err;
    held_ = step.then;
  }
  [[nodiscard]] bool page_is_served() const {
    const auto asked = test::run({"curl", "-sk", "--max-time", "20", "-o", "/dev/null", "-w",
                                  "%{http_code}", phone_->page()});
    return asked.out == "200";
  }
  [[nodiscard]] std::string shown_certificate() const {
    return phone_->ask({"server-cert", "show"}).at("certificate").dump();
  }

  Scene scene_;
  test::TempDir folder_;
  std::filesystem::path state_ = folder_.path() / "state";
  std::unique_ptr<test::PhoneUnderTest> phone_;
  Held held_;
};

TEST_P(RefusingPhone, GoesOnAndTakesTheChangeLater) {
  const auto& [calls, reason] = GetParam();
  int told = 0, from = 1;
  for (bool refused = true; refused; ++from) {
    const bool second = from % 2 == 0;
    const auto step = upload_own(scene_, held_, second);
    const auto disk = refuse(calls, reason, from);
    ASSERT_NE(disk, nullptr);
    const auto finished = phone_->command(step.arguments);
    refused = finished.status != 0;
    if (refused) {
      ++told;
      EXPECT_THAT(finished.err, testing::AllOf(testing::HasSubstr("sealtone.db"),
                                               testing::HasSubstr("nothing was changed")));
      EXPECT_EQ(shown_certificate().find(scene_.own(second).fingerprint), std::string::npos);
    }
    EXPECT_TRUE(page_is_served()) << "call " << from;
    disk->signal(SIGINT);
    (void)disk->wait();
    if (refused) take(step);
    held_ = step.then;
    EXPECT_NE(shown_certificate().find(scene_.own(second).fingerprint), std::string::npos);
  }
  std::cout << "refused " << told << " times" << std::endl;
  EXPECT_GT(told, 0);

  // A provisioning run that cannot be kept says so, and applies nothing.
  const auto run = provision(scene_, held_, 77);
  {
    const auto disk = refuse(calls, reason, 1);
    ASSERT_NE(disk, nullptr);
    const auto finished = phone_->command(run.arguments);
    EXPECT_NE(finished.status, 0);
    EXPECT_THAT(finished.out + finished.err, testing::HasSubstr("Nothing was applied"));
    EXPECT_TRUE(page_is_served());
    disk->signal(SIGINT);
    (void)disk->wait();
  }
  take(run);

  phone_->process().signal(SIGKILL);
  (void)phone_->process().wait();
  const auto found = from_json_text(test::run_ok({HELD_READER, state_.string()}));
  EXPECT_EQ(found.changes_text(), held_.changes_text());
}

INSTANTIATE_TEST_SUITE_P(Each, RefusingPhone,
                         testing::Values(Refusal{"pwrite64", "ENOSPC"}, Refusal{"pwrite64", "EIO"},
                                         Refusal{"fdatasync,fsync", "EIO"}),
                         [](const auto& each) {
                           return std::string(each.param.calls).substr(0, 6) + "_" +
                                  each.param.reason;
                         });

}  // namespace
}  // namespace sealtone::crash
