// SPDX-License-Identifier: Apache-2.0
//
// tests/support/kamailio: a SIP registrar with TLS, in the foreground, with a folder of its own.
//
// Knows no room of Sealtone.  It listens on 127.0.0.1, for TCP and for TLS, asks for a password by
// Digest, keeps bindings in memory, and asks each phone that registered an OPTIONS over the
// connection it came by.  One TCP worker: Debian's 5.6.3 corrupts itself with more under OpenSSL 3.
// Errors: std::runtime_error with its log.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "support/peers.h"

namespace sealtone::test {

class Kamailio {
 public:
  struct Options {
    Identity identity;                           // its certificate
    std::filesystem::path client_anchors = {};   // demands a certificate that ends in these
    std::string algorithm = "MD5";               // or SHA-256
    std::string password = "made-for-the-test";  // of every user
    int max_expires = 60;                        // what it grants at most
    int connections = 0;  // at once, many: it says nothing then, and asks the phones nothing
  };
  explicit Kamailio(Options options);
  [[nodiscard]] std::uint16_t tcp_port() const { return tcp_port_; }
  [[nodiscard]] std::uint16_t tls_port() const { return tls_port_; }
  // What it has said so far.  A request is "HEARD METHOD from …", a binding that was kept
  // "REGISTERED user over tls algorithm SHA-256 expires 60", its Contact
  // before that "BOUND sip:…", a phone's answer "ANSWERED 200".
  [[nodiscard]] std::string log() const;
  [[nodiscard]] std::size_t times(std::string_view text) const;
  // Has it hand a NOTIFY of that Event on to a user who is registered, as a PBX does; the status of
  // what came back.
  [[nodiscard]] int notify(const std::string& user, const std::string& event) const;
  // All its processes, at once and without a goodbye.
  void kill();
  // At the same ports; bindings are gone.
  void start_again();

 private:
  [[nodiscard]] std::string script() const;
  [[nodiscard]] bool start();

  TempDir folder_;
  Options options_;
  std::unique_ptr<Process> process_;
  std::string earlier_;  // of processes that are gone
  std::uint16_t tcp_port_ = 0, tls_port_ = 0;
};

}  // namespace sealtone::test
