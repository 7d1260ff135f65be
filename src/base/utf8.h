// SPDX-License-Identifier: Apache-2.0
//
// base/utf8: the first character of a text.
//
// Source: RFC 3629 §3.
#pragma once

#include <cstddef>
#include <string_view>

namespace sealtone::base {

struct Character {
  char32_t code = 0;
  std::size_t length = 0;  // in bytes; 0 if the bytes here are not UTF-8
};

// Of a text that is not empty: shortest form only, no surrogates, nothing above U+10FFFF.
[[nodiscard]] Character first_character(std::string_view text);

}  // namespace sealtone::base
