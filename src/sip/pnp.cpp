// SPDX-License-Identifier: Apache-2.0
//
// sip/pnp: see pnp.h.
#include "sip/pnp.h"

#include <array>
#include <boost/asio/ip/multicast.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "net/own_address.h"
#include "sip/enrollment.h"
#include "sip/token.h"

namespace sealtone::sip {
namespace {

using base::ErrorCode;
using boost::system::error_code;
using net::asio::ip::udp;
using std::chrono::milliseconds;

constexpr std::size_t kMostOctets = 4 * 1024;
constexpr int kMostDatagrams = 256;

struct Asked {
  explicit Asked(const net::asio::any_io_executor& executor)
      : socket(executor), again(executor), end(executor) {}
  udp::socket socket;
  net::asio::steady_timer again, end;
  udp::endpoint there;
  std::string question;
  milliseconds wait{0};
  bool expired = false;
};

void ask_again(const std::shared_ptr<Asked>& asked) {
  error_code ignored;  // somebody may be there the next time
  asked->socket.send_to(net::asio::buffer(asked->question), asked->there, 0, ignored);
  asked->again.expires_after(asked->wait);
  asked->wait *= 2;
  const std::weak_ptr<Asked> weak = asked;
  asked->again.async_wait([weak](const error_code& cancelled) {
    const auto self = weak.lock();
    if (self && !cancelled && !self->expired) ask_again(self);
  });
}

void end_after(const std::shared_ptr<Asked>& asked, milliseconds limit) {
  asked->end.expires_after(limit);
  const std::weak_ptr<Asked> weak = asked;
  asked->end.async_wait([weak](const error_code& cancelled) {
    const auto self = weak.lock();
    if (!self || cancelled) return;
    self->expired = true;
    error_code ignored;
    self->socket.close(ignored);
  });
}

base::Result<udp::endpoint> endpoint_of(const std::string& address) {
  const auto parts = base::parse_host_port(address, "sip");
  error_code no_address;
  const auto host = net::asio::ip::make_address(parts ? parts->host : "", no_address);
  if (!parts || no_address) {
    return base::fail(ErrorCode::bad_input, address, "give an address and a port to ask");
  }
  return udp::endpoint(host, parts->port);
}

// Bound to no address: which one is used is the system's to say.
base::Result<std::string> open(Asked& asked, const udp::endpoint& there) {
  asked.there = there;
  const auto here = net::address_towards(there.address());
  error_code failed;
  asked.socket.open(there.protocol(), failed);
  if (!failed) asked.socket.bind(udp::endpoint(there.protocol(), 0), failed);
  // Only who is around, not who is behind a router.
  if (!failed && there.address().is_multicast()) {
    asked.socket.set_option(net::asio::ip::multicast::hops(1), failed);
  }
  if (!failed) asked.socket.non_blocking(true, failed);
  if (failed || !here) {
    return base::fail(ErrorCode::unreachable, there.address().to_string(),
                      failed ? failed.message() : std::string("no way leads there"));
  }
  return here->to_string();
}

}  // namespace

net::Task<base::Result<PnpAnswer>> ask_for_profile(PnpQuestion question, base::Random& random) {
  const auto there = endpoint_of(question.address);
  if (!there) co_return std::unexpected(there.error());
  const auto executor = co_await net::asio::this_coro::executor;
  const auto asked = std::make_shared<Asked>(executor);
  const auto here = open(*asked, *there);
  if (!here) co_return std::unexpected(here.error());
  error_code failed;
  Enrollment enrollment({.mac = question.mac,
                         .user_agent = question.user_agent,
                         .asked = there->address().to_string(),
                         .everybody = there->address().is_multicast(),
                         .here = *here,
                         .port = asked->socket.local_endpoint(failed).port()},
                        random_token(random), random_token(random),
                        kBranchCookie + random_token(random));
  auto octets = write(enrollment.subscribe());
  if (!octets) co_return std::unexpected(octets.error());
  asked->question = *std::move(octets);
  asked->wait = question.again;
  end_after(asked, question.limit);
  ask_again(asked);
  std::array<char, kMostOctets + 1> datagram{};
  udp::endpoint from;
  auto token = net::asio::redirect_error(net::asio::use_awaitable, failed);
  for (int heard = 0; heard < kMostDatagrams; ++heard) {
    const auto size =
        co_await asked->socket.async_receive_from(net::asio::buffer(datagram), from, token);
    if (asked->expired) {
      const auto& why = enrollment.refused();
      co_return base::fail(why.empty() ? ErrorCode::timeout : ErrorCode::bad_input,
                           question.address,
                           why.empty() ? "nobody answered" : "the answer is of no use: " + why);
    }
    if (failed || size > kMostOctets) continue;  // an ICMP error of one address, or too much
    const auto by = from.address().to_string();
    auto answer = enrollment.take({datagram.data(), size}, by, from.port());
    if (answer.answer) {
      if (const auto text = write(*answer.answer)) {
        asked->socket.send_to(net::asio::buffer(*text), from, 0, failed);
      }
    }
    if (answer.url) co_return PnpAnswer{*std::move(answer.url), by};
  }
  co_return base::fail(ErrorCode::too_large, question.address,
                       "too much came in answer, and none of it was of use");
}

}  // namespace sealtone::sip
