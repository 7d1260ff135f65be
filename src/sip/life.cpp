// SPDX-License-Identifier: Apache-2.0
//
// sip/life: which server is tried when; see life.h.
#include "sip/life.h"

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "base/url.h"
#include "net/own_address.h"
#include "net/resolve.h"
#include "sip/redirects.h"
#include "sip/token.h"

namespace sealtone::sip {

using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr int kMostAddresses = 8;           // of one try
constexpr milliseconds kForGoodbye{2'500};  // a flow's last words and its goodbye
constexpr milliseconds kForEver = std::chrono::hours(24 * 365);

Tried cannot(Stage stage, std::string text) {
  return {.cause = {stage, std::move(text)}, .elsewhere = stage != Stage::settings};
}

}  // namespace

Life::Life(net::asio::io_context& loop, AccountOptions options, AccountEvents events,
           const base::Clock& clock, base::Random& random)
    : loop_(loop),
      options_(std::move(options)),
      events_(std::move(events)),
      clock_(clock),
      random_(random),
      tag_(random_token(random_)),
      registration_(options_.identity, random_token(random_), tag_),
      wake_(loop),
      done_(loop),
      not_before_(options_.servers.size()) {
  status_.state = State::registering;
}

std::uint32_t Life::random_word() {
  std::array<std::uint8_t, 4> octets{};
  random_.fill(octets);
  std::uint32_t word = 0;
  for (const auto octet : octets) word = word << 8U | octet;
  return word;
}

net::Task<void> Life::run(std::shared_ptr<Life> self) {
  const auto surge = share_of(self->options_.surge_prevention, self->random_word());
  self->show_trying("", surge);
  auto waiting = self->pause(surge);
  co_await std::move(waiting);
  Tried tried;
  while (!self->dropped_ && !self->leaving_) {
    if (std::exchange(self->reconnect_, false)) {
      self->at_ = 0;
      self->tries_ = self->failures_ = 0;
      tried = {};
    }
    auto trying = self->try_server(self->at_, std::move(tried));
    auto reached = co_await std::move(trying);
    tried = std::move(reached.tried);
    if (reached.live) {
      auto staying = self->stay(std::move(reached.live), reached.registered);
      tried = co_await std::move(staying);
    }
    if (self->dropped_ || self->leaving_) break;
    if (self->reconnect_) continue;
    if (!tried.redirected_to.empty()) continue;
    // What the settings say cannot be done is not tried again until they are others.
    const bool hopeless = tried.cause.stage == Stage::settings;
    const auto wait = hopeless ? kForEver : self->wait_after(tried);
    self->show_failed(tried.cause, hopeless ? std::nullopt : std::optional(wait));
    auto backing_off = self->pause(wait);
    co_await std::move(backing_off);
  }
  self->finished_ = true;
  self->done_.cancel();
  if (!self->dropped_) self->show_off();
}

milliseconds Life::wait_after(const Tried& tried) {
  const auto now = SteadyClock::now();
  if (tried.retry_after) not_before_[at_] = now + longer_wait(milliseconds(0), tried.retry_after);
  const auto asked_for = [&] { return std::chrono::ceil<milliseconds>(not_before_[at_] - now); };
  if (tried.lasted) {
    // RFC 5626 §4.5: a new flow replaces one that failed; only "if there is a failure in forming
    // this flow, the UA needs to wait".
    at_ = 0;
    tries_ = failures_ = 0;
    return std::max(share_of(options_.limits.reconnect_spread, random_word()), asked_for());
  }
  if (++tries_ >= std::max(1, options_.servers[at_].retry_counts)) {
    at_ = (at_ + 1) % options_.servers.size();
    tries_ = 0;
  }
  return std::max(retry_after(options_.backoff, ++failures_, random_word()), asked_for());
}

net::Task<Life::Reached> Life::try_server(std::size_t index, Tried before) {
  Reached reached;
  if (options_.servers.empty()) {
    reached.tried = cannot(Stage::settings, "no server is set for this account");
    co_return reached;
  }
  const auto& server = options_.servers[index];
  show_trying(server.server.text(), milliseconds(0));
  if (interrupted()) co_return reached;
  Whom whom{server.server.host, server.server, options_.outbound_proxy, {}, server.expires};
  const auto transport = whom.route.value_or(whom.server).transport;
  if (transport == Transport::udp || whom.server.transport == Transport::udp) {
    reached.tried =
        cannot(Stage::settings,
               "its transport is set to UDP, which Sealtone does not speak; choose TLS or TCP");
    co_return reached;
  }
  std::vector<Server> visited{whom.server};
  reached.tried = std::move(before);
  for (;;) {
    if (!reached.tried.redirected_to.empty()) {
      auto next = followed(std::exchange(reached.tried.redirected_to, {}), visited);
      if (!next) {
        reached.tried.cause.text = next.error().detail;
        co_return reached;
      }
      visited.push_back(next->server);
      whom.server = std::move(next->server);
      whom.redirected_to = std::move(next->uri);
    }
    auto trying = try_place(whom);
    reached = co_await std::move(trying);
    if (interrupted() || reached.tried.redirected_to.empty()) co_return reached;
  }
}

net::Task<Life::Reached> Life::try_place(Whom whom) {
  const auto place = whom.route.value_or(whom.server);
  const auto& limit = options_.limits.look_up;
  auto looking_up = next_hops(place, limit, random_word(), options_.name_servers);
  const auto hops = co_await std::move(looking_up);
  Reached none;
  if (!hops) {
    none.tried = cannot(Stage::dns, base::to_string(hops.error()));
    co_return none;
  }
  std::optional<Tried> best;
  int addresses_left = kMostAddresses;
  for (const auto& hop : *hops) {
    if (interrupted() || addresses_left <= 0) break;
    auto resolving = net::resolve(hop.host, limit, options_.name_servers);
    const auto addresses = co_await std::move(resolving);
    if (!addresses) {
      auto tried = cannot(Stage::dns, base::to_string(addresses.error()));
      if (says_more(tried.cause, best)) best = std::move(tried);
      continue;
    }
    for (const auto& address : *addresses) {
      if (interrupted() || addresses_left-- <= 0) break;
      auto trying = try_address(whom, hop, address);
      auto reached = co_await std::move(trying);
      if (reached.live || interrupted() || !reached.tried.elsewhere) co_return reached;
      if (says_more(reached.tried.cause, best)) best = std::move(reached.tried);
    }
  }
  if (best) none.tried = *std::move(best);
  co_return none;
}

net::Task<Life::Reached> Life::try_address(Whom whom, Hop hop, net::asio::ip::address address) {
  const auto place = whom.route.value_or(whom.server);
  Reached reached;
  std::optional<TlsSide> side;
  if (place.transport == Transport::tls) {
    auto asking = events_.tls_side();
    auto given = co_await std::move(asking);
    if (interrupted()) co_return reached;
    if (!given) {
      reached.tried = cannot(Stage::tls, base::to_string(given.error()));
      co_return reached;
    }
    side = *std::move(given);
  }
  auto dialling = dial(place, hop, address, std::move(side), options_.limits.dial);
  auto dialled = co_await std::move(dialling);
  if (dropped_) co_return reached;
  auto* attempt = dialled                   ? &dialled->attempt
                  : dialled.error().attempt ? &*dialled.error().attempt
                                            : nullptr;
  if (attempt != nullptr) {
    attempt->number = ++attempts_;
    tell(*attempt);
    if (interrupted() && !dropped_ && !attempt->ended) {
      attempt->ended = true;
      tell(*attempt);
    }
  }
  if (interrupted()) co_return reached;
  if (!dialled) {
    reached.tried.cause = std::move(dialled.error().cause);
    reached.tried.elsewhere = true;
    co_return reached;
  }
  auto conversing = converse(open(whom, *std::move(dialled)), whom);
  co_return co_await std::move(conversing);
}

net::Task<void> Life::pause(milliseconds wait, std::shared_ptr<Live> live) {
  const auto due = SteadyClock::now() + wait;
  boost::system::error_code woken;
  auto token = net::asio::redirect_error(net::asio::use_awaitable, woken);
  while (!interrupted() && !(live && live->ended) && SteadyClock::now() < due) {
    wake_.expires_at(due);
    co_await wake_.async_wait(token);
  }
}

void Life::reconnect() {
  reconnect_ = true;
  interrupt();
}

// RFC 5626 §4.2: a flow is from an address of ours; where there is no way to the server just now,
// the connection waits for it, or ends by its keep-alive.
void Life::look_at_address() {
  const auto live = live_.lock();
  if (!live || interrupted()) return;
  const auto peer = base::parse_host_port(live->attempt.peer, "sip");
  boost::system::error_code no_address;
  const auto there = net::asio::ip::make_address(peer ? peer->host : "", no_address);
  const auto here = no_address ? std::nullopt : net::address_towards(there);
  if (here && here->to_string() != live->here.host) reconnect();
}

// What is not registered yet is given up at once; what is, un-registers first.
void Life::interrupt() {
  const auto live = live_.lock();
  if (live && !live->registered) live->flow->close();
  wake();
}

void Life::drop() {
  dropped_ = true;
  if (const auto live = live_.lock()) live->flow.reset();
  wake();
}

net::Task<void> Life::stop(std::shared_ptr<Life> self) {
  self->leaving_ = true;
  self->interrupt();
  // Looking up and connecting is not waited for: nothing was said to anybody.
  if (!self->finished_ && !self->live_.expired()) {
    boost::system::error_code woken;
    auto token = net::asio::redirect_error(net::asio::use_awaitable, woken);
    self->done_.expires_after(self->options_.limits.unregister + kForGoodbye);
    co_await self->done_.async_wait(token);
  }
  if (!self->finished_) self->show_off();
  self->drop();
}

}  // namespace sealtone::sip
