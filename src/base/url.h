// SPDX-License-Identifier: Apache-2.0
//
// base/url: the parts of an http, https, sip or sips URL and of HOST:PORT.
//
// Source: RFC 3986.  Errors: bad_input names what is wrong; user information is kept apart so
// that it can be blanked wherever a URL is shown.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace sealtone::base {

struct Url {
  std::string scheme;      // lower case
  std::string user;        // percent-decoded; empty if none
  std::string password;    // percent-decoded, secret
  std::string host;        // lower case; an IPv6 literal without its brackets
  std::uint16_t port = 0;  // given, or the scheme's own (80, 443, 5060, 5061)
  std::string target;      // path and query, at least "/"

  [[nodiscard]] bool is_ip_literal() const;
  [[nodiscard]] std::string authority() const;  // "host:port", brackets round IPv6
  [[nodiscard]] std::string shown() const;      // without user information, default port left out
  [[nodiscard]] bool same_origin(const Url& other) const;  // scheme, host and port
};

[[nodiscard]] Result<Url> parse_url(std::string_view text);
// A Location header resolved against the URL that was asked for (RFC 3986 §5.2).
[[nodiscard]] Result<Url> resolve(const Url& base, std::string_view reference);
// "host", "host:port", "[::1]:443".
[[nodiscard]] Result<Url> parse_host_port(std::string_view text, std::string_view scheme);

}  // namespace sealtone::base
