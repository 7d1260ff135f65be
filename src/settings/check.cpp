// SPDX-License-Identifier: Apache-2.0
//
// settings/check: may this value stand for this key?
//
// A value is repeated in the answer only if it is a number: anything else could be a password
// that was pasted into the wrong line.
#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/host_name.h"
#include "base/text.h"
#include "base/url.h"
#include "settings/settings.h"

namespace sealtone::settings {
namespace {

// As it is printed: neither "01" nor "-0", which would not compare equal to "1" and "0".
std::optional<int> to_number(std::string_view text) {
  int number = 0;
  const auto* const end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc() || stop != end) return {};
  if (fmt::to_string(number) != text) return {};
  return number;
}

bool is_digits(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.size() <= 12 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

struct Bounds {
  int low, high;
};
Bounds bounds_of(std::string_view item) {
  const auto dots = item.find("..");
  const int low = to_number(item.substr(0, dots)).value_or(0);
  if (dots == std::string_view::npos) return {low, low};
  return {low, to_number(item.substr(dots + 2)).value_or(low)};
}

bool in_range(std::string_view value, std::string_view range) {
  const auto number = to_number(value);
  if (!number) return false;
  if (range.empty()) return true;
  for (const auto item : base::split(range, ',')) {
    const auto [low, high] = bounds_of(item);
    if (*number >= low && *number <= high) return true;
  }
  return false;
}

// "0..2,5" of few values in words: "one of 0, 1, 2, 5"; of many: "a number from 1 to 65535".
std::string in_words(std::string_view range) {
  std::string few;
  std::string many;
  int values = 0;
  for (const auto item : base::split(range, ',')) {
    const auto [low, high] = bounds_of(item);
    if (!many.empty()) many += " or ";
    many += low == high ? fmt::format("{}", low) : fmt::format("from {} to {}", low, high);
    for (int value = low; value <= high && values <= 8; ++value, ++values) {
      few += fmt::format("{}{}", few.empty() ? "" : ", ", value);
      if (value == high) break;  // high may be the greatest int there is
    }
  }
  return values <= 8 ? "one of " + few : "a number " + many;
}

std::string_view shown(std::string_view value) { return is_digits(value) ? value : "its value"; }

bool has_controls(std::string_view value) {
  for (const unsigned char c : value) {
    if ((c < 0x20 && c != '\t') || c == 0x7F) return true;
  }
  return false;
}

bool is_mac(std::string_view value) {
  std::string digits;
  for (const char c : value) {
    if (c != ':' && c != '-') digits += c;
  }
  return digits.size() == 12 &&
         digits.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
}

// One path segment that needs no escaping in a URL.
bool is_file_name(std::string_view value) {
  return !value.empty() && value.size() <= 64 && !value.starts_with('.') &&
         value.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyz"
             "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == value.npos;
}

bool is_ip_address(const std::string& text) {
  std::array<std::uint8_t, sizeof(in6_addr)> octets{};
  return ::inet_pton(AF_INET, text.c_str(), octets.data()) == 1 ||
         ::inet_pton(AF_INET6, text.c_str(), octets.data()) == 1;
}

// Of the network, as digits, with or without a port.
bool is_address(std::string_view value) {
  const auto place = base::parse_host_port(value, "sip");
  return place && is_ip_address(place->host);
}

// A name that DNS can be asked for, or an address; the port has a key of its own.
bool is_host(std::string_view value) {
  constexpr std::size_t longest = 253;  // RFC 1035 §2.3.4
  if (value.starts_with('[') && value.ends_with(']')) value = value.substr(1, value.size() - 2);
  if (is_ip_address(std::string(value))) return true;
  const auto name = base::to_a_labels(value);
  return name && name->size() <= longest &&
         name->find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
             "._-") == std::string::npos;
}

std::string problem_with_text(std::string_view range, std::string_view value) {
  if (range == "mac" && !is_mac(value)) {
    return "its value is not a MAC address such as 00:15:65:00:00:01";
  }
  if (range == "file" && !is_file_name(value)) {
    return "its value is not a file name of letters, digits, dots, hyphens and underscores";
  }
  if (range == "address" && !is_address(value)) {
    return "its value is not an IP address with or without a port, such as 224.0.1.75:5060";
  }
  if (range == "host" && !value.empty() && !is_host(value)) {
    return "its value is not a host name or an IP address; the port has a key of its own";
  }
  if (range.find('|') == range.npos) return {};
  const auto words = base::split(range, '|');
  if (std::ranges::find(words, value) != words.end()) return {};
  return fmt::format("its value is not one of {}", fmt::join(words, ", "));
}

std::string problem_with_url(std::string_view range, std::string_view value) {
  if (range.empty()) return {};
  const auto url = base::parse_url(value);
  if (url && (url->scheme == "http" || url->scheme == "https")) return {};
  return "its value is not an http:// or https:// address; Sealtone fetches by these two only";
}

std::string problem_with_list(std::string_view range, std::string_view value) {
  for (const auto item : base::split(value, ',')) {
    const auto number = base::trim(item);
    if (!in_range(number, range)) {
      return fmt::format("{} is not {} (several are parted by commas)", shown(number),
                         in_words(range));
    }
  }
  return {};
}

std::string problem_with(const Key& key, std::string_view value) {
  if (has_controls(value)) return "its value holds a control character";
  switch (key.kind) {
    case Key::Kind::text: return problem_with_text(key.range, value);
    case Key::Kind::url: return problem_with_url(key.range, value);
    case Key::Kind::list: return problem_with_list(key.range, value);
    case Key::Kind::number:
    case Key::Kind::boolean:
    case Key::Kind::choice: break;
  }
  if (in_range(value, key.range)) return {};
  return fmt::format("{} is not {}", shown(value), in_words(key.range));
}

}  // namespace

base::Result<void> check_value(const Known& known, std::string_view value) {
  auto problem = problem_with(*known.key, value);
  if (problem.empty()) return {};
  return base::fail(base::ErrorCode::bad_input, known.canonical, std::move(problem));
}

}  // namespace sealtone::settings
