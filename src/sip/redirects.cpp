// SPDX-License-Identifier: Apache-2.0
//
// sip/redirects: see redirects.h.
#include "sip/redirects.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace sealtone::sip {
namespace {

std::optional<Transport> transport_of(const Uri& uri, Transport configured) {
  const auto* named = parameter(uri.parameters, "transport");
  if (uri.scheme == "sips") {
    // RFC 3261 §26.2.2: over TLS, whatever transport is named; "tcp" is TLS over TCP there.
    const bool over_tcp = named == nullptr || *named == "tcp" || *named == "tls";
    return over_tcp ? std::optional(Transport::tls) : std::nullopt;
  }
  if (named == nullptr) return configured;
  if (*named == "tls") return Transport::tls;
  if (*named == "tcp") return Transport::tcp;
  return std::nullopt;
}

std::unexpected<base::Error> not_followed(const Server& server, const std::string& why) {
  return base::fail(base::ErrorCode::not_allowed, server.text(), "it redirects to " + why);
}

}  // namespace

base::Result<Target> followed(std::span<const Uri> to, std::span<const Server> visited) {
  const auto& configured = visited.front();
  const auto& here = visited.back();
  if (visited.size() > static_cast<std::size_t>(kMostRedirects)) {
    return not_followed(here, "another server, as " + std::to_string(kMostRedirects) +
                                  " servers before it did; no further one is asked");
  }
  base::Result<Target> none = not_followed(here, "nowhere that can be registered at");
  for (const auto& uri : to) {
    const auto transport = transport_of(uri, configured.transport);
    Server server{base::lower_ascii(uri.host), uri.port, transport.value_or(Transport::udp)};
    const auto name = base::visible(server.text(), 200);
    if (!transport) {
      none = not_followed(here, name + " over another transport than TLS or TCP");
    } else if (configured.transport == Transport::tls && *transport != Transport::tls) {
      none = not_followed(here, name + " over TCP, which would not be encrypted; it was not asked");
    } else if (std::ranges::find(visited, server) != visited.end()) {
      none = not_followed(here, name + ", which was asked already and redirects, too");
    } else {
      return Target{std::move(server), uri};
    }
  }
  return none;
}

}  // namespace sealtone::sip
