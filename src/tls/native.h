// SPDX-License-Identifier: Apache-2.0
//
// tls/native: OpenSSL's handles as this room holds them; included by its .cpp files only.
#pragma once

#include <openssl/ssl.h>

#include <memory>

#include "tls/tls.h"

namespace sealtone::tls {

struct Free {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};

struct Context::Native {
  std::unique_ptr<SSL_CTX, Free> context;
};

// Where an SSL keeps its Connection; asio::ssl and others may use app_data.
[[nodiscard]] int connection_index();

// The callbacks a context calls back on its connections with (connection.cpp).
int judge_peer(X509_STORE_CTX* store, void* unused);
int judge_ocsp_answer(SSL* ssl, void* unused);
int keep_session(SSL* ssl, SSL_SESSION* session);
void log_key(const SSL* ssl, const char* line);

}  // namespace sealtone::tls
