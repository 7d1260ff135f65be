// SPDX-License-Identifier: Apache-2.0
//
// sip/codec: URIs, CSeq and media types (message.h, grammar.h), by libre 1.1.0's decoders.
//
// The only file that knows libre.  Its decoders match patterns: they pass over what fits nowhere,
// take the first place that fits, let numbers wrap, and unescape with a warning on standard error.
// So each result must give back the whole text, each part is checked against RFC 3261 §25.1, and
// numbers and escapes are read here.  They hold pointers into the text that they were given, and
// allocate nothing.  sip_msg_decode, sip_via_decode and sip_addr_decode are not used: they refuse
// what RFC 4475 wants taken (a Via without a branch, a transport in small letters, <http://…>), and
// take lists apart within angle brackets and at escaped quotes.
#include <arpa/inet.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "sip/escape.h"
#include "sip/grammar.h"
#include "sip/host_port.h"

extern "C" {
// In the order they need each other.
#include <re/re_types.h>
// clang-format off
#include <re/re_fmt.h>
#include <re/re_list.h>
#include <re/re_sa.h>
#include <re/re_uri.h>
#include <re/re_msg.h>
#include <re/re_sip.h>
// clang-format on
}

namespace sealtone::sip {
namespace {

using grammar::malformed;

pl to_libre(std::string_view text) { return {.p = text.data(), .l = text.size()}; }
std::string_view from_libre(const pl& part) {
  return part.p == nullptr ? std::string_view() : std::string_view(part.p, part.l);
}

bool is_scheme(std::string_view text) {
  const auto fits = [](char c) {
    return grammar::is_alphanumeric(c) || c == '+' || c == '-' || c == '.';
  };
  return !text.empty() && grammar::is_alphanumeric(text.front()) &&
         (text.front() < '0' || text.front() > '9') && std::ranges::all_of(text, fits);
}

// What stands behind another scheme's colon is that scheme's; it ends where no URI goes on.
bool is_opaque(std::string_view text) {
  const auto fits = [](char c) {
    return !grammar::is_control(c) && !grammar::is_blank(c) &&
           std::string_view("<>\"").find(c) == std::string_view::npos;
  };
  return !text.empty() && std::ranges::all_of(text, fits);
}

base::Result<Parameters> read_uri_parameters(std::string_view text) {
  Parameters parameters;
  while (!text.empty()) {
    text.remove_prefix(1);  // its semicolon
    const auto part = text.substr(0, text.find(';'));
    text.remove_prefix(part.size());
    const auto equals = part.find('=');
    auto name = unescape(part.substr(0, equals), Within::parameter);
    auto value = equals == std::string_view::npos
                     ? std::string()
                     : unescape(part.substr(equals + 1), Within::parameter);
    if (!name || name->empty() || !value || (equals != std::string_view::npos && value->empty())) {
      return malformed("a URI has a parameter without a proper name or value");
    }
    if (auto added = grammar::add(parameters, base::lower_ascii(*name), *std::move(value));
        !added) {
      return std::unexpected(added.error());
    }
  }
  return parameters;
}

// "user" or "user:password" before the '@'.
base::Result<void> read_user(std::string_view text, const ::uri& parts, Uri& into) {
  const auto user = from_libre(parts.user);
  const auto password = from_libre(parts.password);
  const bool has_password = user.size() < text.size();
  const auto behind = user.size() + (has_password ? 1 : 0) + password.size();
  if (user.empty() || behind != text.size()) return malformed("a URI has no proper user");
  auto plain = unescape(user, Within::user);
  auto secret = unescape(password, Within::password);
  if (!plain || !secret) return malformed("a URI's user has characters that must be escaped");
  into.user = *std::move(plain);
  into.password = *std::move(secret);
  return {};
}

}  // namespace

base::Result<Uri> parse_uri(std::string_view text) {
  if (text.size() > kMaxHeadBytes) {
    return base::fail(base::ErrorCode::too_large, "", "a URI is too long");
  }
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || !is_scheme(text.substr(0, colon))) {
    return malformed("a URI begins with no scheme");
  }
  Uri uri{.scheme = std::string(text.substr(0, colon))};
  const auto lower = base::lower_ascii(uri.scheme);
  if (lower != "sip" && lower != "sips") {
    uri.opaque = text.substr(colon + 1);
    if (!is_opaque(uri.opaque)) return malformed("a URI holds spaces, quotes or nothing");
    return uri;
  }
  uri.scheme = lower;

  ::uri parts{};
  const auto given = to_libre(text);
  if (::uri_decode(&parts, &given) != 0) return malformed("a SIP URI has no host");
  const auto parameters = from_libre(parts.params);
  const auto headers = from_libre(parts.headers);
  const auto behind = parameters.size() + headers.size();
  if (!text.ends_with(std::string(parameters) + std::string(headers))) {
    return malformed("a SIP URI has something that is no part of it");
  }
  auto before = text.substr(colon + 1, text.size() - behind - colon - 1);
  if (parts.user.p != nullptr) {
    const auto at = before.find('@');
    if (at == std::string_view::npos) return malformed("a SIP URI has no proper user");
    if (auto read = read_user(before.substr(0, at), parts, uri); !read) {
      return std::unexpected(read.error());
    }
    before.remove_prefix(at + 1);
  }
  auto host = read_host_port(before);
  if (!host) return std::unexpected(host.error());
  uri.host = std::move(host->host);
  uri.port = host->port;
  if (!parameters.empty() && parameters.front() != ';') {
    return malformed("a SIP URI has something that is no part of it");
  }
  auto read = read_uri_parameters(parameters);
  if (!read) return std::unexpected(read.error());
  uri.parameters = *std::move(read);
  if (!headers.empty()) {
    if (headers.size() < 2 || headers.front() != '?' ||
        !unescape(headers.substr(1), Within::headers)) {
      return malformed("a SIP URI has malformed headers behind its question mark");
    }
    uri.headers = headers.substr(1);
  }
  return uri;
}

base::Result<CSeq> parse_cseq(std::string_view value) {
  ::sip_cseq parts{};
  const auto given = to_libre(value);
  if (value.size() > kMaxHeadBytes || ::sip_cseq_decode(&parts, &given) != 0) {
    return malformed("CSeq is no number with a method");
  }
  const auto method = from_libre(parts.met);
  const auto number = grammar::number(
      grammar::trimmed(value.substr(0, static_cast<std::size_t>(method.data() - value.data()))));
  if (!number || !value.ends_with(method) || !grammar::is_token(method) ||
      method.data() + method.size() != value.data() + value.size()) {
    return malformed("CSeq is no number below 2^32 with a method");
  }
  return CSeq{.number = *number, .method = std::string(method)};
}

std::optional<std::string> grammar::media_type(std::string_view content_type) {
  ::msg_ctype parts{};
  const auto given = to_libre(content_type);
  if (content_type.size() > kMaxHeadBytes || ::msg_ctype_decode(&parts, &given) != 0) {
    return std::nullopt;
  }
  const auto type = from_libre(parts.type);
  const auto subtype = from_libre(parts.subtype);
  if (!is_token(type) || !is_token(subtype) || !read_parameters(from_libre(parts.params))) {
    return std::nullopt;
  }
  return base::lower_ascii(std::string(type) + "/" + std::string(subtype));
}

base::Result<HostPort> read_host_port(std::string_view text) {
  HostPort read;
  text = grammar::trimmed(text);
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return malformed("an IPv6 address has no closing bracket");
    read.host = text.substr(1, end - 1);
    std::array<unsigned char, sizeof(in6_addr)> address{};
    if (read.host.find('\0') != std::string::npos ||
        ::inet_pton(AF_INET6, read.host.c_str(), address.data()) != 1) {
      return malformed("what stands in brackets is no IPv6 address");
    }
    text.remove_prefix(end + 1);
  } else {
    read.host = grammar::trimmed(text.substr(0, text.find(':')));
    text.remove_prefix(std::min(text.find(':'), text.size()));
    // '_' is in no host name, and in many names of hosts.
    const auto fits = [](char c) {
      return grammar::is_alphanumeric(c) || c == '-' || c == '.' || c == '_';
    };
    if (read.host.empty() || read.host.size() > 255 || !std::ranges::all_of(read.host, fits)) {
      return malformed("a host is neither a name nor an address");
    }
  }
  text = grammar::trimmed(text);
  if (text.empty()) return read;
  const auto port = grammar::number(grammar::trimmed(text.substr(1)));
  if (text.front() != ':' || !port || *port == 0 || *port > 65535) {
    return malformed("a port is not between 1 and 65535");
  }
  read.port = static_cast<std::uint16_t>(*port);
  return read;
}

}  // namespace sealtone::sip
