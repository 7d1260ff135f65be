// SPDX-License-Identifier: Apache-2.0
//
// sip/shown: see shown.h.
#include "sip/shown.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"
#include "base/user_information.h"
#include "digest/offers.h"
#include "sip/grammar.h"

namespace sealtone::sip {
namespace {

constexpr const char* kBlank = "[blanked]";
// What a reader needs in order to see which account was asked for, and how.
constexpr std::array kShownParameters{"realm", "username", "algorithm", "uri", "stale"};
// Named, so that a reader sees that they are there.  What else stands there may be anything.
constexpr std::array kNamedParameters{"nonce", "cnonce",   "response", "opaque",  "nc",
                                      "qop",   "userhash", "charset",  "rspauth", "nextnonce"};
constexpr std::array kCredentialFields{"Authorization", "Proxy-Authorization",
                                       "Authentication-Info", "Proxy-Authentication-Info"};
constexpr std::array kChallengeFields{"WWW-Authenticate", "Proxy-Authenticate"};

std::string visible_line(std::string_view text) {
  return base::visible(text, 12 * text.size() + 1);
}

// A run of characters without a blank, bracket or quotation mark.  Whatever else is wrong with its
// URI: what stands behind "sip:user:" and before the last '@' is a password.
std::string run_without_password(std::string_view run) {
  const auto lower = base::lower_ascii(run);
  const auto scheme = std::min(lower.find("sip:"), lower.find("sips:"));
  const auto at = run.rfind('@');
  if (scheme == std::string::npos || at == std::string_view::npos) return std::string(run);
  const auto user = run.find(':', scheme) + 1;
  const auto colon = run.find(':', user);
  if (colon >= at) return std::string(run);
  return std::string(run.substr(0, colon + 1)) + kBlank + std::string(run.substr(at));
}

std::string without_passwords(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const auto run = text.substr(0, text.find_first_of(" \t<>\""));
    shown += run_without_password(run);
    text.remove_prefix(run.size());
    if (text.empty()) break;
    shown += text.front();
    text.remove_prefix(1);
  }
  return shown;
}

// RFC 4568 §9.1: "inline:" and the key of a stream.
std::string without_keys(std::string_view text) {
  constexpr std::string_view key = "inline:";
  const auto at = base::lower_ascii(text).find(key);
  if (at == std::string::npos) return std::string(text);
  return std::string(text.substr(0, at + key.size())) + kBlank;
}

std::string clean(std::string_view text) {
  return without_keys(base::without_user_information(without_passwords(text)));
}

std::string shown_parameter(const std::string& name, const std::string& value) {
  const auto is_among = [&](const auto& names) {
    return std::ranges::find(names, name) != std::ranges::end(names);
  };
  if (is_among(kShownParameters)) return name + "=" + grammar::with_quotes(clean(value));
  return is_among(kNamedParameters) ? name + "=" + kBlank : kBlank;
}

bool is_digest(const digest::Offer& offer) {
  return offer.scheme == "digest" && !offer.parameters.empty();
}

std::string shown_digest(const digest::Offer& offer) {
  std::string shown = "Digest";
  const char* separator = " ";
  for (const auto& [name, parameter] : offer.parameters) {
    shown += separator + shown_parameter(name, parameter);
    separator = ", ";
  }
  return shown;
}

std::string shown_credentials(std::string_view value) {
  const auto offers = digest::read_offers(value);
  if (!offers || offers->size() != 1 || !is_digest(offers->front())) return kBlank;
  return shown_digest(offers->front());
}

// RFC 8760 §2.3: there may be several; the nonce of each is half of what an answer is made of.
std::string shown_challenges(std::string_view value) {
  const auto offers = digest::read_offers(value);
  if (!offers) return kBlank;
  std::string shown;
  for (const auto& offer : *offers) {
    shown += (shown.empty() ? "" : ", ") + (is_digest(offer) ? shown_digest(offer) : kBlank);
  }
  return shown;
}

bool is_among(std::string_view name, std::span<const char* const> fields) {
  return std::ranges::any_of(
      fields, [&](const char* field) { return base::equal_ignoring_ascii_case(name, field); });
}

std::string shown_field(const Field& field) {
  if (is_among(field.name, kCredentialFields)) return shown_credentials(field.value);
  if (is_among(field.name, kChallengeFields)) return shown_challenges(field.value);
  return clean(field.value);
}

std::string shown_body(const Message& message) {
  const auto type = message.field("Content-Type");
  const bool is_text = std::ranges::none_of(
      message.body, [](char c) { return grammar::is_control(c) && c != '\r' && c != '\n'; });
  if (!is_text) {
    return "[" + std::to_string(message.body.size()) + " octets of " + visible_line(type) + "]\n";
  }
  std::string shown;
  for (auto line : base::split(message.body, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    shown += visible_line(clean(line)) + "\n";
  }
  return shown;
}

std::string start_line(const Message& message) {
  if (message.is_request()) return message.method + " " + clean(message.uri);
  return std::to_string(message.status) + " " + message.reason;
}

}  // namespace

std::string one_line(const Message& message) { return visible_line(start_line(message)); }

std::string shown(const Message& message) {
  auto text = message.is_request() ? visible_line(start_line(message) + " SIP/2.0")
                                   : visible_line("SIP/2.0 " + start_line(message));
  text += '\n';
  for (const auto& field : message.fields) {
    text += visible_line(field.name + ": " + shown_field(field)) + "\n";
  }
  text += '\n';
  return message.body.empty() ? text : text + shown_body(message);
}

}  // namespace sealtone::sip
