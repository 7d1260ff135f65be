// SPDX-License-Identifier: Apache-2.0
//
// base/user_information: text that may hold URLs, fit to be shown.
//
// Source: RFC 3986 §3.2: the authority stands between "//" and the next "/", "?" or "#", and the
// user information before its last "@".  The URLs need not be well-formed.
#pragma once

#include <string>
#include <string_view>

namespace sealtone::base {

[[nodiscard]] std::string without_user_information(std::string_view text);

}  // namespace sealtone::base
