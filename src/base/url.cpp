// SPDX-License-Identifier: Apache-2.0
//
// base/url: see url.h.
#include "base/url.h"

#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/host_name.h"
#include "base/text.h"

namespace sealtone::base {
namespace {

struct Scheme {
  std::string_view name;
  std::uint16_t port;
  bool hierarchical;  // "https://host/path"; SIP URIs have no slashes (RFC 3261 §19.1.1)
};

constexpr std::array kSchemes{Scheme{"http", 80, true}, Scheme{"https", 443, true},
                              Scheme{"sip", 5060, false}, Scheme{"sips", 5061, false}};

const Scheme* find_scheme(std::string_view name) {
  for (const auto& scheme : kSchemes) {
    if (equal_ignoring_ascii_case(scheme.name, name)) return &scheme;
  }
  return nullptr;
}

// What an Error may repeat of a URL: nothing before the last "@", where a password may stand.
std::string without_user(std::string_view text) {
  const auto at = text.rfind('@');
  return visible(at == std::string_view::npos ? text : text.substr(at + 1), 200);
}

std::unexpected<Error> bad(std::string_view text, std::string detail) {
  return fail(ErrorCode::bad_input, without_user(text), std::move(detail));
}

// A carriage return or line feed in a URL would end up in the middle of a request.
bool has_controls(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte < 0x20 || byte == 0x7F) return true;
  }
  return false;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      out += text[at];
      continue;
    }
    if (at + 2 >= text.size()) return {};
    const auto byte = from_hex(text.substr(at + 1, 2));
    if (!byte) return {};
    out += static_cast<char>(byte->front());
    at += 2;
  }
  return out;
}

// Blanks and non-ASCII bytes, which people do write, in the form a request line can carry.
std::string target_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte <= 0x20 || byte >= 0x7F) {
      out += fmt::format("%{:02X}", byte);
    } else {
      out += c;
    }
  }
  return out;
}

std::optional<std::string> ip_canonical(int family, const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> address{};
  std::array<char, INET6_ADDRSTRLEN> printed{};
  if (inet_pton(family, text.c_str(), address.data()) != 1) return {};
  if (inet_ntop(family, address.data(), printed.data(), printed.size()) == nullptr) return {};
  return std::string(printed.data());
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Nothing if `host` is neither an IPv4 address nor a name.
std::optional<std::string> checked_host(std::string_view host) {
  auto name = lower_ascii(host);
  if (name.empty() || name.size() > 255) return {};
  if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.") != std::string::npos) {
    return {};
  }
  if (name.front() == '.' || name.find("..") != std::string::npos) return {};
  // "127.1" and the like are addresses to some resolvers and names to a certificate check.
  const std::string_view labels =
      name.back() == '.' ? std::string_view(name).substr(0, name.size() - 1) : name;
  const auto last = labels.substr(labels.rfind('.') + 1);
  if (all_digits(last) || last.starts_with("0x")) return ip_canonical(AF_INET, name);
  return name;
}

// "host", "host:port" or "[v6]:port" into url.host and url.port.
Result<void> parse_authority(std::string_view authority, std::uint16_t default_port,
                             std::string_view whole, Url& url) {
  std::string_view port;
  bool port_given = false;
  if (authority.starts_with('[')) {
    const auto end = authority.find(']');
    if (end == std::string_view::npos)
      return bad(whole, "the bracket round its address stays open");
    const auto address = ip_canonical(AF_INET6, std::string(authority.substr(1, end - 1)));
    if (!address) return bad(whole, "what stands in brackets is not an IPv6 address");
    url.host = *address;
    authority.remove_prefix(end + 1);
    if (!authority.empty() && authority.front() != ':') {
      return bad(whole, "only a colon and a port may follow the bracket");
    }
    port_given = !authority.empty();
    if (port_given) port = authority.substr(1);
  } else {
    const auto colon = authority.find(':');
    if (colon != authority.rfind(':')) {
      return bad(whole, "an IPv6 address stands in brackets, as in [2001:db8::1]:443");
    }
    port_given = colon != std::string_view::npos;
    if (port_given) port = authority.substr(colon + 1);
    const auto name = to_a_labels(authority.substr(0, colon));
    if (!name) return bad(whole, name.error().detail);
    const auto host = checked_host(*name);
    if (!host) {
      return bad(whole,
                 "it holds no host name or address (letters, digits, hyphens and dots, as in "
                 "prov.example.com)");
    }
    url.host = *host;
  }
  url.port = default_port;
  if (!port_given || (port.empty() && !whole.ends_with(':'))) return {};
  std::uint16_t number = 0;
  const auto* const end = port.data() + port.size();
  const auto [stop, failure] = std::from_chars(port.data(), end, number);
  if (failure != std::errc() || stop != end || number == 0) {
    return bad(whole, "its port is not a number from 1 to 65535");
  }
  url.port = number;
  return {};
}

Result<void> parse_user(std::string_view user_info, std::string_view whole, Url& url) {
  const auto colon = user_info.find(':');
  const auto user = percent_decoded(user_info.substr(0, colon));
  const auto password = percent_decoded(
      colon == std::string_view::npos ? std::string_view() : user_info.substr(colon + 1));
  if (!user || !password) {
    return bad(whole,
               "its user name or password holds a % that is not followed by two hexadecimal "
               "digits (write %25 for a %)");
  }
  if (has_controls(*user) || has_controls(*password)) {
    return bad(whole, "its user name or password holds a control character");
  }
  url.user = *user;
  url.password = *password;
  return {};
}

// RFC 3986 §5.2.4.
std::string without_dot_segments(std::string_view path) {
  std::string out;
  auto segments = split(path.substr(1), '/');
  for (std::size_t at = 0; at < segments.size(); ++at) {
    const bool last = at + 1 == segments.size();
    const auto segment = segments[at];
    if (segment == "." || segment == "..") {
      if (segment == "..") out.erase(out.empty() ? 0 : out.rfind('/'));
      if (last) out += '/';
      continue;
    }
    out += '/';
    out += segment;
  }
  return out;
}

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

// A URL's scheme ("https" of "https://…"), or nothing: RFC 3986 §3.1.
std::optional<std::string_view> scheme_of(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return {};
  const auto name = lower_ascii(text.substr(0, colon));
  if (name.front() < 'a' || name.front() > 'z') return {};
  if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+-.") != std::string::npos) {
    return {};
  }
  return text.substr(0, colon);
}

}  // namespace

bool Url::is_ip_literal() const {
  return ip_canonical(AF_INET, host).has_value() || ip_canonical(AF_INET6, host).has_value();
}

std::string Url::authority() const {
  return host.find(':') == std::string::npos ? fmt::format("{}:{}", host, port)
                                             : fmt::format("[{}]:{}", host, port);
}

std::string Url::shown() const {
  const auto* const known = find_scheme(scheme);
  const bool own_port = known != nullptr && known->port == port;
  const bool slashes = known == nullptr || known->hierarchical;
  auto where = authority();
  if (own_port) where.erase(where.rfind(':'));
  return fmt::format("{}:{}{}{}", scheme, slashes ? "//" : "", where,
                     slashes || target != "/" ? target : "");
}

bool Url::same_origin(const Url& other) const {
  return scheme == other.scheme && host == other.host && port == other.port;
}

Result<Url> parse_url(std::string_view whole) {
  const auto text = trim(whole);
  if (has_controls(text)) return bad(text, "it holds a control character");
  const auto colon = text.find(':');
  const auto* const scheme =
      colon == std::string_view::npos ? nullptr : find_scheme(text.substr(0, colon));
  if (scheme == nullptr) {
    return bad(text, "it begins with none of http://, https://, sip: and sips:");
  }
  Url url;
  url.scheme = scheme->name;
  auto rest = text.substr(colon + 1);
  if (scheme->hierarchical) {
    if (!rest.starts_with("//")) return bad(text, "two slashes are missing behind its colon");
    rest.remove_prefix(2);
  }
  rest = rest.substr(0, rest.find('#'));
  auto authority = rest.substr(0, rest.find_first_of(scheme->hierarchical ? "/?" : ";?"));
  url.target = target_encoded(rest.substr(authority.size()));
  if (scheme->hierarchical && !url.target.starts_with('/')) url.target.insert(0, "/");
  if (url.target.empty()) url.target = "/";

  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    if (const auto user = parse_user(authority.substr(0, at), text, url); !user) {
      return std::unexpected(user.error());
    }
    authority.remove_prefix(at + 1);
  }
  if (const auto host = parse_authority(authority, scheme->port, text, url); !host) {
    return std::unexpected(host.error());
  }
  return url;
}

Result<Url> resolve(const Url& base, std::string_view whole) {
  auto reference = trim(whole);
  if (has_controls(reference)) return bad(reference, "it holds a control character");
  if (scheme_of(reference)) return parse_url(reference);
  if (reference.starts_with("//")) return parse_url(base.scheme + ":" + std::string(reference));

  reference = reference.substr(0, reference.find('#'));
  if (reference.empty()) return base;
  Url url = base;
  const auto query_at = reference.find('?');
  const auto path = reference.substr(0, query_at);
  const auto query =
      query_at == std::string_view::npos ? std::string_view() : reference.substr(query_at);
  if (path.empty()) {
    url.target = std::string(path_of(base.target)) + target_encoded(query);
    return url;
  }
  std::string merged(path);
  if (!path.starts_with('/')) {
    const auto base_path = path_of(base.target);
    merged.insert(0, base_path.substr(0, base_path.rfind('/') + 1));
  }
  url.target = target_encoded(without_dot_segments(merged) + std::string(query));
  return url;
}

Result<Url> parse_host_port(std::string_view whole, std::string_view scheme) {
  const auto text = trim(whole);
  const auto* const known = find_scheme(scheme);
  if (known == nullptr) return fail(ErrorCode::internal, std::string(scheme), "no known scheme");
  Url url;
  url.scheme = known->name;
  url.target = "/";
  if (const auto host = parse_authority(text, known->port, text, url); !host) {
    return std::unexpected(host.error());
  }
  return url;
}

}  // namespace sealtone::base
