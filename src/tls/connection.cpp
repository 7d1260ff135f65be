// SPDX-License-Identifier: Apache-2.0
//
// tls/connection: see connection.h.
#include "tls/connection.h"

#include <openssl/err.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>

#include "handshake/plain_text.h"
#include "handshake/reader.h"
#include "tls/recording.h"
#include "trust/own_certificate.h"
#include "x509/name_from_der.h"

namespace sealtone::tls {
namespace {

using base::ErrorCode;
using handshake::Direction;
using handshake::Ending;
using handshake::Role;
using std::chrono::milliseconds;

// Once established a connection lives as long as its user allows, who sets limits of his own.
constexpr milliseconds kNoLimit = std::chrono::hours(24 * 365);
constexpr milliseconds kGoodbye = std::chrono::seconds(1);

Connection* connection_of(const SSL* ssl) {
  return static_cast<Connection*>(SSL_get_ex_data(ssl, connection_index()));
}

void on_message(int sent, int, int content, const void* body, std::size_t size, SSL*, void* self) {
  auto& connection = *static_cast<Connection*>(self);
  const auto direction = sent != 0 ? Direction::sent : Direction::received;
  const base::ByteView octets(static_cast<const std::uint8_t*>(body), size);
  // Record headers and inner content types come along under numbers of their own.
  if (content == SSL3_RT_HEADER) connection.record_began(direction, octets);
  if (content < SSL3_RT_CHANGE_CIPHER_SPEC || content > SSL3_RT_HANDSHAKE) return;
  connection.heard(direction, content, octets);
}

long on_bio(BIO* bio, int operation, const char* octets, std::size_t, int, long, int result,
            std::size_t* processed) {
  const bool reads = operation == (BIO_CB_READ | BIO_CB_RETURN);
  const bool writes = operation == (BIO_CB_WRITE | BIO_CB_RETURN);
  if (result < 0 || (!reads && !writes)) return result;
  auto* connection = reinterpret_cast<Connection*>(BIO_get_callback_arg(bio));
  if (writes) {
    connection->sent({reinterpret_cast<const std::uint8_t*>(octets), *processed});
    return result;
  }
  if (result == 0) connection->reached_end_of_stream();
  if (result > 0) connection->received({reinterpret_cast<const std::uint8_t*>(octets), *processed});
  return result;
}

trust::OwnSide own_side(const ContextOptions& options) {
  trust::OwnSide own;
  own.has_certificate = options.credential.has_value();
  if (options.credential) {
    own.certificate_allows_client_use = options.credential->leaf().allows_client_use();
    for (const auto& certificate : options.credential->chain) {
      own.certificate_issuers.push_back(x509::issuer_der(certificate));
    }
  }
  own.lowest_version = options.versions.lowest;
  own.highest_version = options.versions.highest;
  return own;
}

constexpr std::size_t kShare = 256 * 1024;  // octets in one go

// Tickets, key updates and the like behind the handshake: far more than anybody needs.
constexpr std::size_t kMaxLaterMessages = 100;

net::Task<base::Result<void>> failed(base::Error error) {
  co_return std::unexpected(std::move(error));
}

// Nothing more is read: the stream looks ended.
long read_nothing(BIO*, int operation, const char*, std::size_t, int, long, int result,
                  std::size_t*) {
  return operation == BIO_CB_READ ? 0 : result;
}

}  // namespace

int connection_index() {
  static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

int judge_peer(X509_STORE_CTX* store, void*) {
  const auto* ssl = static_cast<const SSL*>(
      X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
  return connection_of(ssl)->judge(store);
}

int judge_ocsp_answer(SSL* ssl, void*) { return connection_of(ssl)->judge_ocsp_answer() ? 1 : 0; }

int keep_session(SSL* ssl, SSL_SESSION* session) {
  return connection_of(ssl)->keep(session) ? 1 : 0;
}

void log_key(const SSL* ssl, const char* line) { connection_of(ssl)->log_key(line); }

Connection::Connection(std::unique_ptr<net::Socket> socket, std::shared_ptr<const Context> context,
                       PeerCheck check, std::chrono::steady_clock::time_point began)
    : socket_(std::move(socket)),
      context_(std::move(context)),
      check_(std::move(check)),
      began_(began),
      builder_(context_->options().role, socket_->peer(), check_.now),
      own_(own_side(context_->options())),
      ssl_(SSL_new(context_->native().context.get())) {
  SSL_set_ex_data(ssl_.get(), connection_index(), this);
  SSL_set_fd(ssl_.get(), socket_->descriptor());
  SSL_set_msg_callback(ssl_.get(), on_message);
  SSL_set_msg_callback_arg(ssl_.get(), this);
  BIO_set_callback_arg(SSL_get_rbio(ssl_.get()), reinterpret_cast<char*>(this));
  BIO_set_callback_ex(SSL_get_rbio(ssl_.get()), on_bio);  // it writes, too
  if (check_.recording) check_.recording->opened(role(), socket_->local(), socket_->peer());
  if (role() == Role::server) {
    SSL_set_accept_state(ssl_.get());
    return;
  }
  SSL_set_connect_state(ssl_.get());
  if (!check_.sni.empty()) SSL_set_tlsext_host_name(ssl_.get(), check_.sni.c_str());
  offer_session();
}

Connection::~Connection() { note_our_end(); }

std::chrono::microseconds Connection::elapsed() const {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                               began_);
}

void Connection::heard(Direction direction, int content, base::ByteView body) {
  // OpenSSL goes on reading until there is something for us; who sends nothing but tickets would
  // hold up the loop.
  if (established_ && direction == Direction::received && ++later_messages_ > kMaxLaterMessages) {
    BIO_set_callback_ex(SSL_get_rbio(ssl_.get()), read_nothing);
    stopped_reading_ = true;
    return;
  }
  builder_.message(direction, static_cast<handshake::ContentType>(content), body, elapsed());
  // Once, and not with each verdict: a server may name a thousand authorities, and then send a
  // hundred tickets.
  const auto& record = builder_.record();
  if (role() == Role::client && record.certificate_requested && !asked_for_ours_) {
    asked_for_ours_ = true;
    own_.issuer_listed = trust::any_listed(own_.certificate_issuers, record.requested_authorities);
  }
}

void Connection::record_began(Direction direction, base::ByteView header) {
  handshake::Reader reader(header);
  const auto content = handshake::ContentType{reader.u8()};
  reader.u16();
  const auto length = reader.u16();
  if (reader.ok()) builder_.record_began(direction, content, length, elapsed());
}

void Connection::sent(base::ByteView octets) {
  if (check_.recording) check_.recording->moved(Direction::sent, octets);
}

void Connection::note_our_end() {
  builder_.closed_by(Direction::sent);
  if (check_.recording) check_.recording->ended(Direction::sent);
}

void Connection::close() {
  note_our_end();
  socket_->close();
}

void Connection::received(base::ByteView octets) {
  if (check_.recording) check_.recording->moved(Direction::received, octets);
  if (established_) return;  // the first octets are known
  builder_.wire(Direction::received, octets);
  const auto& first = builder_.record().first_received;
  // Before OpenSSL answers with an alert that would look like the reason.
  if (!handshake::looks_like_tls(first)) builder_.ended(Ending::not_tls, elapsed());
}

// OpenSSL answers the end of the stream with an alert to nobody, which is not the reason either.
void Connection::reached_end_of_stream() {
  builder_.end_of_stream(elapsed());
  if (check_.recording) check_.recording->ended(Direction::received);
}

void Connection::log_key(const char* line) {
  if (const auto& file = context_->options().key_log) file->write(line);
  if (check_.recording && context_->options().keep_secrets) check_.recording->secret(line);
}

trust::Verdict Connection::verdict() const {
  return trust::conclude(judged_.value_or(trust::Verdict{}), builder_.record(), own_);
}

net::Task<bool> Connection::shake_hands(milliseconds limit) {
  socket_->expires_after(
      std::chrono::ceil<milliseconds>(began_ + limit - std::chrono::steady_clock::now()));
  for (;;) {
    ERR_clear_error();
    errno = 0;
    const int outcome = SSL_do_handshake(ssl_.get());
    if (outcome == 1) break;
    auto ready = co_await wait_or_fail(outcome);
    if (!ready) {
      note_how_it_ended(ready.error());
      co_return false;
    }
  }
  take_up_session();
  // No suite without certificates is ever offered; should one be agreed on all the same, nobody was
  // judged, and that is no.
  if (role() == Role::client && !judged_) {
    broken_ = true;
    builder_.ended(Ending::ended_by_us, elapsed());
    co_return false;
  }
  established_ = true;
  builder_.handshake_done(elapsed());
  socket_->expires_after(kNoLimit);
  co_return true;
}

std::unexpected<base::Error> Connection::unusable() const {
  if (socket_->expired()) {
    return base::fail(ErrorCode::timeout, socket_->peer(), "it took longer than allowed");
  }
  return base::fail(ErrorCode::closed, socket_->peer(), "the connection has ended");
}

net::Task<base::Result<void>> Connection::wait_or_fail(int outcome) {
  const int why = SSL_get_error(ssl_.get(), outcome);
  // Handed on: here every idle connection waits, and a coroutine of its own would be held for each.
  if (why == SSL_ERROR_WANT_READ) return socket_->wait_readable();
  if (why == SSL_ERROR_WANT_WRITE) return socket_->wait_writable();
  // RFC 8446 §6.1: close_notify is a proper end of what the peer had to say.
  if (why == SSL_ERROR_ZERO_RETURN) {
    return failed({ErrorCode::closed, socket_->peer(), "the other side said goodbye"});
  }
  broken_ = true;
  return failed(failure(why));
}

// Where much can be read or written at once nobody waits for the socket; others on the loop have
// their turn all the same.
net::Task<void> Connection::give_way(std::size_t octets) {
  moved_ += octets;
  if (moved_ < kShare) co_return;
  moved_ = 0;
  const auto executor = socket_->executor();
  co_await net::asio::post(executor, net::asio::use_awaitable);
}

net::Task<base::Result<std::size_t>> Connection::read_some(std::span<std::uint8_t> into) {
  while (socket_->is_open() && !socket_->expired() && !broken_) {
    ERR_clear_error();
    errno = 0;
    std::size_t got = 0;
    const int outcome = SSL_read_ex(ssl_.get(), into.data(), into.size(), &got);
    if (outcome == 1) {
      builder_.application_data(Direction::received, got);
      co_await give_way(got);
      co_return got;
    }
    if (SSL_get_error(ssl_.get(), outcome) == SSL_ERROR_ZERO_RETURN) {
      builder_.closed_by(Direction::received);
      co_return 0U;
    }
    auto ready = co_await wait_or_fail(outcome);
    if (!ready) co_return std::unexpected(ready.error());
  }
  co_return unusable();
}

net::Task<base::Result<std::size_t>> Connection::write_some(base::ByteView from) {
  if (from.empty()) co_return 0U;
  while (socket_->is_open() && !socket_->expired() && !broken_) {
    ERR_clear_error();
    errno = 0;
    std::size_t sent = 0;
    const int outcome = SSL_write_ex(ssl_.get(), from.data(), from.size(), &sent);
    if (outcome == 1) {
      builder_.application_data(Direction::sent, sent);
      co_await give_way(sent);
      co_return sent;
    }
    auto ready = co_await wait_or_fail(outcome);
    if (!ready) co_return std::unexpected(ready.error());
  }
  co_return unusable();
}

net::Task<void> Connection::shutdown() {
  if (!established_ || !socket_->is_open()) co_return;
  if (broken_) {
    abandon();
    co_return;
  }
  leaving_ = true;
  builder_.closed_by(Direction::sent);
  socket_->expires_after(kGoodbye);
  for (;;) {
    ERR_clear_error();
    errno = 0;
    const int outcome = SSL_shutdown(ssl_.get());
    if (outcome >= 0) break;  // 0: ours is sent, theirs is not waited for
    auto ready = co_await wait_or_fail(outcome);
    if (!ready || !socket_->is_open()) co_return;
  }
  // Who said goodbye has nothing to add but the stream's end.
  if ((SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0) take_the_rest();
  ::shutdown(socket_->descriptor(), SHUT_WR);
  note_our_end();
}

namespace {

net::Task<Outcome> establish(std::unique_ptr<Connection> connection, milliseconds limit) {
  const bool established = co_await connection->shake_hands(limit);
  if (!established) connection->abandon();  // who closed belongs to what is told of it
  Outcome outcome{nullptr, connection->verdict(), connection->record()};
  if (established) outcome.stream = std::move(connection);
  co_return outcome;
}

}  // namespace

net::Task<Outcome> connect(std::unique_ptr<net::Socket> socket,
                           std::shared_ptr<const Context> context, PeerCheck check,
                           milliseconds handshake_limit) {
  auto connection = std::make_unique<Connection>(
      std::move(socket), std::move(context), std::move(check), std::chrono::steady_clock::now());
  return establish(std::move(connection), handshake_limit);
}

net::Task<Outcome> accept(std::unique_ptr<net::Socket> socket,
                          std::shared_ptr<const Context> context, PeerCheck check,
                          milliseconds handshake_limit,
                          std::chrono::steady_clock::time_point connected) {
  check.policy.path.purpose = x509::Purpose::client;
  check.reference.reset();  // a client has no host name to be compared with
  auto connection = std::make_unique<Connection>(std::move(socket), std::move(context),
                                                 std::move(check), connected);
  return establish(std::move(connection), handshake_limit);
}

}  // namespace sealtone::tls
