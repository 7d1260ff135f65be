// SPDX-License-Identifier: Apache-2.0
//
// tls/connection: one TLS connection in either role, with its recorder and its judge.
//
// Included by this room's .cpp files only.
#pragma once

#include <variant>

#include "handshake/builder.h"
#include "tls/native.h"
#include "tls/sessions.h"

namespace sealtone::tls {

class Connection final : public TlsStream {
 public:
  Connection(std::unique_ptr<net::Socket> socket, std::shared_ptr<const Context> context,
             PeerCheck check, std::chrono::steady_clock::time_point began);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Whether it is established; if not, verdict and record say why.
  [[nodiscard]] net::Task<bool> shake_hands(std::chrono::milliseconds limit);
  // The alert reaches the peer before the descriptor is closed.
  void abandon();

  net::Task<base::Result<std::size_t>> read_some(std::span<std::uint8_t> into) override;
  net::Task<base::Result<std::size_t>> write_some(base::ByteView from) override;
  net::Task<void> shutdown() override;
  void close() override;
  void expires_after(std::chrono::milliseconds limit) override { socket_->expires_after(limit); }
  [[nodiscard]] std::string peer() const override { return socket_->peer(); }
  [[nodiscard]] trust::Verdict verdict() const override;
  [[nodiscard]] handshake::HandshakeRecord record() const override { return builder_.record(); }
  void note_http_status(std::string line) override;
  void note_whole_response() override { builder_.whole_response(); }

  // What OpenSSL's callbacks come down to.
  [[nodiscard]] int judge(X509_STORE_CTX* store);
  [[nodiscard]] bool judge_ocsp_answer();
  void heard(handshake::Direction direction, int content, base::ByteView body);
  void record_began(handshake::Direction direction, base::ByteView header);
  void received(base::ByteView octets);
  void sent(base::ByteView octets);
  void reached_end_of_stream();
  void log_key(const char* line);
  // Whether the session was kept, with its reference.
  [[nodiscard]] bool keep(SSL_SESSION* session);

 private:
  // A session that the server may resume, with what its certificates are worth now.
  struct Offered {
    std::vector<x509::Certificate> chain;
    base::Bytes ocsp_answer;
    std::chrono::sys_seconds made;
    trust::Verdict verdict;
  };
  // What is known of revocation when a chain is judged: nothing was asked; the answer comes behind
  // the certificates; or there it is, empty if none came.
  struct NotAsked {};
  struct StillToCome {};
  using OcspAnswer = std::variant<NotAsked, StillToCome, base::Bytes>;
  [[nodiscard]] OcspAnswer answer_by_now() const;
  [[nodiscard]] trust::Verdict verdict_on(std::span<const x509::Certificate> chain,
                                          const OcspAnswer& answer) const;
  void offer_session();
  void take_up_session();
  [[nodiscard]] std::chrono::microseconds elapsed() const;
  [[nodiscard]] handshake::Role role() const { return context_->options().role; }
  [[nodiscard]] std::unexpected<base::Error> unusable() const;
  // After a call that gave less than success: waits for what it wants, or says how it ended.
  [[nodiscard]] net::Task<base::Result<void>> wait_or_fail(int outcome);
  [[nodiscard]] base::Error failure(int reason);
  [[nodiscard]] net::Task<void> give_way(std::size_t octets);
  [[nodiscard]] bool certificate_was_due() const;
  void note_how_it_ended(const base::Error& error);
  void peek_at_the_rest();
  void take_the_rest();
  void note_our_end();

  std::unique_ptr<net::Socket> socket_;
  std::shared_ptr<const Context> context_;
  PeerCheck check_;
  std::chrono::steady_clock::time_point began_;
  handshake::Builder builder_;
  trust::OwnSide own_;
  std::optional<trust::Verdict> judged_;
  std::vector<x509::Certificate> presented_;  // for the answer behind it, and for its session
  std::unique_ptr<Offered> offered_;
  std::string origin_;  // with the name asked for
  crypto::Sha256 terms_{};
  std::unique_ptr<SSL, Free> ssl_;
  bool asked_for_ours_ = false;  // the server wants a certificate, and own_ says of which issuers
  bool established_ = false;
  std::size_t later_messages_ = 0;  // behind the handshake
  std::size_t moved_ = 0;           // octets since others had their turn
  bool stopped_reading_ = false;    // it said too much behind the handshake
  bool leaving_ = false;            // what becomes of it after our goodbye tells nothing
  bool broken_ = false;             // no further call of OpenSSL's may be made, not even a goodbye
};

}  // namespace sealtone::tls
