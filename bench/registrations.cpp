// SPDX-License-Identifier: Apache-2.0
#include "bench/registrations.h"

#include <fmt/format.h>

#include <stdexcept>

#include "bench/authority.h"
#include "tls/recording.h"

namespace sealtone::bench {
namespace {

sip::AccountOptions options_of(const Registering& how, std::size_t index) {
  sip::AccountOptions options;
  options.identity = {fmt::format("{:05}", index), "", "made-for-the-test", "",
                      fmt::format("urn:uuid:00000000-0000-1000-8000-{:012x}", index)};
  options.servers = {{{"127.0.0.1", how.port, sip::Transport::tls}, how.expires, 3}};
  options.surge_prevention = how.spread;
  options.backoff = how.backoff;
  options.user_agent = "Sealtone benchmark";
  return options;
}

}  // namespace

Registrations::Registrations(const Registering& how)
    : shared_(how.own_contexts ? nullptr : value_of(tls::Context::build({}))),
      kept_(std::make_shared<tls::KeptChains>()),
      recordings_(std::make_shared<tls::Recordings>(clock_)),
      is_registered_(static_cast<std::size_t>(how.count)),
      tries_(is_registered_.size()) {
  for (std::size_t i = 0; i < tries_.size(); ++i) {
    sip::AccountEvents events;
    const auto context = how.own_contexts ? value_of(tls::Context::build({})) : shared_;
    events.tls_side = [this, i, context,
                       anchors = how.anchors]() -> net::Task<base::Result<sip::TlsSide>> {
      tries_[i].push_back(std::chrono::steady_clock::now());
      sip::TlsSide side;
      side.context = context;
      side.check.anchors = anchors;
      side.check.now = clock_.now();
      side.check.kept = kept_;
      side.check.recording = recordings_->begin();
      co_return side;
    };
    events.changed = [this, i](const sip::Status& status) { changed(i, status); };
    accounts_.push_back(
        sip::Account::start(loop_, options_of(how, i), std::move(events), clock_, random_));
  }
}

Registrations::~Registrations() = default;

void Registrations::changed(std::size_t index, const sip::Status& status) {
  const bool is = status.state == sip::State::registered;
  if (is && is_registered_[index]) ++renewed_;
  registered_ += static_cast<int>(is) - static_cast<int>(is_registered_[index]);
  is_registered_[index] = is;
}

void Registrations::until(const std::function<bool()>& done, std::chrono::seconds limit) {
  const auto end = std::chrono::steady_clock::now() + limit;
  // As a phone runs it: not asked after each step whether it is enough.
  constexpr std::chrono::milliseconds slice{5};
  while (!done()) {
    loop_.restart();
    loop_.run_for(slice);
    if (std::chrono::steady_clock::now() < end) continue;
    throw std::runtime_error(fmt::format("of {} accounts {} are registered, and no more in {} s",
                                         count(), registered(), limit.count()));
  }
}

}  // namespace sealtone::bench
