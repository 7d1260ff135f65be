// SPDX-License-Identifier: Apache-2.0
//
// app/nearest: the word that was probably meant by one that nobody knows.
//
// By how many letters have to be put in, left out, changed or swapped.  Errors: none.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sealtone::app {

// Nothing where none is near: then a guess would mislead.
[[nodiscard]] std::optional<std::string> nearest(std::string_view typed,
                                                 std::span<const std::string> known);

}  // namespace sealtone::app
