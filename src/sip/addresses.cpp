// SPDX-License-Identifier: Apache-2.0
//
// sip/addresses: URIs as text, name-addr and Via (message.h, host_port.h).
#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "sip/escape.h"
#include "sip/grammar.h"
#include "sip/host_port.h"

namespace sealtone::sip {
namespace {

using grammar::malformed;

// display-name = *(token LWS) / quoted-string; letters outside ASCII are in use without quotes,
// too.
bool is_plain_display(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return grammar::is_blank(c) || grammar::is_token({&c, 1}) ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

base::Result<NameAddress> with(std::string display, std::string_view uri,
                               std::string_view parameters) {
  auto parsed = parse_uri(uri);
  if (!parsed) return std::unexpected(parsed.error());
  auto read = grammar::read_parameters(parameters);
  if (!read) return std::unexpected(read.error());
  return NameAddress{
      .display = std::move(display), .uri = *std::move(parsed), .parameters = *std::move(read)};
}

// The word that stands first in text, which is then without it and without the blanks round it.
std::string_view take_word(std::string_view& text, std::string_view ends) {
  text = grammar::trimmed(text);
  const auto word = text.substr(0, std::min(text.find_first_of(ends), text.size()));
  text.remove_prefix(word.size());
  text = grammar::trimmed(text);
  return word;
}

bool take_slash(std::string_view& text) {
  if (!text.starts_with('/')) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

const std::string* parameter(const Parameters& parameters, std::string_view name) {
  const auto found = std::ranges::find(parameters, name,
                                       [](const auto& one) { return std::string_view(one.first); });
  return found == parameters.end() ? nullptr : &found->second;
}

std::string text(const HostPort& place) {
  auto text = place.host.find(':') == std::string::npos ? place.host : "[" + place.host + "]";
  if (place.port != 0) text += ":" + std::to_string(place.port);
  return text;
}

std::string Uri::text() const {
  std::string written = scheme + ":" + opaque;
  if (!opaque.empty()) return written;
  if (!user.empty()) {
    written += escape(user, Within::user);
    if (!password.empty()) written += ":" + escape(password, Within::password);
    written += '@';
  }
  written += sip::text(HostPort{.host = host, .port = port});
  for (const auto& [name, value] : parameters) {
    written += ";" + escape(name, Within::parameter);
    if (!value.empty()) written += "=" + escape(value, Within::parameter);
  }
  if (!headers.empty()) written += "?" + headers;
  return written;
}

base::Result<NameAddress> parse_name_address(std::string_view value) {
  value = grammar::trimmed(value);
  std::string display;
  if (value.starts_with('"')) {
    const auto behind = grammar::behind_quotes(value, 0);
    if (behind == std::string_view::npos) {
      return malformed("an address has a name without its closing quotation mark");
    }
    display = grammar::without_quotes(value.substr(0, behind));
    value = grammar::trimmed(value.substr(behind));
    if (!value.starts_with('<')) return malformed("an address has no '<' behind its name");
  }
  const auto open = value.find('<');
  if (open == std::string_view::npos) {
    // RFC 3261 §20.10: "If no "<" and ">" are present, all parameters after the URI are header
    // parameters, not URI parameters."  §20: a URI with a comma, a question mark or a semicolon
    // "MUST" stand in angle brackets.
    const auto uri = grammar::trimmed(value.substr(0, value.find(';')));
    if (uri.find_first_of(",?") != std::string_view::npos) {
      return malformed("an address with a comma or a question mark is not in angle brackets");
    }
    return with({}, uri, value.substr(std::min(value.find(';'), value.size())));
  }
  if (open != 0) {
    const auto name = grammar::trimmed(value.substr(0, open));
    if (!is_plain_display(name)) {
      return malformed("an address has a name that must be in quotation marks");
    }
    display = name;
  }
  const auto close = value.find('>', open);
  if (close == std::string_view::npos) return malformed("an address has no closing '>'");
  return with(std::move(display), value.substr(open + 1, close - open - 1),
              value.substr(close + 1));
}

// "SIP / 2.0 / TLS host : 5061 ; branch=…": blanks may stand round slashes, colon and semicolons.
base::Result<Via> parse_via(std::string_view value) {
  const auto protocol = take_word(value, "/ \t");
  if (!base::equal_ignoring_ascii_case(protocol, "SIP") || !take_slash(value)) {
    return malformed("a Via does not begin with SIP/2.0");
  }
  const auto version = take_word(value, "/ \t");
  if (version != "2.0" || !take_slash(value)) {
    return malformed("a Via does not begin with SIP/2.0");
  }
  value = grammar::trimmed(value);
  const auto blank = value.find_first_of(" \t");
  const auto transport = value.substr(0, blank);
  if (blank == std::string_view::npos || !grammar::is_token(transport)) {
    return malformed("a Via names no transport");
  }
  value.remove_prefix(blank);
  Via via{.transport = std::string(transport), .host = {}};
  for (auto& c : via.transport) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  const auto semicolon = std::min(value.find(';'), value.size());
  auto place = read_host_port(value.substr(0, semicolon));
  if (!place) return std::unexpected(place.error());
  via.host = std::move(place->host);
  via.port = place->port;
  auto parameters = grammar::read_parameters(value.substr(semicolon));
  if (!parameters) return std::unexpected(parameters.error());
  via.parameters = *std::move(parameters);
  return via;
}

}  // namespace sealtone::sip
