// SPDX-License-Identifier: Apache-2.0
#include "bench/load.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "support/loopback.h"

namespace sealtone::bench {
namespace {

constexpr int kMaxCount = 100'000;
constexpr timeval kSocketPatience{10, 0};
constexpr std::size_t kMaxAnswer = 1'000'000;
// The phone takes 256 connections of one address: several addresses share the idle ones.
constexpr int kPerSource = 200;

[[noreturn]] void give_up(const std::string& what) {
  std::array<char, 256> words{};
  ERR_error_string_n(ERR_peek_last_error(), words.data(), words.size());
  const std::string system = std::strerror(errno);
  ERR_clear_error();
  throw std::runtime_error("load: " + what + " (" + words.data() + "; " + system + ")");
}

void check_count(int count) {
  if (count < 0 || count > kMaxCount) throw std::runtime_error("load: too many at once");
}

Ssl begin(SSL_CTX* context, const Dialled& dialled) {
  Ssl ssl(SSL_new(context));
  SSL_set_fd(ssl.get(), dialled.descriptor());
  return ssl;
}

void connect_or_give_up(SSL* ssl) {
  ERR_clear_error();
  errno = 0;
  if (SSL_connect(ssl) != 1) give_up("a handshake failed");
}

// Says goodbye and reads to the end, tickets included: closing with octets unread would reset the
// connection.
void say_goodbye(SSL* ssl) {
  std::array<char, 4096> rest{};
  SSL_shutdown(ssl);
  while (SSL_read(ssl, rest.data(), rest.size()) > 0) {
  }
  // The server's goodbye ends the reading too; the end of its stream has still to come.
  errno = 0;
  while (recv(SSL_get_fd(ssl), rest.data(), rest.size(), 0) > 0) {
  }
  if (errno == EAGAIN) give_up("the server does not close the connection");
}

std::size_t whole_size(std::string_view answer) {
  constexpr std::string_view kLength = "content-length: ";
  const auto end = answer.find("\r\n\r\n");
  if (end == std::string_view::npos) return 0;
  std::string head(answer.substr(0, end));
  for (auto& c : head) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const auto at = head.find(kLength);
  if (!head.starts_with("http/1.1 200") || at == std::string::npos) {
    throw std::runtime_error("load: the answer is no 200 with a length:\n" + head);
  }
  return end + 4 + std::stoul(head.substr(at + kLength.size()));
}

}  // namespace

Dialled::Dialled(std::uint16_t port, std::uint8_t source)
    : descriptor_(test::dial_loopback(port, source)) {
  if (descriptor_ < 0) give_up("127.0.0.1:" + std::to_string(port) + " takes no connection");
  const int on = 1;
  setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &kSocketPatience, sizeof kSocketPatience);
  setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &kSocketPatience, sizeof kSocketPatience);
  setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Dialled::~Dialled() {
  if (descriptor_ >= 0) close(descriptor_);
}

Dialled::Dialled(Dialled&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

SslContext lean_context(int version) {
  std::signal(SIGPIPE, SIG_IGN);
  SslContext context(SSL_CTX_new(TLS_client_method()));
  auto* raw = context.get();
  if (raw == nullptr || SSL_CTX_set_min_proto_version(raw, version) != 1 ||
      SSL_CTX_set_max_proto_version(raw, version) != 1 ||
      SSL_CTX_set_cipher_list(raw, "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384") !=
          1 ||
      SSL_CTX_set_ciphersuites(raw, "TLS_AES_256_GCM_SHA384") != 1 ||
      SSL_CTX_set1_groups_list(raw, "X25519:P-256") != 1) {
    give_up("a context was refused");
  }
  SSL_CTX_set_verify(raw, SSL_VERIFY_NONE, nullptr);
  SSL_CTX_set_options(raw, SSL_OP_IGNORE_UNEXPECTED_EOF);
  return context;
}

void request_once(SSL* ssl, const std::string& target, std::uint16_t port) {
  const auto request =
      "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\n\r\n";
  if (SSL_write(ssl, request.data(), static_cast<int>(request.size())) <= 0) {
    give_up("a request was not sent");
  }
  std::string answer;
  std::array<char, 16'384> piece{};
  std::size_t size = 0;
  while (size == 0 || answer.size() < size) {
    const int got = SSL_read(ssl, piece.data(), piece.size());
    if (got <= 0 || answer.size() > kMaxAnswer) give_up("an answer broke off");
    answer.append(piece.data(), static_cast<std::size_t>(got));
    if (size == 0) size = whole_size(answer);
  }
}

struct Load::Open {
  Dialled dialled;
  Ssl ssl;
};

Load::Load(std::uint16_t port, int version) : port_(port), context_(lean_context(version)) {
  SSL_CTX_set_session_cache_mode(context_.get(),
                                 SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(context_.get(), keep_session);
  SSL_CTX_set_app_data(context_.get(), this);
}

Load::~Load() = default;

// The first that comes is kept, as a copy: a connection that ends may spoil its own.
int Load::keep_session(SSL* ssl, SSL_SESSION* session) {
  auto* self = static_cast<Load*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
  if (!self->session_) self->session_.reset(SSL_SESSION_dup(session));
  return 0;
}

void Load::shake_hands(SSL_SESSION* session) {
  const Dialled dialled(port_);
  const auto ssl = begin(context_.get(), dialled);
  const SslSession offered(session == nullptr ? nullptr : SSL_SESSION_dup(session));
  if (offered) SSL_set_session(ssl.get(), offered.get());
  connect_or_give_up(ssl.get());
  if ((SSL_session_reused(ssl.get()) == 1) != (session != nullptr)) {
    give_up(session != nullptr ? "a session was not resumed" : "a new session was resumed");
  }
  say_goodbye(ssl.get());
}

void Load::full(int count) {
  check_count(count);
  for (int i = 0; i < count; ++i) shake_hands(nullptr);
}

void Load::resumed(int count) {
  check_count(count);
  if (!session_) shake_hands(nullptr);
  if (!session_) throw std::runtime_error("load: the server gave no session to resume");
  for (int i = 0; i < count; ++i) shake_hands(session_.get());
}

void Load::requests(int count, const std::string& target) {
  check_count(count);
  if (!open_) {
    Dialled dialled(port_);
    auto ssl = begin(context_.get(), dialled);
    open_ = std::make_unique<Open>(std::move(dialled), std::move(ssl));
    connect_or_give_up(open_->ssl.get());
  }
  for (int i = 0; i < count; ++i) request_once(open_->ssl.get(), target, port_);
}

struct IdleConnections::Open {
  Dialled dialled;
  Ssl ssl;
};

IdleConnections::IdleConnections(std::uint16_t port, int count)
    : context_(lean_context(TLS1_3_VERSION)) {
  check_count(count);
  SSL_CTX_set_mode(context_.get(), SSL_MODE_RELEASE_BUFFERS);
  for (int i = 0; i < count; ++i) {
    Dialled dialled(port, static_cast<std::uint8_t>(2 + i / kPerSource));
    auto ssl = begin(context_.get(), dialled);
    connect_or_give_up(ssl.get());
    request_once(ssl.get(), "/", port);
    open_.push_back(std::make_unique<Open>(std::move(dialled), std::move(ssl)));
  }
}

IdleConnections::~IdleConnections() = default;

}  // namespace sealtone::bench
