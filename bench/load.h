// SPDX-License-Identifier: Apache-2.0
//
// bench/load: the one client that all servers meet, over bare OpenSSL.
//
// To 127.0.0.1 only, one connection at a time, bounded in count and time.  It offers one suite and
// a share of one group, so that all servers do the same work (P-256 stands behind X25519 because
// TLS 1.2 allows certificates of the groups offered only).  Errors: std::runtime_error at the first
// connection that is not whole, or was not resumed where it should be: a number is made of complete
// work or not at all.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sealtone::bench {

struct FreeSsl {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* ssl) const { SSL_free(ssl); }
  void operator()(SSL_SESSION* session) const { SSL_SESSION_free(session); }
};
using Ssl = std::unique_ptr<SSL, FreeSsl>;
using SslContext = std::unique_ptr<SSL_CTX, FreeSsl>;
using SslSession = std::unique_ptr<SSL_SESSION, FreeSsl>;

// A blocking descriptor, connected to 127.0.0.1:port from 127.0.0.SOURCE; closed with the object.
class Dialled {
 public:
  explicit Dialled(std::uint16_t port, std::uint8_t source = 1);
  ~Dialled();
  Dialled(Dialled&& other) noexcept;
  Dialled(const Dialled&) = delete;
  Dialled& operator=(const Dialled&) = delete;
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

// A client's context of one version; verifies nothing.
[[nodiscard]] SslContext lean_context(int version);

// Sends a request for the target and reads its response, which has a Content-Length.
void request_once(SSL* ssl, const std::string& target, std::uint16_t port);

class Load {
 public:
  Load(std::uint16_t port, int version);
  ~Load();
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  // So many new connections, each with a handshake and a goodbye.
  void full(int count);
  void resumed(int count);
  // So many requests for the target on one connection, which is kept for the next call.
  void requests(int count, const std::string& target);

 private:
  struct Open;
  void shake_hands(SSL_SESSION* session);
  static int keep_session(SSL* ssl, SSL_SESSION* session);

  std::uint16_t port_;
  SslContext context_;
  SslSession session_;
  std::unique_ptr<Open> open_;
};

// Connections with one request behind them, all open and idle until the object goes.
class IdleConnections {
 public:
  IdleConnections(std::uint16_t port, int count);
  ~IdleConnections();
  IdleConnections(const IdleConnections&) = delete;
  IdleConnections& operator=(const IdleConnections&) = delete;

 private:
  struct Open;
  SslContext context_;
  std::vector<std::unique_ptr<Open>> open_;
};

}  // namespace sealtone::bench
