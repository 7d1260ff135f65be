// SPDX-License-Identifier: Apache-2.0
//
// sip/life: what is said over one connection; see life.h.
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/url.h"
#include "sip/life.h"
#include "sip/token.h"

namespace sealtone::sip {

using std::chrono::milliseconds;
using std::chrono::seconds;
using SteadyClock = std::chrono::steady_clock;

namespace {

// A challenge and its stale nonces of registrar and proxy, 423, 439: more than any server needs.
constexpr int kMostRequests = 12;

}  // namespace

std::shared_ptr<Life::Live> Life::open(const Whom& whom, Dialled dialled) {
  auto live = std::make_shared<Live>();
  live->secured = std::move(dialled.secured);
  live->attempt = std::move(dialled.attempt);
  live->attempt.record.reset();  // it grows in the connection
  // RFC 3261 §18.1.1: Via's sent-by; the port this connection has here, which no other has.
  if (auto local = base::parse_host_port(dialled.local, "sip")) {
    live->here.host = std::move(local->host);
    live->here.port = local->port;
  }
  live->here.transport = whom.route.value_or(whom.server).transport;
  const std::weak_ptr<Life> weak = weak_from_this();
  const std::weak_ptr<Live> weak_live = live;
  Flow::Events events;
  events.request = [weak, weak_live](const Message& request) -> std::optional<Message> {
    const auto self = weak.lock();
    const auto connection = weak_live.lock();
    if (!self || !connection || self->dropped_) return std::nullopt;
    return self->answer(*connection, request);
  };
  events.unreadable = [weak](std::string_view octets,
                             const base::Error& why) -> std::optional<Message> {
    const auto self = weak.lock();
    if (!self || self->dropped_) return std::nullopt;
    return refusal(octets, why, random_token(self->random_));
  };
  events.ended = [weak, weak_live](const base::Error& why) {
    const auto self = weak.lock();
    const auto connection = weak_live.lock();
    if (self && connection && !self->dropped_) self->ended(*connection, why);
  };
  events.seen = [weak](bool sent, const Message& message) {
    const auto self = weak.lock();
    if (self && !self->dropped_ && self->events_.seen) self->events_.seen(sent, message);
  };
  live->flow = Flow::start(loop_.get_executor(), std::move(dialled.stream), options_.limits.flow,
                           std::move(events));
  live_ = live;
  status_.server = live->attempt.server.text();
  if (status_.server != live->attempt.peer) status_.server += " (" + live->attempt.peer + ")";
  return live;
}

void Life::ended(Live& live, const base::Error& why) {
  live.ended = why;
  live.attempt.ended = true;
  if (live.secured) {
    live.attempt.verdict = live.secured->verdict();
    live.attempt.record =
        std::make_shared<const handshake::HandshakeRecord>(live.secured->record());
  }
  tell(live.attempt);
  wake();
}

void Life::tell(const Attempt& attempt) {
  if (events_.attempted) events_.attempted(attempt);
}

std::optional<Message> Life::answer(Live& live, const Message& request) {
  auto answered = sip::answer(request, options_.answers, live.registered, options_.identity.user,
                              random_token(random_), live.invites);
  if (answered.waiting_messages.value_or(status_.waiting_messages) != status_.waiting_messages) {
    status_.waiting_messages = *answered.waiting_messages;
    changed();
  }
  if (answered.what != Answered::Do::nothing) {
    // Afterwards, for what is asked for may end this connection, and the answer goes before.
    net::asio::post(loop_, [weak = weak_from_this(), what = answered.what] {
      const auto self = weak.lock();
      if (self && !self->dropped_ && self->events_.asked) self->events_.asked(what);
    });
  }
  return std::move(answered.response);
}

net::Task<Life::Reached> Life::converse(std::shared_ptr<Live> live, Whom whom) {
  registration_.begin(std::move(whom));
  auto registering = register_now(live);
  auto outcome = co_await std::move(registering);
  Reached reached;
  if (dropped_) co_return reached;
  if (const auto* registered = std::get_if<Registered>(&outcome)) {
    reached.live = std::move(live);
    reached.registered = *registered;
    co_return reached;
  }
  reached.tried = std::get<Tried>(std::move(outcome));
  auto ending = end(std::move(live));
  co_await std::move(ending);
  co_return reached;
}

// With a goodbye, which has its time limit.
net::Task<void> Life::end(std::shared_ptr<Live> live) {
  if (dropped_) co_return;
  live->flow->close();
  boost::system::error_code woken;
  auto token = net::asio::redirect_error(net::asio::use_awaitable, woken);
  while (!dropped_ && !live->ended) {
    wake_.expires_at(SteadyClock::time_point::max());
    co_await wake_.async_wait(token);
  }
}

net::Task<Life::Outcome> Life::register_now(std::shared_ptr<Live> live) {
  for (int requests = 0; requests < kMostRequests; ++requests) {
    auto request = registration_.next(live->here, kBranchCookie + random_token(random_),
                                      random_token(random_));
    if (!request) {
      Tried tried;
      tried.cause = {Stage::settings, base::to_string(request.error())};
      co_return tried;
    }
    request->add("Allow", kAllow);
    if (!options_.user_agent.empty()) request->add("User-Agent", options_.user_agent);
    auto asking = live->flow->request(*std::move(request));
    const auto response = co_await std::move(asking);
    // What was refused meanwhile gets no further word of ours, least of all a password's.
    if (dropped_ || (interrupted() && !live->leaving && !live->registered)) co_return Tried{};
    if (!response) co_return no_answer(response.error(), live->secured.get());
    auto answer = registration_.take(*response);
    if (reconnect_ && !live->leaving && std::holds_alternative<Again>(answer)) co_return Tried{};
    if (const auto* registered = std::get_if<Registered>(&answer)) co_return *registered;
    if (const auto* refused = std::get_if<Refused>(&answer)) co_return refused_by(*refused);
    if (auto* redirected = std::get_if<Redirected>(&answer)) {
      Tried tried;
      tried.cause = {Stage::sip, "it redirects elsewhere", {}, response->status};
      tried.redirected_to = std::move(redirected->to);
      co_return tried;
    }
  }
  Tried tried;
  tried.cause = {Stage::sip, "it asks for another request again and again"};
  co_return tried;
}

bool Life::has_lasted(SteadyTime since) const {
  constexpr std::uint32_t kMost = 0xFFFF'FFFF;
  return SteadyClock::now() - since >= retry_after(options_.backoff, 0, kMost);
}

net::Task<Tried> Life::stay(std::shared_ptr<Live> live, Registered registered) {
  const auto since = SteadyClock::now();
  live->registered = true;
  for (;;) {
    show_registered(*live, registered.expires);
    if (dropped_) co_return Tried{};
    const bool pings_are_answered = registered.outbound || registered.flow_timer;
    live->flow->keep_alive(
        ping_interval(registered.flow_timer, options_.limits.shortest_ping, random_word()),
        pings_are_answered);
    auto left =
        renew_after(registered.expires, options_.expires_overlap, options_.limits.shortest_renewal);
    if (left > registered.expires) {
      // A server that grants less than we renew after: for a while there is no registration.
      auto until_its_end = pause(registered.expires, live);
      co_await std::move(until_its_end);
      if (dropped_) co_return Tried{};
      left -= registered.expires;
      if (!interrupted() && !live->ended) show_lapsed(left);
    }
    auto waiting = pause(left, live);
    co_await std::move(waiting);
    if (dropped_) co_return Tried{};
    Tried tried;
    if (live->ended) {
      tried = no_answer(*live->ended, live->secured.get());
      tried.cause.lost = true;
    } else if (!interrupted()) {
      auto renewing = register_now(live);
      auto outcome = co_await std::move(renewing);
      if (dropped_) co_return Tried{};
      if (const auto* again = std::get_if<Registered>(&outcome)) {
        registered = *again;
        continue;
      }
      tried = std::get<Tried>(std::move(outcome));
    }
    if (interrupted() && !live->ended) {
      auto leaving = say_goodbye(live);
      co_await std::move(leaving);
    }
    tried.lasted = has_lasted(since);
    auto ending = end(live);
    co_await std::move(ending);
    co_return tried;
  }
}

net::Task<void> Life::say_goodbye(std::shared_ptr<Live> live) {
  if (reconnect_ && live->secured) {
    auto judging = still_trusted(live);
    const bool trusted = co_await std::move(judging);
    if (dropped_ || !trusted || live->ended) co_return;
  }
  live->leaving = true;
  registration_.unregister();
  net::asio::steady_timer limit(loop_, options_.limits.unregister);
  const std::weak_ptr<Live> weak = live;
  limit.async_wait([weak](const boost::system::error_code& cancelled) {
    const auto late = weak.lock();
    if (late && late->flow && !cancelled) late->flow->close();
  });
  auto leaving = register_now(live);
  (void)co_await std::move(leaving);
}

net::Task<bool> Life::still_trusted(std::shared_ptr<Live> live) {
  auto asking = events_.tls_side();
  const auto side = co_await std::move(asking);
  if (!side || dropped_) co_return false;
  const auto check = judged_as(live->attempt.server, side->check);
  const auto record = live->secured->record();
  const auto& sent =
      record.earlier_session ? record.earlier_session->server_chain : record.server_chain;
  std::vector<x509::Certificate> chain;
  for (const auto& der : sent) {
    auto certificate = x509::Certificate::from_der(der);
    if (!certificate) co_return false;
    chain.push_back(*std::move(certificate));
  }
  co_return trust::judge(chain, *check.anchors, check.reference, check.policy, check.now)
      .accepted();
}

}  // namespace sealtone::sip
