// SPDX-License-Identifier: Apache-2.0
//
// explain/wording: small tools for sentences: quotes, lists, dates, wrapped lines.
//
// Whatever a peer said comes in raw and goes out visible.  Units: columns are code points.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace sealtone::explain {

// "Acme Root R1" with its quotation marks; a peer's text made visible and cut at 80 characters.
[[nodiscard]] std::string in_quotes(std::string_view peers_text);
// Of a list of trusted certificates: "the certificates in root.pem", "this computer's roots".
[[nodiscard]] std::string the_list(const std::string& name);
// "a", "b" and 3 more: the first ones, quoted.
[[nodiscard]] std::string quoted_list(const std::vector<std::string>& texts, std::size_t most = 4);
// The same of host names: behind the quotes stands what A-labels stand for.
[[nodiscard]] std::string host_in_quotes(std::string_view name);
[[nodiscard]] std::string quoted_hosts(const std::vector<std::string>& names, std::size_t most = 4);
[[nodiscard]] std::string joined(const std::vector<std::string>& texts, std::string_view between);
// "2026-06-01 00:00:00 UTC"
[[nodiscard]] std::string when(std::chrono::sys_seconds time);
// The first letter made capital, or small unless it begins an abbreviation.
[[nodiscard]] std::string capital(std::string sentence);
[[nodiscard]] std::string as_clause(std::string sentence);  // small, and without the full stop

// For a log that any reader can take: what is not ASCII as "\x{C3}", octet by octet.
[[nodiscard]] std::string ascii(std::string_view text);

[[nodiscard]] std::size_t columns(std::string_view text);
// Lines of at most width columns, broken at blanks; a longer word stands alone.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

}  // namespace sealtone::explain
