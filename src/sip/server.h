// SPDX-License-Identifier: Apache-2.0
//
// sip/server: which server an account registers with, and where that server is.
//
// Source: RFC 3263 §4.2 without NAPTR (the transport is the account's), RFC 2782 (SRV).  Names are
// looked up with c-ares (net/srv); the addresses of a hop are looked up when its turn comes.
// Errors: unreachable (the domain says that it has no such service).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "net/net.h"

namespace sealtone::sip {

enum class Transport { udp, tcp, tls };               // udp: refused in words ("choose TLS or TCP")
[[nodiscard]] const char* word(Transport transport);  // "TLS"
[[nodiscard]] std::uint16_t default_port(Transport transport);  // 5061, 5060

// As the admin wrote it.  host is what a certificate is judged by (RFC 5922 §4: the domain that was
// configured, never what DNS made of it).
struct Server {
  std::string host;
  std::uint16_t port = 0;  // 0: SRV (_sips._tcp for TLS, _sip._tcp for TCP), else 5061 and 5060
  Transport transport = Transport::tls;
  bool operator==(const Server&) const = default;
  // "sip.example.com:5061", brackets round IPv6; without a port where none was given.
  [[nodiscard]] std::string text() const;
};

// One place to connect to, in the order to be tried.
struct Hop {
  std::string host;  // of the SRV record, or the server's own
  std::uint16_t port = 0;
  bool operator==(const Hop&) const = default;
};

// SRV only for a host name without a port.  An IP address is its own hop.  random: any 32 bits, for
// the weights of RFC 2782.  name_servers as in net/resolve.
[[nodiscard]] net::Task<base::Result<std::vector<Hop>>> next_hops(Server server,
                                                                  std::chrono::milliseconds limit,
                                                                  std::uint32_t random,
                                                                  std::string name_servers = "");

}  // namespace sealtone::sip
