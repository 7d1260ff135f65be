// SPDX-License-Identifier: Apache-2.0
#include "phone/accounts.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/text.h"

namespace sealtone::phone {
namespace {

namespace asio = net::asio;
using settings::SipTransport;

sip::Transport transport_from(SipTransport transport) {
  switch (transport) {
    case SipTransport::tcp: return sip::Transport::tcp;
    case SipTransport::tls: return sip::Transport::tls;
    case SipTransport::udp:
    case SipTransport::naptr: break;
  }
  return sip::Transport::udp;  // refused in words
}

sip::Server server_from(const settings::SipServer& server) {
  return {.host = server.host, .port = server.port, .transport = transport_from(server.transport)};
}

sip::AnswerPolicy answers_from(const settings::SipSettings& sip) {
  return {.check_sync = static_cast<sip::CheckSync>(sip.notify_reboot),
          .only_registrar = sip.only_registrar};
}

sip::AccountOptions options_from(const settings::SipAccount& account,
                                 const settings::SipSettings& sip, const std::string& instance) {
  using std::chrono::seconds;
  sip::AccountOptions options;
  options.limits.dial.handshake = sip.handshake_limit;
  options.identity = {.user = account.user_name,
                      .auth_name = account.auth_name,
                      .password = account.password,
                      .display = account.display_name,
                      .instance = instance};
  for (const auto& server : account.servers) {
    options.servers.push_back({.server = server_from(server),
                               .expires = seconds(server.expires),
                               .retry_counts = server.retry_counts});
  }
  if (!account.outbound_proxies.empty()) {
    options.outbound_proxy = server_from(account.outbound_proxies.front());
  }
  options.expires_overlap = account.expires_overlap;
  options.backoff = {.fixed = seconds(account.fail_retry_interval),
                     .minimum = seconds(account.failed_retry_min),
                     .maximum = seconds(account.failed_retry_max)};
  options.surge_prevention = seconds(sip.surge_prevention);
  options.answers = answers_from(sip);
  options.user_agent = sip.user_agent;
  return options;
}

// Whether what all accounts register with is the same.
bool same_for_all(const settings::SipSettings& one, const settings::SipSettings& other) {
  return one.surge_prevention == other.surge_prevention && one.user_agent == other.user_agent &&
         one.handshake_limit == other.handshake_limit;
}

}  // namespace

std::string instance_of(std::string_view mac) {
  return fmt::format("urn:uuid:00000000-0000-1000-8000-{}", mac);
}

Accounts::Accounts(asio::io_context& loop, const base::Clock& clock, base::Random& random,
                   base::Log& log, Phone phone)
    : loop_(loop),
      clock_(clock),
      random_(random),
      log_(log),
      phone_(std::move(phone)),
      gone_(loop, asio::steady_timer::time_point::max()) {
  ending_->one_is_gone = [this] {
    gone_.cancel();
    begin_all();
  };
}

Accounts::~Accounts() { drop(); }

void Accounts::drop() {
  accounts_.clear();
  ending_->one_is_gone = nullptr;
  ending_->accounts.clear();
  gone_.cancel();
}

sip::Status Accounts::status_of(const One& one) const {
  if (one.account) return one.account->status();
  sip::Status status;
  if (one.registers) {
    status.state = sip::State::registering;
  } else if (one.settings.enabled && !one.settings.servers.empty()) {
    status.state = sip::State::waiting_for_permission;
  }
  return status;
}

void Accounts::follow(const settings::SipSettings& settings, const OwnAccounts& own,
                      const std::string& instance) {
  const bool all_anew = !same_for_all(settings, common_) || instance != instance_;
  common_ = settings;
  instance_ = instance;
  std::map<int, One> before = std::exchange(accounts_, {});
  for (const auto& wanted : settings.accounts) {
    const bool allowed = may_register(wanted, own, settings.register_fetched);
    One one{.settings = wanted, .registers = allowed && wanted.enabled && !wanted.servers.empty()};
    const auto old = before.find(wanted.number);
    if (old != before.end() && one.registers && !all_anew && old->second.settings == wanted) {
      one.account = std::move(old->second.account);
      one.run = old->second.run;
      if (one.account) one.account->answer_by(answers_from(settings));
    }
    const auto& now = accounts_.emplace(wanted.number, std::move(one)).first->second;
    if (status_of(now).state == sip::State::waiting_for_permission) tell(now, status_of(now));
  }
  for (auto& [number, one] : before) {
    const auto now = accounts_.find(number);
    if (now == accounts_.end() || !(now->second.settings == one.settings)) talks_.erase(number);
    if (one.account) end(number, std::move(one.account));
  }
  begin_all();
}

// RFC 5626 §6: a binding is known by its instance and reg-id, so that the one before it would take
// the new one back with its own.
void Accounts::begin_all() {
  if (stopping_) return;
  for (auto& [number, one] : accounts_) {
    const auto of_this_number = [number = number](const Leaving& each) {
      return each.number == number;
    };
    const bool waits = std::ranges::any_of(ending_->accounts, of_this_number);
    if (one.registers && !one.account && !waits) begin(one);
  }
}

void Accounts::begin(One& one) {
  const int number = one.settings.number;
  const auto run = ++runs_;
  sip::AccountEvents events;
  events.tls_side = phone_.tls_side;
  // One that still un-registers under this number goes on with its own.
  const auto talk = std::make_shared<AccountTalk>(number, clock_, log_);
  talks_[number] = talk;
  events.attempted = [talk, attempted = phone_.attempted](const sip::Attempt& attempt) {
    if (!attempt.ended) talk->connected(attempt);
    attempted(attempt);
  };
  events.seen = [talk](bool sent, const sip::Message& message) { talk->seen(sent, message); };
  events.asked = phone_.asked;
  events.changed = [this, number, run](const sip::Status& status) { changed(number, run, status); };
  one.run = run;
  one.account = sip::Account::start(loop_, options_from(one.settings, common_, instance_),
                                    std::move(events), clock_, random_);
}

// It un-registers by itself, and is gone then.
void Accounts::end(int number, std::unique_ptr<sip::Account> account) {
  const auto* const which = account.get();
  auto goodbye = account->stop();
  ending_->accounts.push_back({number, std::move(account)});
  asio::co_spawn(loop_, leave(std::move(goodbye), which, ending_), asio::detached);
}

net::Task<void> Accounts::leave(net::Task<void> goodbye, const sip::Account* which,
                                std::shared_ptr<Ending> ending) {
  co_await std::move(goodbye);
  ending->accounts.remove_if([which](const Leaving& each) { return each.account.get() == which; });
  if (ending->one_is_gone) ending->one_is_gone();
}

void Accounts::reconnect() {
  for (auto& [number, one] : accounts_) {
    const bool in_clear = one.account && one.account->status().transport == sip::Transport::tcp;
    if (one.account && !in_clear) one.account->reconnect();
  }
}

void Accounts::look_at_address() {
  for (auto& [number, one] : accounts_) {
    if (one.account) one.account->look_at_address();
  }
}

net::Task<void> Accounts::stop() {
  stopping_ = true;
  for (auto& [number, one] : accounts_) {
    one.run = 0;  // nothing more of it is news
    if (one.account) end(number, std::move(one.account));
  }
  boost::system::error_code woken;
  auto token = asio::redirect_error(asio::use_awaitable, woken);
  while (!ending_->accounts.empty()) co_await gone_.async_wait(token);
  accounts_.clear();
  stopping_ = false;
}

std::vector<admin::SipAccount> Accounts::described() const {
  std::vector<admin::SipAccount> shown;
  const auto ground = phone_.ground();
  for (const auto& [number, one] : accounts_) {
    shown.push_back(phone::described(one.settings, status_of(one), ground));
    const auto talk = talks_.find(number);
    if (talk != talks_.end()) shown.back().spoken = talk->second->conversation();
  }
  return shown;
}

void Accounts::changed(int number, std::uint64_t run, const sip::Status& status) {
  const auto found = accounts_.find(number);
  // What it tells while it starts counts, too.
  if (found != accounts_.end() && found->second.run == run) tell(found->second, status);
}

void Accounts::tell(const One& one, const sip::Status& status) {
  // A try behind a failure is no news before it comes to something else.
  if (status.state == sip::State::registering && status.cause) return;
  const auto ground = phone_.ground();
  auto untimed = status;
  untimed.next_try.reset();
  note(one.settings.number, phone::described(one.settings, untimed, ground).says,
       phone::described(one.settings, status, ground).says);
}

// The same once more is no news: a server that refuses each try would fill the log.
void Accounts::note(int number, const std::string& news, std::string says) {
  if (std::exchange(last_news_[number], news) == news) return;
  log_.write(base::LogLevel::info, "sip", fmt::format("account {}: {}", number, says));
  events_.push_back({.at = clock_.now(), .account = number, .says = std::move(says)});
  if (events_.size() > kMaxEvents) events_.pop_front();
}

}  // namespace sealtone::phone
