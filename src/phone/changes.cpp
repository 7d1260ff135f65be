// SPDX-License-Identifier: Apache-2.0
//
// phone/changes: what the admin changes: prepared aside, stored, swapped in.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "explain/wording.h"
#include "phone/octets.h"
#include "phone/values.h"
#include "phone/wired.h"
#include "settings/accounts.h"

namespace sealtone::phone {
namespace {

namespace asio = net::asio;
using base::ErrorCode;
using base::Result;

// The answer to the change itself still goes over the old port.
constexpr std::chrono::seconds kRetireAfter{2};

bool is_order(const settings::Known& known) {
  return known.key->uploads || known.canonical.ends_with("_certificates.delete");
}

}  // namespace

Result<settings::Settings> changed_settings(
    settings::Settings settings, const std::map<std::string, std::optional<std::string>>& changes) {
  for (const auto& [spelled, value] : changes) {
    const auto known = settings::find_key(spelled);
    if (!known) {
      return base::fail(ErrorCode::bad_input, spelled, "Sealtone does not know this key");
    }
    if (is_order(*known)) {
      return base::fail(ErrorCode::bad_input, spelled,
                        "this is an order in a configuration file, not a setting; upload or delete "
                        "certificates under Security, or with `sealtone trust` and `sealtone "
                        "server-cert`");
    }
    // Sealtone's own keys are closed to files alone; the others mean nothing here.
    if (!known->key->ignored.empty() && !known->canonical.starts_with("sealtone.")) {
      return base::fail(ErrorCode::bad_input, spelled, std::string(known->key->ignored));
    }
    if (!value || value->empty()) {
      if (known->canonical != kMacKey) settings.reset(known->canonical);
      continue;
    }
    if (auto lacking = settings::past_the_last(known->canonical); !lacking.empty()) {
      return base::fail(ErrorCode::bad_input, spelled, std::move(lacking));
    }
    if (auto fits = settings::check_value(*known, *value); !fits) {
      return std::unexpected(fits.error());
    }
    if (known->canonical == kMacKey) {
      auto mac = provision::normalise_mac(*value);
      if (!mac) return std::unexpected(mac.error());
      settings.set(known->canonical, *mac);
    } else {
      settings.set(known->canonical, *value);
    }
  }
  return settings;
}

net::Task<Result<Wired::Prepared>> Wired::prepare_change(
    settings::Settings settings, std::optional<x509::DeviceCredential> credential) {
  Prepared prepared;
  std::function<Result<Contexts>()> build = [&settings, &credential, temporary = temporary_,
                                             key_log = options_.key_log] {
    return build_contexts(settings, credential, temporary, key_log);
  };
  auto contexts = co_await worker_->run<Contexts>(std::move(build));
  if (!contexts) co_return std::unexpected(contexts.error());
  prepared.contexts = *std::move(contexts);
  prepared.port = wanted_port(settings);
  if (!started_ || prepared.port == page_port_) co_return prepared;
  prepared.moves = true;
  if (prepared.port) {
    auto listener = listen_on(*prepared.port, settings);
    if (!listener) co_return std::unexpected(listener.error());
    prepared.page = *std::move(listener);
  }
  co_return prepared;
}

net::Task<Result<void>> Wired::change(Prepared prepared,
                                      std::function<Result<void>(store::Store&)> job) {
  auto& store = *store_;
  std::function<Result<Snapshot>()> stored = [&store, job = std::move(job)]() -> Result<Snapshot> {
    if (auto done = job(store); !done) return std::unexpected(done.error());
    return store.snapshot();
  };
  auto snapshot = co_await worker_->run<Snapshot>(std::move(stored));
  if (!snapshot) co_return std::unexpected(snapshot.error());
  const auto before = std::exchange(snapshot_, *std::move(snapshot));
  contexts_ = std::move(prepared.contexts);
  anchors_.clear();
  look_at_time_servers_again();
  accounts_see_change(*before);
  if (prepared.moves && started_) {
    if (page_) retire(std::move(page_));
    page_ = std::move(prepared.page);
    page_port_ = prepared.port;
    if (page_) serve(*page_);
  }
  co_return Result<void>{};
}

net::Task<void> Wired::look_again(std::shared_ptr<tls::KeyLog> key_log) {
  using base::LogLevel;
  const auto turn = co_await turns_.take();
  if (key_log) {
    auto before = std::exchange(options_.key_log, std::move(key_log));
    auto prepared = co_await prepare_change(snapshot_->settings, snapshot_->credential);
    if (prepared) {
      contexts_ = std::move(prepared->contexts);
      log_.write(LogLevel::info, "phone", "the file of session keys was opened again");
    } else {
      options_.key_log = std::move(before);
      log_.write(LogLevel::warning, "phone",
                 "session keys go on to where they went: " + base::to_string(prepared.error()));
    }
  }
  auto roots = co_await read_system_roots();
  if (!roots) {
    log_.write(LogLevel::warning, "phone",
               "this computer's roots cannot be read again, so those of before count: " +
                   base::to_string(roots.error()));
    co_return;
  }
  system_roots_ = *std::move(roots);
  anchors_.clear();
  log_.write(LogLevel::info, "phone",
             fmt::format("this computer's roots were read again: {}", system_roots_->size()));
}

void Wired::retire(std::unique_ptr<net::Listener> listener) {
  auto& retiring = retiring_.emplace_back(
      Retiring{std::move(listener), asio::steady_timer(loop_, kRetireAfter)});
  const auto* const which = &retiring;
  retiring.timer.async_wait([this, which](const boost::system::error_code& cancelled) {
    if (cancelled) return;  // the phone stops, or is gone
    std::erase_if(retiring_, [which](const Retiring& each) { return &each == which; });
  });
}

net::Task<Result<std::vector<store::TrustedCertificate>>> Wired::add_trusted(
    std::vector<x509::Certificate> certificates, std::string origin) {
  using Rows = std::vector<store::TrustedCertificate>;
  const auto turn = co_await turns_.take();
  const auto before = snapshot_;
  std::set<crypto::Sha256> listed;
  for (const auto& row : before->trusted) listed.insert(row.certificate.sha256());
  store::Store::Batch batch;
  batch.settings = before->settings;
  batch.origin = std::move(origin);
  for (const auto& certificate : certificates) {
    if (!listed.contains(certificate.sha256())) batch.add_trusted.push_back(certificate);
  }
  if (batch.add_trusted.empty()) {
    if (certificates.empty()) {
      co_return base::fail(ErrorCode::bad_input, "", "there is no certificate to add");
    }
    co_return base::fail(
        ErrorCode::exists, "",
        certificates.size() == 1
            ? fmt::format("{} is among the trusted certificates already",
                          explain::in_quotes(certificates.front().subject().short_name()))
            : fmt::format("all {} are among the trusted certificates already",
                          certificates.size()));
  }
  auto prepared = co_await prepare_change(before->settings, before->credential);
  if (!prepared) co_return std::unexpected(prepared.error());
  const auto now = clock_.now();
  std::function<Result<void>(store::Store&)> job =
      [batch = std::move(batch), now](store::Store& store) { return store.apply(batch, now); };
  auto changed = co_await change(*std::move(prepared), std::move(job));
  if (!changed) co_return std::unexpected(changed.error());

  Rows added;
  for (const auto& row : snapshot_->trusted) {
    if (!listed.contains(row.certificate.sha256())) added.push_back(row);
  }
  co_return added;
}

net::Task<Result<void>> Wired::remove_trusted(std::int64_t id) {
  const auto turn = co_await turns_.take();
  auto prepared = co_await prepare_change(snapshot_->settings, snapshot_->credential);
  if (!prepared) co_return std::unexpected(prepared.error());
  std::function<Result<void>(store::Store&)> job = [id](store::Store& store) {
    return store.remove_trusted(id);
  };
  auto changed = co_await change(*std::move(prepared), std::move(job));
  co_return changed;
}

net::Task<Result<void>> Wired::set_credential(x509::DeviceCredential credential) {
  const auto turn = co_await turns_.take();
  const std::optional<x509::DeviceCredential> wanted(credential);
  auto prepared = co_await prepare_change(snapshot_->settings, wanted);
  if (!prepared) co_return std::unexpected(prepared.error());
  const auto now = clock_.now();
  std::function<Result<void>(store::Store&)> job = [credential, now](store::Store& store) {
    return store.set_credential(credential, now);
  };
  auto changed = co_await change(*std::move(prepared), std::move(job));
  co_return changed;
}

net::Task<Result<void>> Wired::clear_credential() {
  const auto turn = co_await turns_.take();
  const std::optional<x509::DeviceCredential> none;
  auto prepared = co_await prepare_change(snapshot_->settings, none);
  if (!prepared) co_return std::unexpected(prepared.error());
  std::function<Result<void>(store::Store&)> job = [](store::Store& store) {
    return store.clear_credential();
  };
  auto changed = co_await change(*std::move(prepared), std::move(job));
  co_return changed;
}

net::Task<Result<void>> Wired::undo_credential() {
  const auto turn = co_await turns_.take();
  auto prepared = co_await prepare_change(snapshot_->settings, snapshot_->previous);
  if (!prepared) co_return std::unexpected(prepared.error());
  std::function<Result<void>(store::Store&)> job = [](store::Store& store) {
    return store.undo_credential();
  };
  auto changed = co_await change(*std::move(prepared), std::move(job));
  co_return changed;
}

net::Task<Result<void>> Wired::forget_previous_credential() {
  const auto turn = co_await turns_.take();
  auto prepared = co_await prepare_change(snapshot_->settings, snapshot_->credential);
  if (!prepared) co_return std::unexpected(prepared.error());
  std::function<Result<void>(store::Store&)> job = [](store::Store& store) {
    return store.forget_previous_credential();
  };
  auto changed = co_await change(*std::move(prepared), std::move(job));
  co_return changed;
}

net::Task<Result<void>> Wired::change_settings(
    std::map<std::string, std::optional<std::string>> changes) {
  const auto turn = co_await turns_.take();
  const auto before = snapshot_;
  std::function<Result<settings::Settings>()> check = [before, &changes] {
    return changed_settings(before->settings, changes);
  };
  auto settings = co_await worker_->run<settings::Settings>(std::move(check));
  if (!settings) co_return std::unexpected(settings.error());
  if (*settings == snapshot_->settings) co_return Result<void>{};
  auto prepared = co_await prepare_change(*settings, snapshot_->credential);
  if (!prepared) co_return std::unexpected(prepared.error());
  auto own = typed_in(own_accounts_, changes, settings::sip_settings(*settings));
  std::function<Result<void>(store::Store&)> job =
      [wanted = *settings, text = to_text(own)](store::Store& store) -> Result<void> {
    if (auto stored = store.set_settings(wanted); !stored) return stored;
    return store.set_value(kOwnAccountsValue, text);
  };
  // Which accounts are the owner's has to be known when they follow the settings.
  auto earlier = std::exchange(own_accounts_, std::move(own));
  auto changed = co_await change(*std::move(prepared), std::move(job));
  if (!changed) own_accounts_ = std::move(earlier);
  co_return changed;
}

net::Task<Result<void>> Wired::aside(std::function<void()> work) {
  std::function<Result<bool>()> job = [work = std::move(work)]() -> Result<bool> {
    work();
    return true;
  };
  const auto done = co_await worker_->run<bool>(std::move(job));
  if (!done) co_return std::unexpected(done.error());
  co_return Result<void>{};
}

net::Task<Result<std::vector<store::ConnectionRow>>> Wired::connections() {
  co_await journal_.flush();
  auto& store = *store_;
  std::function<Result<std::vector<store::ConnectionRow>>()> job = [&store] {
    return store.connections();
  };
  auto rows = co_await worker_->run<std::vector<store::ConnectionRow>>(std::move(job));
  co_return rows;
}

net::Task<Result<store::ConnectionRow>> Wired::connection(std::int64_t id) {
  co_await journal_.flush();
  auto& store = *store_;
  // A registration lasts; what was said since it was stored is in memory.
  explain::Conversation spoken;
  if (const auto recording = journal_.recording_of(id)) spoken = spoken_in(*recording);
  std::function<Result<store::ConnectionRow>()> job = [&store, &spoken, id] {
    auto row = store.connection(id);
    if (row && !spoken.said.empty()) row->json = with_spoken(row->json, spoken);
    return row;
  };
  auto row = co_await worker_->run<store::ConnectionRow>(std::move(job));
  if (row || row.error().code != base::ErrorCode::not_found) co_return row;
  auto earlier = journal_.recorded();
  const auto found = std::ranges::find(earlier, id, &store::ConnectionRow::id);
  if (found == earlier.end()) co_return row;
  if (!spoken.said.empty()) found->json = with_spoken(found->json, spoken);
  co_return std::move(*found);
}

}  // namespace sealtone::phone
