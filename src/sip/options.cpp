// SPDX-License-Identifier: Apache-2.0
//
// sip/options: see options.h.
#include "sip/options.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/text.h"
#include "base/url.h"
#include "sip/flow.h"
#include "sip/token.h"

namespace sealtone::sip {

base::Result<Message> options_request(const Uri& about, Transport transport,
                                      const std::string& local, base::Random& random) {
  const auto here = base::parse_host_port(local, "sip");
  if (!here) return std::unexpected(here.error());
  Message request;
  request.method = "OPTIONS";
  request.uri = about.text();
  // RFC 3581 §3: without a value; the server fills in where the request came from.
  request.add("Via", std::string("SIP/2.0/") + word(transport) + " " + here->authority() +
                         ";branch=" + kBranchCookie + random_token(random) + ";rport");
  request.add("Max-Forwards", "70");
  // RFC 3261 §8.1.1.3: "… the display name "Anonymous", along with a syntactically correct, but
  // otherwise meaningless URI".
  request.add("From",
              "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=" + random_token(random));
  request.add("To", "<" + request.uri + ">");
  request.add("Call-ID", random_token(random));
  request.add("CSeq", "1 OPTIONS");
  // §11.1: "An Accept header field SHOULD be included".
  request.add("Accept", "application/sdp");
  return request;
}

net::Task<base::Result<Message>> ask_options(std::shared_ptr<net::ByteStream> stream,
                                             Message request, std::chrono::milliseconds limit,
                                             std::function<void(bool sent, const Message&)> seen) {
  const auto loop = co_await net::asio::this_coro::executor;
  net::asio::steady_timer over(loop, net::asio::steady_timer::time_point::max());
  bool ended = false;
  Flow::Limits limits;
  limits.transaction = limits.message = limit;
  Flow::Events events;
  events.seen = std::move(seen);
  events.ended = [&ended, &over](const base::Error&) {
    ended = true;
    over.cancel();
  };
  const auto flow = Flow::start(loop, std::move(stream), limits, std::move(events));
  auto asking = flow->request(std::move(request));
  auto response = co_await std::move(asking);
  flow->close();
  // Soon: a goodbye has its time limit.
  boost::system::error_code woken;
  auto token = net::asio::redirect_error(net::asio::use_awaitable, woken);
  while (!ended) co_await over.async_wait(token);
  co_return response;
}

}  // namespace sealtone::sip
