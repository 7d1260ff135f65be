// SPDX-License-Identifier: Apache-2.0
#include "app/user_agent.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "base/text.h"

namespace sealtone::app {
namespace {

constexpr std::size_t kLongest = 300;  // octets that are looked at
constexpr std::size_t kModel = 40, kFirmware = 24;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }

// "66.84.0.15", "v1.0.0", "1.1.3-u"
bool is_version(std::string_view word) {
  if (word.starts_with('v') || word.starts_with('V')) word.remove_prefix(1);
  return !word.empty() && is_digit(word.front()) && word.find('.') != std::string_view::npos;
}

// "00:15:65:4a:a9:37", "001565112233"
bool is_hardware_address(std::string_view word) {
  constexpr std::size_t digits = 12, with_colons = 17;
  if (word.size() != digits && word.size() != with_colons) return false;
  return std::ranges::all_of(word, [](char c) { return is_hex(c) || c == ':' || c == '-'; });
}

// What stands around a product's name and says nothing.
bool says_nothing(std::string_view word) {
  static constexpr std::array<std::string_view, 4> words{"FileTransport", "Model", "HW", "SW"};
  return std::ranges::find(words, word) != words.end();
}

// Old browsers' way: "Mozilla/4.0 (compatible; snom370-SIP 8.7.3.25.5)".
std::string_view product_in(std::string_view text) {
  if (!text.starts_with("Mozilla/")) return text;
  constexpr std::string_view lead = "(compatible;";
  const auto at = text.find(lead);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + lead.size());
  return base::trim(text.substr(0, text.find_first_of(";)")));
}

}  // namespace

Device device_of(std::string_view user_agent) {
  Device device;
  constexpr std::size_t most_words = 4;
  std::size_t words = 0;
  const auto say = [&](std::string_view word) {
    if (word.ends_with("-UA")) word.remove_suffix(3);
    if (word.empty() || words++ >= most_words) return;
    device.model += (device.model.empty() ? "" : " ") + std::string(word);
  };
  for (auto word : base::split(product_in(user_agent.substr(0, kLongest)), ' ')) {
    if (word.empty() || says_nothing(word) || is_hardware_address(word)) continue;
    const auto slash = word.rfind('/');
    if (slash != std::string_view::npos && is_version(word.substr(slash + 1))) {
      say(word.substr(0, slash));
      word.remove_prefix(slash + 1);
    }
    if (is_version(word)) {
      device.firmware = std::string(word);
      break;
    }
    say(word);
  }
  device.model = base::visible(device.model, kModel);
  device.firmware = base::visible(device.firmware, kFirmware);
  return device;
}

}  // namespace sealtone::app
