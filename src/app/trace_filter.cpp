// SPDX-License-Identifier: Apache-2.0
#include "app/trace_filter.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace sealtone::app {
namespace {

using base::ErrorCode;
using base::Result;

constexpr std::size_t kV4 = 4, kV6 = 16;

// How many octets the address has; 0: it is none.
std::size_t address_octets(const std::string& text, std::array<std::uint8_t, 16>& octets) {
  if (::inet_pton(AF_INET, text.c_str(), octets.data()) == 1) return kV4;
  if (::inet_pton(AF_INET6, text.c_str(), octets.data()) == 1) return kV6;
  return 0;
}

std::unexpected<base::Error> no_address(const std::string& text) {
  return base::fail(ErrorCode::bad_input, "--address " + text,
                    "write an address or a network, for example 192.0.2.7 or 192.0.2.0/24");
}

bool same_letter(char a, char b) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return small(a) == small(b);
}

// Goes back to the last * alone, so that no pattern takes longer than both lengths multiplied.
bool glob_fits(std::string_view pattern, std::string_view name) {
  std::size_t at = 0, from = 0, star = std::string_view::npos, resume = 0;
  while (from < name.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      resume = from;
    } else if (at < pattern.size() &&
               (pattern[at] == '?' || same_letter(pattern[at], name[from]))) {
      ++at;
      ++from;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      from = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', at) == std::string_view::npos;
}

}  // namespace

Result<AddressRange> AddressRange::parse(const std::string& text) {
  AddressRange range;
  const auto slash = text.find('/');
  range.octets_ = address_octets(text.substr(0, slash), range.first_);
  if (range.octets_ == 0) return no_address(text);
  const auto most = static_cast<unsigned>(range.octets_ * 8);
  range.bits_ = most;
  if (slash == std::string::npos) return range;
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + slash + 1, end, range.bits_);
  const bool fine = read.ec == std::errc{} && read.ptr == end && range.bits_ <= most;
  if (!fine) return no_address(text);
  return range;
}

bool AddressRange::holds(const std::string& address) const {
  std::array<std::uint8_t, 16> octets{};
  if (address_octets(address, octets) != octets_) return false;
  for (unsigned bit = 0; bit < bits_; ++bit) {
    const auto mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
    if (((octets[bit / 8] ^ first_[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

bool name_fits(std::string_view pattern, std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  if (pattern.find_first_of("*?") != std::string_view::npos) return glob_fits(pattern, name);
  if (pattern.size() > name.size()) return false;
  if (!std::ranges::equal(pattern, name.substr(name.size() - pattern.size()), same_letter)) {
    return false;
  }
  const bool whole = pattern.size() == name.size();
  return whole || pattern.starts_with('.') || name[name.size() - pattern.size() - 1] == '.';
}

bool ConnectionFilter::takes(const capture::Connection& connection) const {
  const auto& [client, server] = std::tie(connection.client, connection.server);
  if (address && !address->holds(client.address) && !address->holds(server.address)) return false;
  if (port && *port != client.port && *port != server.port) return false;
  if (name.empty()) return true;
  const auto& hello = connection.record.client_hello;
  return hello && !hello->server_name.empty() && name_fits(name, hello->server_name);
}

}  // namespace sealtone::app
