// SPDX-License-Identifier: Apache-2.0
//
// phone/accounts: the phone's SIP accounts, kept as the settings say they should be.
//
// Runs on the loop.  An account whose settings change is un-registered and begins anew behind that;
// the others keep their connection.  The last kMaxEvents things that happened are kept for the
// page.
#pragma once

#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>

#include "admin/control.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "phone/account_talk.h"
#include "phone/account_words.h"
#include "phone/own_accounts.h"
#include "settings/accounts.h"
#include "sip/account.h"

namespace sealtone::phone {

class Accounts {
 public:
  static constexpr std::size_t kMaxEvents = 100;

  // What the phone lends to its accounts.
  struct Phone {
    std::function<net::Task<base::Result<sip::TlsSide>>()> tls_side;
    std::function<void(const sip::Attempt&)> attempted;
    std::function<void(sip::Answered::Do)> asked;  // check-sync
    std::function<AccountGround()> ground;
  };
  Accounts(net::asio::io_context& loop, const base::Clock& clock, base::Random& random,
           base::Log& log, Phone phone);
  ~Accounts();

  // Accounts begin, end and begin anew as the settings say.  instance: "urn:uuid:…".
  void follow(const settings::SipSettings& settings, const OwnAccounts& own,
              const std::string& instance);
  // The list, the switch or the certificate changed: each that has to do with TLS connects and
  // registers anew.
  void reconnect();
  // The computer's addresses changed: who would come from another one now registers anew.
  void look_at_address();
  // Un-registers all at once (5 s at most: of a server that answers nothing 2 s, and its goodbye);
  // nothing is left when it returns.
  [[nodiscard]] net::Task<void> stop();
  // Drops all at once.
  void drop();

  [[nodiscard]] std::vector<admin::SipAccount> described() const;
  [[nodiscard]] std::vector<admin::SipEvent> events() const {
    return {events_.begin(), events_.end()};
  }

 private:
  struct One {
    settings::SipAccount settings;
    bool registers = false;
    std::unique_ptr<sip::Account> account = {};  // null: off, or the one before it un-registers
    std::uint64_t run = 0;  // which account of that number tells something; 0: none
  };
  struct Leaving {
    int number;
    std::unique_ptr<sip::Account> account;
  };
  // Those that un-register.
  struct Ending {
    std::list<Leaving> accounts;
    std::function<void()> one_is_gone;
  };
  [[nodiscard]] sip::Status status_of(const One& one) const;
  // Each that registers, once nothing is left of the one before it.
  void begin_all();
  void begin(One& one);
  void end(int number, std::unique_ptr<sip::Account> account);
  static net::Task<void> leave(net::Task<void> goodbye, const sip::Account* which,
                               std::shared_ptr<Ending> ending);
  void changed(int number, std::uint64_t run, const sip::Status& status);
  void tell(const One& one, const sip::Status& status);
  // news: what it says, without what is another each time.
  void note(int number, const std::string& news, std::string says);

  net::asio::io_context& loop_;
  const base::Clock& clock_;
  base::Random& random_;
  base::Log& log_;
  Phone phone_;
  std::map<int, One> accounts_;
  // What of the settings is common to all; another begins them anew.
  settings::SipSettings common_;
  std::string instance_;
  std::map<int, std::shared_ptr<AccountTalk>> talks_;
  std::deque<admin::SipEvent> events_;
  std::map<int, std::string> last_news_;
  std::shared_ptr<Ending> ending_ = std::make_shared<Ending>();
  net::asio::steady_timer gone_;  // cancelled when one of them is
  bool stopping_ = false;
  std::uint64_t runs_ = 0;
};

// RFC 5626 §4.1: the same for the phone's life.  RFC 4122's first version without a time, with the
// MAC as its node.
[[nodiscard]] std::string instance_of(std::string_view mac);

}  // namespace sealtone::phone
