// SPDX-License-Identifier: Apache-2.0
//
// sip/account_fixture: for tests, an account whose waits are milliseconds, and what it told.
#pragma once

#include "crypto/crypto.h"
#include "sip/account.h"
#include "sip/registrar.h"

namespace sealtone::sip::tests {

class AnAccount : public ::testing::Test {
 protected:
  static AccountOptions options(const Server& server) {
    AccountOptions options;
    options.identity = {"alice", "", "made-for-the-test", "", "urn:uuid:1"};
    options.servers = {{server, 60s, 3}};
    options.backoff = {40ms, 20ms, 80ms, 1ms};
    options.limits.shortest_renewal = 30ms;
    options.limits.shortest_ping = 20ms;
    options.limits.reconnect_spread = 5ms;
    options.limits.unregister = 300ms;
    return options;
  }
  static Server tcp(const Registrar& registrar) {
    return {"127.0.0.1", registrar.port(), Transport::tcp};
  }
  void start(AccountOptions options, std::function<base::Result<TlsSide>()> tls_side = {}) {
    AccountEvents events;
    events.tls_side = [tls_side]() -> net::Task<base::Result<TlsSide>> {
      auto side = tls_side();
      co_return side;
    };
    events.changed = [this](const Status& status) { statuses.push_back(status); };
    events.attempted = [this](const Attempt& attempt) { attempts.push_back(attempt); };
    events.asked = [this](Answered::Do what) { asked.push_back(what); };
    account = Account::start(loop, std::move(options), std::move(events), clock, random);
  }
  template <typename Done>
  void until(const Done& done) {
    test::run_until(loop, done);
  }
  void until(State state) {
    until([&] { return account->status().state == state; });
  }
  [[nodiscard]] const Status& status() const { return account->status(); }
  [[nodiscard]] Cause cause() const { return account->status().cause.value_or(Cause{}); }
  void stop() { test::finish(loop, account->stop()); }

  net::asio::io_context loop;
  base::FakeClock clock{tls::testing::kNow};
  crypto::SystemRandom random;
  std::vector<Status> statuses;
  std::vector<Attempt> attempts;
  std::vector<Answered::Do> asked;
  std::unique_ptr<Account> account;
};

// How long lies between the requests (or connections) of one try and the next.
inline std::vector<std::chrono::milliseconds> gaps(const std::vector<SteadyTime>& times) {
  std::vector<std::chrono::milliseconds> all;
  for (std::size_t i = 1; i < times.size(); ++i) {
    all.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(times[i] - times[i - 1]));
  }
  return all;
}

}  // namespace sealtone::sip::tests
