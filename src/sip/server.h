// SPDX-License-Identifier: Apache-2.0
//
// sip/server: which server an account registers with, and where that server is.
//
// Source: RFC 3263 without NAPTR (the transport is the account's), RFC 2782 (SRV).  Addresses are
// looked up with c-ares (net/resolve, net/srv).  Errors: unreachable, timeout.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "net/net.h"

namespace sealtone::sip {

enum class Transport { udp, tcp, tls };               // udp: refused in words ("choose TLS or TCP")
[[nodiscard]] const char* word(Transport transport);  // "TLS"

// As the admin wrote it.  host is what a certificate is judged by (RFC 5922 §4: the domain that was
// configured, never what DNS made of it).
struct Server {
  std::string host;
  std::uint16_t port = 0;  // 0: SRV (_sips._tcp for TLS, _sip._tcp for TCP), else 5061 and 5060
  Transport transport = Transport::tls;
  bool operator==(const Server&) const = default;
};

// One place to connect to, in the order to be tried.
struct Hop {
  std::string host;  // of the SRV record, or the server's own
  std::uint16_t port = 0;
};

// SRV only for a host name without a port.  An IP address is its own hop.
[[nodiscard]] net::Task<base::Result<std::vector<Hop>>> next_hops(Server server,
                                                                  std::chrono::milliseconds limit,
                                                                  std::uint32_t random,
                                                                  std::string name_servers = "");

}  // namespace sealtone::sip
