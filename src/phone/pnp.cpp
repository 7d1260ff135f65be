// SPDX-License-Identifier: Apache-2.0
//
// phone/pnp: at a start the network is asked first where the configuration is, if the owner wants
// that; then the URL that is set.
#include "sip/pnp.h"

#include <fmt/format.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "phone/values.h"
#include "phone/wired.h"

namespace sealtone::phone {

namespace asio = net::asio;
using base::LogLevel;
using base::Result;

net::Task<void> Wired::provision_by_pnp_or_url() {
  Source source;
  if (settings::pnp_settings(snapshot_->settings).enabled) {
    auto asking = ask_by_pnp();
    auto told = co_await std::move(asking);
    if (!started_ || down_) co_return;
    if (told) {
      source.told = *std::move(told);
    } else {
      log_.write(LogLevel::warning, "phone", "PnP: " + base::to_string(told.error()));
    }
  }
  if (!source.told && settings::provision_settings(snapshot_->settings).url.empty()) co_return;
  auto running = run_and_apply(std::move(source));
  const auto report = co_await std::move(running);
  if (!report) log_.write(LogLevel::warning, "phone", base::to_string(report.error()));
}

net::Task<Result<sip::PnpAnswer>> Wired::ask_by_pnp() {
  const auto wanted = settings::pnp_settings(snapshot_->settings);
  log_.write(LogLevel::warning, "phone",
             fmt::format("PnP is on ({}): whoever answers at {} says where the configuration is, "
                         "and nobody vouches for it",
                         kPnpKey, base::visible(wanted.address)));
  sip::PnpQuestion question;
  question.address = wanted.address;
  question.mac = snapshot_->settings.get(kMacKey);
  question.user_agent = settings::provision_settings(snapshot_->settings).user_agent;
  auto asking = sip::ask_for_profile(std::move(question), random_);
  auto token = asio::bind_cancellation_slot(stop_pnp_.slot(), asio::use_awaitable);
  try {
    auto told = co_await asio::co_spawn(loop_, std::move(asking), token);
    co_return told;
  } catch (const boost::system::system_error&) {
    co_return base::fail(base::ErrorCode::closed, "", "the phone was stopped while it asked");
  }
}

}  // namespace sealtone::phone
