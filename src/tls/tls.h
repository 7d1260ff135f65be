// SPDX-License-Identifier: Apache-2.0
//
// tls: contexts built from policy, the TLS ByteStream, the recorder on every connection.
//
// TLS 1.0 to 1.3 over OpenSSL 3.0, on a non-blocking socket driven by the loop.  One context per
// policy, credential and anchor set; what changes is a new context (build, swap, retire): a
// connection keeps the one it began with.  Refused means nothing was sent: the verdict falls inside
// the certificate callback, before a Certificate, a Finished or any application data of ours.
// Units: milliseconds.  Versions are the wire's (base/tls_versions.h).
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/tls_versions.h"
#include "handshake/record.h"
#include "net/net.h"
#include "trust/trust.h"
#include "x509/parse.h"

namespace sealtone::tls {

class Recording;
class Recordings;
class SessionCache;
struct KeptChains;

// Of the certificates that a peer sends; more is not read (chain-too-large).
inline constexpr std::size_t kMaxChainOctets = 100 * 1024;

struct Versions {
  std::uint16_t lowest = base::kTls12;
  std::uint16_t highest = base::kTls13;
};

// Appends NSS key log lines (SSLKEYLOGFILE); 0600.  A secret: only where the admin asks.
class KeyLog {
 public:
  [[nodiscard]] static base::Result<std::shared_ptr<KeyLog>> open(
      const std::filesystem::path& path);
  ~KeyLog();
  void write(const char* line);

 private:
  explicit KeyLog(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

struct ContextOptions {
  handshake::Role role = handshake::Role::client;
  Versions versions;
  std::string cipher_list;  // OpenSSL's syntax, TLS 1.2 and below; empty: Sealtone's own
  // The same for TLS 1.3, the groups, and the signature schemes; empty: Sealtone's own.
  std::string cipher_suites, groups, signature_schemes;
  bool session_tickets = true;  // client role: says that it takes them
  bool ask_for_ocsp = false;    // client role: status_request (RFC 6066 §8)
  std::optional<x509::DeviceCredential> credential;
  // Server role: ask for (and demand) a certificate that ends in these.
  std::shared_ptr<const x509::AnchorSet> client_anchors;
  std::shared_ptr<KeyLog> key_log;
  bool keep_secrets = false;  // in the recordings of its connections
};

// Immutable once built.  TLS below 1.2 lowers the security level on this context alone.
class Context {
 public:
  // bad_input: a list names nothing that can be used; mismatch: key and certificate do not fit.
  [[nodiscard]] static base::Result<std::shared_ptr<const Context>> build(
      const ContextOptions& options);
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  struct Native;
  [[nodiscard]] const Native& native() const { return *native_; }
  [[nodiscard]] const ContextOptions& options() const { return options_; }

 private:
  Context(ContextOptions options, std::unique_ptr<Native> native);
  ContextOptions options_;
  std::unique_ptr<Native> native_;
};

// What one connection is judged by.
struct PeerCheck {
  std::shared_ptr<const x509::AnchorSet> anchors;
  std::optional<trust::ReferenceIdentifier> reference;
  trust::Policy policy;
  std::chrono::sys_seconds now;  // an argument, also for `check --at`
  std::string sni;               // empty for an IP literal
  // Client role: where a session is taken from and kept; null: a full handshake each time.  A
  // session is offered only under what it was made under, and only if its certificates, judged
  // again at `now`, are accepted; else the handshake is a full one.
  std::shared_ptr<SessionCache> sessions;
  std::string origin;  // "prov.example.com:443": whose sessions these are
  // Client role: what was decoded and judged a moment ago; null: all of it is done anew.
  std::shared_ptr<KeptChains> kept;
  std::shared_ptr<Recording> recording = {};  // keeps the octets; null: they are not kept
};

class TlsStream : public net::ByteStream {
 public:
  // Certificates' findings, and after the handshake or its end the handshake's too.
  [[nodiscard]] virtual trust::Verdict verdict() const = 0;
  [[nodiscard]] virtual handshake::HandshakeRecord record() const = 0;
  // What http learned (nginx answers a missing client certificate with 400).
  virtual void note_http_status(std::string line) = 0;
  // A response came whole: what ends the connection behind it cuts nothing short.
  virtual void note_whole_response() = 0;
};

// The stream of an established connection, or what became of the attempt: both carry verdict and
// record.  A verdict that refuses gives no stream.
struct Outcome {
  std::unique_ptr<TlsStream> stream;  // null if not established
  trust::Verdict verdict;
  handshake::HandshakeRecord record;
};

[[nodiscard]] net::Task<Outcome> connect(std::unique_ptr<net::Socket> socket,
                                         std::shared_ptr<const Context> context, PeerCheck check,
                                         std::chrono::milliseconds handshake_limit);

// Server role.  check.policy judges a client's certificate when the context demands one.
// connected: when the client did so; from then on the limit counts.
[[nodiscard]] net::Task<Outcome> accept(
    std::unique_ptr<net::Socket> socket, std::shared_ptr<const Context> context, PeerCheck check,
    std::chrono::milliseconds handshake_limit,
    std::chrono::steady_clock::time_point connected = std::chrono::steady_clock::now());

}  // namespace sealtone::tls
