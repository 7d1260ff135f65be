// SPDX-License-Identifier: Apache-2.0
#include "admin/origin.h"

#include <algorithm>

#include "base/text.h"
#include "base/url.h"

namespace sealtone::admin {

bool host_is_own(std::string_view host, std::span<const std::string> own_names) {
  const auto url = base::parse_host_port(host, "https");
  if (!url) return false;
  if (url->is_ip_literal() || url->host == "localhost") return true;
  return std::ranges::any_of(own_names, [&](const std::string& name) {
    return base::equal_ignoring_ascii_case(name, url->host);
  });
}

bool origin_fits(const http::Request& request) {
  const auto origin = request.field("Origin");
  if (origin.empty()) return true;
  return base::equal_ignoring_ascii_case(origin, "https://" + std::string(request.field("Host")));
}

std::string cookie(const http::Request& request, std::string_view name) {
  for (const auto part : base::split(request.field("Cookie"), ';')) {
    const auto pair = base::trim(part);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      return std::string(pair.substr(equals + 1));
    }
  }
  return {};
}

}  // namespace sealtone::admin
