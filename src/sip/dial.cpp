// SPDX-License-Identifier: Apache-2.0
//
// sip/dial: see dial.h.
#include "sip/dial.h"

#include "tls/recording.h"

namespace sealtone::sip {
namespace {

std::string why_refused(const trust::Verdict& verdict) {
  return verdict.decision == trust::Decision::untrusted
             ? "its certificate was refused, and nothing was sent to it"
             : "the TLS handshake did not come to its end";
}

}  // namespace

tls::PeerCheck judged_as(const Server& server, tls::PeerCheck check) {
  check.policy.service = trust::Service::sip;
  check.reference = trust::ReferenceIdentifier::from_host(server.host);
  // RFC 6066 §3: "Literal IPv4 and IPv6 addresses are not permitted in "HostName"."
  const bool named = check.reference->kind == trust::ReferenceIdentifier::Kind::dns;
  check.sni = named ? check.reference->value : std::string();
  check.origin = server.text();
  return check;
}

net::Task<std::expected<Dialled, NotDialled>> dial(Server server, Hop hop,
                                                   net::asio::ip::address address,
                                                   std::optional<TlsSide> side, DialLimits limits) {
  auto connecting = net::connect_tcp(address.to_string(), hop.port, limits.connect);
  auto socket = co_await std::move(connecting);
  if (!socket) {
    co_return std::unexpected(NotDialled{{Stage::tcp, base::to_string(socket.error())}});
  }
  Dialled dialled;
  dialled.local = (*socket)->local();
  dialled.attempt.server = server;
  dialled.attempt.hop = hop;
  dialled.attempt.peer = (*socket)->peer();
  if (server.transport != Transport::tls) {
    dialled.stream = net::plain_stream(std::move(*socket));
    co_return dialled;
  }
  auto check = judged_as(server, std::move(side->check));
  dialled.attempt.recording = check.recording;
  if (check.recording) check.recording->named("sip", server.text());
  auto shaking_hands = tls::connect(std::move(*socket), std::move(side->context), std::move(check),
                                    limits.handshake);
  auto outcome = co_await std::move(shaking_hands);
  dialled.attempt.verdict = outcome.verdict;
  dialled.attempt.record =
      std::make_shared<const handshake::HandshakeRecord>(std::move(outcome.record));
  if (!outcome.stream) {
    dialled.attempt.ended = true;
    auto why = why_refused(outcome.verdict);
    co_return std::unexpected(NotDialled{{Stage::tls, std::move(why), std::move(outcome.verdict)},
                                         std::move(dialled.attempt)});
  }
  dialled.secured = std::move(outcome.stream);
  dialled.stream = dialled.secured;
  co_return dialled;
}

}  // namespace sealtone::sip
