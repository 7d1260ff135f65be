// SPDX-License-Identifier: Apache-2.0
//
// tls/connection: which session it offers, whether the server took it up, which it keeps.
#include <algorithm>

#include "tls/connection.h"

namespace sealtone::tls {
namespace {

using handshake::Role;

// How long the server wants it kept; nothing if not at all.
std::optional<std::chrono::seconds> lifetime_of(const SSL_SESSION* session) {
  const std::chrono::seconds hint(SSL_SESSION_get_ticket_lifetime_hint(session));
  if (hint.count() > 0) return hint;
  // RFC 8446 §4.6.1: "The value of zero indicates that the ticket should be discarded
  // immediately."  RFC 5077 §3.3: "A value of zero is reserved to indicate that the lifetime of
  // the ticket is unspecified."
  if (SSL_SESSION_get_protocol_version(session) >= TLS1_3_VERSION) return std::nullopt;
  return SessionCache::kMaxAge;
}

}  // namespace

void Connection::offer_session() {
  if (!check_.sessions) {
    SSL_set_options(ssl_.get(), SSL_OP_NO_TICKET);
    return;
  }
  origin_ = check_.origin + " " + check_.sni;
  terms_ = terms_of(*context_, check_);
  auto session = check_.sessions->take(origin_, terms_, check_.now);
  if (!session) return;
  OcspAnswer answer = NotAsked{};
  if (context_->options().ask_for_ocsp) answer = session->ocsp_answer;
  auto verdict = verdict_on(session->chain, answer);
  if (!verdict.accepted()) {
    check_.sessions->forget(origin_);
    return;
  }
  if (SSL_set_session(ssl_.get(), session->native.get()) != 1) return;
  offered_ =
      std::make_unique<Offered>(Offered{std::move(session->chain), std::move(session->ocsp_answer),
                                        session->made, std::move(verdict)});
}

void Connection::take_up_session() {
  if (!offered_ || SSL_session_reused(ssl_.get()) != 1) return;
  handshake::EarlierSession session{offered_->made, {}};
  for (const auto& certificate : offered_->chain) {
    session.server_chain.push_back(certificate.der());
  }
  builder_.resumes(std::move(session), offered_->ocsp_answer);
  judged_ = offered_->verdict;
}

// A session is kept with the certificates of its own handshake, or of the one it goes back to.
bool Connection::keep(SSL_SESSION* session) {
  if (!check_.sessions || role() != Role::client) return false;
  const bool resumed = offered_ && SSL_session_reused(ssl_.get()) == 1;
  if (!resumed && (!judged_ || !judged_->accepted())) return false;
  // What is said of our certificate is said in full handshakes alone.
  const auto& record = builder_.record();
  if (record.certificate_requested &&
      (record.client_chain.empty() || !own_.certificate_allows_client_use ||
       own_.issuer_listed == false)) {
    return false;
  }
  const unsigned char* ticket = nullptr;
  std::size_t octets = 0;
  SSL_SESSION_get0_ticket(session, &ticket, &octets);
  const auto lifetime = lifetime_of(session);
  if (octets > SessionCache::kMaxTicketOctets || !lifetime ||
      SSL_SESSION_is_resumable(session) != 1) {
    return false;
  }
  const auto made = resumed ? offered_->made : check_.now;
  const auto expires = std::min(made + SessionCache::kMaxAge, check_.now + *lifetime);
  check_.sessions->put({.origin = origin_,
                        .terms = terms_,
                        .native = std::shared_ptr<SSL_SESSION>(session, SSL_SESSION_free),
                        .chain = resumed ? offered_->chain : presented_,
                        .ocsp_answer = resumed ? offered_->ocsp_answer : record.stapled_ocsp,
                        .made = made,
                        .expires = expires,
                        // RFC 8446 §C.4: "Clients SHOULD NOT reuse a ticket for multiple
                        // connections."
                        .single_use = SSL_SESSION_get_protocol_version(session) >= TLS1_3_VERSION});
  return true;
}

void Connection::note_http_status(std::string line) {
  // The server did not like our certificate: the next connection asks it again.
  if (check_.sessions) check_.sessions->forget(origin_);
  builder_.http_status(std::move(line));
}

}  // namespace sealtone::tls
