// SPDX-License-Identifier: Apache-2.0
//
// sip/escape: see escape.h.
#include "sip/escape.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "sip/grammar.h"

namespace sealtone::sip {
namespace {

constexpr std::string_view kMark = "-_.!~*'()";

constexpr std::string_view unreserved(Within part) {
  switch (part) {
    case Within::user: return "&=+$,;?/";
    case Within::password: return "&=+$,";
    case Within::parameter: return "[]/:&+$";
    case Within::headers:  // hnv-unreserved, and what keeps names, values and pairs apart
      return "[]/?:+$=&";
  }
  return {};
}

bool stands_for_itself(char c, Within part) {
  return grammar::is_alphanumeric(c) || kMark.find(c) != std::string_view::npos ||
         unreserved(part).find(c) != std::string_view::npos;
}

}  // namespace

std::string escape(std::string_view plain, Within part) {
  std::string text;
  for (const char c : plain) {
    if (stands_for_itself(c, part)) {
      text += c;
    } else {
      text += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return text;
}

std::optional<std::string> unescape(std::string_view text, Within part) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%') {
      const auto octet = base::from_hex(text.substr(at + 1, 2));
      if (!octet || octet->size() != 1) return std::nullopt;
      plain += static_cast<char>(octet->front());
      at += 2;
    } else if (stands_for_itself(text[at], part)) {
      plain += text[at];
    } else {
      return std::nullopt;
    }
  }
  return plain;
}

}  // namespace sealtone::sip
