// SPDX-License-Identifier: Apache-2.0
//
// phone/page: see page.h.
#include "phone/page.h"

#include <sys/socket.h>

#include <optional>

#include "phone/addresses.h"

namespace sealtone::phone {
namespace {

// A TLS connection begins with a record of type handshake (RFC 8446 §5.1), or with the SSLv2 form
// of ClientHello (RFC 5246 appendix E.2); an HTTP request begins with its method.
bool begins_like_http(std::uint8_t first) { return first >= 'A' && first <= 'Z'; }

// The first octet, left where it is; nothing if the peer sent none.
std::optional<std::uint8_t> peek(const net::Socket& socket) {
  std::uint8_t first = 0;
  const auto got = recv(socket.descriptor(), &first, 1, MSG_PEEK | MSG_DONTWAIT);
  return got == 1 ? std::optional(first) : std::nullopt;
}

net::Task<void> point_to_https(std::unique_ptr<net::Socket> socket, std::string page_url,
                               http::Limits limits) {
  auto stream = net::plain_stream(std::move(socket));
  const http::Handler handler = [&page_url](const http::Request&) -> net::Task<http::Response> {
    http::Response response;
    response.status = 400;
    response.reason = "Bad Request";
    response.fields = {{"Content-Type", "text/plain; charset=utf-8"}, {"Connection", "close"}};
    response.body = "This port speaks HTTPS. Open " + page_url + " instead.\n";
    co_return response;
  };
  limits.body_bytes = 1'024;
  auto serving = http::serve(*stream, handler, limits);
  co_await std::move(serving);
}

// A request by value: the answer's coroutine outlives the caller's.
net::Task<http::Response> answer(PageParts parts, http::Request request, admin::Caller caller) {
  auto response = co_await parts.api.handle(std::move(request), std::move(caller));
  if (parts.visitors.leaving()) response.fields.emplace_back("Connection", "close");
  co_return response;
}

net::Task<void> serve_api(PageParts parts, net::ByteStream& stream, admin::Caller caller) {
  const Visitors::Visit visit(parts.visitors, stream);
  const http::Handler handler = [&parts, &caller](const http::Request& request) {
    return answer(parts, request, caller);
  };
  auto& api = parts.api;
  const http::Bodies bodies{
      .gate = [&api, &caller](const http::Request& header) { return api.admit(header, caller); },
      .budget = &parts.bodies};
  auto serving = http::serve(stream, handler, parts.limits, bodies);
  co_await std::move(serving);
}

Entry entry_of(const PageParts& parts, const std::string& peer, trust::Verdict verdict,
               handshake::HandshakeRecord record, std::shared_ptr<tls::Recording> recording) {
  return {.service = "page",
          .server = without_port(peer),
          .target = {},
          .verdict = std::move(verdict),
          .record = std::move(record),
          .at = parts.clock.now(),
          .list_name = {},
          .at_hand = {},
          .recording = std::move(recording)};
}

}  // namespace

net::Task<void> serve_page(PageParts parts, std::unique_ptr<net::Socket> socket,
                           std::shared_ptr<const tls::Context> context,
                           std::chrono::milliseconds handshake_limit, std::string page_url) {
  const auto peer = socket->peer();
  const auto connected = std::chrono::steady_clock::now();
  socket->expires_after(handshake_limit);
  const auto ready = co_await socket->wait_readable();
  const auto first = ready ? peek(*socket) : std::nullopt;
  if (!first) co_return;  // somebody looked whether the port is open
  if (begins_like_http(*first)) {
    co_await point_to_https(std::move(socket), std::move(page_url), parts.limits);
    co_return;
  }

  tls::PeerCheck check;
  check.now = parts.clock.now();
  const auto recording = parts.recordings.begin();
  recording->named("page", without_port(peer));
  check.recording = recording;
  // What the first octet took is not given again.
  auto outcome = co_await tls::accept(std::move(socket), std::move(context), std::move(check),
                                      handshake_limit, connected);
  auto begun =
      entry_of(parts, peer, std::move(outcome.verdict), std::move(outcome.record), recording);
  parts.journal.note(std::move(begun));
  if (!outcome.stream) co_return;

  admin::Caller caller{.local = false, .address = without_port(peer)};
  co_await serve_api(parts, *outcome.stream, std::move(caller));
  auto ended =
      entry_of(parts, peer, outcome.stream->verdict(), outcome.stream->record(), recording);
  parts.journal.note(std::move(ended));
}

net::Task<void> serve_local(PageParts parts, std::unique_ptr<net::Socket> socket) {
  auto stream = net::plain_stream(std::move(socket));
  admin::Caller caller{.local = true, .address = {}};
  co_await serve_api(parts, *stream, std::move(caller));
}

}  // namespace sealtone::phone
