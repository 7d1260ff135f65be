// SPDX-License-Identifier: Apache-2.0
#include "base/user_information.h"

#include <algorithm>

namespace sealtone::base {

std::string without_user_information(std::string_view text) {
  constexpr std::string_view slashes = "//";
  std::string shown;
  for (;;) {
    const auto at = text.find(slashes);
    if (at == std::string_view::npos) return shown + std::string(text);
    const auto start = at + slashes.size();
    shown += text.substr(0, start);
    text.remove_prefix(start);
    const auto authority = text.substr(0, text.find_first_of("/?#"));
    const auto user_ends = authority.rfind('@');
    if (user_ends != std::string_view::npos) text.remove_prefix(user_ends + 1);
  }
}

}  // namespace sealtone::base
