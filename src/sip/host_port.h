// SPDX-License-Identifier: Apache-2.0
//
// sip/host_port: where a URI or a Via leads.
//
// Source: RFC 3261 §25.1 (hostport, sent-by; blanks may stand round a sent-by's colon).
// Errors: bad_input.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sealtone::sip {

struct HostPort {
  std::string host;  // an IPv6 address without brackets
  std::uint16_t port = 0;
};
[[nodiscard]] base::Result<HostPort> read_host_port(std::string_view text);
// With brackets round an IPv6 address; port 0 is left out.
[[nodiscard]] std::string text(const HostPort& place);

}  // namespace sealtone::sip
