// SPDX-License-Identifier: Apache-2.0
//
// net/srv: where a service of a domain is, by c-ares on the loop's own descriptors.
//
// Source: RFC 2782.  Hostile input: of one answer the first kMaxSrvRecords records are kept.
// Errors: unreachable (the name servers cannot say), timeout.
#pragma once

#include "net/net.h"

namespace sealtone::net {

inline constexpr std::size_t kMaxSrvRecords = 16;

struct SrvRecord {
  std::string
      target;  // without the final dot; empty: the domain says that there is no such service
  std::uint16_t port = 0, priority = 0, weight = 0;
  bool operator==(const SrvRecord&) const = default;
};

// name: "_sips._tcp.example.com".  Empty if there are none.  name_servers as in resolve().
[[nodiscard]] Task<base::Result<std::vector<SrvRecord>>> look_up_srv(
    std::string name, std::chrono::milliseconds limit, std::string name_servers = "");

// In the order in which they are to be tried: priorities from the lowest, within one by chance
// according to weight.  random: any 32 bits; the same ones give the same order.
[[nodiscard]] std::vector<SrvRecord> in_order(std::vector<SrvRecord> records, std::uint32_t random);

}  // namespace sealtone::net
