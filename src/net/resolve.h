// SPDX-License-Identifier: Apache-2.0
//
// net/resolve: the addresses of a host name, by c-ares on the loop's own descriptors.
//
// Source: RFC 6724 (order of the addresses), RFC 6761 §6.3 (localhost never leaves this machine).
// /etc/hosts comes before DNS.  Errors: unreachable (no such name, no address), timeout.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <string_view>

#include "net/net.h"

namespace sealtone::net {

// name_servers: "127.0.0.1:5353,192.0.2.1" instead of the system's; empty: the system's.
[[nodiscard]] Task<base::Result<std::vector<asio::ip::address>>> resolve(
    std::string host, std::chrono::milliseconds limit, std::string name_servers = "");

// "localhost" and what is below it: this machine, and nobody is asked for them.
[[nodiscard]] bool is_localhost(std::string_view host);

}  // namespace sealtone::net
