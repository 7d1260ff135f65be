// SPDX-License-Identifier: Apache-2.0
//
// profile/fit: what a file must keep to before toml++ 3.3 may be asked to read it.
//
// Source: TOML 1.0.0 (keys, strings, comments, tables); what toml++ takes for granted is told at
// each rule.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace sealtone::profile {

struct Unfit {
  std::size_t line = 0;  // counted from 1
  const char* why = "";
};

// The first line that toml++ cannot be given, or nothing.
[[nodiscard]] std::optional<Unfit> first_unfit(std::string_view text);

}  // namespace sealtone::profile
