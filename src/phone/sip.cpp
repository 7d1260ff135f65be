// SPDX-License-Identifier: Apache-2.0
//
// phone/sip: what the phone lends to its accounts: how they connect, who is told, what they may
// ask.
#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <nlohmann/json.hpp>

#include "phone/octets.h"
#include "phone/rest.h"
#include "phone/values.h"
#include "phone/wired.h"
#include "provision/trusting.h"

namespace sealtone::phone {

namespace asio = net::asio;
using base::Result;

namespace {

// A server that asks at each registration does not keep the phone at nothing else.
constexpr std::chrono::seconds kBetweenOrders{10};
constexpr std::chrono::milliseconds kMoment{50};

}  // namespace

Accounts::Phone Wired::for_accounts() {
  Accounts::Phone phone;
  phone.tls_side = [this] { return sip_side(); };
  phone.attempted = [this](const sip::Attempt& attempt) { note_attempt(attempt); };
  phone.asked = [this](sip::Answered::Do what) { asked_by_registrar(what); };
  phone.ground = [this] {
    const auto tls = settings::tls_settings(snapshot_->settings, "sip");
    return AccountGround{.now = clock_.now(), .list_name = provision::list_name(tls.trust_list)};
  };
  return phone;
}

Result<void> Wired::load_own_accounts() {
  const auto kept = store_->value(kOwnAccountsValue);
  if (!kept) return std::unexpected(kept.error());
  if (*kept) own_accounts_ = own_accounts_from(**kept);
  return {};
}

void Wired::follow_accounts() {
  if (!started_ || down_) return;
  accounts_.follow(settings::sip_settings(snapshot_->settings), own_accounts_,
                   instance_of(snapshot_->settings.get(kMacKey)));
}

void Wired::accounts_see_change(const store::Snapshot& before) {
  if (before.settings != snapshot_->settings) follow_accounts();
  const auto ids = [](const store::Snapshot& snapshot) {
    std::vector<std::int64_t> trusted;
    for (const auto& one : snapshot.trusted) trusted.push_back(one.id);
    return trusted;
  };
  const auto was = settings::tls_settings(before.settings, "sip");
  const auto is = settings::tls_settings(snapshot_->settings, "sip");
  const auto leaf = [](const store::Snapshot& snapshot) {
    return snapshot.credential ? std::optional(snapshot.credential->leaf().sha256()) : std::nullopt;
  };
  if (was != is || ids(before) != ids(*snapshot_) || before.crls != snapshot_->crls ||
      leaf(before) != leaf(*snapshot_)) {
    accounts_.reconnect();
  }
}

void Wired::watch_addresses() {
  auto watch = net::AddressWatch::open(loop_, {});
  if (watch) {
    address_watch_ = *std::move(watch);
    return;
  }
  log_.write(base::LogLevel::warning, "sip",
             "that this computer gets another address is noticed only when a connection fails: " +
                 base::to_string(watch.error()));
}

net::Task<Result<sip::TlsSide>> Wired::sip_side() {
  const auto snapshot = snapshot_;
  auto anchor_set = co_await anchors(snapshot, "sip");
  if (!anchor_set) co_return std::unexpected(anchor_set.error());
  const auto tls = settings::tls_settings(snapshot->settings, "sip");
  sip::TlsSide side;
  side.context = contexts_.sip;
  side.check.anchors = *std::move(anchor_set);
  side.check.policy = provision::policy_of(tls);
  side.check.policy.path.crls = snapshot->crls;
  side.check.policy.clock = clock_floor();
  side.check.now = clock_.now();
  side.check.sessions = sessions_;
  side.check.kept = kept_chains_;
  side.check.recording = recordings_->begin();
  co_return side;
}

void Wired::note_attempt(const sip::Attempt& attempt) {
  if (!attempt.verdict || !attempt.record) return;
  const auto tls = settings::tls_settings(snapshot_->settings, "sip");
  auto at_hand = provision::uploaded(*snapshot_);
  if (system_roots_) at_hand.insert(at_hand.end(), system_roots_->begin(), system_roots_->end());
  const auto server = fmt::format("{}:{}", attempt.server.host, attempt.hop.port);
  if (attempt.recording) attempt.recording->named("sip", server);
  journal_.note(
      {.service = "sip",
       .server = server,
       .target = {},
       .verdict = *attempt.verdict,
       .record = *attempt.record,
       .at = clock_.now(),
       .list_name = provision::list_name(tls.trust_list),
       .at_hand = std::make_shared<const std::vector<x509::Certificate>>(std::move(at_hand)),
       .recording = attempt.recording,
       .spoken = attempt.recording ? spoken_in(*attempt.recording) : explain::Conversation{}});
}

void Wired::asked_by_registrar(sip::Answered::Do what) {
  asked_ = std::max(asked_, what);
  if (does_as_asked_ || asked_ == sip::Answered::Do::nothing) return;
  does_as_asked_ = true;
  asio::co_spawn(loop_, do_as_asked(), asio::detached);
}

net::Task<void> Wired::do_as_asked() {
  for (;;) {
    const auto what = std::exchange(asked_, sip::Answered::Do::nothing);
    if (!started_ || down_ || what == sip::Answered::Do::nothing) break;
    const bool anew = what == sip::Answered::Do::reboot;
    log_.write(base::LogLevel::info, "sip",
               anew ? "the SIP server asks the phone to start anew (check-sync)"
                    : "the SIP server asks the phone to provision itself (check-sync)");
    auto doing = anew ? start_anew() : provision_as_asked();
    co_await std::move(doing);
    co_await rest(next_order_, kBetweenOrders);
  }
  does_as_asked_ = false;
}

// A desk phone boots: what was open is dropped, and everything begins as at power on.
net::Task<void> Wired::start_anew() {
  co_await go_down();
  while (started_ && *provisioning_) co_await rest(next_order_, kMoment);
  if (!started_ || leaving_) co_return;
  *sessions_ = {};
  down_ = false;
  follow_accounts();
  // Whatever static.auto_provision.power_on says: it is what the server asks for.
  asio::co_spawn(loop_, provision_at_start(), asio::detached);
}

net::Task<void> Wired::provision_as_asked() {
  // A run that is under way may have fetched what was there before.
  while (started_ && *provisioning_) co_await rest(next_order_, kMoment);
  if (!started_) co_return;
  co_await provision_by_pnp_or_url();
}

admin::Sip Wired::sip() const {
  return {.accounts = accounts_.described(),
          .events = accounts_.events(),
          .register_fetched = snapshot_->settings.flag("sealtone.register")};
}

}  // namespace sealtone::phone
