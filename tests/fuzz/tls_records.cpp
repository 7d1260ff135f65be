// SPDX-License-Identifier: Apache-2.0
//
// fuzz/tls_records: any octets as what the other side of a TLS connection sends, in both roles.
//
// The real tls room over a socket pair.  Input: one octet (bit 0: ours is the server's role; bit 1:
// TLS 1.0 and 1.1 are allowed; bit 2: where a ServerHello has its session identifier, that of our
// ClientHello is put, which TLS 1.3 demands back), then what the other side sends before it ends
// the stream.  What must hold besides "no crash": without the keys nobody comes through, nothing is
// sent, and each end has its finding.
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/local/connect_pair.hpp>
#include <cstdlib>

#include "base/tls_versions.h"
#include "crypto/crypto.h"
#include "tls/tls.h"
#include "x509/issue.h"

namespace {

using namespace sealtone;

void require(bool holds) {
  if (!holds) std::abort();
}

constexpr auto kNow =
    std::chrono::sys_seconds{std::chrono::sys_days{std::chrono::year{2026} / 6 / 1}};

x509::DeviceCredential made_for_the_test() {
  crypto::SystemRandom random;
  x509::Request request;
  request.common_name = "localhost";
  request.validity = {kNow - std::chrono::days(1), kNow + std::chrono::days(1)};
  auto issued = x509::issue_self_signed(request, random).value();
  return {{issued.certificate}, std::move(issued.key)};
}

std::shared_ptr<const tls::Context> context_for(handshake::Role role, bool old_versions) {
  tls::ContextOptions options;
  options.role = role;
  if (old_versions) {
    options.versions.lowest = base::kTls10;
    options.cipher_list = "ALL";
  }
  if (role == handshake::Role::server) options.credential = made_for_the_test();
  options.ask_for_ocsp = true;  // so that what comes in a CertificateStatus is read
  return tls::Context::build(options).value();
}

// RFC 8446 §4.1.2: behind the headers of record and message, version and random; 32 octets.
void echo_session_id(std::string& octets, std::string_view client_hello) {
  constexpr std::size_t at = 5 + 4 + 2 + 32 + 1, size = 32;
  if (octets.size() < at + size || client_hello.size() < at + size) return;
  octets.replace(at, size, client_hello.substr(at, size));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t most = 100'000;  // fits into the socket's buffer
  if (size == 0 || size > most) return 0;
  const bool server = (data[0] & 1U) != 0;
  const bool echo = (data[0] & 4U) != 0;
  using handshake::Role;
  static const std::array contexts{
      context_for(Role::client, false), context_for(Role::server, false),
      context_for(Role::client, true), context_for(Role::server, true)};

  net::asio::io_context loop;
  net::asio::local::stream_protocol::socket ours(loop), theirs(loop);
  net::asio::local::connect_pair(ours, theirs);
  tls::PeerCheck check;
  check.policy.only_accept_trusted = false;  // so that what comes behind a Certificate is read
  check.now = kNow;
  const auto& context = contexts.at(data[0] & 3U);
  auto socket = std::make_unique<net::Socket>(std::move(ours));
  const std::chrono::seconds limit(10);
  std::optional<tls::Outcome> outcome;
  net::asio::co_spawn(loop,
                      server ? tls::accept(std::move(socket), context, check, limit)
                             : tls::connect(std::move(socket), context, check, limit),
                      [&](const std::exception_ptr& thrown, tls::Outcome ended) {
                        require(!thrown);
                        outcome = std::move(ended);
                      });
  loop.poll();

  std::string octets(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::array<char, 4'096> hello{};
  const auto got = recv(theirs.native_handle(), hello.data(), hello.size(), MSG_DONTWAIT);
  if (echo && got > 0) echo_session_id(octets, {hello.data(), static_cast<std::size_t>(got)});
  const auto sent = send(theirs.native_handle(), octets.data(), octets.size(), MSG_NOSIGNAL);
  require(sent == static_cast<ssize_t>(octets.size()));
  shutdown(theirs.native_handle(), SHUT_WR);
  loop.restart();
  loop.run();

  require(outcome.has_value());
  require(outcome->stream == nullptr);
  require(!outcome->record.handshake_done);
  require(outcome->record.application_sent == 0);
  const auto& alerts = outcome->record.alerts;
  const bool own_trouble = !alerts.empty() && alerts.back().description == 80;  // internal_error
  require(own_trouble || !outcome->verdict.findings.empty());
  return 0;
}
