// SPDX-License-Identifier: Apache-2.0
//
// phone: guessing the admin's password through the real page takes longer and longer.
#include "phone/fixture.h"

namespace sealtone::phone {
namespace {

using namespace std::chrono_literals;

constexpr const char* kOwn = "own-made-for-the-test";

class LockOut : public PhoneTest {
 protected:
  struct Answer {
    int status;
    std::string retry_after, code;
  };

  // A phone whose admin has chosen kOwn.
  Running& ready() {
    auto& phone = start();
    const auto one_time = phone.phone().one_time_password().value();
    EXPECT_EQ(phone.finish(phone.phone().log_in(one_time, kOwn)), admin::LogIn::accepted);
    return phone;
  }
  void pass(std::chrono::seconds time) {
    running_->on_loop([this, time] { clock_.tick(time); });
  }

  // A log-in over HTTPS from one of this computer's addresses.
  [[nodiscard]] test::Arguments command(const std::string& password, const std::string& from,
                                        const test::Arguments& further = {}) {
    test::Arguments arguments{"curl",
                              "-sk",
                              "-i",
                              "--max-time",
                              "20",
                              "--interface",
                              from,
                              "--data-binary",
                              nlohmann::json{{"password", password}}.dump()};
    arguments.insert(arguments.end(), further.begin(), further.end());
    arguments.push_back(running_->page() + "api/session");
    return arguments;
  }
  static Answer read(const std::string& text) {
    constexpr std::string_view kName = "\r\nRetry-After: ";
    const auto at = text.find(kName);
    const auto value = at == std::string::npos ? std::string() : text.substr(at + kName.size());
    const auto body = nlohmann::json::parse(text.substr(text.find("\r\n\r\n") + 4));
    return {std::stoi(text.substr(text.find(' ') + 1, 3)), value.substr(0, value.find('\r')),
            body.value("code", "")};
  }
  Answer log_in(const std::string& password, const std::string& from = "127.0.0.1",
                const test::Arguments& further = {}) {
    return read(test::run_ok(command(password, from, further)));
  }
  void be_wrong_often(const std::string& from = "127.0.0.1") {
    for (int i = 0; i < 4; ++i) EXPECT_EQ(log_in("wrong", from).status, 401);
  }
};

TEST_F(LockOut, GrowsWithEachWrongPasswordAndLetsTheRightOneInAfterTheWait) {
  ready();
  be_wrong_often();
  for (int seconds = 1; seconds <= 16; seconds *= 2) {
    const auto waits = log_in("wrong");
    EXPECT_EQ(waits.status, 429);
    EXPECT_EQ(waits.code, "wait");
    EXPECT_EQ(waits.retry_after, std::to_string(seconds));
    pass(std::chrono::seconds(seconds) - 1s);
    EXPECT_EQ(log_in(kOwn).status, 429) << "one second too early";
    pass(1s);
    EXPECT_EQ(log_in("wrong").status, 401);
  }
  pass(32s);
  EXPECT_EQ(log_in(kOwn).status, 200);
  EXPECT_EQ(log_in("wrong").status, 401) << "counted from the beginning again";
}

TEST_F(LockOut, CountsForOneAddressAndNotForAnother) {
  ready();
  be_wrong_often("127.0.0.2");
  EXPECT_EQ(log_in(kOwn, "127.0.0.2").status, 429);
  EXPECT_EQ(log_in(kOwn, "127.0.0.3").status, 200);
}

TEST_F(LockOut, IsNotWalkedAroundByWhatARequestSaysOfItself) {
  ready();
  be_wrong_often();
  for (const char* field : {"X-Forwarded-For: 192.0.2.1", "Forwarded: for=192.0.2.1",
                            "Cookie: __Host-sealtone=made-up", "Host: localhost"}) {
    EXPECT_EQ(log_in(kOwn, "127.0.0.1", {"-H", field}).status, 429) << field;
  }
}

TEST_F(LockOut, CountsGuessesSideBySide) {
  ready();
  std::vector<std::unique_ptr<test::Process>> guesses;
  for (int i = 0; i < 12; ++i) {
    guesses.push_back(
        std::make_unique<test::Process>(command("guess " + std::to_string(i), "127.0.0.1")));
  }
  int judged = 0;
  for (auto& guess : guesses) {
    EXPECT_EQ(guess->wait(), 0);
    if (read(guess->out()).status == 401) ++judged;
  }
  EXPECT_LE(judged, 4);
  EXPECT_GT(judged, 0);
}

TEST_F(LockOut, SlowsManyAddressesDownTogether) {
  ready();
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(log_in("wrong", "127.0.1." + std::to_string(i + 1)).status, 401) << i;
  }
  const auto waits = log_in(kOwn, "127.0.2.1");
  EXPECT_EQ(waits.status, 429);
  EXPECT_EQ(waits.retry_after, "2");
  pass(2s);
  EXPECT_EQ(log_in(kOwn, "127.0.2.1").status, 200);
}

TEST_F(LockOut, IsForgottenWithARestart) {
  ready();
  be_wrong_often();
  EXPECT_EQ(log_in(kOwn).status, 429);
  start();
  EXPECT_EQ(log_in("wrong").status, 401);
  EXPECT_EQ(log_in(kOwn).status, 200);
}

TEST_F(LockOut, EndsWithANewOneTimePasswordFromThePhoneItself) {
  ready();
  be_wrong_often();
  const auto socket = folder_.path() / "state" / "admin.sock";
  const auto reset = nlohmann::json::parse(curl({"--unix-socket", socket.string(), "-X", "POST",
                                                 "http://localhost/api/admin/password-reset"}));
  EXPECT_EQ(log_in(kOwn).status, 401);
  EXPECT_EQ(log_in(reset.at("password")).code, "choose-password");
}

}  // namespace
}  // namespace sealtone::phone
