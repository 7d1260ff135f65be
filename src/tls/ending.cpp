// SPDX-License-Identifier: Apache-2.0
//
// tls/connection: how it ended, and whose doing that was.
#include <openssl/err.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "handshake/names.h"
#include "net/gone.h"
#include "tls/connection.h"
#include "tls/recording.h"

namespace sealtone::tls {

using base::ErrorCode;
using handshake::Direction;
using handshake::Ending;

namespace {

// The end of the stream where more was due.
bool broken_off(int reason) { return reason == SSL_R_UNEXPECTED_EOF_WHILE_READING; }

}  // namespace

// broken_ is set: what OpenSSL reports now cannot be asked again.
base::Error Connection::failure(int why) {
  const int number = errno;
  const int reason = ERR_GET_REASON(ERR_peek_error());
  const auto openssl = crypto::drain_openssl_errors();
  const auto& peer = socket_->peer();
  if (why == SSL_ERROR_SYSCALL || broken_off(reason)) {
    if (stopped_reading_) {
      return {ErrorCode::closed, peer, "it says more behind the handshake than anybody needs"};
    }
    const bool gone = number == 0 || net::peer_is_gone(number) || broken_off(reason);
    if (gone && !leaving_) {
      builder_.closed_by(Direction::received, number == ECONNRESET);
      builder_.end_of_stream(elapsed());
    }
    return {gone ? ErrorCode::closed : ErrorCode::io, peer,
            gone ? "the other side broke the connection off without saying goodbye"
                 : std::strerror(number)};
  }
  const auto& alerts = builder_.record().alerts;
  if (!alerts.empty() && alerts.back().fatal && alerts.back().direction == Direction::received) {
    return {ErrorCode::closed, peer,
            "the other side ended the connection with the " +
                handshake::alert_in_words(alerts.back().description)};
  }
  if (reason == SSL_R_EXCESSIVE_MESSAGE_SIZE && certificate_was_due()) {
    builder_.certificate_over(static_cast<std::size_t>(SSL_get_max_cert_list(ssl_.get())));
  }
  builder_.refused(openssl);
  return {ErrorCode::io, peer, "the connection cannot go on (" + openssl + ")"};
}

bool Connection::certificate_was_due() const {
  const auto state = SSL_get_state(ssl_.get());
  return state == TLS_ST_CR_CERT || state == TLS_ST_SR_CERT;
}

// The builder has its own ending already where an alert was seen; the first one counts.
void Connection::note_how_it_ended(const base::Error& error) {
  switch (error.code) {
    case ErrorCode::timeout: builder_.ended(Ending::timed_out, elapsed()); break;
    case ErrorCode::closed:
      // Closed here, by whoever stops a listener, it is not the peer's doing.
      builder_.ended(socket_->is_open() ? Ending::closed : Ending::ended_by_us, elapsed());
      break;
    default: builder_.ended(Ending::unreadable, elapsed()); break;
  }
  if (builder_.record().ending == Ending::not_tls) peek_at_the_rest();
}

// A banner may come in pieces, and OpenSSL stops at the first.
void Connection::peek_at_the_rest() {
  if (!socket_->is_open()) return;
  std::array<std::uint8_t, 64> octets{};
  const auto got = recv(socket_->descriptor(), octets.data(), octets.size(), MSG_DONTWAIT);
  if (got <= 0) return;
  builder_.wire(Direction::received, base::ByteView(octets).first(static_cast<std::size_t>(got)));
}

void Connection::abandon() {
  if (!socket_->is_open()) return;
  // Who sent a fatal alert may have closed behind it before us; what follows ours answers it.
  const auto& alerts = builder_.record().alerts;
  const bool told_to_go = std::ranges::any_of(alerts, [](const handshake::Alert& alert) {
    return alert.fatal && alert.direction == Direction::received;
  });
  if (told_to_go) take_the_rest();
  // Closing with octets unread would send a reset, which may overtake the alert.
  ::shutdown(socket_->descriptor(), SHUT_WR);
  note_our_end();
  take_the_rest();
  socket_->close();
}

// It was on the wire, and is no part of what was said.
void Connection::take_the_rest() {
  std::array<std::uint8_t, 4096> octets{};
  for (int i = 0; i < 64; ++i) {
    const auto got = recv(socket_->descriptor(), octets.data(), octets.size(), MSG_DONTWAIT);
    if (got == 0) {
      builder_.closed_by(Direction::received);
      if (check_.recording) check_.recording->ended(Direction::received);
    }
    if (got <= 0) return;
    if (check_.recording) {
      check_.recording->moved(Direction::received,
                              base::ByteView(octets).first(static_cast<std::size_t>(got)));
    }
  }
}

}  // namespace sealtone::tls
