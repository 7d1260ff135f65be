// SPDX-License-Identifier: Apache-2.0
//
// phone/phone: opening, starting and stopping one.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "base/version.h"
#include "net/descriptors.h"
#include "phone/addresses.h"
#include "phone/password.h"
#include "phone/temporary.h"
#include "phone/values.h"
#include "phone/wired.h"

namespace sealtone::phone {
namespace {

namespace asio = net::asio;

constexpr std::chrono::seconds kGoodbye{1};
// Four of the largest uploads at once.
constexpr std::size_t kMaxBodyBytes = 4 * base::kMaxUploadBytes;

// Locally administered, one station's (IEEE 802, the two low bits of the first octet).
std::string make_mac(base::Random& random) {
  std::array<std::uint8_t, 6> octets{};
  random.fill(octets);
  octets[0] = static_cast<std::uint8_t>((octets[0] | 0x02U) & 0xFEU);
  return base::hex(octets);
}

}  // namespace

base::Result<std::unique_ptr<Phone>> Phone::open(asio::io_context& loop, Options options,
                                                 const base::Clock& clock, base::Random& random,
                                                 base::Log& log) {
  auto store = store::Store::open(options.state);
  if (!store) return std::unexpected(store.error());
  auto phone =
      std::make_unique<Wired>(loop, std::move(options), clock, random, log, *std::move(store));
  if (auto ready = phone->prepare(); !ready) return std::unexpected(ready.error());
  return phone;
}

Wired::Wired(asio::io_context& loop, Options options, const base::Clock& clock,
             base::Random& random, base::Log& log, std::unique_ptr<store::Store> store)
    : loop_(loop),
      options_(std::move(options)),
      clock_(clock),
      random_(random),
      log_(log),
      store_(std::move(store)),
      snapshot_(store_->snapshot()),
      worker_(std::make_unique<net::Worker>(loop)),
      journal_(loop, *worker_, *store_, log),
      visitors_(loop),
      addresses_(page_addresses(options_.listen)),
      recordings_(std::make_shared<tls::Recordings>(clock_)),
      accounts_(loop, clock_, random, log, for_accounts()),
      next_order_(loop),
      page_bodies_(kMaxBodyBytes),
      socket_bodies_(kMaxBodyBytes),
      look_at_clock_(loop),
      next_question_(loop) {}

Wired::~Wired() {
  stop();
  worker_.reset();
  journal_.write_rest();
}

base::Result<void> Wired::prepare() {
  watch_addresses();
  (void)net::descriptors_for_others();  // before confinement
  if (auto loaded = load_floor(); !loaded) return loaded;
  if (auto chosen = choose_mac(); !chosen) return chosen;
  if (auto loaded = load_own_accounts(); !loaded) return loaded;
  if (auto loaded = load_temporary(); !loaded) return loaded;
  load_last_report();
  auto contexts =
      build_contexts(snapshot_->settings, snapshot_->credential, temporary_, options_.key_log);
  if (!contexts) return std::unexpected(contexts.error());
  contexts_ = *std::move(contexts);

  admin::ApiOptions api;
  api.own_names = addresses_;
  if (auto name = host_name(); !name.empty()) api.own_names.push_back(std::move(name));
  api.relog = std::chrono::minutes(settings::web_settings(snapshot_->settings).relog_minutes);
  api_ = std::make_unique<admin::Api>(*this, random_, clock_, std::move(api));
  return {};
}

// The address in the options is kept; without one the kept one counts, and at the very first a
// made-up one.
base::Result<void> Wired::choose_mac() {
  const auto kept = snapshot_->settings.get(kMacKey);
  if (options_.mac.empty() && !kept.empty()) return {};
  auto mac = options_.mac.empty() ? base::Result<std::string>(make_mac(random_))
                                  : provision::normalise_mac(options_.mac);
  if (!mac) return std::unexpected(mac.error());
  if (*mac == kept) return {};
  auto settings = snapshot_->settings;
  settings.set(kMacKey, *mac);
  if (options_.keeps_nothing) {
    auto only_here = std::make_shared<store::Snapshot>(*snapshot_);
    only_here->settings = std::move(settings);
    snapshot_ = std::move(only_here);
    return {};
  }
  if (auto stored = store_->set_settings(settings); !stored) return stored;
  snapshot_ = store_->snapshot();
  return {};
}

base::Result<void> Wired::load_temporary() {
  const auto kept = store_->value(kTemporaryValue);
  if (!kept) return std::unexpected(kept.error());
  if (*kept) {
    if (auto read = temporary_from_text(**kept, addresses_, latest_known())) {
      temporary_ = *std::move(read);
      return {};
    }
  }
  auto made = make_temporary(addresses_, latest_known(), random_);
  if (!made) return std::unexpected(made.error());
  temporary_ = *std::move(made);
  if (options_.keeps_nothing) return {};
  const auto text = to_text(temporary_);
  if (!text) return std::unexpected(text.error());
  return store_->set_value(kTemporaryValue, *text);
}

void Wired::load_last_report() {
  const auto kept = store_->value(kReportValue);
  if (!kept || !*kept) return;
  const auto report = nlohmann::json::parse(**kept, nullptr, false);
  if (!report.is_object()) return;
  last_summary_ = report.value("summary", std::string());
  last_at_ = base::parse_utc(report.value("at", std::string()));
}

base::Result<void> Wired::start() {
  const auto port = wanted_port(snapshot_->settings);
  std::unique_ptr<net::Listener> page;
  if (port) {
    auto listening = listen_on(*port, snapshot_->settings);
    if (!listening) return std::unexpected(listening.error());
    page = *std::move(listening);
  }
  auto socket = net::Listener::unix_socket(loop_, options_.state / "admin.sock", {});
  if (!socket) return std::unexpected(socket.error());
  // After everything that can fail: a password that nobody gets to see opens nothing.
  if (auto made = make_one_time_password_if_none(); !made) return made;

  page_port_ = port;
  page_ = std::move(page);
  socket_ = *std::move(socket);
  if (page_) serve(*page_);
  socket_->start([this](std::unique_ptr<net::Socket> accepted) {
    return serve_local(
        {*api_, journal_, visitors_, clock_, socket_bodies_, *recordings_, request_limits()},
        std::move(accepted));
  });
  started_ = true;
  if (address_watch_) address_watch_->start([this] { accounts_.look_at_address(); });

  asio::co_spawn(loop_, keep_time(),
                 asio::bind_cancellation_slot(stop_asking_.slot(), asio::detached));
  if (settings::provision_settings(snapshot_->settings).power_on) {
    asio::co_spawn(loop_, provision_at_start(), asio::detached);
  }
  follow_accounts();
  return {};
}

base::Result<void> Wired::make_one_time_password_if_none() {
  const auto kept = store_->value(kPasswordValue);
  if (!kept) return std::unexpected(kept.error());
  if (*kept) return {};
  auto password = make_one_time_password(random_);
  const auto record = hash_password(password, make_salt(random_), true);
  if (!record) return std::unexpected(record.error());
  if (auto stored = store_->set_value(kPasswordValue, to_text(*record)); !stored) return stored;
  one_time_password_ = std::move(password);
  return {};
}

void Wired::stop() {
  started_ = false;
  accounts_.drop();
  journal_.stop();
  stop_provisioning_.emit(asio::cancellation_type::terminal);
  stop_asking_.emit(asio::cancellation_type::terminal);
  stop_pnp_.emit(asio::cancellation_type::terminal);
  look_at_clock_.cancel();
  next_question_.cancel();
  next_order_.cancel();
  if (address_watch_) address_watch_->stop();
  if (page_) page_->stop();
  if (socket_) socket_->stop();
  for (auto& retiring : retiring_) {
    retiring.timer.cancel();
    retiring.listener->stop();
  }
}

net::Task<void> Wired::hang_up() {
  leaving_ = true;
  log_.write(base::LogLevel::info, "phone",
             fmt::format("the phone stops; connections to be told goodbye: {}", visitors_.count()));
  co_await go_down();
  stop();
}

net::Task<void> Wired::go_down() {
  down_ = true;
  stop_provisioning_.emit(asio::cancellation_type::terminal);
  stop_pnp_.emit(asio::cancellation_type::terminal);
  co_await accounts_.stop();
  co_await visitors_.say_goodbye(kGoodbye);
}

void Wired::serve(net::Listener& listener) {
  listener.start([this](std::unique_ptr<net::Socket> accepted) {
    renew_temporary();
    const std::chrono::seconds limit(snapshot_->settings.number(kHandshakeKey));
    const bool has_url = page_ && !addresses_.empty();
    return serve_page(
        {*api_, journal_, visitors_, clock_, page_bodies_, *recordings_, request_limits()},
        std::move(accepted), contexts_.page, limit,
        has_url ? page_url(addresses_.front()) : std::string());
  });
}

http::Limits Wired::request_limits() const {
  const auto& settings = snapshot_->settings;
  http::Limits limits;
  limits.request = std::chrono::seconds(settings.number(kRequestKey));
  limits.idle = std::chrono::seconds(settings.number(kIdleKey));
  return limits;
}

// A phone may run for longer than its temporary certificate lasts; the next start would renew it.
void Wired::renew_temporary() {
  if (snapshot_->credential || latest_known() <= temporary_.leaf().validity().not_after) return;
  auto made = make_temporary(addresses_, latest_known(), random_);
  if (!made) return;
  auto contexts = build_contexts(snapshot_->settings, std::nullopt, *made, options_.key_log);
  if (!contexts) return;
  temporary_ = *std::move(made);
  contexts_ = *std::move(contexts);
  const auto text = to_text(temporary_);
  if (!text) return;
  auto& store = *store_;
  std::function<base::Result<bool>()> job = [&store, text = *text]() -> base::Result<bool> {
    if (auto stored = store.set_value(kTemporaryValue, text); !stored) {
      return std::unexpected(stored.error());
    }
    return true;
  };
  // If the disk is full, this one lasts until the next start.
  const auto ignored = [](const std::exception_ptr&, const base::Result<bool>&) {};
  asio::co_spawn(loop_, worker_->run<bool>(std::move(job)), ignored);
}

std::optional<std::uint16_t> Wired::wanted_port(const settings::Settings& settings) const {
  const auto web = settings::web_settings(settings);
  if (!web.https) return std::nullopt;
  return options_.https_port.value_or(static_cast<std::uint16_t>(web.https_port));
}

base::Result<std::unique_ptr<net::Listener>> Wired::listen_on(std::uint16_t port,
                                                              const settings::Settings& settings) {
  net::Listener::Limits limits;
  limits.max_total = std::min(limits.max_total, net::descriptors_for_others());
  limits.max_per_address = static_cast<std::size_t>(settings.number(kPerAddressKey));
  auto listener = net::Listener::tcp(loop_, options_.listen, port, limits);
  if (listener) return listener;
  auto error = std::move(listener.error());
  if (error.code == base::ErrorCode::busy) {
    error.detail =
        "another program listens there already; stop it, or choose another port with --https-port or "
        "static.network.port.https";
  } else if (error.code == base::ErrorCode::not_allowed) {
    error.detail =
        "this user may not listen there; ports below 1024 are for root, 8443 is for everybody";
  }
  return std::unexpected(std::move(error));
}

std::string Wired::page_url(const std::string& address) const {
  base::Url url;
  url.scheme = "https";
  url.host = address;
  url.port = page_->where().port;
  url.target = "/";
  return url.shown();
}

admin::Status Wired::status() const {
  std::vector<std::string> urls;
  if (started_ && page_) {
    for (const auto& address : addresses_) urls.push_back(page_url(address));
  }
  const auto& shown = snapshot_->credential ? *snapshot_->credential : temporary_;
  return {.version = std::string(base::version),
          .mac = snapshot_->settings.get(kMacKey),
          .page_urls = std::move(urls),
          .page_certificate = shown.leaf(),
          .page_certificate_temporary = !snapshot_->credential,
          .provisioning_summary = last_summary_,
          .provisioning_at = last_at_,
          .clock = clock_status()};
}

}  // namespace sealtone::phone
