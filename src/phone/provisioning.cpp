// SPDX-License-Identifier: Apache-2.0
//
// phone/provisioning: one run at a time, applied in one transaction, its report kept.
#include <fmt/format.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "phone/values.h"
#include "phone/wired.h"
#include "provision/safety.h"
#include "provision/trusting.h"
#include "store/system_roots.h"

namespace sealtone::phone {
namespace {

namespace asio = net::asio;
using base::ErrorCode;
using base::Result;

class UnderWay {
 public:
  explicit UnderWay(std::shared_ptr<bool> flag) : flag_(std::move(flag)) { *flag_ = true; }
  ~UnderWay() { *flag_ = false; }
  UnderWay(const UnderWay&) = delete;
  UnderWay& operator=(const UnderWay&) = delete;

 private:
  std::shared_ptr<bool> flag_;
};

// The settings of a run that asks another server.
Result<settings::Settings> asking_of(const settings::Settings& settings, const std::string& url,
                                     const std::string& user, const std::string& password) {
  std::map<std::string, std::optional<std::string>> changes;
  changes[std::string(kUrlKey)] = url;
  const auto own_url = base::parse_url(settings::provision_settings(settings).url);
  const auto other = base::parse_url(url);
  // The phone's own password is for its own server.
  const bool elsewhere = !own_url || !other || !own_url->same_origin(*other);
  if (!user.empty() || elsewhere) {
    changes[std::string(kUserKey)] = user;
    changes[std::string(kServerPasswordKey)] = password;
  }
  return changed_settings(settings, changes);
}

// The server that is set stays set, unless the files name another: then no password of the phone's
// own goes there, only one that the files brought.
void keep_own_server(settings::Settings& settings, const settings::Settings& own,
                     const settings::Settings& asked) {
  const auto own_url = base::parse_url(settings::provision_settings(own).url);
  const auto url = base::parse_url(settings::provision_settings(settings).url);
  const bool stays = settings.get(kUrlKey) == asked.get(kUrlKey);
  if (!stays && (!own_url || !url || !own_url->same_origin(*url))) return;
  for (const auto key : {kUrlKey, kUserKey, kServerPasswordKey}) {
    if (!stays && settings.get(key) != asked.get(key)) continue;
    settings.reset(key);
    if (auto value = own.get(key); !value.empty()) settings.set(key, std::move(value));
  }
}

std::string unvouched(const sip::PnpAnswer& told) {
  return fmt::format(
      "The address of this run, {}, came by PnP from {}, and nobody vouches for that: the server "
      "was judged as any. Set {} to it and {} to 0 where the address is known.",
      base::visible(told.url.shown()), told.by, kUrlKey, kPnpKey);
}

constexpr auto kNotByPnp =
    "The files would change whom this phone trusts, and they came by PnP: nobody vouches for that, "
    "and the server that is set might be refused afterwards.";

void take_back(provision::Run& run, const std::string& why) {
  run.batch.reset();
  run.summary = "Nothing was applied. " + why;
  run.warnings.clear();
  for (auto& file : run.files) {
    if (file.outcome != "applied") continue;
    file.outcome = "not applied";
    file.says = base::visible(file.url) + " was read, and not applied.";
  }
}

}  // namespace

net::Task<Result<Certificates>> Wired::read_system_roots() {
  std::function<Result<Certificates>()> job = []() -> Result<Certificates> {
    auto roots = store::system_roots();
    if (!roots) return std::unexpected(roots.error());
    return std::make_shared<const std::vector<x509::Certificate>>(*std::move(roots));
  };
  auto read = co_await worker_->run<Certificates>(std::move(job));
  co_return read;
}

net::Task<Certificates> Wired::system_roots() {
  if (system_roots_) co_return system_roots_;
  auto roots = co_await read_system_roots();
  if (!roots) {
    log_.write(
        base::LogLevel::warning, "phone",
        "this computer's roots cannot be read, so none counts: " + base::to_string(roots.error()));
  }
  system_roots_ =
      roots ? *std::move(roots) : std::make_shared<const std::vector<x509::Certificate>>();
  co_return system_roots_;
}

net::Task<Result<std::shared_ptr<const x509::AnchorSet>>> Wired::anchors(Snapshot snapshot,
                                                                         std::string_view app) {
  using Anchors = std::shared_ptr<const x509::AnchorSet>;
  const auto list = settings::tls_settings(snapshot->settings, app).trust_list;
  if (const auto kept = anchors_.find(list); kept != anchors_.end() && snapshot == snapshot_) {
    co_return kept->second;
  }
  const auto roots = co_await system_roots();
  // A thousand of them take longer than the loop may wait.
  std::function<Result<Anchors>()> job = [snapshot, roots, list]() -> Result<Anchors> {
    return std::make_shared<const x509::AnchorSet>(
        provision::chosen_anchors(list, provision::uploaded(*snapshot), *roots));
  };
  auto built = co_await worker_->run<Anchors>(std::move(job));
  if (built && snapshot == snapshot_ && roots == system_roots_) anchors_[list] = *built;
  co_return built;
}

net::Task<Result<provision::Input>> Wired::run_input() {
  provision::Input input;
  input.before = snapshot_;
  input.context = contexts_.provisioning;
  input.sessions = sessions_;
  input.kept = kept_chains_;
  input.recordings = recordings_;
  input.worker = worker_.get();
  input.mac = snapshot_->settings.get(kMacKey);
  const auto roots = co_await system_roots();
  auto anchor_set = co_await anchors(input.before, "auto_provision");
  if (!anchor_set) co_return std::unexpected(anchor_set.error());
  input.anchors = *std::move(anchor_set);
  input.system_roots = *roots;
  input.now = clock_.now();
  input.clock = clock_floor();
  input.random = &random_;
  co_return input;
}

net::Task<Result<provision::Input>> Wired::trial_input(admin::Trial trial) {
  auto settings = asking_of(snapshot_->settings, trial.url, trial.user, trial.password);
  if (!settings) co_return std::unexpected(settings.error());
  auto mac = trial.mac.empty() ? Result<std::string>(snapshot_->settings.get(kMacKey))
                               : provision::normalise_mac(trial.mac);
  if (!mac) co_return std::unexpected(mac.error());

  auto input = co_await run_input();
  if (!input) co_return std::unexpected(input.error());
  auto before = std::make_shared<store::Snapshot>(*input->before);
  before->settings = *std::move(settings);
  input->before = std::move(before);
  input->mac = *std::move(mac);
  input->trial = true;
  input->recordings = nullptr;  // it leaves no trace
  co_return input;
}

net::Task<Result<nlohmann::json>> Wired::try_provisioning(admin::Trial trial) {
  if (*provisioning_) {
    co_return base::fail(ErrorCode::busy, "",
                         "the phone is provisioning itself at this moment; wait for it");
  }
  const UnderWay under_way(provisioning_);
  auto input = co_await trial_input(std::move(trial));
  if (!input) co_return std::unexpected(input.error());
  auto task = provision::run(*input);
  auto run = co_await run_stoppable(std::move(task));
  if (!run) co_return std::unexpected(run.error());
  auto report = provision::to_json(*run, *input);
  report["at"] = base::utc(input->now);
  co_return report;
}

net::Task<Result<nlohmann::json>> Wired::provision_now() {
  if (settings::provision_settings(snapshot_->settings).url.empty()) {
    co_return base::fail(ErrorCode::not_found, std::string(kUrlKey),
                         "no provisioning URL is set; enter one under Settings > Auto Provision");
  }
  auto running = run_and_apply({});
  auto report = co_await std::move(running);
  co_return report;
}

net::Task<Result<nlohmann::json>> Wired::apply_config(std::string name, std::string text) {
  Source source;
  source.local.emplace(std::move(name), std::move(text));
  auto running = run_and_apply(std::move(source));
  auto report = co_await std::move(running);
  co_return report;
}

net::Task<Result<nlohmann::json>> Wired::run_and_apply(Source source) {
  if (*provisioning_) {
    co_return base::fail(ErrorCode::busy, "",
                         "the phone is provisioning itself already; wait for it");
  }
  const UnderWay under_way(provisioning_);
  auto input = co_await run_input();
  if (!input) co_return std::unexpected(input.error());
  const auto before = input->before;
  if (source.told) {
    const auto& url = source.told->url;
    auto asked = asking_of(before->settings, url.scheme + "://" + url.authority() + url.target,
                           url.user, url.password);
    if (!asked) co_return std::unexpected(asked.error());
    auto elsewhere = std::make_shared<store::Snapshot>(*before);
    elsewhere->settings = *std::move(asked);
    input->before = std::move(elsewhere);
  }
  const auto& local = source.local;
  auto task =
      local ? provision::run_local(*input, local->first, local->second) : provision::run(*input);
  auto run = co_await run_stoppable(std::move(task));
  if (!run) co_return std::unexpected(run.error());
  if (source.told) {
    run->warnings.insert(run->warnings.begin(), unvouched(*source.told));
    if (run->batch) {
      keep_own_server(run->batch->settings, before->settings, input->before->settings);
      if (!before->settings.get(kUrlKey).empty() &&
          provision::changes_trust(*before, *run->batch)) {
        take_back(*run, kNotByPnp);
      }
    }
  }

  note_connections(*run, *input);
  co_await raise_floor(*run, input->now);
  auto applying = apply(*run, before);
  co_await std::move(applying);
  std::function<Result<nlohmann::json>()> tell = [&run, &input]() -> Result<nlohmann::json> {
    auto report = provision::to_json(*run, *input);
    report["at"] = base::utc(input->now);
    return report;
  };
  auto report = co_await worker_->run<nlohmann::json>(std::move(tell));
  last_summary_ = run->summary;
  last_at_ = input->now;
  log_run(*run);

  if (!report) co_return std::unexpected(report.error());
  auto& store = *store_;
  std::function<Result<bool>()> job = [&store, &report]() -> Result<bool> {
    auto kept = *report;
    kept.erase("connections");  // each has its own row
    const auto text = kept.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    if (auto stored = store.set_value(kReportValue, text); !stored) {
      return std::unexpected(stored.error());
    }
    return true;
  };
  const auto stored = co_await worker_->run<bool>(std::move(job));
  if (!stored) {
    log_.write(base::LogLevel::warning, "phone",
               "the report was not stored: " + base::to_string(stored.error()));
  }
  co_await journal_.flush();
  co_return report;
}

net::Task<Result<provision::Run>> Wired::run_stoppable(net::Task<provision::Run> run) {
  auto token = asio::bind_cancellation_slot(stop_provisioning_.slot(), asio::use_awaitable);
  try {
    auto done = co_await asio::co_spawn(loop_, std::move(run), token);
    co_return done;
  } catch (const boost::system::system_error&) {
    co_return base::fail(ErrorCode::closed, "",
                         "the phone was stopped while it provisioned itself");
  }
}

net::Task<void> Wired::apply(provision::Run& run, Snapshot before) {
  if (!run.batch) co_return;
  const auto turn = co_await turns_.take();
  if (snapshot_ != before) {
    take_back(run, "The phone's settings or certificates were changed meanwhile; provision again.");
    co_return;
  }
  auto credential = before->credential;
  if (run.batch->clear_credential) credential.reset();
  if (run.batch->credential) credential = run.batch->credential;
  auto prepared = co_await prepare_change(run.batch->settings, credential);
  if (!prepared) {
    take_back(run, base::to_string(prepared.error()) + ".");
    co_return;
  }
  const auto now = clock_.now();
  std::function<Result<void>(store::Store&)> job = [batch = *run.batch, now](store::Store& store) {
    return store.apply(batch, now);
  };
  const auto changed = co_await change(*std::move(prepared), std::move(job));
  if (!changed) take_back(run, base::to_string(changed.error()) + ".");
}

void Wired::note_connections(const provision::Run& run, const provision::Input& input) {
  const auto tls = settings::tls_settings(input.before->settings, "auto_provision");
  auto at_hand = provision::uploaded(*input.before);
  at_hand.insert(at_hand.end(), input.system_roots.begin(), input.system_roots.end());
  const auto shared = std::make_shared<const std::vector<x509::Certificate>>(std::move(at_hand));
  const auto note = [&](const http::Connection& connection) {
    if (connection.recording) {
      connection.recording->named("provisioning", connection.url.authority());
    }
    journal_.note({.service = "provisioning",
                   .server = connection.url.authority(),
                   .target = connection.url.target,
                   .verdict = connection.verdict,
                   .record = connection.record,
                   .at = input.now,
                   .list_name = provision::list_name(tls.trust_list),
                   .at_hand = shared,
                   .recording = connection.recording});
  };
  // Of each server the last row outlives the octets.  The full handshake says more than one of the
  // same run that goes back to it, and is written behind it.
  const auto goes_back = [&](const http::Connection& connection) {
    const auto& session = connection.record.earlier_session;
    return session && session->made == input.now && connection.record.handshake_done;
  };
  for (const bool back : {true, false}) {
    for (const auto& connection : run.connections) {
      if (goes_back(connection) == back) note(connection);
    }
  }
}

void Wired::log_run(const provision::Run& run) {
  log_.write(base::LogLevel::info, "phone", run.summary);
  for (const auto& warning : run.warnings) log_.write(base::LogLevel::warning, "phone", warning);
}

}  // namespace sealtone::phone
