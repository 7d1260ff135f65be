// SPDX-License-Identifier: Apache-2.0
//
// phone_workload STATE: a phone's user at work, with the sealtone program alone: changes while no
// phone runs, while one runs, after it was killed and after it was stopped.
//
// Says "ACK k PART PART" after each command that ended well: what the user knows to be held then.
// Exit: 0, or 1 with the reason.
#include <csignal>
#include <iostream>
#include <optional>

#include "crash/provisioning_phone.h"

namespace sealtone::crash {
namespace {

class User {
 public:
  explicit User(std::filesystem::path state) : state_(std::move(state)) { acknowledge(); }

  void take(Step step) {
    auto arguments = step.arguments;
    arguments.insert(arguments.end(), {"--state", state_.string()});
    const auto finished = test::sealtone(arguments);
    if (finished.status != 0) throw std::runtime_error(finished.out + finished.err);
    held_ = std::move(step.then);
    acknowledge();
  }
  [[nodiscard]] const Held& held() const { return held_; }

 private:
  void acknowledge() {
    std::string line = "ACK " + std::to_string(count_++);
    for (const auto& part : held_.parts()) line += " " + part;
    std::cout << line << std::endl;
  }

  std::filesystem::path state_;
  Held held_;
  int count_ = 0;
};

// A phone that provisions itself at its start would do so beside what its user does.
Step stay_quiet_at_the_start(const Held& held) {
  Step step{{"set", std::string(kPowerOnKey), "0"}, held};
  step.then.settings[std::string(kPowerOnKey)] = "0";
  return step;
}

void work(const std::filesystem::path& state) {
  const Scene scene;
  User user(state);
  user.take(trust(scene, user.held()));
  {
    auto phone = test::PhoneUnderTest::on(state);
    user.take(stay_quiet_at_the_start(user.held()));
    user.take(point_at_server(scene, user.held()));
    user.take(upload_own(scene, user.held(), false));
    user.take(provision(scene, user.held(), 10));
    user.take(add_other(scene, user.held()));
    phone.process().signal(SIGKILL);
    (void)phone.process().wait();
  }
  {
    auto phone = test::PhoneUnderTest::on(state);
    user.take(upload_own(scene, user.held(), true));
    user.take(provision(scene, user.held(), 20));
    if (phone.process().stop() != 0) throw std::runtime_error(phone.process().err());
  }
  user.take(remove_other(scene, user.held(), id_of(scene.other().fingerprint, state)));
}

}  // namespace
}  // namespace sealtone::crash

int main(int count, char** arguments) {
  if (count != 2) return 1;
  try {
    sealtone::crash::work(arguments[1]);
    return 0;
  } catch (const std::exception& exception) {
    std::cerr << exception.what() << "\n";
    return 1;
  }
}
