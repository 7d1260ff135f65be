// SPDX-License-Identifier: Apache-2.0
//
// base/host_name: see host_name.h.
#include "base/host_name.h"

#include <algorithm>
#include <memory>

#include <idn2.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/scripts.h"
#include "base/text.h"
#include "base/utf8.h"

namespace sealtone::base {
namespace {

constexpr std::size_t kMaxName = 255;  // octets, as A-labels
constexpr std::string_view kPrefix = "xn--";

struct FreeIdn {
  void operator()(void* octets) const { idn2_free(octets); }
};

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_a_label(std::string_view label) { return lower_ascii(label).starts_with(kPrefix); }

bool has_a_label(std::string_view name) {
  return std::ranges::any_of(split(name, '.'), is_a_label);
}

Result<std::string> converted(std::string_view name) {
  // Four octets a character at most.
  if (name.size() > 4 * kMaxName || name.find('\0') != std::string_view::npos) {
    return fail(ErrorCode::bad_input, visible(name, 100), "it is no host name");
  }
  std::uint8_t* octets = nullptr;
  const std::string ended(name);
  const int outcome = idn2_lookup_u8(reinterpret_cast<const std::uint8_t*>(ended.c_str()), &octets,
                                     IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  const std::unique_ptr<std::uint8_t, FreeIdn> owned(octets);
  if (outcome != IDN2_OK) {
    return fail(
        ErrorCode::bad_input, visible(name, 100),
        fmt::format("it is no internationalised host name (IDNA2008: {})", idn2_strerror(outcome)));
  }
  return lower_ascii(reinterpret_cast<const char*>(octets));
}

// Nothing if the label is not what its own U-label becomes again.
std::optional<std::string> u_label(std::string_view label) {
  const auto small = lower_ascii(label);
  char* text = nullptr;
  const int outcome = idn2_to_unicode_8z8z(small.c_str(), &text, IDN2_NONTRANSITIONAL);
  const std::unique_ptr<char, FreeIdn> owned(text);
  if (outcome != IDN2_OK) return std::nullopt;
  const auto again = converted(text);
  if (!again || *again != small || small == text) return std::nullopt;
  return std::string(text);
}

// Every character that is no ASCII letter or digit as its number.
std::string escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto next = first_character(text);
    const auto length = std::max<std::size_t>(next.length, 1);
    if (next.length == 1) {
      out += text.front();
    } else {
      out += fmt::format("\\u{{{:X}}}", static_cast<std::uint32_t>(next.code));
    }
    text.remove_prefix(length);
  }
  return out;
}

}  // namespace

Result<std::string> to_a_labels(std::string_view name) {
  if (is_ascii(name) && !has_a_label(name)) return std::string(name);
  return converted(name);
}

std::string shown_host(std::string_view name) {
  auto out = visible(name);
  if (name.size() > kMaxName || !is_ascii(name) || !has_a_label(name)) return out;
  std::string whole;
  std::set<std::string_view> foreign;  // scripts besides Latin
  bool mixed = false;
  for (const auto label : split(name, '.')) {
    if (!whole.empty()) whole += '.';
    if (!is_a_label(label)) {
      whole += visible(label);
      continue;
    }
    const auto text = u_label(label);
    if (!text) return out + " (which stands for no name: it is not valid by IDNA2008)";
    const auto scripts = scripts_of(*text);
    const bool together = read_together(scripts);
    mixed = mixed || !together;
    whole += together ? visible(*text) : escaped(*text);
    foreign.insert(scripts.begin(), scripts.end());
  }
  if (mixed) {
    return fmt::format("{} ({}, which mixes {} letters)", out, whole, fmt::join(foreign, " and "));
  }
  foreign.erase("Latin");
  if (foreign.empty()) return fmt::format("{} ({})", out, whole);
  return fmt::format("{} ({}, in {} letters)", out, whole, fmt::join(foreign, ", "));
}

}  // namespace sealtone::base
